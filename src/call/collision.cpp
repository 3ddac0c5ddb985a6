#include "call/collision.hpp"

#include "call/mesh.hpp"

namespace trtc::call {
namespace {

// Within one session the sequence numbers tell which of two messages was written first; another session of
// the same user has begun after the one that we know.
Collision by_age(const SessionId& known, std::uint32_t since, const Arrival& arrival) {
  return arrival.session == known && arrival.seq <= since ? Collision::stale : Collision::newer;
}

/// Two users who call each other, and nobody else.
bool crossed(const CallInfo& ours, const Arrival& theirs) {
  return !ours.group && !theirs.invite.group && ours.invitees.front() == theirs.user;
}

}  // namespace

Collision glare(const CallId& ours, const CallId& theirs) {
  return ours < theirs ? Collision::ours : Collision::theirs;
}

Collision collide(const Capturing& state, const Arrival& arrival) {
  return crossed(state.info, arrival) ? Collision::theirs : Collision::busy;
}
Collision collide(const Offering& state, const Arrival& arrival) {
  return crossed(state.info, arrival) ? Collision::theirs : Collision::busy;
}
Collision collide(const CallInfo& info, const Invitation& invitation, const Arrival& arrival) {
  if (arrival.user != info.inviter) return Collision::busy;
  return by_age(invitation.session, invitation.seq, arrival);
}
Collision collide(const InCall& state, const Arrival& arrival) {
  if (const Member* const member = member_of(state, arrival.user))
    return by_age(member->link.session, member->since, arrival);
  const bool dialing = !state.since && invitee_of(state, arrival.user) != nullptr;
  return dialing && crossed(state.info, arrival) ? glare(state.info.call, arrival.call) : Collision::busy;
}

}  // namespace trtc::call
