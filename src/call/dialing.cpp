// The inviter until the call is accepted: call(), the invitation, and its outcome. The inviter's record
// decides: the first of accept, reject, own cancel and own deadline wins, and everything later is told that
// it is over.
#include <algorithm>
#include <utility>

#include "call/common.hpp"
#include "call/health.hpp"
#include "call/member.hpp"
#include "call/transitions.hpp"
#include "signaling/account.hpp"
#include "signaling/codec.hpp"

namespace trtc::call {
namespace {

std::optional<Error> wrong_arguments(const Context& context, const input::Call& call) {
  if (!is_user_id(call.user)) return Error{ErrorCode::invalid_parameter, "userID " + call.user};
  if (call.user == context.self.text) return Error{ErrorCode::call_to_self, {}};
  if (call.user_data.size() > bound::user_data)
    return Error{ErrorCode::limit_exceeded, "userData above 4096 bytes"};
  if (call.timeout < Duration(0)) return Error{ErrorCode::invalid_parameter, "timeout"};
  return std::nullopt;
}

// The behaviour document (section 2) chooses the room at random from 0 to 1e8; 0 is left out because it is
// falsy.
std::uint32_t choose_room(Context& context, std::uint32_t wanted) {
  constexpr std::uint32_t rooms = 100'000'000;
  return wanted != 0 ? wanted : 1 + context.random.below(rooms);
}

void send_invite(Commands& out, const Inviting& state) {
  out.emplace_back(Send{{state.callee, {}, state.info.call, state.invite, state.deadline}});
}

/// A session of the callee is heard of for the first time: it needs our candidates.
void meet(Inviting& state, const SessionId& session, Commands& out) {
  const auto known = std::find(state.ringing.begin(), state.ringing.end(), session);
  if (known != state.ringing.end() || state.ringing.size() >= max_ringing) return;
  state.ringing.push_back(session);
  send_candidates(state.link, state.info.call, session, out);
}

/// The invitation is over without a call.
Commands over(const Inviting& state, CancelReason reason) {
  Commands out;
  wind_up(out, state.info, reason, &state.link);
  settle(out, state.devices);
  return out;
}

/// Other sessions of the callee stop ringing, because one of them has decided.
void tell_others(const Inviting& state, const SessionId& decider, CancelReason reason, Commands& out) {
  for (const SessionId& session : state.ringing) {
    if (session != decider) send(out, state.info.call, state.callee, session, message::Cancel{reason});
  }
}

/// Nobody answered: D5 of the behaviour document.
Step unanswered(Context& context, const Inviting& state) {
  Commands out = over(state, CancelReason::no_answer);
  send(out, state.info.call, state.callee, {}, message::Cancel{CancelReason::no_answer});
  tell(out, effect::NoResponse{state.info, {state.callee}});
  if (!state.ringing.empty()) tell(out, effect::CallTimedOut{state.info, {state.callee}});
  cancelled(out, state.info, state.callee, CancelReason::no_answer, false);
  tell(out, effect::CallEnded{state.info, context.self, 0});
  return to(Idle{}, std::move(out));
}

Step dial_failed(const CallInfo& info, OpId op, const Link* link, Error error) {
  Commands out;
  wind_up(out, info, CancelReason::failed, link);
  tell(out, effect::Errored{error});
  tell(out, effect::Failed{op, std::move(error)});
  return to(Idle{}, std::move(out));
}

}  // namespace

Step on(Context& context, const Idle&, const input::Call& call) {
  Commands out;
  if (auto error = wrong_arguments(context, call)) {
    tell(out, effect::Failed{call.op, std::move(*error)});
    return stay(std::move(out));
  }
  Capturing next;
  next.callee = UserId(call.user);
  next.info = {context.random.call(),
               choose_room(context, call.room),
               call.media,
               CallRole::inviter,
               context.self,
               {next.callee},
               false,
               {},
               call.user_data};
  next.timeout = call.timeout;
  next.op = call.op;
  opened(out, context, next.capture, true, call.media == MediaType::video);
  return to(std::move(next), std::move(out));
}

Step on(Context&, const OneOf<Capturing, Offering, Inviting, Ringing, Answering, Joining, InCall>&,
        const input::Call& call) {
  Commands out;
  fail(out, call.op, ErrorCode::wrong_state, "another call is going on");
  return stay(std::move(out));
}

Step on(Context& context, const Capturing& state, const input::MediaOpened& media) {
  if (media.capture != state.capture) return stale("capture");
  Offering next{state.info, state.callee, state.timeout, state.op, {}, {}};
  next.devices.microphone = media.microphone;
  next.devices.camera = media.camera;
  Commands out;
  if (media.camera_failed)
    tell(out, effect::Errored{{ErrorCode::no_camera, "the call goes on without picture"}});
  next.link = dial(context, state.callee, out);
  return to(std::move(next), std::move(out));
}

Step on(Context&, const Capturing& state, const input::MediaFailed& failure) {
  if (failure.capture != state.capture) return stale("capture");
  return dial_failed(state.info, state.op, nullptr, {code_of(failure.error), failure.message});
}

Step on(Context& context, const Offering& state, const input::OfferCreated& input) {
  Inviting next{state.info, state.callee, state.devices, state.link, {}, std::nullopt, {}, {}};
  Commands out;
  if (!offer_created(next.link, state.info.call, input, out)) return stale("offer");
  next.invite = {state.info.media,     state.info.room,     state.info.group,
                 state.info.group_id,  state.info.invitees, Duration(0),
                 state.info.user_data, next.link.exchange,  input.sdp};
  if (state.timeout > Duration(0)) next.deadline = context.now + state.timeout;
  send_invite(out, next);
  done(out, state.op,
       effect::CallPlaced{state.info.call, state.callee, state.info.room, state.info.media,
                          state.devices.sending()});
  return to(std::move(next), std::move(out));
}

Step on(Context&, const Offering& state, const input::NegotiationFailed& failure) {
  if (failure.negotiation != state.link.negotiation) return stale("negotiation");
  Step step =
      dial_failed(state.info, state.op, &state.link, {ErrorCode::negotiation_failed, failure.message});
  settle(step.commands, state.devices);
  return step;
}

Step on(Context&, const Inviting& state, const Heard<message::Ringing>& heard) {
  if (heard.user != state.callee) return ignore("not the callee", "ringing");
  Inviting next = state;
  Commands out;
  meet(next, heard.session, out);
  return to(std::move(next), std::move(out));
}
Step on(Context&, const InCall& state, const Heard<message::Ringing>& heard) {
  const Link& link = state.member.link;
  if (state.info.role != CallRole::inviter || heard.user != link.user)
    return ignore("not invited", "ringing");
  if (heard.session == link.session) return stale("ringing");
  Commands out;
  send(out, state.info.call, heard.user, heard.session, message::Cancel{CancelReason::answered_elsewhere});
  return stay(std::move(out));
}
Step on(Context&, const OneOf<Idle, Capturing, Offering, Ringing, Answering, Joining>&,
        const Heard<message::Ringing>&) {
  return stale("ringing");
}

Step on(Context& context, const Inviting& state, const Heard<message::Accept>& heard) {
  if (heard.user != state.callee) return ignore("not the callee", "accept");
  Inviting last = state;
  Commands out;
  meet(last, heard.session, out);
  out.emplace_back(DropInvites{state.info.call, state.callee});
  tell_others(last, heard.session, CancelReason::answered_elsewhere, out);
  const bool foretold = state.foretold.session == heard.session && state.foretold.seq > heard.seq;
  const Sending theirs = foretold ? state.foretold.sending : heard.message.sending;
  const std::uint32_t stated = foretold ? state.foretold.seq : heard.seq;
  InCall next{state.info, state.devices, {last.link, heard.seq, theirs, stated}, context.now};
  // Another session answered the offer first but did not win: its transport is of no use.
  const bool other_won = !next.member.link.session.empty() && next.member.link.session != heard.session;
  next.member.link.session = heard.session;
  if (other_won) renew(context, next.member.link, true, out);
  next.devices.told = next.devices.sending();
  send(out, state.info.call, state.callee, heard.session, message::Confirm{next.devices.told});
  start_sending(next.member.link, out);
  expect_media(context, next.member.link);
  tell(out, effect::UserAccepted{state.info.call, state.callee});
  entered(out, state.info, next.member);
  return to(std::move(next), std::move(out));
}
Step on(Context&, const Inviting& state, const Heard<message::State>& heard) {
  const bool newer = heard.session != state.foretold.session || heard.seq > state.foretold.seq;
  if (heard.user != state.callee || !newer) return stale("state");
  Inviting next = state;
  next.foretold = {heard.session, heard.seq, heard.message.sending};
  return to(std::move(next));
}
Step on(Context&, const InCall& state, const Heard<message::Accept>& heard) {
  const Link& link = state.member.link;
  if (state.info.role != CallRole::inviter || heard.user != link.user) return ignore("not invited", "accept");
  if (heard.session == link.session) return ignore("duplicate", "accept");
  Commands out;
  send(out, state.info.call, heard.user, heard.session, message::Cancel{CancelReason::answered_elsewhere});
  return stay(std::move(out));
}
Step on(Context&, const OneOf<Idle, Capturing, Offering, Ringing, Answering, Joining>&,
        const Heard<message::Accept>&) {
  return stale("accept");
}

Step on(Context& context, const Inviting& state, const Heard<message::Reject>& heard) {
  if (heard.user != state.callee) return ignore("not the callee", "reject");
  const CancelReason reason = heard.message.reason;
  if (reason == CancelReason::no_answer || reason == CancelReason::unreachable) {
    return unanswered(context, state);
  }
  Commands out = over(state, reason);
  tell_others(state, heard.session, CancelReason::rejected_elsewhere, out);
  if (reason == CancelReason::busy) {
    tell(out, effect::LineBusy{state.info, heard.user});
  } else {
    tell(out, effect::InviteRejected{state.info, heard.user});
  }
  cancelled(out, state.info, heard.user, reason, false);
  return to(Idle{}, std::move(out));
}
Step on(Context& context, const InCall& state, const Heard<message::Reject>& heard) {
  return member_left(context, state, {heard.user, heard.session, heard.seq}, std::nullopt);
}
Step on(Context&, const OneOf<Idle, Capturing, Offering, Ringing, Answering, Joining>&,
        const Heard<message::Reject>&) {
  return stale("reject");
}

Step on(Context&, const Inviting& state, const PeerHere& peer) {
  if (peer.user != state.callee) return stale("presence");
  const auto known = std::find(state.ringing.begin(), state.ringing.end(), peer.session);
  if (known != state.ringing.end()) return {};
  // The old invite may be acknowledged already, by a session that is gone: invite anew.
  Commands out;
  out.emplace_back(DropInvites{state.info.call, state.callee});
  send_invite(out, state);
  return stay(std::move(out));
}

Step on(Context& context, const Inviting& state, const input::TimePassed&) {
  if (!state.deadline || context.now < *state.deadline) return {};
  return unanswered(context, state);
}
Step on(Context&, const OneOf<Idle, Capturing, Offering>&, const input::TimePassed&) { return {}; }

}  // namespace trtc::call
