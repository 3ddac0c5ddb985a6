// The one call of the page as data, and what can be done with it. Views only read it; call-events.js keeps it in step with
// the SDK.
//
//   outgoing   dialing --call() resolved--> ringing --USER_ACCEPT--> joining --USER_ENTER--> connected
//   incoming   incoming --accept()--------------------------------> joining --USER_ENTER--> connected
//   entered    joining --joinInGroupCall()-------------------------------------------------> connected
//   every phase but idle ends in idle, with an outcome (texts, outcome.*); hangup() passes through 'ending'.
import { listen } from './call-events.js';
import { member, present } from './members.js';
import { ask } from './session.js';

export const AUDIO = 1;
export const VIDEO = 2;
export const MOST_OTHERS = 7;
const RING_SECONDS = 30;
// Rejections that only repeat what the page shows already: hung up, invitation over, signed out, signed in elsewhere.
const QUIET = new Set([61010, 61011, 61016, 61017]);

const idle = Object.freeze({ phase: 'idle', members: [] });

const fresh = {
  type: VIDEO,
  group: false, // more than two, or may become so
  groupID: '',
  roomID: 0,
  peer: '', // the callee, the caller; in a group the inviter, or who was called first
  members: [],
  ready: false, // microphone and camera can be switched
  muted: false,
  cameraOn: false,
  sharing: false, // the own screen instead of the camera
  switching: false, // between audio and video
  uplink: 0, // quality of what leaves
  loud: false, // speaks
  since: 0, // when it was connected, ms
};

/**
 * The page's call. `hooks`: changed(call) after every change, ended(call with outcome and seconds), failed(error) for a
 * rejected promise, noCamera() for a video call without picture.
 */
