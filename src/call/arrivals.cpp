// An invitation arrives: ring, or settle its collision with the call that we have (collision.hpp decides).
#include <utility>

#include "call/answering.hpp"
#include "call/collision.hpp"
#include "call/common.hpp"
#include "call/inviting.hpp"
#include "call/mesh.hpp"
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
  if (context.fast_connect && !next.offer.empty()) {
    next.link = answer(context, arrival.user, arrival.session, next.exchange, next.offer, out);
  }
  send(out, arrival.call, arrival.user, arrival.session, message::Ringing{});
  tell(out, effect::Invited{next.info});
  return to(std::move(next), std::move(out));
}

Step refuse_busy(const Arrival& arrival) {
  Commands out;
  send(out, arrival.call, arrival.user, arrival.session, message::Reject{CancelReason::busy});
  remember(out, info_from(arrival), CancelReason::busy);
  return stay(std::move(out));
}

Step forget(const Arrival& arrival, const char* why) {
  Step step = ignore(why, "invite");
  remember(step.commands, info_from(arrival), CancelReason::cancelled);
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

Step on(Context& context, const Idle&, const Arrival& arrival) {
  // joinInGroupCall() was given up meanwhile. Whoever answered it waits no longer than it would have lasted.
  if (!arrival.invite.nonce.empty()) return ignore("nobody has asked for it", "invite");
  return ring(context, arrival, {});
}

Step on(Context& context, const Capturing& state, const Arrival& arrival) {
  if (collide(state, arrival) != Collision::theirs) return refuse_busy(arrival);
  Taking taking = taking_from(context, arrival);
  taking.waiting = {{state.op, true}};
  taking.capture = state.capture;
  Commands out;
  remember(out, state.info, CancelReason::cancelled);
  return merge(context, std::move(taking), std::move(out));
}

Step on(Context& context, const Offering& state, const Arrival& arrival) {
  if (collide(state, arrival) != Collision::theirs) return refuse_busy(arrival);
  Taking taking = taking_from(context, arrival);
  taking.waiting = {{state.op, true}};
  taking.devices = state.devices;
  Commands out;
  tell(out, effect::ClosePeer{state.link.peer});
  remember(out, state.info, CancelReason::cancelled);
  return merge(context, std::move(taking), std::move(out));
}

/// joinInGroupCall() has asked for it.
Step on(Context& context, const Seeking& state, const Arrival& arrival) {
  const message::Invite& invite = arrival.invite;
  const bool found = invite.group_id == state.group_id && (state.room == 0 || state.room == invite.room);
  if (!found) return refuse_busy(arrival);
  // Whoever is in the group hears us ask again within a second.
  const bool of_the_group = arrival.over_group || invite.nonce == state.nonce;
  if (!of_the_group) return ignore("not proven to be of the group", "invite");
  Taking taking = taking_from(context, arrival);
  taking.invitation.merged = false;
  taking.waiting = {{state.op, false}};
  taking.camera = state.media == MediaType::video;
  return merge(context, std::move(taking), {});
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

namespace {

/// Their call lives: ours, which nobody has answered, becomes an answer to it.
Step yield(Context& context, const InCall& state, const Arrival& arrival) {
  Taking taking = taking_from(context, arrival);
  taking.devices = state.devices;
  Commands out;
  each_link(state, [&out](const Link& link) { close(out, link); });
  out.emplace_back(DropCall{state.info.call});
  remember(out, state.info, CancelReason::cancelled);
  // If the winner's invitation has ended meanwhile, ours may be ringing there: it must not go on.
  send(out, state.info.call, arrival.user, {}, message::Cancel{CancelReason::cancelled});
  return merge(context, std::move(taking), std::move(out));
}

/// A member is in another call by now.
Step recall(Context& context, const InCall& state, const Arrival& arrival) {
  InCall next = state;
  Ending ending;
  part_from(context, next, arrival.user, ending.events);
  Step end = conclude(context, std::move(next), std::move(ending));
  const bool over = std::holds_alternative<Idle>(*end.next);
  Step then = over ? ring(context, arrival, {}) : refuse_busy(arrival);
  append(end.commands, std::move(then.commands));
  if (over) end.next = std::move(then.next);
  return end;
}

}  // namespace

Step on(Context& context, const InCall& state, const Arrival& arrival) {
  switch (collide(state, arrival)) {
    case Collision::theirs:
      return yield(context, state, arrival);
    case Collision::ours:
      return forget(arrival, "glare: our call lives");
    case Collision::newer:
      return recall(context, state, arrival);
    case Collision::stale:
      return forget(arrival, "stale");
    case Collision::busy:
      break;
  }
  return refuse_busy(arrival);
}

/// Two members have invited us, or one of them anew: the other one is greeted, so that it knows.
Step on(Context& context, const InCall& state, const Heard<message::Invite>& heard) {
  const bool ours = invitee_of(state, heard.user) != nullptr;
  if (ours || has_met(state, heard.user) || heard.message.pass != state.pass) return stale("invite");
  InCall next = state;
  Commands out;
  greet(context, next, {heard.user, heard.session}, out);
  return to(std::move(next), std::move(out));
}
Step on(Context&, const Ringing& state, const Heard<message::Invite>& heard) {
  if (heard.user != state.info.inviter || heard.session != state.invitation.session) {
    return ignore("not the inviter", "invite");
  }
  Commands out;
  send(out, state.info.call, heard.user, heard.session, message::Ringing{});
  return stay(std::move(out));
}
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking, Answering, Joining>&,
        const Heard<message::Invite>&) {
  return stale("invite");
}

}  // namespace trtc::call
