// The screen of a user who is in no call: dial, people, and the link for a second tab.
import { AUDIO, MOST_OTHERS, VIDEO } from './call.js';
import { createChips, problemWith } from './chips.js';
import { avatar, byId, copyText, element, fieldError, icon } from './dom.js';
import { nameOf, namesOf } from './names.js';
import { peersOf, readRecent } from './recent.js';
import { duration, hasText, language, onLanguage, text } from './texts.js';

let self = '';
let groupID = ''; // the group that the next call goes through
let onCall = () => {};
let callees;

/** Who to try the demo with: bob for everybody, alice for bob. */
const partnerOf = (userID) => (userID === 'bob' ? 'alice' : 'bob');

function complain(words) {
  fieldError(callees.input, byId('callee-error'), words);
}

function dial(type) {
  const peers = callees.read();
  const words = problemWith(peers, { self, room: MOST_OTHERS });
  complain(words);
  if (words) callees.input.focus();
  else onCall({ peers, type, groupID });
}

function callButton(peers, type) {
  const video = type === VIDEO;
  const button = element('button', { type: 'button', className: 'quiet round' }, icon(video ? 'video' : 'phone'));
  button.setAttribute('aria-label', text(video ? 'people.callVideo' : 'people.callAudio', { peer: namesOf(peers) }));
  button.title = button.getAttribute('aria-label');
  button.dataset.testid = video ? 'person-video' : 'person-audio';
  button.addEventListener('click', () => onCall({ peers, type }));
  return button;
}

function when(at) {
  const date = new Date(at);
  const today = date.toDateString() === new Date().toDateString();
  const words = date.toLocaleString(language(), today ? { timeStyle: 'short' } : { month: 'short', day: 'numeric' });
  return words.replaceAll(' ', '\u00a0'); // one piece where the line breaks
}

function story({ outgoing, outcome, seconds, at, times = 1 }) {
  const key = hasText(`short.${outcome}`) ? `short.${outcome}` : 'short.endedEarly';
  const what = text(times > 1 ? 'short.missedTimes' : key, { time: duration(seconds ?? 0), times });
  return text(outgoing ? 'recent.outgoing' : 'recent.incoming', { when: when(at), what });
}

function person(peers, words, missed) {
  const row = element(
    'li',
    { className: 'person' },
    peers.length > 1 ? element('span', { className: 'avatar several' }, icon('people')) : avatar(peers[0]),
    element(
      'div',
      { className: 'person-words' },
      element('strong', { textContent: namesOf(peers), title: peers.join(', ') }),
      element('span', { className: missed ? 'hint missed' : 'hint', textContent: words }),
    ),
    callButton(peers, AUDIO),
    callButton(peers, VIDEO),
  );
  row.dataset.testid = 'person';
  row.dataset.user = peers.join(',');
  return row;
}

export function renderPeople() {
  const recent = readRecent(self);
  const rows = recent.map((entry) => person(peersOf(entry), story(entry), entry.outcome === 'missed'));
  const partner = partnerOf(self);
  if (!recent.some((entry) => peersOf(entry).join() === partner)) {
    rows.push(person([partner], text('people.partner'), false));
  }
  byId('people').replaceChildren(...rows);
}

/** The page's own address for another user; other parameters, such as ?call=, are not passed on. */
function linkFor(userID) {
  const url = new URL(location.pathname, location.href);
  url.searchParams.set('user', userID);
  return url.href;
}

/** The next call goes through this group; '' = through none. */
export function callThrough(id) {
  groupID = id;
  byId('via').hidden = !id;
  byId('via-words').textContent = id ? text('home.via', { group: id }) : '';
  if (id) callees.input.focus();
}

function render() {
  const partner = partnerOf(self);
  const link = byId('second-tab');
  link.href = linkFor(partner);
  link.textContent = text('second.link', { partner: nameOf(partner) });
  byId('second-text').textContent = text('second.text', { partner: nameOf(partner) });
  complain('');
  callThrough(groupID);
  renderPeople();
}

export function showHome(userID) {
  if (self !== userID) {
    callees.clear();
    groupID = '';
  }
  self = userID;
  render();
}

/** The call was placed: the field is for the next one. */
export const clearCallees = () => callees.clear();

export function startHome(call) {
  onCall = call;
  callees = createChips(byId('callee-field'), { changed: () => complain('') });
  byId('dial-form').addEventListener('submit', (event) => {
    event.preventDefault();
    dial(VIDEO);
  });
  byId('call-audio').addEventListener('click', () => dial(AUDIO));
  byId('via-clear').addEventListener('click', () => callThrough(''));
  byId('second-copy').addEventListener('click', () => copyText(byId('second-tab').href));
  onLanguage(() => self && render());
}
