// Small pieces that several handlers share.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "call/state.hpp"

namespace trtc::call {

/// A message or a report that changes nothing, and why; counted and visible in the trace.
Step ignore(const char* why, const char* what);
Step stale(const char* what);

inline void done(Commands& out, OpId op, effect::Result result = effect::Nothing{}) {
  tell(out, effect::Done{op, std::move(result)});
}
inline void fail(Commands& out, OpId op, ErrorCode code, std::string detail = {}) {
  tell(out, effect::Failed{op, {code, std::move(detail)}});
}

/// The devices and the connection of a call that is over, and its memory. Before the events, so that an
/// application that looks while it handles them finds everything released.
inline void wind_up(Commands& out, const CallInfo& info, CancelReason reason, const Link* link) {
  if (link != nullptr && link->peer != PeerId{}) tell(out, effect::ClosePeer{link->peer});
  tell(out, effect::CloseMedia{});
  out.emplace_back(DropCall{info.call});
  out.emplace_back(Remember{info.call, reason});
}

/// Promises of openCamera() whose call ended first.
inline void settle(Commands& out, const Devices& devices) {
  if (!devices.opening) return;
  for (const OpId op : devices.opening->ops) done(out, op, effect::Toggled{false});
}

inline void settle(Commands& out, const std::vector<Waiting>& waiting, ErrorCode code,
                   const std::string& detail) {
  for (const Waiting& one : waiting) fail(out, one.op, code, detail);
}

inline void cancelled(Commands& out, const CallInfo& info, const UserId& user, CancelReason reason,
                      bool told) {
  tell(out, effect::CallCancelled{info, user, reason, told});
}

inline void opened(Commands& out, Context& context, CaptureId& capture, bool microphone, bool camera) {
  capture = CaptureId{++context.numbers.capture};
  tell(out, effect::OpenMedia{capture, microphone, camera, context.profile});
}

inline ErrorCode code_of(MediaError error) {
  switch (error) {
    case MediaError::permission_denied:
      return ErrorCode::permission_denied;
    case MediaError::not_found:
      return ErrorCode::no_microphone;
    case MediaError::in_use:
      return ErrorCode::device_in_use;
    case MediaError::insecure:
      return ErrorCode::insecure_page;
    case MediaError::unknown:
      break;
  }
  return ErrorCode::capture_failed;
}

/// The two are members of the call now: what both sides tell their applications, in the order of section 5.1.
inline void entered(Commands& out, const CallInfo& info, const Member& member) {
  const UserId& user = member.link.user;
  tell(out, effect::UserEntered{info.call, user});
  tell(out, effect::VideoAvailable{user, member.sending.video});
  tell(out, effect::AudioAvailable{user, member.sending.audio});
  tell(out, effect::CallBegan{info});
  // The transport often is up already; the application hears of it in the same place either way.
  if (!member.link.health.broken_since)
    tell(out, effect::UserConnectionChanged{user, ConnectionState::connected});
}

/// Whole seconds of talk, rounded to the nearest.
inline std::uint32_t talk_seconds(Instant since, Instant now) {
  return static_cast<std::uint32_t>((now - since + 500ms).count() / 1000);
}

}  // namespace trtc::call
