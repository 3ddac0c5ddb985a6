// Ready: the object is made, which these packages cannot do without their SDKs.
import TRTCCalling from 'trtc-calling-js';

new TRTCCalling({ SDKAppID: 1400000000 });
window.ready(performance.now());
