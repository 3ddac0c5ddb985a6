import { TUICallEngine } from 'tuicall-engine-webrtc';

TUICallEngine.createInstance({ SDKAppID: 1400000000 });
window.ready(performance.now());
