// Without any tool: the browser finds the package by its address.
import TRTCCalling from './node_modules/trtc-calling-wasm/dist/trtc-calling.mjs';
import { logIn } from './log-in.js';

const wasmUrl = new URLSearchParams(location.search).get('wasmUrl');
logIn(TRTCCalling, wasmUrl === null ? {} : { wasmUrl });
