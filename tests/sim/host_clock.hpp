// A host's own idea of the time: it may run fast or slow, and jump.
#pragma once

#include "time.hpp"

namespace trtc::sim {

class HostClock {
 public:
  Instant at(Instant world) const { return host_ + (world - world_) * rate_ / 1000; }

  /// When this clock will show at least `host`.
  Instant world_at(Instant host) const {
    const auto far = (host - host_).count() * 1000;
    return world_ + Duration(far >= 0 ? (far + rate_ - 1) / rate_ : far / rate_);
  }

  /// From now on it runs at so many thousandths of the world's pace.
  void set_rate(Instant world, int per_mille) {
    host_ = at(world), world_ = world;
    rate_ = per_mille;
  }
  void jump(Duration by) { host_ += by; }

 private:
  Instant world_{};
  Instant host_{};
  int rate_ = 1000;
};

}  // namespace trtc::sim
