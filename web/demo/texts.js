// Every word the page shows. A further language is a further table with the same keys; nothing else changes.

const en = {
  'app.name': 'TRTC Calling',
  'app.title': '{user} · TRTC Calling',
  'app.titleRinging': '{peer} is calling…',
  'loading': 'One moment…',
  'copied': 'Copied.',
  'copyFailed': 'Copying is not allowed here. Select the text and copy it yourself.',

  'signin.title': 'Sign in',
  'signin.lead': 'Choose any user ID. It is what others call.',
  'signin.user': 'User ID',
  'signin.userExample': 'alice',
  'signin.keysHint': 'This server issues no demo signatures. Enter the SDKAppID and a UserSig made for this user ID.',
  'signin.app': 'SDKAppID',
  'signin.sig': 'UserSig',
  'signin.submit': 'Sign in',
  'signin.busy': 'Signing in as {user}…',
  'signin.badUser': 'Use 1 to 32 letters, digits, hyphens or underscores.',
  'signin.noApp': 'Enter the SDKAppID, a number.',
  'signin.noSig': 'Enter the UserSig.',
  'signin.done': 'Signed in as {user}.',
  'signout.label': 'Sign out',
  'signout.done': 'Signed out.',

  'home.title': 'Who would you like to call?',
  'home.callee': 'User ID of the person to call',
  'home.calleeExample': 'User ID',
  'home.audio': 'Audio call',
  'home.video': 'Video call',
  'home.badCallee': 'Enter the user ID of the person to call: 1 to 32 letters, digits, hyphens or underscores.',
  'home.self': 'That is you. Enter someone else’s user ID.',

  'people.title': 'People',
  'people.partner': 'Your second tab',
  'people.callAudio': 'Audio call to {peer}',
  'people.callVideo': 'Video call to {peer}',

  'second.title': 'Try it with two tabs',
  'second.text': 'Open a second tab signed in as {partner} and call from one to the other.',
  'second.link': 'Open {partner}’s tab',
  'second.copy': 'Copy link',

  'connection.connecting': 'Connecting',
  'connection.connected': 'Online',
  'connection.reconnecting': 'Reconnecting',
  'connection.offline': 'Offline',
  'connection.lost': 'The server cannot be reached. Trying again; a running call goes on.',
  'connection.back': 'Online again.',

  'incoming.audio': 'Incoming audio call',
  'incoming.video': 'Incoming video call',
  'incoming.accept': 'Accept',
  'incoming.decline': 'Decline',
  'incoming.keys': 'Enter accepts, Escape declines',

  'call.you': 'You',
  'call.controls': 'Call controls',
  'call.mute': 'Mute microphone',
  'call.muteShort': 'Mute',
  'call.camera': 'Camera off',
  'call.cameraShort': 'Camera off',
  'call.cancel': 'Cancel',
  'call.hangup': 'Hang up',
  'call.screen': 'Share your screen',
  'call.screenShort': 'Screen',
  'call.peerScreen': 'Shares a screen',
  'call.peerMuted': 'Microphone is off',
  'call.hear': 'Tap to hear {peer}',
  'call.noCamera': 'You are in the call without a camera',
  'call.noCameraRemedy':
    'Only your voice is sent. Connect a camera, or close other programs that use it, then turn the camera on.',

  'quality.1': 'Excellent connection',
  'quality.2': 'Good connection',
  'quality.3': 'Fair connection',
  'quality.4': 'Bad connection',
  'quality.5': 'Very bad connection',
  'quality.6': 'Nothing arrives',

  'phase.dialing': 'Calling…',
  'phase.ringing': 'Ringing…',
  'phase.joining': 'Connecting…',
  'phase.ending': 'Hanging up…',
  'phase.connected': 'Connected',
  'phase.peerCameraOff': 'Camera is off',
  'say.calling': 'Calling {peer}.',
  'say.connected': 'Connected to {peer}.',
  'say.incoming': 'Incoming call from {peer}.',
  'link.connecting': 'Connecting…',
  'link.disconnected': 'Connection lost, trying again…',
  'link.failed': 'Connection lost, trying again…',
  'link.back': 'The connection to {peer} is back.',

  'outcome.declined': '{peer} declined the call',
  'outcome.busy': '{peer} is in another call',
  'outcome.noAnswer': '{peer} did not answer',
  'outcome.cancelledByMe': 'You cancelled the call to {peer}',
  'outcome.declinedByMe': 'You declined {peer}’s call',
  'outcome.missed': 'You missed a call from {peer}',
  'outcome.ended': 'Call with {peer} ended after {time}',
  'outcome.endedEarly': 'Call with {peer} ended',
  'outcome.answeredElsewhere': '{peer}’s call was answered in another window',
  'outcome.declinedElsewhere': '{peer}’s call was declined in another window',
  'outcome.unreachable': '{peer} cannot be reached any more',
  'outcome.failed': 'The call with {peer} did not come about',

  // The same outcomes, short, for the list of people.
  'short.declined': 'Declined',
  'short.busy': 'Busy',
  'short.noAnswer': 'No answer',
  'short.cancelledByMe': 'Cancelled',
  'short.declinedByMe': 'You declined',
  'short.missed': 'Missed',
  'short.ended': '{time}',
  'short.endedEarly': 'Ended',
  'short.answeredElsewhere': 'Answered elsewhere',
  'short.declinedElsewhere': 'Declined elsewhere',
  'short.unreachable': 'Unreachable',
  'short.failed': 'Failed',
  'recent.outgoing': '{what} · outgoing, {when}',
  'recent.incoming': '{what} · incoming, {when}',

  'notice.label': 'Message',
  'notice.close': 'Dismiss',
  'kicked.title': 'You were signed in elsewhere',
  'kicked.detail': 'A user ID works in one window at a time. Sign in again to continue here.',
  'error.noSdk': 'The calling SDK could not be loaded',
  'error.noSdkRemedy': '/sdk/trtc-calling.js is missing. Build it with scripts/start and reload the page.',
  'error.noServer': 'The server did not answer',
  'error.noServerRemedy': 'Check that it is running and that you are online, then try again.',
  'error.noSignature': 'The server refused to issue a signature',
  'error.noSignatureRemedy': 'It answered with status {status}. Its log tells the reason.',
  'error.unknown': 'Something went wrong',
  'error.code': 'Error {code}',
  // The SDK's errors that people meet, in their words. Any other code is shown in the SDK's own (English) words.
  'error.60003': 'No microphone found',
  'error.60003.remedy': 'Connect a microphone and try again.',
  'error.60004': 'The camera cannot be used',
  'error.60004.remedy': 'Connect a camera, or close the program that uses it, then turn the camera on.',
  'error.60005': 'Microphone or camera access is not allowed',
  'error.60005.remedy': 'Allow both in the browser’s site settings and in the operating system, then try again.',
  'error.60006': 'This browser cannot make calls',
  'error.60006.remedy': 'Use a current browser with WebRTC, such as Chrome, Edge, Firefox or Safari.',
  'error.61004': 'The UserSig was refused',
  'error.61004.remedy': 'Check that SDKAppID and user ID are those it was made for, and that it has not expired.',
  'error.61005': 'The server cannot be reached',
  'error.61005.remedy': 'Check that it is running and that you are online, then try again.',
  'error.61006': 'The UserSig has expired',
  'error.61006.remedy': 'Sign in again with a fresh one.',
  'error.61007': 'Calls need a secure page',
  'error.61007.remedy': 'Open this page over HTTPS or from localhost; only there may it use microphone and camera.',
  'error.61008': 'Another program uses the microphone',
  'error.61008.remedy': 'Close the other program and try again.',
  'error.61012': 'The other side does not answer',
  'error.61012.remedy': 'Try again later.',
  'error.61013': 'No media connection could be made',
  'error.61013.remedy': 'The two networks may need a TURN server; the server’s iceServers setting names it.',
  'error.61020': 'The calling engine failed',
  'error.61020.remedy': 'Reload the page and try again.',

  'log.title': 'Events',
  'log.copy': 'Copy',
  'log.clear': 'Clear',
  'log.close': 'Close the list of events',
  'log.empty': 'Events and method calls appear here as they happen.',
};

const tables = { en };
const language = 'en';

/** The language of the words, for <html lang> and for dates. */
export const locale = language;

export const hasText = (key) => Object.hasOwn(tables[language], key);

/** The words of `key` with its {names} filled in. An unknown key shows itself: easy to see, harmless to the user. */
export function text(key, values = {}) {
  const words = hasText(key) ? tables[language][key] : key;
  return words.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** 83 -> 1:23, 3723 -> 1:02:03 */
export function duration(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (n) => String(n).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
