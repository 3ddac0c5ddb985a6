#include "signaling/claim.hpp"

#include <utility>

namespace trtc::claim {
namespace {

using Phase = message::Claim::Phase;

Verdict by_rank(const message::Claim& own, const message::Claim& theirs) {
  const auto ours = std::pair(own.epoch, own.nonce);
  const auto other = std::pair(theirs.epoch, theirs.nonce);
  if (ours == other) return Verdict::ignore;
  return ours < other ? Verdict::yield : Verdict::answer;
}

}  // namespace

Verdict judge(const message::Claim& own, const message::Claim& theirs) {
  if (own.phase == theirs.phase) return by_rank(own, theirs);
  switch (own.phase) {
    case Phase::login:
      return Verdict::outbid;  // we are the newest
    case Phase::resume:
      return theirs.phase == Phase::login ? Verdict::answer : Verdict::yield;
    case Phase::settled:
      return theirs.phase == Phase::login ? Verdict::answer : Verdict::outbid;
  }
  return Verdict::ignore;
}

}  // namespace trtc::claim
