// Who is in the call, who may still come, what became of the others, and the field that adds people.
import { MOST_OTHERS, VIDEO } from './call.js';
import { createChips, problemWith } from './chips.js';
import { avatar, byId, copyText, element, fieldError, icon } from './dom.js';
import { present } from './members.js';
import { nameOf } from './names.js';
import { language, text } from './texts.js';

let call; // as last shown
let self = '';
let chips;
let invite = async () => false;
let shown = '';

function marks(member) {
  if (member.status !== 'joined') return [];
  const names = [member.audio ? 'mic' : 'mic-off'];
  if (call.type === VIDEO) names.push(member.screen ? 'screen' : member.video ? 'video' : 'video-off');
  return names.map((name) => {
    const mark = icon(name);
    mark.dataset.off = name.endsWith('-off') ? 'yes' : 'no';
    return mark;
  });
}

function again(userID) {
  const button = element('button', { type: 'button', className: 'secondary small', textContent: text('roster.again') });
  button.setAttribute('aria-label', text('roster.callAgain', { peer: nameOf(userID) }));
  button.dataset.testid = 'call-again';
  button.disabled = call.phase !== 'connected' && call.phase !== 'ringing';
  button.addEventListener('click', () => invite([userID]));
  return button;
}

function row(member) {
  const { userID, status } = member;
  const isSelf = userID === self;
  const words = [isSelf ? text('call.you') : text(`status.${status}`), nameOf(userID) === userID ? '' : userID];
  const isGone = present([member]).length === 0;
  const node = element(
    'li',
    { className: 'person' },
    avatar(userID),
    element(
      'div',
      { className: 'person-words' },
      element('strong', { textContent: nameOf(userID) }),
      element('span', { className: 'hint', textContent: words.filter(Boolean).join(' · ') }),
    ),
    ...(isGone && (call.group || call.since) ? [again(userID)] : marks(member)),
  );
  node.dataset.testid = 'member';
  node.dataset.user = userID;
  node.dataset.status = status;
  return node;
}

/** What a row shows: while it is the same, the row (and the focus in it) stays. */
const rowKey = ({ userID, status, audio, video, screen }) => [nameOf(userID), userID, status, audio, video, screen].join();

export function renderRoster(next, userID) {
  call = next;
  self = userID;
  const own = { userID: self, status: 'joined', audio: !call.muted, video: call.cameraOn, screen: call.sharing };
  const rows = [own, ...call.members];
  const key = [language(), call.type, call.group, call.since, call.phase, ...rows.map(rowKey)].join('|');
  byId('room').hidden = !call.groupID || !call.roomID;
  byId('room-words').textContent = text('roster.room', { group: call.groupID, room: call.roomID });
  byId('add-submit').disabled = call.phase !== 'connected' && call.phase !== 'ringing' && call.phase !== 'joining';
  if (key === shown) return;
  shown = key;
  byId('roster').replaceChildren(...rows.map(row));
}

/** Enters this very call, for a member of the group who is signed in, or signs in first. */
function linkToCall() {
  const url = new URL(location.pathname, location.href);
  url.searchParams.set('group', call.groupID);
  url.searchParams.set('room', call.roomID);
  if (call.type !== VIDEO) url.searchParams.set('type', 'audio');
  return url.href;
}

async function add(event) {
  event.preventDefault();
  const ids = chips.read();
  const others = present(call.members).map(({ userID }) => userID);
  const words = problemWith(ids, { self, room: MOST_OTHERS - others.length, taken: others });
  fieldError(chips.input, byId('add-error'), words);
  if (words) return chips.input.focus();
  if (await invite(ids)) chips.clear();
}

export function clearRoster() {
  shown = '';
  chips.clear();
}

export function startRoster(verb) {
  invite = verb;
  chips = createChips(byId('add-field'), { changed: () => fieldError(chips?.input ?? byId('add-input'), byId('add-error'), '') });
  byId('add-form').addEventListener('submit', add);
  byId('room-copy').addEventListener('click', () => copyText(linkToCall()));
}
