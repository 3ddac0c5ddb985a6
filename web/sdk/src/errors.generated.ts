// Generated from the core's error catalogue (src/error.cpp): what happened, and what to do about it.
export const catalogue = {
  2000: {
    name: 'NO_APP_ID',
    message: 'no SDKAppID was given',
    remedy: 'pass SDKAppID to the constructor',
  },
  2002: {
    name: 'EMPTY_USER_ID',
    message: 'login needs a userID',
    remedy: 'pass userID to login()',
  },
  2003: {
    name: 'EMPTY_USER_SIG',
    message: 'login needs a UserSig',
    remedy: 'let your server sign one and pass it to login()',
  },
  2024: {
    name: 'NOT_LOGGED_IN',
    message: 'nobody is logged in',
    remedy: 'call login() and wait for its promise',
  },
  2025: {
    name: 'LOGIN_IN_PROGRESS',
    message: 'another user is being logged in',
    remedy: 'wait for that login(), or call logout() first',
  },
  8010: {
    name: 'INVITE_UNKNOWN',
    message: 'this invitation is not pending',
    remedy: 'it was answered, taken back or timed out; use the inviteID of the latest INVITED',
  },
  60001: {
    name: 'SWITCH_TO_AUDIO_FAILED',
    message: 'switching to an audio call failed',
    remedy: 'try again',
  },
  60002: {
    name: 'SWITCH_TO_VIDEO_FAILED',
    message: 'switching to a video call failed',
    remedy: 'check that a camera is present, allowed and not in use',
  },
  60003: {
    name: 'NO_MICROPHONE',
    message: 'no microphone was found',
    remedy: 'connect a microphone and try again',
  },
  60004: {
    name: 'NO_CAMERA',
    message: 'the camera cannot be used',
    remedy: 'check that a camera is present, allowed and not in use',
  },
  60005: {
    name: 'PERMISSION_DENIED',
    message: 'the browser refused access to the microphone or camera',
    remedy: "allow access in the browser's site settings and try again",
  },
  60006: {
    name: 'UNSUPPORTED',
    message: 'this browser cannot make calls',
    remedy: 'use a current browser with WebRTC',
  },
  61001: {
    name: 'INVALID_PARAMETER',
    message: 'a parameter is missing or out of range',
    remedy: 'see the documentation of the method',
  },
  61002: {
    name: 'WRONG_STATE',
    message: 'the method is not possible now',
    remedy: 'end the current call first',
  },
  61003: {
    name: 'CALL_TO_SELF',
    message: 'one cannot call oneself',
    remedy: 'call another userID',
  },
  61004: {
    name: 'USER_SIG_REFUSED',
    message: 'the server did not accept the UserSig',
    remedy: 'check SDKAppID, userID and the key that signed it; it may have expired',
  },
  61005: {
    name: 'SERVER_UNREACHABLE',
    message: 'the signaling server cannot be reached',
    remedy: "check the `server` option, the network and the server's allowed origins",
  },
  61006: {
    name: 'USER_SIG_EXPIRED',
    message: 'the UserSig has expired',
    remedy: 'log in again with a fresh UserSig',
  },
  61007: {
    name: 'INSECURE_PAGE',
    message: 'this page may not use microphone and camera',
    remedy: 'serve it over HTTPS or from localhost',
  },
  61008: {
    name: 'DEVICE_IN_USE',
    message: 'every microphone is in use by another program',
    remedy: 'close the other program and try again',
  },
  61009: {
    name: 'CAPTURE_FAILED',
    message: 'microphone and camera could not be opened',
    remedy: 'see the detail',
  },
  61010: {
    name: 'CANCELLED_BY_USER',
    message: 'the call was ended before it was set up',
    remedy: 'nothing to do',
  },
  61011: {
    name: 'INVITE_ENDED',
    message: 'the invitation ended before it could be accepted',
    remedy: 'nothing to do',
  },
  61012: {
    name: 'PEER_UNREACHABLE',
    message: 'the other side does not answer',
    remedy: 'try again later',
  },
  61013: {
    name: 'MEDIA_CONNECTION_FAILED',
    message: 'no media connection could be made',
    remedy: 'the two networks may need a TURN server: see the iceServers option',
  },
  61014: {
    name: 'NEGOTIATION_FAILED',
    message: 'the browsers could not agree on media',
    remedy: 'see the detail',
  },
  61015: {
    name: 'LIMIT_EXCEEDED',
    message: 'a limit was exceeded',
    remedy: 'see the detail',
  },
  61016: {
    name: 'LOGGED_OUT',
    message: 'logout() ended what was under way',
    remedy: 'nothing to do',
  },
  61017: {
    name: 'KICKED_OUT',
    message: 'the same user logged in elsewhere',
    remedy: 'log in again to take the account back',
  },
  61018: {
    name: 'AUTOPLAY_BLOCKED',
    message: 'the browser blocks sound until the user touches the page',
    remedy: 'call resumeAudio() from a click',
  },
  61019: {
    name: 'ELEMENT_NOT_FOUND',
    message: 'there is no such element in the page',
    remedy: 'create the element before the view is started',
  },
  61020: {
    name: 'CORE_FAILED',
    message: 'the call engine failed',
    remedy: 'reload the page and report the trace',
  },
  61021: {
    name: 'GROUP_REFUSED',
    message: 'the server does not let this user into the group',
    remedy: 'ask the operator of the server',
  },
  61022: {
    name: 'CALL_NOT_FOUND',
    message: 'there is no such group call',
    remedy: 'check groupID and roomID; the call may be over',
  },
  61023: {
    name: 'SCREEN_SHARE_FAILED',
    message: 'the screen could not be shared',
    remedy: "allow it in the browser's dialog and try again",
  },
  61024: {
    name: 'DEVICE_NOT_FOUND',
    message: 'there is no such device',
    remedy: 'use a deviceId of getDeviceList()',
  },
  61025: {
    name: 'RELAY_UNREACHABLE',
    message: 'a relay is needed, but none can be reached',
    remedy: 'check the TURN server, its address and its credentials: see iceServers and iceTransportPolicy',
  },
} as const;
