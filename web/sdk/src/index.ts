// The entry of every bundle: the class, and where its core is.
import createCore from 'core-glue';
import { files, request } from 'core-wasm';
import { provideCore } from './platform.js';
import TRTCCalling from './trtc-calling.js';

provideCore({ createCore, files, request });

export default TRTCCalling;
