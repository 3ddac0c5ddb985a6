#include "call/collision.hpp"

namespace trtc::call {
namespace {

// Within one session the sequence numbers tell which of two messages was written first; another session of
// the same user has begun after the one that we know.
Collision by_age(const SessionId& known, std::uint32_t since, const Arrival& arrival) {
  return arrival.session == known && arrival.seq <= since ? Collision::stale : Collision::newer;
}

}  // namespace

Collision glare(const CallId& ours, const CallId& theirs) {
  return ours < theirs ? Collision::ours : Collision::theirs;
}

Collision collide(const Capturing& state, const Arrival& arrival) {
  return arrival.user == state.callee ? Collision::theirs : Collision::busy;
}
Collision collide(const Offering& state, const Arrival& arrival) {
  return arrival.user == state.callee ? Collision::theirs : Collision::busy;
}
Collision collide(const Inviting& state, const Arrival& arrival) {
  return arrival.user == state.callee ? glare(state.info.call, arrival.call) : Collision::busy;
}
Collision collide(const CallInfo& info, const Invitation& invitation, const Arrival& arrival) {
  if (arrival.user != info.inviter) return Collision::busy;
  return by_age(invitation.session, invitation.seq, arrival);
}
Collision collide(const InCall& state, const Arrival& arrival) {
  if (arrival.user != state.member.link.user) return Collision::busy;
  return by_age(state.member.link.session, state.member.since, arrival);
}

}  // namespace trtc::call
