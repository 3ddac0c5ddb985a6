// What the page does when its call changes: screens, tones, and words for what has happened.
import { blinkTitle, playTone } from './attention.js';
import { callBegan, leaveCall, renderCall } from './call-view.js';
import { VIDEO } from './call.js';
import { byId, say, toast } from './dom.js';
import { callThrough, clearCallees, renderPeople } from './home.js';
import { hideIncoming, showIncoming } from './incoming.js';
import { find, news, present } from './members.js';
import { nameOf, namesOf } from './names.js';
import { clearNotice, errorIsShown, showError, showNotice } from './notices.js';
import { addRecent } from './recent.js';
import { clearRoster } from './roster.js';
import { duration, onLanguage, text } from './texts.js';

const TONE_OF = { incoming: 'incoming', ringing: 'outgoing' };
const idle = { phase: 'idle', members: [] };

/** Takes the focus only from what has just been hidden; on touch screens it must not open the keyboard. */
export function focusHome() {
  const focused = document.activeElement;
  if (focused !== document.body && !focused.closest('[hidden]')) return;
  byId(matchMedia('(pointer: fine)').matches ? 'callee' : 'home-title').focus({ preventScroll: true });
}

function tellPhase({ phase, peer, group, members }) {
  const peers = namesOf(present(members).map(({ userID }) => userID)) || nameOf(peer);
  if (phase === 'dialing') say(text('say.calling', { peer: peers }));
  if (phase === 'ringing') say(text('phase.ringing'));
  if (phase === 'incoming') say(text('say.incoming', { peer: nameOf(peer) }));
  if (phase === 'connected') say(group ? text('say.connectedGroup') : text('say.connected', { peer: peers }));
}

/** In a call of several every coming and going is told; in a call of two it is the call itself. */
function tellNews(before, call) {
  if (!call.group || call.id !== before.id || call.phase === 'incoming') return;
  for (const { userID, status } of news(before.members, call.members)) {
    if (status !== 'inviting' && status !== 'ringing') toast(text(`news.${status}`, { peer: nameOf(userID) }));
  }
}

/** Only while connected: before that, the words of the phase say enough. */
function tellLinks(before, call) {
  if (call.phase !== 'connected' || before.phase !== 'connected') return;
  for (const { userID, link, silent, unsent, status } of call.members) {
    const was = find(before.members, userID);
    const peer = nameOf(userID);
    if (!was || status !== 'joined' || was.status !== 'joined') continue;
    if (link === 'connected' && was.link !== 'connected' && was.link !== 'connecting') toast(text('link.back', { peer }));
    if (link !== 'connected' && was.link === 'connected') toast(text('link.lostWith', { peer }));
    if (silent && !was.silent) say(text(`silent.${silent}`, { peer }));
    if (unsent && !was.unsent) say(text(`unsent.${unsent}`, { peer }));
  }
}

function tellType(before, call) {
  if (call.id !== before.id || call.type === before.type || call.phase === 'incoming') return;
  toast(text(call.type === VIDEO ? 'call.nowVideo' : 'call.nowAudio'));
}

/** `page`: session() -> {trtc, self} or undefined, show(screen). */
export function createHooks({ session, show }) {
  let last = idle;

  function enterPhase(call) {
    playTone(TONE_OF[call.phase]);
    blinkTitle(call.phase === 'incoming' ? text('app.titleRinging', { peer: nameOf(call.peer) }) : undefined);
    if (call.phase === 'dialing' || call.phase === 'incoming') clearNotice();
    if (call.phase === 'dialing') clearCallees();
    if (call.phase !== 'incoming') hideIncoming();
    tellPhase(call);
  }

  function leave() {
    leaveCall();
    clearRoster();
    callThrough('');
    if (session()) show('home');
  }

  function showScreen(call) {
    const { trtc, self } = session();
    renderCall(call, self);
    if (!byId('call').hidden) return;
    show('call');
    callBegan(trtc);
    // Not a button: the Enter that placed the call must not hang up when it repeats.
    byId('call-name').focus({ preventScroll: true });
  }

  function changed(call) {
    const before = last;
    last = call;
    tellNews(before, call);
    tellLinks(before, call);
    tellType(before, call);
    if (call.phase !== before.phase) enterPhase(call);
    if (call.phase === 'idle') leave();
    else if (call.phase === 'incoming') showIncoming(call);
    else if (session()) showScreen(call);
  }

  function ended(over) {
    const { peer, members, type, group, outgoing, outcome, seconds } = over;
    if (outcome === 'signedOut' || !session()) return;
    const { self } = session();
    const everybody = group ? members.map(({ userID }) => userID) : [peer];
    if (everybody.length > 0) addRecent(self, { peer: everybody[0], peers: everybody, type, outgoing, outcome, seconds, at: Date.now() });
    renderPeople();
    focusHome();
    // An error has said it better already.
    if (outcome === 'failed' && errorIsShown()) return;
    const key = group ? `outcome.group.${outcome}` : `outcome.${outcome}`;
    showNotice(() => ({ title: text(key, { peer: nameOf(peer || everybody[0]), time: duration(seconds) }) }));
  }

  onLanguage(() => {
    if (last.phase !== 'idle' && last.phase !== 'incoming' && session()) renderCall(last, session().self);
  });

  return {
    changed,
    ended,
    failed: showError,
    noCamera: () => showNotice(() => ({ title: text('call.noCamera'), detail: text('call.noCameraRemedy') })),
  };
}
