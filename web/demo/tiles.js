// The pictures of a call: one tile for each who is in it or may come, the own one last. Tiles stay in the document while
// their user does, because the SDK's players live in them.
import { VIDEO } from './call.js';
import { avatar, byId, element, icon, showQuality } from './dom.js';
import { joined, present } from './members.js';
import { nameOf } from './names.js';
import { text } from './texts.js';

const tiles = byId('tiles');
const self = byId('local-tile');
const shown = new Map(); // userID -> its parts

function create(userID) {
  const bars = element('span', { className: 'quality' }, element('i'), element('i'), element('i'));
  bars.setAttribute('role', 'img');
  const parts = {
    view: element('div', { className: 'view', id: `view-${userID}` }),
    off: element('div', { className: 'tile-off' }),
    state: element('p', { className: 'tile-state' }),
    mic: icon('mic-off'),
    screen: icon('screen'),
    name: element('span', { className: 'tile-name' }),
    bars,
  };
  parts.mic.classList.add('mic-off');
  const label = element('div', { className: 'tile-label' }, parts.mic, parts.screen, parts.name, bars);
  parts.node = element('li', { className: 'tile' }, parts.view, parts.off, parts.state, label);
  parts.node.dataset.testid = 'tile';
  parts.node.dataset.user = userID;
  parts.view.dataset.testid = 'view';
  parts.state.dataset.testid = 'tile-state';
  parts.bars.dataset.testid = 'tile-quality';
  return parts;
}

/** What is to be known of somebody beside the picture; '' = all is well. */
export function stateWords({ type }, { status, link, silent, unsent, video, userID }) {
  if (status !== 'joined') return text(`status.${status}`);
  if (link !== 'connected') return text(link === 'connecting' ? 'link.connecting' : 'link.lost');
  if (silent) return text(`silent.${silent}`, { peer: nameOf(userID) });
  if (unsent) return text(`unsent.${unsent}`, { peer: nameOf(userID) });
  return type === VIDEO && !video ? text('phase.peerCameraOff') : '';
}

function describe(call, member) {
  const words = [nameOf(member.userID), stateWords(call, member)];
  if (member.status === 'joined' && !member.audio) words.push(text('call.peerMuted'));
  if (member.screen) words.push(text('call.peerScreen'));
  return words.filter(Boolean).join(', ');
}

function renderTile(call, member) {
  const { userID, status, video, audio, screen, loud, quality } = member;
  const parts = shown.get(userID) ?? create(userID);
  const { node } = parts;
  if (!shown.has(userID)) tiles.insertBefore(node, self);
  shown.set(userID, parts);
  const picture = status === 'joined' && call.type === VIDEO && video;
  node.dataset.status = status;
  node.dataset.picture = picture ? 'yes' : 'no';
  node.dataset.loud = loud ? 'yes' : 'no';
  node.dataset.screen = screen && picture ? 'yes' : 'no';
  node.setAttribute('aria-label', describe(call, member));
  if (parts.shownName !== nameOf(userID)) {
    parts.shownName = nameOf(userID);
    parts.name.textContent = parts.shownName;
    parts.off.replaceChildren(avatar(userID));
  }
  parts.view.hidden = !picture;
  parts.state.textContent = stateWords(call, member);
  parts.mic.toggleAttribute('hidden', status !== 'joined' || audio);
  parts.screen.toggleAttribute('hidden', !screen || !picture);
  showQuality(parts.bars, status === 'joined' ? quality : 0);
  return userID;
}

function renderSelf(call, userID) {
  const { ready, since, type, group, cameraOn, sharing, muted, loud } = call;
  const picture = type === VIDEO && (cameraOn || sharing);
  self.hidden = group ? false : type !== VIDEO || !ready || (!since && !picture);
  self.dataset.size = group || since ? 'small' : 'large';
  self.dataset.picture = picture ? 'yes' : 'no';
  self.dataset.loud = loud ? 'yes' : 'no';
  byId('local-off').hidden = picture;
  byId('local-muted').toggleAttribute('hidden', !muted);
  if (self.dataset.name === nameOf(userID)) return;
  self.dataset.name = nameOf(userID);
  byId('local-off').replaceChildren(avatar(userID));
}

/** `userID`: the own one. */
export function renderTiles(call, userID) {
  const wanted = new Set(present(call.members).map((member) => renderTile(call, member)));
  for (const [id, { node }] of shown) {
    if (wanted.has(id)) continue;
    node.remove();
    shown.delete(id);
  }
  renderSelf(call, userID);
  tiles.dataset.count = shown.size + 1;
  tiles.style.setProperty('--others', shown.size); // everybody but the one in focus
  // Whoever shows a screen is what everybody looks at.
  const focus = call.group ? joined(call.members).find(({ screen, video }) => screen && video)?.userID : undefined;
  tiles.dataset.focus = focus === undefined ? 'no' : 'yes';
  for (const [id, { node }] of shown) node.dataset.focus = id === focus ? 'yes' : 'no';
}

export function clearTiles() {
  for (const { node } of shown.values()) node.remove();
  shown.clear();
  delete self.dataset.name;
}
