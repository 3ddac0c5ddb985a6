// Puts the page together: which screen is shown, and who hears about what.
import { blinkTitle, playTone, setTitle, startAttention } from './attention.js';
import { leaveCall, linkWords, renderCall, showResume, startCallView } from './call-view.js';
import { AUDIO, VIDEO, createCall } from './call.js';
import { byId, fillTexts, isUserID, say } from './dom.js';
import { renderPeople, showHome, startHome } from './home.js';
import { hideIncoming, showIncoming, startIncoming } from './incoming.js';
import { startLog } from './log.js';
import { clearNotice, errorIsShown, showError, showNotice, startNotices } from './notices.js';
import { addRecent } from './recent.js';
import { SignInProblem, ask, createSdk, serverSettings } from './session.js';
import { askForKeys, keysFor, setSigningIn, showSignIn, startSignIn } from './sign-in.js';
import { duration, hasText, text } from './texts.js';

/** {trtc, call, self} while somebody is signed in. */
let session;

function show(screen) {
  document.body.dataset.screen = screen;
  for (const id of ['loading', 'signin', 'home', 'call']) byId(id).hidden = id !== screen;
}

function setConnection(state) {
  const pill = byId('connection');
  pill.hidden = false;
  pill.dataset.state = hasText(`connection.${state}`) ? state : 'reconnecting';
  pill.textContent = text(`connection.${pill.dataset.state}`);
}

/** Keeps the address in step, so that a reload signs the same user in again. */
function rememberUser(userID) {
  const url = new URL(location.href);
  if (userID) url.searchParams.set('user', userID);
  else url.searchParams.delete('user');
  url.searchParams.delete('call');
  url.searchParams.delete('type');
  history.replaceState(null, '', url);
}

// ---- the call ----

const TONE_OF = { incoming: 'incoming', ringing: 'outgoing' };
let lastPhase = 'idle';
let lastLink = 'connected';

function tell(call) {
  if (call.phase === 'dialing') say(text('say.calling', { peer: call.peer }));
  if (call.phase === 'ringing') say(text('phase.ringing'));
  if (call.phase === 'incoming') say(text('say.incoming', { peer: call.peer }));
  if (call.phase === 'connected') say(text('say.connected', { peer: call.peer }));
}

/** Only while connected: before that, the words of the phase say enough. */
function tellLink(call) {
  if (call.phase === 'connected' && lastPhase === 'connected' && call.link !== lastLink) {
    say(call.link === 'connected' ? text('link.back', { peer: call.peer }) : linkWords(call.link));
  }
  lastLink = call.link;
}

function phaseChanged(call) {
  playTone(TONE_OF[call.phase]);
  blinkTitle(call.phase === 'incoming' ? text('app.titleRinging', { peer: call.peer }) : undefined);
  if (call.phase === 'dialing' || call.phase === 'incoming') clearNotice();
  if (call.phase === 'incoming') showIncoming(call);
  else hideIncoming();
  tell(call);
}

function callChanged(call) {
  tellLink(call);
  const entered = call.phase !== lastPhase;
  lastPhase = call.phase;
  if (entered) phaseChanged(call);
  if (call.phase === 'idle') {
    leaveCall();
    if (session) show('home');
    return;
  }
  if (call.phase === 'incoming' || !session) return;
  renderCall(call, session.self);
  if (byId('call').hidden) {
    show('call');
    // Not a button: the Enter that placed the call must not hang up when it repeats.
    byId('call-name').focus({ preventScroll: true });
  }
}

/** Takes the focus only from what has just been hidden; on touch screens it must not open the keyboard. */
function focusHome() {
  const focused = document.activeElement;
  if (focused !== document.body && !focused.closest('[hidden]')) return;
  byId(matchMedia('(pointer: fine)').matches ? 'callee' : 'home-title').focus({ preventScroll: true });
}

function callEnded({ peer, type, outgoing, outcome, seconds }) {
  if (outcome === 'signedOut' || !session) return;
  addRecent(session.self, { peer, type, outgoing, outcome, seconds, at: Date.now() });
  renderPeople();
  focusHome();
  // An error has said it better already.
  if (outcome === 'failed' && errorIsShown()) return;
  showNotice({ title: text(`outcome.${outcome}`, { peer, time: duration(seconds) }) });
}

const callHooks = {
  changed: callChanged,
  ended: callEnded,
  failed: showError,
  noCamera: () => showNotice({ title: text('call.noCamera'), detail: text('call.noCameraRemedy') }),
};

// ---- the session ----

