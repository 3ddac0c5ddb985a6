// joinInGroupCall(): whoever is in the group's call hears the question over the group's topic, which the
// broker keeps to its members, and invites; the first invitation is taken at once. It repeats the question's
// nonce: an invitation to our inbox could come from anybody.
#include "call/answering.hpp"
#include "call/common.hpp"
#include "call/inviting.hpp"
#include "call/mesh.hpp"
#include "call/transitions.hpp"
#include "signaling/account.hpp"

namespace trtc::call {

Step on(Context& context, const Idle&, const input::JoinGroupCall& join) {
  if (!is_group_id(join.group_id))
    return refuse(join.op, ErrorCode::invalid_parameter, "groupID " + join.group_id);
  const Seeking next{join.op,
                     join.media,
                     join.group_id,
                     join.room,
                     context.now + seek_timeout,
                     context.now + seek_again,
                     context.random.session().text};
  Commands out;
  out.emplace_back(SaySeek{next.group_id, next.room, next.nonce});
  return to(next, std::move(out));
}
Step on(Context&, const OneOf<Capturing, Offering, Seeking, Ringing, Answering, Joining, InCall>&,
        const input::JoinGroupCall& join) {
  return refuse(join.op, ErrorCode::wrong_state, "another call is going on");
}

Step on(Context& context, const Seeking& state, const input::TimePassed&) {
  if (context.now >= state.deadline) {
    Commands out;
    fail(out, state.op, ErrorCode::call_not_found, "group " + state.group_id);
    return to(Idle{}, std::move(out));
  }
  if (context.now < state.again_at) return {};
  Seeking next = state;
  next.again_at = context.now + seek_again;
  Commands out;
  out.emplace_back(SaySeek{state.group_id, state.room, state.nonce});
  return to(std::move(next), std::move(out));
}

/// In the call already: invite. Everybody in it does; the seeker takes the first invitation and greets the
/// others.
Step on(Context& context, const InCall& state, const Sought& sought) {
  const CallInfo& info = state.info;
  const bool meant = info.group_id == sought.group_id && (sought.room == 0 || sought.room == info.room);
  if (!meant || has_met(state, sought.user)) return stale("seek");
  const Invitee* const known = invitee_of(state, sought.user);
  if (known != nullptr && known->nonce == sought.nonce) return stale("seek");
  if (known == nullptr && participants(state, {sought.user}) > 1 + max_others)
    return ignore("the call is full", "seek");
  InCall next = state;
  Commands out;
  invite_seeker(context, next, sought, out);
  return to(std::move(next), std::move(out));
}
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking, Ringing, Answering, Joining>&,
        const Sought&) {
  return stale("seek");
}

}  // namespace trtc::call
