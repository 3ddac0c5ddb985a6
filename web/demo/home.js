// The screen of a user who is in no call: dial, people, and the link for a second tab.
import { AUDIO, VIDEO } from './call.js';
import { avatar, byId, copyText, element, fieldError, icon, isUserID } from './dom.js';
import { readRecent } from './recent.js';
import { duration, hasText, locale, text } from './texts.js';

let self = '';
let onCall = () => {};

/** Who to try the demo with: bob for everybody, alice for bob. */
const partnerOf = (userID) => (userID === 'bob' ? 'alice' : 'bob');

function dial(type) {
  const input = byId('callee');
  const peer = input.value.trim();
  const words = peer === self ? text('home.self') : isUserID(peer) ? '' : text('home.badCallee');
  fieldError(input, byId('callee-error'), words);
  if (words) input.focus();
  else onCall(peer, type);
}

function callButton(peer, type) {
  const video = type === VIDEO;
  const button = element('button', { type: 'button', className: 'quiet round' }, icon(video ? 'video' : 'phone'));
  button.setAttribute('aria-label', text(video ? 'people.callVideo' : 'people.callAudio', { peer }));
  button.dataset.testid = video ? 'person-video' : 'person-audio';
  button.addEventListener('click', () => onCall(peer, type));
  return button;
}

function when(at) {
  const date = new Date(at);
  const today = date.toDateString() === new Date().toDateString();
  const words = date.toLocaleString(locale, today ? { timeStyle: 'short' } : { month: 'short', day: 'numeric' });
  return words.replaceAll(' ', '\u00a0'); // one piece where the line breaks
}

function story({ outgoing, outcome, seconds, at }) {
  const key = hasText(`short.${outcome}`) ? `short.${outcome}` : 'short.endedEarly';
  const what = text(key, { time: duration(seconds ?? 0) });
  return text(outgoing ? 'recent.outgoing' : 'recent.incoming', { when: when(at), what });
}

function person(peer, words, missed) {
  const row = element(
    'li',
    { className: 'person' },
    avatar(peer),
    element(
      'div',
      { className: 'person-words' },
      element('strong', { textContent: peer }),
      element('span', { className: missed ? 'hint missed' : 'hint', textContent: words }),
    ),
    callButton(peer, AUDIO),
    callButton(peer, VIDEO),
  );
  row.dataset.testid = 'person';
  row.dataset.user = peer;
  return row;
}

export function renderPeople() {
  const recent = readRecent(self);
  const rows = recent.map((entry) => person(entry.peer, story(entry), entry.outcome === 'missed'));
  const partner = partnerOf(self);
  if (!recent.some(({ peer }) => peer === partner)) rows.push(person(partner, text('people.partner'), false));
  byId('people').replaceChildren(...rows);
}

/** The page's own address for another user; other parameters, such as ?call=, are not passed on. */
function linkFor(userID) {
  const url = new URL(location.pathname, location.href);
  url.searchParams.set('user', userID);
  return url.href;
}

export function showHome(userID) {
  self = userID;
  const partner = partnerOf(self);
  const link = byId('second-tab');
  link.href = linkFor(partner);
  link.textContent = text('second.link', { partner });
  byId('second-text').textContent = text('second.text', { partner });
  fieldError(byId('callee'), byId('callee-error'), '');
  renderPeople();
}

export function startHome(call) {
  onCall = call;
  byId('dial-form').addEventListener('submit', (event) => {
    event.preventDefault();
    dial(VIDEO);
  });
  byId('call-audio').addEventListener('click', () => dial(AUDIO));
  byId('callee').addEventListener('input', () => fieldError(byId('callee'), byId('callee-error'), ''));
  byId('second-copy').addEventListener('click', () => copyText(byId('second-tab').href));
}
