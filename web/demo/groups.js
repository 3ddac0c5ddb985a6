// Groups of this user: members are rung with one message, and may enter a call of the group without an invitation.
import { AUDIO, VIDEO } from './call.js';
import { byId, element, fieldError, icon } from './dom.js';
import { errorWords } from './notices.js';
import { ask } from './session.js';
import { recall, remember } from './storage.js';
import { onLanguage, text } from './texts.js';

const isGroupID = (value) => /^[A-Za-z0-9_@#-]{1,48}$/.test(value);
const LIMIT = 8;

let session; // {trtc, self} of the signed-in user
let groups = [];
let hooks = {};

const storageName = () => `groups.${session.self}`;

function button(className, testid, words, label, act) {
  const node = element('button', { type: 'button', className }, words);
  node.dataset.testid = testid;
  node.setAttribute('aria-label', label);
  node.addEventListener('click', act);
  return node;
}

function row(groupID) {
  const call = button('quiet', 'group-call', text('groups.call'), text('groups.callIn', { group: groupID }), () => hooks.callThrough(groupID));
  const leave = button('quiet round', 'group-leave', icon('close'), text('groups.leave', { group: groupID }), () => quit(groupID));
  leave.title = leave.getAttribute('aria-label');
  const node = element('li', { className: 'group' }, icon('people'), element('strong', { textContent: groupID }), call, leave);
  node.dataset.testid = 'group';
  node.dataset.group = groupID;
  return node;
}

function render() {
  byId('groups').replaceChildren(...groups.map(row));
  byId('enter-form').hidden = groups.length === 0;
  const chosen = byId('enter-group').value;
  byId('enter-group').replaceChildren(...groups.map((id) => new Option(id, id, false, id === chosen)));
}

function set(next) {
  groups = next.slice(-LIMIT);
  remember(storageName(), groups);
  render();
}

const complain = (words) => fieldError(byId('group-id'), byId('group-error'), words);

/** Becomes a member; false: it was refused, and the page says why. */
async function join(groupID) {
  const { trtc } = session;
  try {
    await ask(trtc, 'joinGroup', groupID);
    if (session?.trtc !== trtc) return false;
    set([...groups.filter((id) => id !== groupID), groupID]);
    return true;
  } catch (error) {
    const { title, detail } = errorWords(error);
    complain(`${groupID}: ${title}. ${detail}`);
    return false;
  }
}

async function quit(groupID) {
  const { trtc } = session;
  await ask(trtc, 'quitGroup', groupID).catch(() => {});
  if (session?.trtc !== trtc) return;
  set(groups.filter((id) => id !== groupID));
  hooks.left(groupID);
  byId('group-id').focus();
}

async function submit(event) {
  event.preventDefault();
  const groupID = byId('group-id').value.trim();
  if (!isGroupID(groupID)) {
    complain(text('groups.badGroup'));
    byId('group-id').focus();
    return;
  }
  complain('');
  if (await join(groupID)) byId('group-id').value = '';
}

function enter(type) {
  const roomID = Number(byId('enter-room').value.trim());
  const good = Number.isInteger(roomID) && roomID >= 1 && roomID <= 4294967295;
  fieldError(byId('enter-room'), byId('enter-error'), good ? '' : text('groups.badRoom'));
  if (good) hooks.enter({ groupID: byId('enter-group').value, roomID, type });
  else byId('enter-room').focus();
}

/** Membership ends with a sign-out; this page renews what it remembers. */
export async function showGroups(next) {
  session = next;
  const known = recall(storageName());
  groups = [];
  render();
  complain('');
  for (const groupID of Array.isArray(known) ? known.filter(isGroupID) : []) {
    if (session === next) await join(groupID);
  }
}

/** For an address that names a group: a member of it afterwards, or told why not. */
export const joinGroup = (groupID) => (isGroupID(groupID) && session ? join(groupID) : Promise.resolve(false));

export function startGroups(given) {
  hooks = given;
  byId('group-form').addEventListener('submit', submit);
  byId('group-id').addEventListener('input', () => complain(''));
  byId('enter-form').addEventListener('submit', (event) => {
    event.preventDefault();
    enter(VIDEO);
  });
  byId('enter-audio').addEventListener('click', () => enter(AUDIO));
  byId('enter-room').addEventListener('input', () => fieldError(byId('enter-room'), byId('enter-error'), ''));
  onLanguage(() => session && render());
}
