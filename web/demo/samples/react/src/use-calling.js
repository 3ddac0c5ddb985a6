// One user's calls as state of a component. The application was written for trtc-calling-js: package.json says what that
// is now.
import { useRef, useState } from 'react';
import TRTCCalling from 'trtc-calling-js';
import { userSigOf } from './user-sig.js';

const { EVENT, CALL_TYPE } = TRTCCalling;

/** phase: 'signed-out', 'idle', 'ringing' (here), 'call'. `peer` is the other one, `entered` says that the peer is there. */
const signedOut = { phase: 'signed-out', self: '', peer: '', entered: false, notice: '', microphone: true, camera: true };

export function useCalling() {
  const [state, setState] = useState(signedOut);
  const calling = useRef(null);

  const change = (changes) => setState((before) => ({ ...before, ...changes }));
  const end = (notice = '') => change({ phase: 'idle', entered: false, notice });

  const listen = (sdk) => {
    sdk.on(EVENT.INVITED, ({ sponsor }) => change({ phase: 'ringing', peer: sponsor, notice: '' }));
    sdk.on(EVENT.USER_ENTER, ({ userID }) =>
      change({ phase: 'call', peer: userID, entered: true, notice: `In a call with ${userID}` }),
    );
    sdk.on(EVENT.REJECT, ({ userID }) => end(`${userID} has declined`));
    sdk.on(EVENT.LINE_BUSY, ({ userID }) => end(`${userID} is busy`));
    sdk.on(EVENT.NO_RESP, ({ userID }) => end(`${userID} does not answer`));
    sdk.on(EVENT.CALLING_CANCEL, () => end('The call was taken back'));
    sdk.on(EVENT.CALLING_TIMEOUT, () => end('Missed call'));
    sdk.on(EVENT.CALLING_END, ({ callEnd }) =>
      setState((before) =>
        before.phase === 'call' ? { ...before, phase: 'idle', entered: false, notice: `Call ended after ${callEnd} s` } : before,
      ),
    );
    sdk.on(EVENT.KICKED_OUT, () => setState({ ...signedOut, notice: 'Logged in elsewhere' }));
    sdk.on(EVENT.ERROR, ({ msg }) => change({ notice: msg }));
  };

  /** What a method refuses is said, and whoever was about to be in a call is not. */
  const attempt =
    (act) =>
    async (...args) => {
      try {
        await act(...args);
      } catch (error) {
        change({ phase: state.self === '' ? 'signed-out' : 'idle', notice: error.message });
      }
    };

  return {
    state,
    logIn: attempt(async (userID) => {
      const { sdkAppID, userSig } = await userSigOf(userID);
      const sdk = new TRTCCalling({ SDKAppID: sdkAppID });
      listen(sdk);
      await sdk.login({ userID, userSig });
      calling.current = sdk;
      change({ phase: 'idle', self: userID, notice: `Logged in as ${userID}` });
    }),
    call: attempt(async (userID) => {
      await calling.current.call({ userID, type: CALL_TYPE.VIDEO_CALL, timeout: 30 });
      change({ phase: 'call', peer: userID, microphone: true, camera: true, notice: `Calling ${userID}` });
    }),
    accept: attempt(async () => {
      change({ microphone: true, camera: true });
      await calling.current.accept();
    }),
    reject: attempt(async () => {
      await calling.current.reject();
      end();
    }),
    hangUp: attempt(() => calling.current.hangup()),
    showSelf: () => calling.current.startLocalView({ userID: state.self, videoViewDomID: 'local' }),
    showPeer: () => calling.current.startRemoteView({ userID: state.peer, videoViewDomID: 'remote' }),
    setMicrophone: attempt(async (microphone) => {
      change({ microphone });
      await calling.current.setMicMute(!microphone);
    }),
    setCamera: attempt(async (camera) => {
      change({ camera });
      await (camera ? calling.current.openCamera() : calling.current.closeCamera());
    }),
  };
}
