// The only source of chance: a ChaCha20 key stream. It is seeded once, so that a seed and an input log are
// the whole run, and it is not predictable from its output, so that a peer who sees our session id cannot
// guess our call ids.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "ids.hpp"

namespace trtc {

using Seed = std::array<std::uint8_t, 32>;

class Random {
 public:
  explicit Random(const Seed& seed);

  std::uint32_t next();
  /// Uniform enough in [0, bound); bound > 0.
  std::uint32_t below(std::uint32_t bound) { return next() % bound; }

  SessionId session();
  /// A version 4 UUID (RFC 9562, section 5.4).
  CallId call();

 private:
  friend struct Checkpoint;
  friend struct Inspection;  // tests/explore
  void refill();

  std::array<std::uint32_t, 16> state_{};
  std::array<std::uint32_t, 16> block_{};
  std::size_t used_ = 16;
};

}  // namespace trtc
