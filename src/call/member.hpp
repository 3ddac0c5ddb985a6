// The other participants of a call.
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
/// same. `others`: with whom it was in the call.
Step member_left(Context& context, const InCall& state, const Speaker& speaker,
                 std::optional<std::uint32_t> seconds, const std::vector<message::Seat>& others);

/// The leaver's figure counts, unless it cannot be true.
std::uint32_t agreed_seconds(std::uint32_t own, std::optional<std::uint32_t> theirs);

}  // namespace trtc::call
