// Puts the page together: which screen is shown, and who hears about what.
import { setTitle, startAttention } from './attention.js';
import { showResume, startCallView } from './call-view.js';
import { AUDIO, VIDEO, createCall } from './call.js';
import { createHooks, focusHome } from './calling.js';
import { byId, fillTexts, isUserID, say } from './dom.js';
import { joinGroup, showGroups, startGroups } from './groups.js';
import { callThrough, showHome, startHome } from './home.js';
import { startIncoming } from './incoming.js';
import { startLog } from './log.js';
import { nameOf } from './names.js';
import { clearNotice, showError, showNotice, startNotices } from './notices.js';
import { startRoster } from './roster.js';
import { SignInProblem, ask, createSdk, serverSettings } from './session.js';
import { deviceListChanged, introduce, signedInAs, signedOut, startSettings } from './settings.js';
import { startSide } from './side.js';
import { askForKeys, keysFor, setSigningIn, showSignIn, startSignIn } from './sign-in.js';
import { startStats } from './stats.js';
import { hasText, onLanguage, text } from './texts.js';

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

/** Keeps the address in step, so that a reload signs the same user in again, and places no call again. */
function rememberUser(userID) {
  const url = new URL(location.href);
  for (const name of ['user', 'call', 'type', 'group', 'room']) url.searchParams.delete(name);
  if (userID) url.searchParams.set('user', userID);
  history.replaceState(null, '', url);
}

const hooks = createHooks({ session: () => session, show });

// ---- the session ----

function listen(trtc, EVENT) {
  const on = (name, listener) => EVENT[name] && trtc.on(EVENT[name], listener);
  on('ERROR', showError);
  on('KICKED_OUT', () => {
    signOut(() => ({ title: text('kicked.title'), detail: text('kicked.detail'), kind: 'error' }));
  });
  on('CONNECTION_STATE_CHANGED', ({ state }) => {
    const before = byId('connection').dataset.state;
    setConnection(state);
    const now = byId('connection').dataset.state;
    if (now === 'reconnecting' && before === 'connected') say(text('connection.lost'));
    if (now === 'connected' && before === 'reconnecting') say(text('connection.back'));
  });
  on('AUTOPLAY_BLOCKED', ({ userID } = {}) => showResume(nameOf(userID ?? session?.call.current.peer ?? '')));
  on('DEVICED_UPDATED', deviceListChanged);
}

function explain(error) {
  if (!(error instanceof SignInProblem)) return showError(error);
  const { kind, status } = error;
  if (kind === 'keysNeeded') return askForKeys();
  showNotice(() => ({ title: text(`error.${kind}`), detail: text(`error.${kind}Remedy`, { status }), kind: 'error' }));
}

async function signIn(userID) {
  setSigningIn(true, userID);
  clearNotice();
  let trtc;
  try {
    const keys = await keysFor(userID);
    if (!keys) return setSigningIn(false);
    trtc = createSdk(keys);
    const { EVENT } = globalThis.TRTCCalling;
    const call = createCall({ trtc, EVENT, self: userID }, hooks);
    // Before login() resolves: an invitation that waited for this user rings at once.
    session = { trtc, call, self: userID };
    listen(trtc, EVENT);
    setConnection('connecting');
    await introduce(trtc, userID);
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
  const { trtc, self } = session;
  setConnection('connected');
  rememberUser(self);
  setTitle(text('app.title', { user: self }));
  signedInAs({ trtc, self });
  showHome(self);
  void showGroups({ trtc, self });
  if (byId('call').hidden) show('home');
  focusHome();
  say(text('signin.done', { user: self }));
  void followWishes();
}

async function signOut(notice) {
  const leaving = session;
  if (!leaving) return;
  session = undefined;
  leaving.call.finish('signedOut');
  signedOut();
  byId('connection').hidden = true;
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

// ---- the address ----

let wishes = new URLSearchParams(location.search);

/** &call=bob,carol calls, &group=…&room=… enters a call; &type=audio either way; once. */
async function followWishes() {
  const { call, self } = session;
  const type = wishes.get('type') === 'audio' ? AUDIO : VIDEO;
  const peers = (wishes.get('call') ?? '').split(/[\s,;]+/).filter((id) => isUserID(id) && id !== self);
  const [groupID, roomID] = [wishes.get('group') ?? '', Number(wishes.get('room') ?? 0)];
  wishes = new URLSearchParams();
  if (groupID && !(await joinGroup(groupID))) return;
  if (session?.call !== call) return;
  if (groupID && roomID) await call.join({ groupID, roomID, type });
  else if (peers.length > 0) await call.place({ peers, type, groupID });
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

/** ?user=alice signs in. */
async function followAddress() {
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
}

function nameChanged() {
  if (session && session.call.current.phase !== 'idle') hooks.changed(session.call.current);
}

function writeWords() {
  fillTexts();
  setTitle(session ? text('app.title', { user: session.self }) : text('app.name'));
  if (session) setConnection(byId('connection').dataset.state);
}

writeWords();
onLanguage(writeWords);
startNotices();
startAttention();
startLog();
startSignIn(signIn);
startHome((wish) => session?.call.place(wish));
startGroups({
  callThrough,
  left: (groupID) => groupID && callThrough(''),
  enter: (wish) => session?.call.join(wish),
});
startIncoming({ accept: () => session?.call.accept(), decline: () => session?.call.decline() });
startSettings({ signOut: () => signOut(), nameChanged });
startSide();
startStats(() => session.trtc.getCallStats());
startRoster((userIDs) => session?.call.invite(userIDs) ?? Promise.resolve(false));
startCallView({
  mute: () => session?.call.toggleMute(),
  camera: () => session?.call.toggleCamera(),
  screenShare: () => session?.call.toggleScreen(),
  switchType: () => session?.call.switchType(),
  flip: () => session?.call.flipCamera(),
  hangUp: () => session?.call.hangUp(),
  resume: () => ask(session.trtc, 'resumeAudio'),
});
followAddress();
