// The screen of a running or outgoing call: who and how long, the controls, and what surrounds the pictures (tiles.js).
import { VIDEO } from './call.js';
import { avatar, byId, setIcon, showQuality } from './dom.js';
import { joined } from './members.js';
import { nameOf } from './names.js';
import { renderRoster } from './roster.js';
import { closeSide } from './side.js';
import { duration, text } from './texts.js';
import { clearTiles, renderTiles, stateWords } from './tiles.js';

const screen = byId('call');
const WEAK = 4; // of 1 … 6
let ticking;

function tick(since) {
  byId('timer').textContent = duration((Date.now() - since) / 1000);
}

function renderTimer({ since }) {
  byId('timer').hidden = !since;
  clearInterval(ticking);
  if (!since) return;
  tick(since);
  // Four times a second, so that no second is skipped or shown twice as long.
  ticking = setInterval(tick, 250, since);
}

function statusWords(call) {
  const { phase, group, members, uplink, since } = call;
  // In a group it rings when it rings somewhere: whoever is not online is still being called.
  if (phase === 'ringing' && group && !members.some(({ status }) => status === 'ringing')) return text('phase.dialing');
  if (phase !== 'connected') return text(`phase.${phase}`);
  const [peer] = members;
  const state = group || !peer ? '' : stateWords(call, peer);
  if (state) return state;
  if (group && joined(members).length === 0) return text('phase.alone');
  // The first seconds of a connection are always poor.
  return uplink >= WEAK && Date.now() - since > 8000 ? text('call.weak') : '';
}

function titleOf({ group, groupID, peer, members }) {
  if (!group) return nameOf(peer);
  const words = groupID ? text('call.groupNamed', { group: groupID }) : text('call.group');
  const others = joined(members).length;
  return others > 0 ? `${words} · ${text('call.count', { count: others + 1 })}` : words;
}

const setPressed = (id, pressed) => byId(id).setAttribute('aria-pressed', String(pressed));

function renderControls(call) {
  const { phase, type, group, ready, muted, cameraOn, sharing, switching, outgoing, since } = call;
  const video = type === VIDEO;
  const usable = ready && phase !== 'ending';
  byId('mute').disabled = !usable;
  setPressed('mute', muted);
  setIcon('mute-icon', muted ? 'mic-off' : 'mic');
  byId('camera').hidden = !video;
  byId('camera').disabled = !usable;
  setPressed('camera', ready && !cameraOn);
  setIcon('camera-icon', ready && !cameraOn ? 'video-off' : 'video');
  byId('screen').hidden = !video || !navigator.mediaDevices?.getDisplayMedia;
  byId('screen').disabled = !usable || phase !== 'connected';
  setPressed('screen', sharing);
  byId('switch-type').hidden = group;
  byId('switch-type').disabled = !usable || switching || sharing;
  byId('switch-words').textContent = text(video ? 'call.toAudioShort' : 'call.toVideoShort');
  byId('switch-type').setAttribute('aria-label', text(video ? 'call.toAudio' : 'call.toVideo'));
  setIcon('switch-icon', video ? 'phone' : 'video');
  byId('hangup').disabled = phase === 'ending';
  byId('hangup-words').textContent = text(outgoing && !since ? 'call.cancel' : group ? 'call.leave' : 'call.hangup');
}

/** A call of two has one picture, and what is known of the other stands beside the name. */
function renderPeer({ group, members, since, type, phase }) {
  const [peer] = members;
  const alone = !group && peer !== undefined && since > 0;
  const picture = alone && type === VIDEO && peer.video;
  byId('remote-muted').toggleAttribute('hidden', !alone || peer.audio);
  byId('remote-screen').hidden = !picture || !peer.screen;
  showQuality(byId('quality'), alone && phase === 'connected' ? peer.quality : 0);
  return picture;
}

let shownName;

export function renderCall(call, self) {
  const { phase, type, group, peer, since, cameraOn } = call;
  const key = `${peer} ${nameOf(peer)}`;
  if (shownName !== key) {
    shownName = key;
    byId('call-avatar').replaceChildren(avatar(peer));
  }
  byId('call-name').textContent = titleOf(call);
  renderTiles(call, self);
  const picture = renderPeer(call);
  screen.dataset.phase = phase;
  screen.dataset.kind = type === VIDEO ? 'video' : 'audio';
  screen.dataset.layout = group ? 'grid' : 'duo';
  screen.dataset.picture = picture ? 'remote' : !since && cameraOn ? 'local' : 'none';
  byId('call-avatar').dataset.ringing = since > 0 ? 'no' : 'yes';
  byId('call-status').textContent = statusWords(call);
  const others = joined(call.members).length;
  byId('people-count').textContent = others + 1;
  byId('people-count').hidden = others === 0;
  renderControls(call);
  renderTimer(call);
  renderRoster(call, self);
}

/** The call is over: stop the clock, forget who it was. */
export function leaveCall() {
  clearInterval(ticking);
  shownName = undefined;
  screen.dataset.phase = 'idle';
  clearTiles();
  closeSide();
  hideResume();
  byId('toast').hidden = true;
}

function hideResume() {
  byId('resume-audio').hidden = true;
}

/** The browser keeps the peer silent until the user touches the page. */
export function showResume(peer) {
  byId('resume-words').textContent = text('call.hear', { peer });
  byId('resume-audio').hidden = false;
}

/** A second camera on a device that is held in the hand: its other side can be shown. */
async function offerFlip(trtc) {
  const cameras = await trtc.getCameras().catch(() => []);
  byId('flip').hidden = cameras.length < 2 || !matchMedia('(pointer: coarse)').matches;
}

export const callBegan = (trtc) => void offerFlip(trtc);

export function startCallView(verbs) {
  const { mute, camera, screenShare, switchType, flip, hangUp, resume } = verbs;
  const buttons = { mute, camera, screen: screenShare, 'switch-type': switchType, flip, hangup: hangUp };
  for (const [id, act] of Object.entries(buttons)) byId(id).addEventListener('click', act);
  // Any click lets the browser play; the button is only the place that says so.
  addEventListener('click', () => {
    if (!byId('resume-audio').hidden) resume().then(hideResume, () => {});
  });
}
