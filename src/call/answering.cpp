// The callee until the call is confirmed: ringing, accept(), and the inviter's last word.
//
// The answer leaves as soon as the user accepts, so that ICE and DTLS run while the devices open; `accept`
// follows when they are open. So the inviter never hears of an acceptance that a denied microphone would take
// back, and it costs no time. A ringing callee does not even parse the inviter's SDP: nothing that a stranger
// sent reaches the browser's WebRTC before the user has said yes (fast_connect opts out of that, and of
// hiding the address).
#include "call/answering.hpp"

#include <algorithm>
#include <utility>

#include "call/common.hpp"
#include "call/devices.hpp"
#include "call/member.hpp"
#include "call/mesh.hpp"
#include "call/roster.hpp"
#include "call/switching.hpp"
#include "call/transitions.hpp"

namespace trtc::call {
namespace {

bool from_inviter(const CallInfo& info, const Invitation& invitation, const UserId& user,
                  const SessionId& session) {
  return user == info.inviter && session == invitation.session;
}

/// The devices are open: say so. What they lack or have too much of for the call as it is now follows.
Joining join(Context& context, const Answering& answering, Devices devices, Commands& out) {
  Joining next{answering.info,
               answering.invitation,
               answering.waiting,
               std::move(devices),
               answering.link,
               context.now + confirm_timeout,
               {},
               {}};
  // Glare: our own dial asked for a camera, the call that lives does not. Or the inviter has switched
  // meanwhile.
  if (next.info.media == MediaType::audio) drop_pictures(next.devices, out);
  next.devices.told = next.devices.sending();
  // The inviter is a member of its own call, so media may flow to it from now on.
  start_sending(next.link, out);
  send(out, next.info.call, next.info.inviter, next.invitation.session,
       message::Accept{hello(context, next.devices)});
  return next;
}

/// The inviter's word, or our own clock: the call is over before it began.
template <class Ring>
Step lost(Context& context, const Ring& state, CancelReason reason, const Link* link,
          const std::vector<Waiting>& waiting, ErrorCode code) {
  Commands out;
  wind_up(out, state.info, reason, link);
  settle(out, waiting, code, "the invitation ended");
  ring_over(context, state.info, reason, out);
  return to(Idle{}, std::move(out));
}

const std::vector<Waiting> nobody;

Step lost(Context& context, const Ringing& state, CancelReason reason) {
  return lost(context, state, reason, state.link ? &*state.link : nullptr, nobody, ErrorCode::invite_ended);
}
Step lost(Context& context, const Answering& state, CancelReason reason) {
  return lost(context, state, reason, &state.link, state.waiting, ErrorCode::invite_ended);
}
Step lost(Context& context, const Joining& state, CancelReason reason) {
  Step step = lost(context, state, reason, &state.link, state.waiting, ErrorCode::invite_ended);
  settle(step.commands, state.devices);
  return step;
}

/// We end it, so the inviter has to be told.
template <class Ring>
Step give_up(Context& context, const Ring& state, CancelReason reason) {
  Step step = lost(context, state, reason);
  send(step.commands, state.info.call, state.info.inviter, state.invitation.session, message::Reject{reason});
  return step;
}

template <class Ring>
Step cancelled_by_inviter(Context& context, const Ring& state, const UserId& user, const SessionId& session,
                          CancelReason reason) {
  if (!from_inviter(state.info, state.invitation, user, session)) return ignore("not the inviter", "cancel");
  return lost(context, state, reason);
}

/// Devices or SDP failed: accept() fails, and the inviter is told (behaviour document, section 3.7).
template <class Ring>
Step answer_failed(const Ring& state, const Error& error) {
  Commands out;
  wind_up(out, state.info, CancelReason::failed, &state.link);
  send(out, state.info.call, state.info.inviter, state.invitation.session,
       message::Reject{CancelReason::failed});
  tell(out, effect::Errored{error});
  for (const Waiting& one : state.waiting) tell(out, effect::Failed{one.op, error});
  cancelled(out, state.info, state.info.inviter, CancelReason::failed, false);
  return to(Idle{}, std::move(out));
}

template <class Ring>
Step gone(Context& context, const Ring& state, const PeerGone& peer) {
  if (!from_inviter(state.info, state.invitation, peer.user, peer.session)) return stale("presence");
  Ring next = state;
  if (!next.invitation.gone_at) next.invitation.gone_at = context.now + ring_grace;
  return to(std::move(next));
}
template <class Ring>
Step here(Context& context, const Ring& state, const PeerHere& peer) {
  if (peer.user != state.info.inviter) return stale("presence");
  // A new session of the inviter has logged in: the one that invited us is gone, or on its way out.
  if (peer.session != state.invitation.session) {
    return gone(context, state, {peer.user, state.invitation.session});
  }
  Ring next = state;
  next.invitation.gone_at.reset();
  return to(std::move(next));
}

/// Whether the inviter has vanished: it said so and did not come back, or it does not answer.
bool vanished(const Context& context, const CallInfo& info, const Invitation& invitation) {
  const bool gone = invitation.gone_at && context.now >= *invitation.gone_at;
  return gone ||
         (context.online && context.outbox.silent(context.now, info.inviter, invitation.session, info.call));
}

template <class Ring>
Step accept_again(const Ring& state, const input::Accept& accept) {
  if (!accept.call.empty() && accept.call != state.info.call.text) {
    return refuse(accept.op, ErrorCode::invite_unknown, "inviteID " + accept.call);
  }
  if (state.waiting.size() >= max_waiting)
    return refuse(accept.op, ErrorCode::limit_exceeded, "accept() is under way already");
  Ring next = state;
  next.waiting.push_back({accept.op, false});
  return to(std::move(next));
}

void settle_well(const InCall& state, const std::vector<Waiting>& waiting, Commands& out) {
  const CallInfo& info = state.info;
  const Sending sending = state.devices.sending();
  for (const Waiting& one : waiting) {
    if (one.dialed) {
      done(out, one.op, effect::CallPlaced{info.call, info.inviter, info.room, info.media, sending});
    } else {
      done(out, one.op, effect::CallAccepted{info.call, info.inviter, info.room, info.media, sending});
    }
  }
}

Link link_for(Context& context, Taking& taking, Commands& out) {
  if (taking.link) return std::move(*taking.link);
  const UserId& inviter = taking.info.inviter;
  if (taking.offer.empty()) return expect_offer(inviter, taking.invitation.session);
  return answer(context, inviter, taking.invitation.session, taking.exchange, taking.offer, out);
}

}  // namespace

State take(Context& context, Taking taking, Commands& out) {
  Answering next;
  next.link = link_for(context, taking, out);
  next.info = std::move(taking.info);
  next.invitation = std::move(taking.invitation);
  next.waiting = std::move(taking.waiting);
  for (Link::Early& early : taking.early) {
    (void)heard_candidates(next.link, early.session, {early.exchange, std::move(early.list)}, out);
  }
  if (taking.devices) return join(context, next, std::move(*taking.devices), out);
  next.camera = taking.camera && next.info.media == MediaType::video;
  if (taking.capture) {
    next.capture = *taking.capture;
  } else {
    opened(out, context, next.capture, true, next.camera);
  }
  return next;
}

CallInfo info_from(const Arrival& arrival) {
  const message::Invite& invite = arrival.invite;
  return {arrival.call, invite.room,     invite.media,     CallRole::invitee, arrival.user,  invite.invitees,
          invite.group, invite.group_id, invite.user_data, invite.profile,    invite.attempt};
}

Invitation invitation_from(const Context& context, const Arrival& arrival) {
  Invitation invitation;
  invitation.session = arrival.session;
  invitation.seq = arrival.seq;
  invitation.pass = arrival.invite.pass;
  if (arrival.invite.ring > Duration(0)) invitation.deadline = context.now + arrival.invite.ring;
  return invitation;
}

void ring_over(Context& context, const CallInfo& info, CancelReason reason, Commands& out) {
  if (reason == CancelReason::no_answer) {
    tell(out, effect::CallTimedOut{info, {context.self}});
    cancelled(out, info, info.inviter, reason, false);
    tell(out, effect::CallEnded{info, info.inviter, 0});
  } else {
    cancelled(out, info, info.inviter, reason, true);
  }
}

Step on(Context& context, const Ringing& state, const input::Accept& accept) {
  if (!accept.call.empty() && accept.call != state.info.call.text) {
    return refuse(accept.op, ErrorCode::invite_unknown, "inviteID " + accept.call);
  }
  Commands out;
  Taking taking{state.info,   state.invitation, {{accept.op, false}}, true,        std::nullopt,
                std::nullopt, state.link,       state.exchange,       state.offer, state.early};
  State next = take(context, std::move(taking), out);
  return to(std::move(next), std::move(out));
}
Step on(Context&, const Answering& state, const input::Accept& accept) { return accept_again(state, accept); }
Step on(Context&, const Joining& state, const input::Accept& accept) { return accept_again(state, accept); }
Step on(Context&, const InCall& state, const input::Accept& accept) {
  Commands out;
  const CallInfo& info = state.info;
  if (accept.call.empty()) {
    done(out, accept.op);
  } else if (accept.call == info.call.text && info.role == CallRole::invitee) {
    done(out, accept.op,
         effect::CallAccepted{info.call, info.inviter, info.room, info.media, state.devices.sending()});
  } else {
    fail(out, accept.op, ErrorCode::invite_unknown, "inviteID " + accept.call);
  }
  return stay(std::move(out));
}
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking>&, const input::Accept& accept) {
  Commands out;
  if (accept.call.empty()) {
    done(out, accept.op);  // behaviour document, section 3.7: nothing pending resolves with undefined
  } else {
    fail(out, accept.op, ErrorCode::invite_unknown, "inviteID " + accept.call);
  }
  return stay(std::move(out));
}

