// One user's calls as reactive state. The application was written for trtc-calling-js: package.json says what that is now.
import { nextTick, reactive } from 'vue';
import TRTCCalling from 'trtc-calling-js';
import { userSigOf } from './user-sig.js';

const { EVENT, CALL_TYPE } = TRTCCalling;

/** phase: 'signed-out', 'idle', 'ringing' (here), 'call'. */
const state = reactive({ phase: 'signed-out', self: '', peer: '', notice: '', microphone: true, camera: true });
let calling;

const enter = (phase, notice = '') => Object.assign(state, { phase, notice });

async function enterCall(peer, notice) {
  Object.assign(state, { peer, microphone: true, camera: true });
  enter('call', notice);
  await nextTick(); // The containers are there.
  calling.startLocalView({ userID: state.self, videoViewDomID: 'local' });
}

function listen() {
  calling.on(EVENT.INVITED, ({ sponsor }) => {
    state.peer = sponsor;
    enter('ringing');
  });
  calling.on(EVENT.USER_ENTER, async ({ userID }) => {
    await enterCall(userID, `In a call with ${userID}`);
    calling.startRemoteView({ userID, videoViewDomID: 'remote' });
  });
  calling.on(EVENT.REJECT, ({ userID }) => enter('idle', `${userID} has declined`));
  calling.on(EVENT.LINE_BUSY, ({ userID }) => enter('idle', `${userID} is busy`));
  calling.on(EVENT.NO_RESP, ({ userID }) => enter('idle', `${userID} does not answer`));
  calling.on(EVENT.CALLING_CANCEL, () => enter('idle', 'The call was taken back'));
  calling.on(EVENT.CALLING_TIMEOUT, () => enter('idle', 'Missed call'));
  calling.on(EVENT.CALLING_END, ({ callEnd }) => {
    if (state.phase === 'call') enter('idle', `Call ended after ${callEnd} s`);
  });
  calling.on(EVENT.KICKED_OUT, () => enter('signed-out', 'Logged in elsewhere'));
  calling.on(EVENT.ERROR, ({ msg }) => (state.notice = msg));
}

/** What a method refuses is said, and whoever was about to be in a call is not. */
const attempt =
  (act) =>
  async (...args) => {
    try {
      await act(...args);
    } catch (error) {
      enter(state.self === '' ? 'signed-out' : 'idle', error.message);
    }
  };

const actions = {
  logIn: attempt(async (userID) => {
    const { sdkAppID, userSig } = await userSigOf(userID);
    calling = new TRTCCalling({ SDKAppID: sdkAppID });
    listen();
    await calling.login({ userID, userSig });
    state.self = userID;
    enter('idle', `Logged in as ${userID}`);
  }),
  call: attempt(async (userID) => {
    await calling.call({ userID, type: CALL_TYPE.VIDEO_CALL, timeout: 30 });
    await enterCall(userID, `Calling ${userID}`);
  }),
  accept: attempt(() => calling.accept()),
  reject: attempt(async () => {
    await calling.reject();
    enter('idle');
  }),
  hangUp: attempt(async () => {
    await calling.hangup();
    if (state.phase === 'call') enter('idle');
  }),
  toggleMicrophone: attempt(async () => {
    state.microphone = !state.microphone;
    await calling.setMicMute(!state.microphone);
  }),
  toggleCamera: attempt(async () => {
    state.camera = !state.camera;
    await (state.camera ? calling.openCamera() : calling.closeCamera());
  }),
};

export const useCalling = () => ({ state, ...actions });
