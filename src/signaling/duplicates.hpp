// Which messages have been seen: by sending session and sequence number, in a bounded window (protocol,
// section 4).
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "ids.hpp"

namespace trtc {

class Duplicates {
 public:
  static constexpr std::size_t window =
      256;  ///< numbers remembered below the highest; older ones count as seen
  static constexpr std::size_t sessions =
      64;  ///< remembered senders; the one heard of longest ago is forgotten

  /// True the first time. A forgotten message may come through twice; the call machine is idempotent, so this
  /// only bounds the work, never the correctness.
  bool first_sight(const UserId& user, const SessionId& from, std::uint32_t seq);

  std::size_t size() const { return senders_.size(); }

 private:
  friend struct Checkpoint;
  friend struct Inspection;  // tests/explore
  struct Sender {
    UserId user;  ///< a session id is no secret: only the user is proven, by the topic
    SessionId session;
    std::uint32_t highest = 0;
    std::bitset<window> seen;  ///< bit n: highest - n
  };
  std::vector<Sender> senders_;  ///< most recent last
};

}  // namespace trtc
