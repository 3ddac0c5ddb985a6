// The last calls that are over, so that whatever comes late finds out: a cancel that overtook its invite, an
// accept after the deadline. Bounded; the oldest is forgotten.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "effect.hpp"
#include "ids.hpp"

namespace trtc {

class History {
 public:
  static constexpr std::size_t capacity = 64;

  /// The first outcome stands.
  void remember(const CallId& call, CancelReason reason) {
    if (outcome(call)) return;
    if (calls_.size() == capacity) calls_.erase(calls_.begin());
    calls_.emplace_back(call, reason);
  }

  std::optional<CancelReason> outcome(const CallId& call) const {
    const auto at =
        std::find_if(calls_.begin(), calls_.end(), [&](const auto& entry) { return entry.first == call; });
    if (at == calls_.end()) return std::nullopt;
    return at->second;
  }

 private:
  std::vector<std::pair<CallId, CancelReason>> calls_;
};

}  // namespace trtc