export function createCall({ trtc, EVENT, self }, hooks) {
  let call = idle;
  let count = 0;

  const set = (changes) => {
    call = { ...call, ...changes };
    hooks.changed(call);
  };
  // An answer may come when its call is over and another one has begun.
  const isCurrent = (id) => call.id === id;
  const is = (...phases) => phases.includes(call.phase);

  function begin(facts) {
    call = { ...fresh, id: ++count, ...facts };
    hooks.changed(call);
    return call.id;
  }

  function finish(outcome, seconds = 0) {
    if (is('idle')) return;
    const over = call;
    call = idle;
    hooks.changed(call);
    hooks.ended({ ...over, outcome, seconds });
  }

  function giveUp(id, error) {
    if (isCurrent(id)) finish(call.phase === 'ending' ? 'cancelledByMe' : 'failed');
    if (!QUIET.has(error?.code)) hooks.failed(error);
  }

  const pictureIsOpen = () => trtc.getLocalStream()?.getVideoTracks().some(({ readyState }) => readyState === 'live') ?? false;

  /** What is captured may change without a verb of this page: the other side switches to video, a camera is unplugged. */
  function lookAtCamera() {
    if (is('idle', 'incoming') || !call.ready || call.sharing) return;
    const cameraOn = call.type === VIDEO && pictureIsOpen();
    if (cameraOn === call.cameraOn) return;
    set({ cameraOn });
    if (cameraOn) showLocal();
  }

  const showLocal = () => ask(trtc, 'startLocalView', { userID: self, videoViewDomID: 'local-view' }).catch(hooks.failed);

  /** call(), accept() or joinInGroupCall() is through: devices are open. */
  function capturing(result) {
    const wanted = call.type === VIDEO;
    const cameraOn = wanted && result?.video !== false;
    set({ ready: true, cameraOn, roomID: result?.roomID ?? call.roomID });
    if (wanted) showLocal();
    if (wanted && !cameraOn) hooks.noCamera();
  }

  async function place({ peers, type, groupID = '' }) {
    if (!is('idle')) return;
    const group = peers.length > 1 || groupID !== '';
    const members = peers.map((userID) => member(userID));
    const id = begin({ phase: 'dialing', outgoing: true, peer: peers[0], members, type, group, groupID });
    const options = { type, timeout: RING_SECONDS, ...(groupID && { groupID }) };
    try {
      const result = await (group
        ? ask(trtc, 'groupCall', { userIDList: peers, ...options })
        : ask(trtc, 'call', { userID: peers[0], ...options }));
      if (!isCurrent(id) || is('ending')) return;
      if (is('dialing')) set({ phase: 'ringing' });
      capturing(result);
    } catch (error) {
      giveUp(id, error);
    }
  }

  /** Enters the call of a group that is going on; whoever is there is told by USER_ENTER. */
  async function join({ groupID, roomID, type }) {
    if (!is('idle')) return;
    const id = begin({ phase: 'joining', outgoing: true, type, group: true, groupID, roomID });
    try {
      const result = await ask(trtc, 'joinInGroupCall', { groupID, roomID, type });
      if (isCurrent(id) && !is('ending')) capturing(result);
    } catch (error) {
      giveUp(id, error);
    }
  }

  async function accept() {
    if (!is('incoming')) return;
    const { id } = call;
    set({ phase: 'joining' });
    try {
      const result = await ask(trtc, 'accept');
      if (!isCurrent(id) || is('ending')) return;
      if (result === undefined) finish('missed'); // the invitation was gone (behaviour document, 3.7)
      else capturing(result);
    } catch (error) {
      giveUp(id, error);
    }
  }

  async function decline() {
    if (!is('incoming')) return;
    finish('declinedByMe');
    await ask(trtc, 'reject').catch(hooks.failed);
  }

  async function hangUp() {
    if (is('incoming')) return decline();
    if (is('idle', 'ending')) return;
    const { id, since } = call;
    set({ phase: 'ending' });
    await ask(trtc, 'hangup').catch(hooks.failed);
    // CALLING_END comes before the promise resolves; this is for a call that never was connected.
    if (isCurrent(id)) finish(since ? 'ended' : 'cancelledByMe', since ? Math.round((Date.now() - since) / 1000) : 0);
  }

  /** Adds people; whoever did not come is called again. True: the invitations went out. */
  async function invite(userIDList) {
    if (is('idle', 'incoming', 'dialing', 'ending')) return false;
    const room = MOST_OTHERS - present(call.members).length;
    if (userIDList.length === 0 || userIDList.length > room) return false;
    try {
      await ask(trtc, 'inviteUser', { userIDList, timeout: RING_SECONDS });
      return true;
    } catch (error) {
      hooks.failed(error);
      return false;
    }
  }

  /** Runs a verb that needs open devices; its failure is shown. What it returns is for the call it was meant for. */
  async function act(method, argument, then) {
    const { id } = call;
    try {
      const done = await ask(trtc, method, argument);
      if (isCurrent(id)) then(done);
    } catch (error) {
      hooks.failed(error);
    }
  }

  async function toggleMute() {
    if (!call.ready) return;
    const muted = !call.muted;
    await act('setMicMute', muted, () => set({ muted, loud: false }));
  }

  async function toggleCamera() {
    if (!call.ready || call.type !== VIDEO) return;
    const { cameraOn } = call;
    // openCamera() resolves false where there is no camera to open; ERROR tells why.
    await act(cameraOn ? 'closeCamera' : 'openCamera', undefined, (done) => set({ cameraOn: !cameraOn && done === true }));
  }

  async function toggleScreen() {
    if (!is('connected') || !call.ready || call.type !== VIDEO) return;
    const { sharing } = call;
    await act(sharing ? 'stopScreenShare' : 'startScreenShare', undefined, (done) => {
      set({ sharing: !sharing && done === true });
    });
  }

  let facing = 'front';

  async function flipCamera() {
    const next = facing === 'front' ? 'back' : 'front';
    await act('switchCamera', next, () => {
      facing = next;
    });
  }

  async function switchType() {
    if (call.group || call.switching || !call.ready || is('idle', 'incoming', 'ending')) return;
    const { id } = call;
    set({ switching: true });
    await act('switchCallMediaType', call.type === VIDEO ? AUDIO : VIDEO, lookAtCamera);
    if (isCurrent(id)) set({ switching: false });
  }

  listen({ trtc, EVENT, self }, { get: () => call, set, is, begin, finish, lookAtCamera, failed: hooks.failed });

  return {
    place, join, accept, decline, hangUp, invite, finish,
    toggleMute, toggleCamera, toggleScreen, flipCamera, switchType,
    get current() {
      return call;
    },
  };
}
