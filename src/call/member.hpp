// The other participant of an established call.
#pragma once

#include "call/state.hpp"

namespace trtc::call {

/// Who says so.
struct Speaker {
  UserId user;
  SessionId session;
  std::uint32_t seq = 0;
};

/// A member said that it is gone. `seconds`: the talk time as it measured it; both sides then record the
/// same.
Step member_left(Context& context, const InCall& state, const Speaker& speaker,
                 std::optional<std::uint32_t> seconds);

/// The call ends here because its last other member is gone.
Commands end_of_call(const InCall& state, std::uint32_t seconds);

}  // namespace trtc::call
