// The error catalogue of the core (src/error.hpp, src/error.cpp): what happened, and what to do about it.
export const catalogue = {
  2000: {
    name: 'no_app_id',
    message: 'SDKAppID is missing',
    remedy: 'Pass SDKAppID to new TRTCCalling({SDKAppID}).',
  },
  2002: {
    name: 'empty_user_id',
    message: 'userID is empty',
    remedy: 'Pass the userID that the UserSig was made for.',
  },
  2003: {
    name: 'empty_user_sig',
    message: 'userSig is empty',
    remedy: 'Ask your server for a UserSig and pass it to login().',
  },
  2024: {
    name: 'not_logged_in',
    message: 'nobody is logged in',
    remedy: 'Call login() and wait for its promise or for SDK_READY.',
  },
  2025: {
    name: 'login_in_progress',
    message: 'another login is under way',
    remedy: 'Wait for the first login() to settle.',
  },
  8010: {
    name: 'invite_unknown',
    message: 'there is no such invitation',
    remedy: 'Use the inviteID of the latest INVITED event, or none.',
  },
  60001: {
    name: 'switch_to_audio_failed',
    message: 'the call could not be switched to audio',
    remedy: 'Try again, or hang up and call again.',
  },
  60002: {
    name: 'switch_to_video_failed',
    message: 'the call could not be switched to video',
    remedy: 'Check that a camera is connected and allowed.',
  },
  60003: {
    name: 'no_microphone',
    message: 'no microphone was found',
    remedy: 'Connect a microphone and try again.',
  },
  60004: {
    name: 'no_camera',
    message: 'no camera could be opened',
    remedy: 'Connect a camera, or close the program that uses it.',
  },
  60005: {
    name: 'permission_denied',
    message: 'the microphone or camera is not allowed',
    remedy: "Allow both in the browser's site settings and in the operating system.",
  },
  60006: {
    name: 'unsupported',
    message: 'this browser cannot make calls',
    remedy: 'Use a current browser with WebRTC and WebAssembly.',
  },
  61001: {
    name: 'invalid_parameter',
    message: 'a parameter is missing or out of range',
    remedy: "Compare the arguments with the method's documentation.",
  },
  61002: {
    name: 'wrong_state',
    message: 'not possible at the moment',
    remedy: 'Wait for the current call to end, or hang up first.',
  },
  61003: {
    name: 'call_to_self',
    message: 'a user cannot call itself',
    remedy: 'Pass the userID of somebody else.',
  },
  61004: {
    name: 'user_sig_refused',
    message: 'the server refused the UserSig',
    remedy: 'Check SDKAppID, userID and the key that the UserSig was made with.',
  },
  61005: {
    name: 'server_unreachable',
    message: 'the server could not be reached',
    remedy: 'Check the `server` option, the network and the page’s connect-src policy.',
  },
  61006: {
    name: 'user_sig_expired',
    message: 'the UserSig has expired',
    remedy: 'Fetch a new UserSig and log in again.',
  },
  61007: {
    name: 'insecure_page',
    message: 'devices are only available on secure pages',
    remedy: 'Serve the page over HTTPS, or from localhost.',
  },
  61008: {
    name: 'device_in_use',
    message: 'the device is used by another program',
    remedy: 'Close the other program and try again.',
  },
  61009: {
    name: 'capture_failed',
    message: 'the devices could not be opened',
    remedy: 'See the detail; try another device.',
  },
  61010: {
    name: 'cancelled_by_user',
    message: 'hangup() was called meanwhile',
    remedy: 'Nothing to do.',
  },
  61011: {
    name: 'invite_ended',
    message: 'the invitation has ended meanwhile',
    remedy: 'Nothing to do; an event has told why.',
  },
  61012: {
    name: 'peer_unreachable',
    message: 'the other side cannot be reached',
    remedy: 'Call again later.',
  },
  61013: {
    name: 'media_connection_failed',
    message: 'no media connection could be made',
    remedy: 'Offer a TURN server through the `iceServers` option.',
  },
  61014: {
    name: 'negotiation_failed',
    message: 'the browsers could not agree on the media',
    remedy: 'See the detail; update both browsers.',
  },
  61015: {
    name: 'limit_exceeded',
    message: 'a limit was exceeded',
    remedy: 'See the detail for the limit.',
  },
  61016: {
    name: 'logged_out',
    message: 'logout() was called meanwhile',
    remedy: 'Log in again.',
  },
  61017: {
    name: 'kicked_out',
    message: 'the user has logged in elsewhere',
    remedy: 'Log in again to take over.',
  },
  61018: {
    name: 'autoplay_blocked',
    message: 'the browser does not let sound start by itself',
    remedy: 'Call resumeAudio() in a click handler.',
  },
  61019: {
    name: 'element_not_found',
    message: 'there is no such element in the page',
    remedy: 'Pass the id of an element that is in the document.',
  },
  61020: {
    name: 'core_failed',
    message: 'the WebAssembly core failed',
    remedy: 'Log in again; report the detail if it happens again.',
  },
} as const;
