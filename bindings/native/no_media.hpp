// A host without devices and without WebRTC. It says so: nothing is captured, every stream that is offered to
// it is rejected (RFC 3264, section 6), and those of its own offers are inactive, so that the other side sees
// a member without sound and picture. A call with a browser lasts until somebody hangs up, or until the
// browser has waited for media long enough (src/call/health.hpp).
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "effect.hpp"
#include "input.hpp"
#include "media.hpp"

namespace trtc::native {

class NoMedia {
 public:
  /// What to look like where only the bytes on the wire matter (tests/bench/load).
  struct Likeness {
    std::size_t description_bytes = 0;  ///< descriptions are filled up to this size
    std::vector<Candidate> candidates;  ///< reported after each description
  };

  NoMedia() = default;
  explicit NoMedia(Likeness likeness) : likeness_(std::move(likeness)) {}

  /// What the host reports after this effect.
  std::vector<Input> answer(const Effect& effect) const;

 private:
  std::string filled(std::string sdp) const;
  template <class Created>
  std::vector<Input> described(PeerId peer, NegotiationId negotiation, std::string sdp) const;

  Likeness likeness_;
};

}  // namespace trtc::native
