// The sheet that asks whether to take a call. A modal dialog: the browser keeps the focus inside and the page inert.
import { VIDEO } from './call.js';
import { avatar, byId, setIcon } from './dom.js';
import { nameOf, namesOf } from './names.js';
import { onLanguage, text } from './texts.js';

const sheet = byId('incoming');
// Somebody may be typing when the sheet appears; a key pressed in its first moments was meant for something else.
const KEY_GUARD_MS = 500;
let openedAt = 0;
let closedByUs = false;

let shown;

function write({ peer, type, group, members }) {
  const kind = type === VIDEO ? (group ? 'groupVideo' : 'video') : group ? 'groupAudio' : 'audio';
  const others = members.map(({ userID }) => userID).filter((userID) => userID !== peer);
  byId('incoming-avatar').replaceChildren(avatar(peer));
  byId('incoming-name').textContent = nameOf(peer);
  byId('incoming-id').textContent = nameOf(peer) === peer ? '' : peer;
  byId('incoming-kind').textContent = text(`incoming.${kind}`);
  byId('incoming-others').textContent = others.length > 0 ? text('incoming.with', { peers: namesOf(others) }) : '';
  setIcon('accept-icon', type === VIDEO ? 'video' : 'phone');
}

export function showIncoming(call) {
  shown = call;
  write(call);
  if (sheet.open) return;
  openedAt = performance.now();
  closedByUs = false;
  sheet.showModal();
  byId('accept').focus();
}

export function hideIncoming() {
  closedByUs = true;
  if (sheet.open) sheet.close();
}

export function startIncoming({ accept, decline }) {
  onLanguage(() => sheet.open && write(shown));
  byId('accept').addEventListener('click', accept);
  byId('decline').addEventListener('click', decline);
  sheet.addEventListener('keydown', (event) => {
    if (event.key !== 'Tab' && performance.now() - openedAt < KEY_GUARD_MS) event.preventDefault();
  });
  // Escape. The sheet closes when the call has left its ringing phase, not before.
  sheet.addEventListener('cancel', (event) => {
    event.preventDefault();
    if (performance.now() - openedAt >= KEY_GUARD_MS) decline();
  });
  // Browsers let a second Escape close a dialog whatever 'cancel' says. The event comes late, in a hidden tab very
  // late: by then the sheet may be open again for the next call, which this 'close' says nothing about.
  sheet.addEventListener('close', () => {
    if (!closedByUs && !sheet.open) decline();
  });
}
