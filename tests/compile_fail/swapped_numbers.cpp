// expect: NegotiationIdTag
// A negotiation where a connection belongs, and the other way round.
#include "effect.hpp"

trtc::Effect offer(trtc::PeerId peer, trtc::NegotiationId negotiation) {
  return trtc::effect::CreateOffer{negotiation, peer, false};
}
