// An invitation arrives: ring, or settle its collision with the call that we have (collision.hpp decides).
#include <utility>

#include "call/answering.hpp"
#include "call/collision.hpp"
#include "call/common.hpp"
#include "call/member.hpp"
#include "call/transitions.hpp"

namespace trtc::call {
namespace {

Step ring(Context& context, const Arrival& arrival, Commands out) {
  Ringing next;
  next.info = info_from(arrival);
  next.invitation = invitation_from(context, arrival);
  next.exchange = arrival.invite.exchange;
  next.offer = arrival.invite.offer;
  next.probe_at = context.now + ring_probe;
  if (context.fast_connect) {
    next.link = answer(context, arrival.user, arrival.session, next.exchange, next.offer, out);
  }
  send(out, arrival.call, arrival.user, arrival.session, message::Ringing{});
  tell(out, effect::Invited{next.info});
  return to(std::move(next), std::move(out));
}

Step refuse_busy(const Arrival& arrival) {
  Commands out;
  send(out, arrival.call, arrival.user, arrival.session, message::Reject{CancelReason::busy});
  out.emplace_back(Remember{arrival.call, CancelReason::busy});
  return stay(std::move(out));
}

Step forget(const Arrival& arrival, const char* why) {
  Step step = ignore(why, "invite");
  step.commands.emplace_back(Remember{arrival.call, CancelReason::cancelled});
  return step;
}

/// The parts of Taking that an arrival fills in.
Taking taking_from(const Context& context, const Arrival& arrival) {
  Taking taking;
  taking.info = info_from(arrival);
  taking.invitation = invitation_from(context, arrival);
  taking.invitation.merged = true;
  taking.exchange = arrival.invite.exchange;
  taking.offer = arrival.invite.offer;
  return taking;
}

Step merge(Context& context, Taking taking, Commands out) {
  State next = take(context, std::move(taking), out);
  return to(std::move(next), std::move(out));
}

/// The call that we knew is over on the inviter's side; ring for the new one.
template <class Ring>
Step ring_anew(Context& context, const Ring& state, const Link* link, const std::vector<Waiting>& waiting,
               const Arrival& arrival) {
  Commands out;
  wind_up(out, state.info, CancelReason::cancelled, link);
  settle(out, waiting, ErrorCode::invite_ended, "the inviter calls anew");
  ring_over(context, state.info, CancelReason::cancelled, out);
  return ring(context, arrival, std::move(out));
}

template <class Ring>
Step arrive(Context& context, const Ring& state, const Link* link, const std::vector<Waiting>& waiting,
            const Arrival& arrival) {
  switch (collide(state.info, state.invitation, arrival)) {
    case Collision::newer:
      return ring_anew(context, state, link, waiting, arrival);
    case Collision::stale:
      return forget(arrival, "stale");
    case Collision::busy:
    case Collision::theirs:
    case Collision::ours:
      break;
  }
  return refuse_busy(arrival);
}

}  // namespace

Step on(Context& context, const Idle&, const Arrival& arrival) { return ring(context, arrival, {}); }

Step on(Context& context, const Capturing& state, const Arrival& arrival) {
  if (collide(state, arrival) != Collision::theirs) return refuse_busy(arrival);
  Taking taking = taking_from(context, arrival);
  taking.waiting = {{state.op, true}};
  taking.capture = state.capture;
  Commands out;
  out.emplace_back(Remember{state.info.call, CancelReason::cancelled});
  return merge(context, std::move(taking), std::move(out));
}

Step on(Context& context, const Offering& state, const Arrival& arrival) {
  if (collide(state, arrival) != Collision::theirs) return refuse_busy(arrival);
  Taking taking = taking_from(context, arrival);
  taking.waiting = {{state.op, true}};
  taking.devices = state.devices;
  Commands out;
  tell(out, effect::ClosePeer{state.link.peer});
  out.emplace_back(Remember{state.info.call, CancelReason::cancelled});
  return merge(context, std::move(taking), std::move(out));
}

Step on(Context& context, const Inviting& state, const Arrival& arrival) {
  const Collision collision = collide(state, arrival);
  if (collision == Collision::busy) return refuse_busy(arrival);
  if (collision == Collision::ours) return forget(arrival, "glare: our call lives");
  Taking taking = taking_from(context, arrival);
  taking.devices = state.devices;
  Commands out;
  tell(out, effect::ClosePeer{state.link.peer});
  out.emplace_back(DropCall{state.info.call});
  out.emplace_back(Remember{state.info.call, CancelReason::cancelled});
  // If the winner's invitation has ended meanwhile, ours may be ringing there: it must not go on.
  send(out, state.info.call, state.callee, {}, message::Cancel{CancelReason::cancelled});
  return merge(context, std::move(taking), std::move(out));
}

Step on(Context& context, const Ringing& state, const Arrival& arrival) {
  return arrive(context, state, state.link ? &*state.link : nullptr, {}, arrival);
}
Step on(Context& context, const Answering& state, const Arrival& arrival) {
  return arrive(context, state, &state.link, state.waiting, arrival);
}
Step on(Context& context, const Joining& state, const Arrival& arrival) {
  Step step = arrive(context, state, &state.link, state.waiting, arrival);
  if (step.next) settle(step.commands, state.devices);
  return step;
}

Step on(Context& context, const InCall& state, const Arrival& arrival) {
  switch (collide(state, arrival)) {
    case Collision::newer:
      return ring(context, arrival, end_of_call(state, talk_seconds(state.since, context.now)));
    case Collision::stale:
      return forget(arrival, "stale");
    case Collision::busy:
    case Collision::theirs:
    case Collision::ours:
      break;
  }
  return refuse_busy(arrival);
}

Step on(Context&, const Ringing& state, const Heard<message::Invite>& heard) {
  if (heard.user != state.info.inviter || heard.session != state.invitation.session) {
    return ignore("not the inviter", "invite");
  }
  Commands out;
  send(out, state.info.call, heard.user, heard.session, message::Ringing{});
  return stay(std::move(out));
}
Step on(Context&, const OneOf<Idle, Capturing, Offering, Inviting, Answering, Joining, InCall>&,
        const Heard<message::Invite>&) {
  return stale("invite");
}

}  // namespace trtc::call
