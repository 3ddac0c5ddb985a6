// The one call of the page as data, kept from the SDK's promises and events. Views only read it.
//
//   outgoing   dialing --call() resolved--> ringing --USER_ACCEPT--> joining --USER_ENTER--> connected
//   incoming   incoming --accept()--------------------------------> joining --USER_ENTER--> connected
//   every phase but idle ends in idle, with an outcome (texts.js, outcome.*); hangup() passes through 'ending'.
import { ask } from './session.js';

export const AUDIO = 1;
export const VIDEO = 2;
const RING_SECONDS = 30;
// Rejections that only repeat what the page shows already: hung up, invitation over, signed out, signed in elsewhere.
const QUIET = new Set([61010, 61011, 61016, 61017]);

const idle = Object.freeze({ phase: 'idle' });

const fresh = {
  ready: false, // microphone and camera can be switched
  muted: false,
  cameraOn: false,
  remoteVideo: false,
  remoteAudio: true,
  link: 'connected', // the media connection to the peer
  quality: 0, // of what comes from the peer: 0 unknown, 1 excellent … 6 nothing arrives
  sharing: false, // the own screen instead of the camera
  remoteScreen: false,
  since: 0, // when it was connected, ms
};

/** ON_CALL_CANCELED's reason as an outcome; the two sides tell some of them differently. */
function outcomeOf(reason, outgoing) {
  switch (reason) {
    case 'reject':
      return outgoing ? 'declined' : 'declinedByMe';
    case 'busyline':
      return 'busy';
    case 'timeout':
      return outgoing ? 'noAnswer' : 'missed';
    case 'answered_elsewhere':
      return 'answeredElsewhere';
    case 'rejected_elsewhere':
      return 'declinedElsewhere';
    case 'unreachable':
      return outgoing ? 'unreachable' : 'missed';
    case 'failed':
      return 'failed';
    case 'kicked_out':
    case 'logged_out':
      return 'signedOut';
    default:
      return outgoing ? 'cancelledByMe' : 'missed';
  }
}

