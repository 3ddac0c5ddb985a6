#include "error.hpp"

#include <algorithm>

namespace trtc {

const std::vector<ErrorInfo>& error_catalogue() {
  using enum ErrorCode;
  static const std::vector<ErrorInfo> catalogue{
      {no_app_id, "NO_APP_ID", "no SDKAppID was given", "pass SDKAppID to the constructor"},
      {empty_user_id, "EMPTY_USER_ID", "login needs a userID", "pass userID to login()"},
      {empty_user_sig, "EMPTY_USER_SIG", "login needs a UserSig",
       "let your server sign one and pass it to login()"},
      {not_logged_in, "NOT_LOGGED_IN", "nobody is logged in", "call login() and wait for its promise"},
      {login_in_progress, "LOGIN_IN_PROGRESS", "another user is being logged in",
       "wait for that login(), or call logout() first"},
      {invite_unknown, "INVITE_UNKNOWN", "this invitation is not pending",
       "it was answered, taken back or timed out; use the inviteID of the latest INVITED"},
      {switch_to_audio_failed, "SWITCH_TO_AUDIO_FAILED", "switching to an audio call failed", "try again"},
      {switch_to_video_failed, "SWITCH_TO_VIDEO_FAILED", "switching to a video call failed",
       "check that a camera is present, allowed and not in use"},
      {no_microphone, "NO_MICROPHONE", "no microphone was found", "connect a microphone and try again"},
      {no_camera, "NO_CAMERA", "the camera cannot be used",
       "check that a camera is present, allowed and not in use"},
      {permission_denied, "PERMISSION_DENIED", "the browser refused access to the microphone or camera",
       "allow access in the browser's site settings and try again"},
      {unsupported, "UNSUPPORTED", "this browser cannot make calls", "use a current browser with WebRTC"},
      {invalid_parameter, "INVALID_PARAMETER", "a parameter is missing or out of range",
       "see the documentation of the method"},
      {wrong_state, "WRONG_STATE", "the method is not possible now", "end the current call first"},
      {call_to_self, "CALL_TO_SELF", "one cannot call oneself", "call another userID"},
      {user_sig_refused, "USER_SIG_REFUSED", "the server did not accept the UserSig",
       "check SDKAppID, userID and the key that signed it; it may have expired"},
      {server_unreachable, "SERVER_UNREACHABLE", "the signaling server cannot be reached",
       "check the `server` option, the network and the server's allowed origins"},
      {user_sig_expired, "USER_SIG_EXPIRED", "the UserSig has expired", "log in again with a fresh UserSig"},
      {insecure_page, "INSECURE_PAGE", "this page may not use microphone and camera",
       "serve it over HTTPS or from localhost"},
      {device_in_use, "DEVICE_IN_USE", "every microphone is in use by another program",
       "close the other program and try again"},
      {capture_failed, "CAPTURE_FAILED", "microphone and camera could not be opened", "see the detail"},
      {cancelled_by_user, "CANCELLED_BY_USER", "the call was ended before it was set up", "nothing to do"},
      {invite_ended, "INVITE_ENDED", "the invitation ended before it could be accepted", "nothing to do"},
      {peer_unreachable, "PEER_UNREACHABLE", "the other side does not answer", "try again later"},
      {media_connection_failed, "MEDIA_CONNECTION_FAILED", "no media connection could be made",
       "the two networks may need a TURN server: see the iceServers option"},
      {negotiation_failed, "NEGOTIATION_FAILED", "the browsers could not agree on media", "see the detail"},
      {limit_exceeded, "LIMIT_EXCEEDED", "a limit was exceeded", "see the detail"},
      {logged_out, "LOGGED_OUT", "logout() ended what was under way", "nothing to do"},
      {kicked_out, "KICKED_OUT", "the same user logged in elsewhere",
       "log in again to take the account back"},
      {autoplay_blocked, "AUTOPLAY_BLOCKED", "the browser blocks sound until the user touches the page",
       "call resumeAudio() from a click"},
      {element_not_found, "ELEMENT_NOT_FOUND", "there is no such element in the page",
       "create the element before the view is started"},
      {core_failed, "CORE_FAILED", "the call engine failed", "reload the page and report the trace"},
      {group_refused, "GROUP_REFUSED", "the server does not let this user into the group",
       "ask the operator of the server"},
      {call_not_found, "CALL_NOT_FOUND", "there is no such group call",
       "check groupID and roomID; the call may be over"},
      {screen_share_failed, "SCREEN_SHARE_FAILED", "the screen could not be shared",
       "allow it in the browser's dialog and try again"},
      {device_not_found, "DEVICE_NOT_FOUND", "there is no such device", "use a deviceId of getDeviceList()"},
      {relay_unreachable, "RELAY_UNREACHABLE", "a relay is needed, but none can be reached",
       "check the TURN server, its address and its credentials: see iceServers and iceTransportPolicy"},
  };
  return catalogue;
}

const ErrorInfo& describe(ErrorCode code) {
  const auto& catalogue = error_catalogue();
  const auto at =
      std::find_if(catalogue.begin(), catalogue.end(), [code](const ErrorInfo& e) { return e.code == code; });
  return at == catalogue.end() ? catalogue.back() : *at;
}

}  // namespace trtc
