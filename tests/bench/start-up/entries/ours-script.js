// One file with the Wasm inside. Ready: the core runs and asks for its socket.
import TRTCCalling from '../../../../web/sdk/dist/trtc-calling.js';
import { whenSocketOpens } from './ready.js';

whenSocketOpens(() => new TRTCCalling({ SDKAppID: 1400000000 }).login({ userID: 'alice', userSig: 'signature' }));
