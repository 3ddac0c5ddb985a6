// The screen of a running or outgoing call. The SDK puts its players into #remote-view and #local-view; everything here
// lies beside or over them.
import { VIDEO } from './call.js';
import { avatar, byId, setIcon } from './dom.js';
import { duration, hasText, text } from './texts.js';

const screen = byId('call');
let ticking;

function tick(since) {
  byId('timer').textContent = duration((Date.now() - since) / 1000);
}

function renderTimer(call) {
  const running = call.since > 0;
  byId('timer').hidden = !running;
  clearInterval(ticking);
  if (!running) return;
  tick(call.since);
  // Four times a second, so that no second is skipped or shown twice as long.
  ticking = setInterval(tick, 250, call.since);
}

export const linkWords = (state) => text(hasText(`link.${state}`) ? `link.${state}` : 'link.disconnected');

function statusWords(call) {
  if (call.phase !== 'connected') return text(`phase.${call.phase}`);
  if (call.link !== 'connected') return linkWords(call.link);
  return call.type === VIDEO && !call.remoteVideo ? text('phase.peerCameraOff') : '';
}

function renderControls(call) {
  const mute = byId('mute');
  const camera = byId('camera');
  const usable = call.ready && call.phase !== 'ending';
  mute.disabled = !usable;
  mute.setAttribute('aria-pressed', String(call.muted));
  setIcon('mute-icon', call.muted ? 'mic-off' : 'mic');
  camera.hidden = call.type !== VIDEO;
  camera.disabled = !usable;
  camera.setAttribute('aria-pressed', String(call.ready && !call.cameraOn));
  setIcon('camera-icon', call.ready && !call.cameraOn ? 'video-off' : 'video');
  const screenShare = byId('screen');
  screenShare.hidden = call.type !== VIDEO || !navigator.mediaDevices?.getDisplayMedia;
  screenShare.disabled = !usable || call.phase !== 'connected';
  screenShare.setAttribute('aria-pressed', String(call.sharing));
  byId('hangup').disabled = call.phase === 'ending';
  byId('hangup-words').textContent = text(call.outgoing && !call.since ? 'call.cancel' : 'call.hangup');
}

/** 1 … 6 of the SDK as bars; nothing is shown before the first measurement. */
function renderQuality({ phase, quality }) {
  const bars = byId('quality');
  bars.hidden = phase !== 'connected' || quality === 0;
  if (bars.hidden) return;
  bars.dataset.quality = quality;
  bars.setAttribute('aria-label', text(`quality.${quality}`));
  bars.title = text(`quality.${quality}`);
}

let shownPeer;

export function renderCall(call, self) {
  if (shownPeer !== call.peer) {
    shownPeer = call.peer;
    byId('call-name').textContent = call.peer;
    byId('call-avatar').replaceChildren(avatar(call.peer));
    byId('local-off').replaceChildren(avatar(self));
  }
  const connected = call.since > 0;
  const picture = connected && call.type === VIDEO && call.remoteVideo;
  screen.dataset.phase = call.phase;
  screen.dataset.kind = call.type === VIDEO ? 'video' : 'audio';
  screen.dataset.picture = picture ? 'remote' : !connected && call.cameraOn ? 'local' : 'none';
  byId('remote-view').hidden = !picture;
  byId('local-tile').hidden = call.type !== VIDEO || !call.ready || (!connected && !call.cameraOn);
  byId('local-tile').dataset.size = connected ? 'small' : 'large';
  byId('local-off').hidden = call.cameraOn;
  byId('call-avatar').dataset.ringing = connected ? 'no' : 'yes';
  byId('call-status').textContent = statusWords(call);
  byId('remote-muted').toggleAttribute('hidden', !connected || call.remoteAudio);
  byId('remote-screen').hidden = !picture || !call.remoteScreen;
  renderQuality(call);
  renderControls(call);
  renderTimer(call);
}

/** The call is over: stop the clock, forget who it was. */
export function leaveCall() {
  clearInterval(ticking);
  shownPeer = undefined;
  screen.dataset.phase = 'idle';
  hideResume();
}

function hideResume() {
  byId('resume-audio').hidden = true;
}

/** The browser keeps the peer silent until the user touches the page. */
export function showResume(peer) {
  byId('resume-words').textContent = text('call.hear', { peer });
  byId('resume-audio').hidden = false;
}

export function startCallView({ mute, camera, screenShare, hangUp, resume }) {
  byId('mute').addEventListener('click', mute);
  byId('camera').addEventListener('click', camera);
  byId('screen').addEventListener('click', screenShare);
  byId('hangup').addEventListener('click', hangUp);
  // Any click lets the browser play; the button is only the place that says so.
  addEventListener('click', () => {
    if (!byId('resume-audio').hidden) resume().then(hideResume, () => {});
  });
}
