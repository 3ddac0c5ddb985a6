// For tests of applications: everything a TRTCCalling object otherwise gets from a browser.
export { FakeClock } from './clock.js';
export { ScriptedEngine } from './engine.js';
export { FakeMedia, FakeStream, FakeTrack } from './media.js';
export { FakePlatform } from './platform.js';
export { FakeSocket, FakeSocketHub } from './socket.js';
export { FakeView } from './view.js';
