// Small pieces that several handlers share.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "call/state.hpp"

namespace trtc::call {

/// A message or a report that changes nothing, and why; counted and visible in the trace.
Step ignore(const char* why, const char* what);
Step stale(const char* what);

void done(Commands& out, OpId op, effect::Result&& result = effect::Nothing{});
void fail(Commands& out, OpId op, ErrorCode code, std::string_view detail = {});
Step refuse(OpId op, ErrorCode code, std::string_view detail);

void remember(Commands& out, const CallInfo& info, CancelReason reason);

inline void close(Commands& out, const Link& link) {
  if (link.peer != PeerId{}) tell(out, effect::ClosePeer{link.peer});
}

/// The devices and the connection of a call that is over, and its memory. Before the events, so that an
/// application that looks while it handles them finds everything released.
void wind_up(Commands& out, const CallInfo& info, CancelReason reason, const Link* link);
void wind_up(Commands& out, const InCall& state, CancelReason reason);

/// Promises of openCamera() and the like whose call ended first.
void settle(Commands& out, const Devices& devices);
void settle(Commands& out, const std::vector<Waiting>& waiting, ErrorCode code, std::string_view detail);

inline void cancelled(Commands& out, const CallInfo& info, const UserId& user, CancelReason reason,
                      bool told) {
  tell(out, effect::CallCancelled{info, user, reason, told});
}

inline void opened(Commands& out, Context& context, CaptureId& capture, bool microphone, bool camera) {
  capture = CaptureId{++context.numbers.capture};
  tell(out, effect::OpenMedia{capture, microphone, camera, context.profile});
}

ErrorCode code_of(MediaError error);

/// What we say of ourselves to whom we meet in a call.
inline message::Hello hello(const Context& context, const Devices& devices) {
  return {devices.sending(), context.self_info};
}

/// Whole seconds of talk, rounded to the nearest.
inline std::uint32_t talk_seconds(Instant since, Instant now) {
  return static_cast<std::uint32_t>((now - since + 500ms).count() / 1000);
}
std::uint32_t talk_seconds(const Context& context, const InCall& state);

}  // namespace trtc::call