Step on(Context& context, const Answering& state, const input::MediaOpened& media) {
  if (media.capture != state.capture) return stale("capture");
  Commands out;
  if (media.camera_failed)
    tell(out, effect::Errored{{ErrorCode::no_camera, "the call goes on without picture"}});
  Devices devices;
  devices.microphone = media.microphone;
  devices.camera = media.camera;
  Joining next = join(context, state, std::move(devices), out);
  // The inviter has made it a video call while the microphone was being opened.
  if (next.info.media == MediaType::video && state.switched)
    open_device(context, next.devices, TrackKind::video, {}, out);
  return to(std::move(next), std::move(out));
}
Step on(Context&, const Answering& state, const input::MediaFailed& failure) {
  if (failure.capture != state.capture) return stale("capture");
  return answer_failed(state, {code_of(failure.error), failure.message});
}

Step on(Context&, const Answering& state, const input::NegotiationFailed& failure) {
  if (failure.negotiation != state.link.negotiation) return stale("negotiation");
  return answer_failed(state, {ErrorCode::negotiation_failed, failure.message});
}
Step on(Context&, const Joining& state, const input::NegotiationFailed& failure) {
  if (failure.negotiation != state.link.negotiation) return stale("negotiation");
  Step step = answer_failed(state, {ErrorCode::negotiation_failed, failure.message});
  settle(step.commands, state.devices);
  return step;
}

