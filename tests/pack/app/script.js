import { logIn } from './log-in.js';

logIn(window.TRTCCalling);
