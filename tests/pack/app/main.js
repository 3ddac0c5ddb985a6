import TRTCCalling from 'trtc-calling-wasm';
import { logIn } from './log-in.js';

logIn(TRTCCalling);