function listen(trtc, EVENT) {
  const on = (name, listener) => EVENT[name] && trtc.on(EVENT[name], listener);
  on('ERROR', showError);
  on('KICKED_OUT', () => signOut({ title: text('kicked.title'), detail: text('kicked.detail'), kind: 'error' }));
  on('CONNECTION_STATE_CHANGED', ({ state }) => {
    const before = byId('connection').dataset.state;
    setConnection(state);
    const now = byId('connection').dataset.state;
    if (now === 'reconnecting' && before === 'connected') say(text('connection.lost'));
    if (now === 'connected' && before === 'reconnecting') say(text('connection.back'));
  });
  on('AUTOPLAY_BLOCKED', ({ userID } = {}) => showResume(userID ?? byId('call-name').textContent));
}

function explain(error) {
  if (!(error instanceof SignInProblem)) return showError(error);
  const { kind, status } = error;
  if (kind === 'keysNeeded') return askForKeys();
  showNotice({ title: text(`error.${kind}`), detail: text(`error.${kind}Remedy`, { status }), kind: 'error' });
}

async function signIn(userID) {
  setSigningIn(true, userID);
  clearNotice();
  let trtc;
  try {
    const keys = await keysFor(userID);
    if (!keys) return setSigningIn(false);
    trtc = await createSdk(keys.sdkAppID);
    const { EVENT } = globalThis.TRTCCalling;
    const call = createCall({ trtc, EVENT, self: userID }, callHooks);
    // Before login() resolves: an invitation that waited for this user rings at once.
    session = { trtc, call, self: userID };
    listen(trtc, EVENT);
    setConnection('connecting');
    await ask(trtc, 'login', { userID, userSig: keys.userSig });
    if (session?.trtc === trtc) signedIn();
  } catch (error) {
    session = undefined;
    // Not awaited: an object that never was online has nobody to say goodbye to.
    if (trtc) ask(trtc, 'logout').catch(() => {});
    byId('connection').hidden = true;
    show('signin');
    await explain(error);
    showSignIn(userID);
  }
}

function signedIn() {
  const { self } = session;
  setConnection('connected');
  rememberUser(self);
  setTitle(text('app.title', { user: self }));
  byId('me').textContent = self;
  byId('me').hidden = false;
  byId('sign-out').hidden = false;
  showHome(self);
  if (byId('call').hidden) show('home');
  focusHome();
  say(text('signin.done', { user: self }));
}

async function signOut(notice) {
  const leaving = session;
  if (!leaving) return;
  session = undefined;
  leaving.call.finish('signedOut');
  for (const id of ['me', 'sign-out', 'connection']) byId(id).hidden = true;
  rememberUser('');
  setTitle(text('app.name'));
  clearNotice();
  show('signin');
  showSignIn(leaving.self);
  if (notice) showNotice(notice);
  else say(text('signout.done'));
  // Whatever it answers, this page is signed out; the log has the details.
  await ask(leaving.trtc, 'logout').catch(() => {});
}

/** What stands in the way of signing in without asking. */
async function obstacle() {
  if (!globalThis.TRTCCalling) return new SignInProblem('noSdk');
  try {
    const { devMode } = await serverSettings();
    return devMode === false ? new SignInProblem('keysNeeded') : undefined;
  } catch (error) {
    return error;
  }
}

/** ?user=alice signs in; &call=bob (&type=audio) also calls, once. */
async function followAddress() {
  const wishes = new URLSearchParams(location.search);
  const user = wishes.get('user') ?? '';
  const problem = await obstacle();
  if (problem) await explain(problem);
  if (problem || !isUserID(user)) {
    show('signin');
    showSignIn(user);
    return;
  }
  byId('signin-user').value = user;
  byId('loading-words').textContent = text('signin.busy', { user });
  show('loading');
  await signIn(user);
  const callee = wishes.get('call') ?? '';
  if (session && isUserID(callee) && callee !== user) {
    session.call.place(callee, wishes.get('type') === 'audio' ? AUDIO : VIDEO);
  }
}

fillTexts();
setTitle(text('app.name'));
startNotices();
startAttention();
startLog();
startSignIn(signIn);
startHome((peer, type) => session?.call.place(peer, type));
startIncoming({ accept: () => session?.call.accept(), decline: () => session?.call.decline() });
startCallView({
  mute: () => session?.call.toggleMute(),
  camera: () => session?.call.toggleCamera(),
  screenShare: () => session?.call.toggleScreen(),
  hangUp: () => session?.call.hangUp(),
  resume: () => ask(session.trtc, 'resumeAudio'),
});
byId('sign-out').addEventListener('click', () => signOut());
followAddress();