/** changed(call) after every change, ended(call with outcome and seconds), failed(error) for a rejected promise. */
export function createCall({ trtc, EVENT, self }, { changed, ended, failed, noCamera }) {
  let call = idle;
  let count = 0;

  const set = (patch) => {
    call = { ...call, ...patch };
    changed(call);
  };
  // An answer may come when its call is over and another one has begun.
  const isCurrent = (id) => call.id === id;
  const is = (...phases) => phases.includes(call.phase);

  function begin(facts) {
    call = { ...fresh, id: ++count, ...facts };
    changed(call);
    return call.id;
  }

  function finish(outcome, seconds = 0) {
    if (is('idle')) return;
    const over = call;
    call = idle;
    changed(call);
    ended({ ...over, outcome, seconds });
  }

  function giveUp(id, error) {
    if (isCurrent(id)) finish(call.phase === 'ending' ? 'cancelledByMe' : 'failed');
    if (!QUIET.has(error?.code)) failed(error);
  }

  const showLocal = () => ask(trtc, 'startLocalView', { userID: self, videoViewDomID: 'local-view' }).catch(failed);

  /** call() or accept() is through: devices are open. */
  function capturing(result) {
    const wanted = call.type === VIDEO;
    const cameraOn = wanted && result?.video !== false;
    set({ ready: true, cameraOn });
    if (wanted) showLocal();
    if (wanted && !cameraOn) noCamera();
  }

  async function place(peer, type) {
    if (!is('idle')) return;
    const id = begin({ phase: 'dialing', outgoing: true, peer, type });
    try {
      const result = await ask(trtc, 'call', { userID: peer, type, timeout: RING_SECONDS });
      if (!isCurrent(id) || is('ending')) return;
      if (is('dialing')) set({ phase: 'ringing' });
      capturing(result);
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
    await ask(trtc, 'reject').catch(failed);
  }

  async function hangUp() {
    if (is('incoming')) return decline();
    if (is('idle', 'ending')) return;
    const { id, since } = call;
    set({ phase: 'ending' });
    await ask(trtc, 'hangup').catch(failed);
    // CALLING_END comes before the promise resolves; this is for a call that never was connected.
    if (isCurrent(id)) finish(since ? 'ended' : 'cancelledByMe', since ? Math.round((Date.now() - since) / 1000) : 0);
  }

  async function toggleMute() {
    if (!call.ready) return;
    const { id } = call;
    const muted = !call.muted;
    await ask(trtc, 'setMicMute', muted).then(() => isCurrent(id) && set({ muted }), failed);
  }

  async function toggleCamera() {
    if (!call.ready || call.type !== VIDEO) return;
    const { id, cameraOn } = call;
    try {
      const done = await ask(trtc, cameraOn ? 'closeCamera' : 'openCamera');
      // openCamera() resolves false or undefined where there is no camera to open; ERROR tells why.
      if (isCurrent(id)) set({ cameraOn: cameraOn ? false : done === true });
    } catch (error) {
      failed(error);
    }
  }

  async function toggleScreen() {
    if (!is('connected') || !call.ready || call.type !== VIDEO) return;
    const { id, sharing } = call;
    try {
      const done = await ask(trtc, sharing ? 'stopScreenShare' : 'startScreenShare');
      if (isCurrent(id)) set({ sharing: !sharing && done === true });
    } catch (error) {
      failed(error);
    }
  }

  /** The text on a screen must not lose its edges; a face fills its place. */
  function peerScreen(isScreenAvailable) {
    set({ remoteScreen: isScreenAvailable });
    const objectFit = isScreenAvailable ? 'contain' : 'cover';
    ask(trtc, 'setVideoRenderParams', { userID: call.peer, objectFit }).catch(failed);
  }

  function peerQuality(list) {
    const quality = list.find(({ userId }) => userId === call.peer)?.quality ?? 0;
    if (!is('idle') && quality !== call.quality) set({ quality });
  }

  const fromPeer = (userID) => !is('idle') && (userID === undefined || userID === call.peer);

  const listeners = {
    INVITED: ({ sponsor, inviteData }) =>
      begin({ phase: 'incoming', outgoing: false, peer: sponsor, type: inviteData.callType }),
    USER_ACCEPT: ({ userID }) => fromPeer(userID) && is('dialing', 'ringing') && set({ phase: 'joining' }),
    USER_ENTER: ({ userID }) => {
      if (!fromPeer(userID) || is('ending', 'connected')) return;
      set({ phase: 'connected', since: Date.now() });
      if (call.type === VIDEO) {
        ask(trtc, 'startRemoteView', { userID: call.peer, videoViewDomID: 'remote-view' }).catch(failed);
      }
    },
    USER_VIDEO_AVAILABLE: ({ userID, isVideoAvailable }) => fromPeer(userID) && set({ remoteVideo: isVideoAvailable }),
    USER_AUDIO_AVAILABLE: ({ userID, isAudioAvailable }) => fromPeer(userID) && set({ remoteAudio: isAudioAvailable }),
    USER_CONNECTION_STATE_CHANGED: ({ userID, state }) => fromPeer(userID) && set({ link: state }),
    USER_SCREEN_AVAILABLE: ({ userID, isScreenAvailable }) => fromPeer(userID) && peerScreen(isScreenAvailable),
    ON_USER_NETWORK_QUALITY_CHANGED: ({ networkQualityList }) => peerQuality(networkQualityList),
    REJECT: () => finish('declined'),
    LINE_BUSY: () => finish('busy'),
    NO_RESP: () => finish('noAnswer'),
    CALLING_CANCEL: () => finish(outcomeOf('normal', call.outgoing)),
    CALLING_TIMEOUT: () => finish(outcomeOf('timeout', call.outgoing)),
    ON_CALL_CANCELED: ({ reason } = {}) => finish(is('ending') ? 'cancelledByMe' : outcomeOf(reason, call.outgoing)),
    CALLING_END: ({ callEnd } = {}) => (call.since ? finish('ended', callEnd ?? 0) : finish('endedEarly')),
  };
  for (const [name, listener] of Object.entries(listeners)) if (EVENT[name]) trtc.on(EVENT[name], listener);

  return { place, accept, decline, hangUp, toggleMute, toggleCamera, toggleScreen, finish };
}