Step on(Context& context, const Joining& state, const Heard<message::Confirm>& heard) {
  if (!from_inviter(state.info, state.invitation, heard.user, heard.session)) {
    return ignore("not the inviter", "confirm");
  }
  Commands out;
  InCall next;
  next.info = state.info;
  next.media = state.invitation.media;
  next.devices = state.devices;
  next.roster = state.invitation.roster;
  next.pass = state.invitation.pass;
  note(next.roster, heard.user, RosterStatus::joined);
  const Newcomer inviter{heard.user, heard.session, heard.seq, heard.message.hello, state.foretold};
  enter(context, next, inviter, state.link, state.invitation.merged, out);
  hear_switch(context, next, heard.message.media, {heard.message.media_version, heard.user}, out);
  show_roster(next, out);
  for (const EarlyJoin& one : state.early)
    welcome(context, next, {one.user, one.session, one.seq, one.hello, {}}, out);
  Commands settled;
  settle_well(next, state.waiting, settled);
  Step step = greet_all(context, std::move(next), heard.message.members, true, std::move(out));
  append(step.commands, std::move(settled));
  return step;
}
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking, Ringing, Answering>&,
        const Heard<message::Confirm>&) {
  return stale("confirm");
}
Step on(Context& context, const Joining& state, const Heard<message::Leave>& heard) {
  // The confirm is still on its way, or never comes, but there must have been one: both sides record an
  // answered call that ended, and in a group the call goes on with the others.
  const message::Confirm confirm{{}, state.info.media, state.invitation.media.number, heard.message.members};
  Step step = on(context, state, Heard<message::Confirm>{heard.user, heard.session, heard.seq, confirm});
  if (!step.next) return stale("leave");
  const auto* const entered = std::get_if<InCall>(&*step.next);
  if (entered == nullptr) return step;
  Step end = on(context, *entered, heard);
  append(step.commands, std::move(end.commands));
  if (end.next) step.next = std::move(end.next);
  return step;
}

