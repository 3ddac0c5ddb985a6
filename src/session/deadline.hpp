#pragma once

#include <algorithm>
#include <optional>

#include "session/state.hpp"

namespace trtc::session {

/// When time alone changes the session.
inline std::optional<Instant> next_deadline(const State& state) {
  if (const auto* connecting = std::get_if<Connecting>(&state)) return connecting->deadline;
  if (const auto* online = std::get_if<Online>(&state)) {
    const bool settled = online->claim.phase == message::Claim::Phase::settled;
    return settled ? online->claim_at : std::min(online->settled_at, online->claim_at);
  }
  return std::nullopt;
}

}  // namespace trtc::session
