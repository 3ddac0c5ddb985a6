// How long we wait for one answer of the broker.
#pragma once

#include <algorithm>

#include "time.hpp"

namespace trtc::mqtt {

class Patience {
 public:
  static constexpr Duration kAnswerTime = 10s;
  /// Hidden tabs run timers up to a second late as a matter of course. Beyond this the host itself was
  /// asleep.
  static constexpr Duration kPunctual = 2s;
  static constexpr Duration kSecondChance = 2s;

  explicit Patience(Instant asked) : due_(asked + kAnswerTime) {}

  Instant due() const { return due_; }

  /// The broker is demonstrably busy sending: its answer may stand in line behind what arrived.
  void heard_from(Instant now) { due_ = std::max(due_, now + kAnswerTime); }

  /// Whether the broker has failed us. A host that slept past the deadline (frozen tab, suspended machine,
  /// modal dialog) may run this timer before it hands over the answer that arrived meanwhile, so a late call
  /// first grants a moment for that. Only once: in a throttled tab every call is late.
  bool is_spent(Instant now) {
    if (now < due_) return false;
    if (now - due_ <= kPunctual || had_second_chance_) return true;
    had_second_chance_ = true;
    due_ = now + kSecondChance;
    return false;
  }

 private:
  Instant due_;
  bool had_second_chance_ = false;
};

}  // namespace trtc::mqtt