Step on(Context& context, const Ringing& state, const Heard<message::Cancel>& heard) {
  return cancelled_by_inviter(context, state, heard.user, heard.session, heard.message.reason);
}
Step on(Context& context, const Answering& state, const Heard<message::Cancel>& heard) {
  return cancelled_by_inviter(context, state, heard.user, heard.session, heard.message.reason);
}
Step on(Context& context, const Joining& state, const Heard<message::Cancel>& heard) {
  return cancelled_by_inviter(context, state, heard.user, heard.session, heard.message.reason);
}
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking>&, const Heard<message::Cancel>&) {
  return stale("cancel");
}
Step on(Context& context, const Ringing& state, const Heard<message::Ended>& heard) {
  return cancelled_by_inviter(context, state, heard.user, heard.session, heard.message.reason);
}
Step on(Context& context, const Answering& state, const Heard<message::Ended>& heard) {
  return cancelled_by_inviter(context, state, heard.user, heard.session, heard.message.reason);
}
Step on(Context& context, const Joining& state, const Heard<message::Ended>& heard) {
  return cancelled_by_inviter(context, state, heard.user, heard.session, heard.message.reason);
}
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking>&, const Heard<message::Ended>&) {
  return stale("ended");
}

Step on(Context& context, const Ringing& state, const PeerGone& peer) { return gone(context, state, peer); }
Step on(Context& context, const Answering& state, const PeerGone& peer) { return gone(context, state, peer); }
Step on(Context& context, const Joining& state, const PeerGone& peer) { return gone(context, state, peer); }
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking>&, const PeerGone&) {
  return stale("presence");
}
Step on(Context& context, const Ringing& state, const PeerHere& peer) { return here(context, state, peer); }
Step on(Context& context, const Answering& state, const PeerHere& peer) { return here(context, state, peer); }
Step on(Context& context, const Joining& state, const PeerHere& peer) { return here(context, state, peer); }
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking>&, const PeerHere&) {
  return stale("presence");
}

Step on(Context&, const OneOf<Idle, Capturing, Offering>&, const input::TimePassed&) { return {}; }
Step on(Context& context, const Ringing& state, const input::TimePassed&) {
  const Invitation& invitation = state.invitation;
  if (invitation.deadline && context.now >= *invitation.deadline) {
    return give_up(context, state, CancelReason::no_answer);
  }
  if (vanished(context, state.info, invitation)) return give_up(context, state, CancelReason::unreachable);
  if (context.now < state.probe_at) return {};
  Ringing next = state;
  next.probe_at = context.now + ring_probe;
  Commands out;
  send(out, state.info.call, state.info.inviter, invitation.session, message::Ringing{});
  return to(std::move(next), std::move(out));
}
Step on(Context& context, const Answering& state, const input::TimePassed&) {
  const Invitation& invitation = state.invitation;
  if (invitation.deadline && context.now >= *invitation.deadline + answer_slack) {
    return give_up(context, state, CancelReason::no_answer);
  }
  if (vanished(context, state.info, invitation)) return give_up(context, state, CancelReason::unreachable);
  return {};
}
Step on(Context& context, const Joining& state, const input::TimePassed&) {
  if (context.now >= state.deadline || vanished(context, state.info, state.invitation)) {
    return give_up(context, state, CancelReason::unreachable);
  }
  return {};
}

}  // namespace trtc::call
