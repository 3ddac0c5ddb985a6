// The entry of both bundles: the class, and where its core is.
import createCore from 'core-glue';
import { wasm } from 'core-wasm';
import { provideCore } from './platform.js';
import TRTCCalling from './trtc-calling.js';

provideCore({ createCore, wasm });

export default TRTCCalling;
