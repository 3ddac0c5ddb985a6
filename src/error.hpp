// The one error catalogue. Numbers are stable: 60001-60006 and the four-digit ones keep the meaning they have
// in TRTCCalling 1.0.6 (behaviour document, section 6); 61xxx are ours. docs: the table in error.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace trtc {

enum class ErrorCode : std::uint32_t {
  no_app_id = 2000,
  empty_user_id = 2002,
  empty_user_sig = 2003,
  not_logged_in = 2024,
  login_in_progress = 2025,
  invite_unknown = 8010,
  switch_to_audio_failed = 60001,
  switch_to_video_failed = 60002,
  no_microphone = 60003,
  no_camera = 60004,
  permission_denied = 60005,
  unsupported = 60006,
  invalid_parameter = 61001,
  wrong_state = 61002,
  call_to_self = 61003,
  user_sig_refused = 61004,
  server_unreachable = 61005,
  user_sig_expired = 61006,
  insecure_page = 61007,
  device_in_use = 61008,
  capture_failed = 61009,
  cancelled_by_user = 61010,
  invite_ended = 61011,
  peer_unreachable = 61012,
  media_connection_failed = 61013,
  negotiation_failed = 61014,
  limit_exceeded = 61015,
  logged_out = 61016,
  kicked_out = 61017,
  autoplay_blocked = 61018,
  element_not_found = 61019,
  core_failed = 61020,
  group_refused = 61021,
  call_not_found = 61022,
  screen_share_failed = 61023,
  device_not_found = 61024,
  relay_unreachable = 61025,
};

/// An entry of the catalogue: what happened, and what to do about it.
struct ErrorInfo {
  ErrorCode code;
  std::string_view name;
  std::string_view message;
  std::string_view remedy;
};

/// All entries, ascending by code.
const std::vector<ErrorInfo>& error_catalogue();

const ErrorInfo& describe(ErrorCode code);

/// An error on its way to the application.
struct Error {
  ErrorCode code = ErrorCode::core_failed;
  std::string detail;  ///< what is special about this occurrence; may be empty
};

}  // namespace trtc
