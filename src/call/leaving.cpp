// The user wants out, or the session ends: hangup(), reject(), logout(), KICKED_OUT, the end of the page.
#include <utility>

#include "call/answering.hpp"
#include "call/common.hpp"
#include "call/member.hpp"
#include "call/transitions.hpp"

namespace trtc::call {
namespace {

/// What settles the promises of a call that its own user ended.
struct Ending {
  CancelReason reason;
  ErrorCode code;
  std::string detail;
};

/// A callee who hangs up after all declines.
Ending by_callee() { return {CancelReason::rejected, ErrorCode::cancelled_by_user, "hangup() was called"}; }
Ending by_hand() { return {CancelReason::cancelled, ErrorCode::cancelled_by_user, "hangup() was called"}; }
Ending by_session(CancelReason reason) {
  const bool kicked = reason == CancelReason::kicked_out;
  return {reason, kicked ? ErrorCode::kicked_out : ErrorCode::logged_out, "the session ended"};
}

/// Nothing has been sent yet.
Commands abort_dial(const CallInfo& info, OpId op, const Link* link, const Ending& ending) {
  Commands out;
  wind_up(out, info, ending.reason, link);
  fail(out, op, ending.code, ending.detail);
  return out;
}

Commands cancel(const Inviting& state, const Ending& ending) {
  Commands out;
  wind_up(out, state.info, ending.reason, &state.link);
  settle(out, state.devices);
  send(out, state.info.call, state.callee, {}, message::Cancel{CancelReason::cancelled});
  cancelled(out, state.info, state.callee, ending.reason, false);
  return out;
}

Commands decline(const Ringing& state, CancelReason reason) {
  Commands out;
  wind_up(out, state.info, reason, state.link ? &*state.link : nullptr);
  send(out, state.info.call, state.info.inviter, state.invitation.session, message::Reject{reason});
  cancelled(out, state.info, state.info.inviter, reason, false);
  return out;
}

template <class Ring>
Commands take_back(const Ring& state, const Ending& ending) {
  Commands out;
  wind_up(out, state.info, ending.reason, &state.link);
  settle(out, state.waiting, ending.code, ending.detail);
  send(out, state.info.call, state.info.inviter, state.invitation.session,
       message::Reject{CancelReason::rejected});
  cancelled(out, state.info, state.info.inviter, ending.reason, false);
  return out;
}

/// D2 of the behaviour document: the leaver is told at once, and exactly once.
Commands leave(Context& context, const InCall& state) {
  const std::uint32_t seconds = talk_seconds(state.since, context.now);
  const UserId& other = state.member.link.user;
  Commands out;
  wind_up(out, state.info, CancelReason::cancelled, &state.member.link);
  settle(out, state.devices);
  send(out, state.info.call, other, state.member.link.session, message::Leave{seconds});
  tell(out, effect::UserLeft{state.info.call, other});
  tell(out, effect::CallEnded{state.info, other, seconds});
  return out;
}

Step hung_up(Commands out, OpId op, std::vector<CallId> cancelled_calls = {}) {
  done(out, op, effect::HungUp{std::move(cancelled_calls)});
  return to(Idle{}, std::move(out));
}

/// An application that is busy rejects every INVITED it sees; we did so for it already (app contract,
/// section 3.2).
Step nothing_to_reject(Context& context, const input::Reject& reject, const CallInfo* accepted) {
  Commands out;
  const bool known =
      context.history.outcome(CallId(reject.call)) || (accepted && accepted->call.text == reject.call);
  if (reject.call.empty() || known) {
    done(out, reject.op);
  } else {
    fail(out, reject.op, ErrorCode::invite_unknown, "inviteID " + reject.call);
  }
  return stay(std::move(out));
}

}  // namespace

Step on(Context& context, const Ringing& state, const input::Reject& reject) {
  if (!reject.call.empty() && reject.call != state.info.call.text)
    return nothing_to_reject(context, reject, nullptr);
  Commands out = decline(state, reject.busy ? CancelReason::busy : CancelReason::rejected);
  done(out, reject.op, effect::CallRejected{state.info.call, state.info.inviter});
  return to(Idle{}, std::move(out));
}
Step on(Context& context, const Answering& state, const input::Reject& reject) {
  return nothing_to_reject(context, reject, &state.info);
}
Step on(Context& context, const Joining& state, const input::Reject& reject) {
  return nothing_to_reject(context, reject, &state.info);
}
Step on(Context& context, const OneOf<Idle, Capturing, Offering, Inviting, InCall>&,
        const input::Reject& reject) {
  return nothing_to_reject(context, reject, nullptr);
}

Step on(Context&, const Idle&, const input::HangUp& hang_up) { return hung_up({}, hang_up.op); }
Step on(Context&, const Capturing& state, const input::HangUp& hang_up) {
  return hung_up(abort_dial(state.info, state.op, nullptr, by_hand()), hang_up.op);
}
Step on(Context&, const Offering& state, const input::HangUp& hang_up) {
  Commands out = abort_dial(state.info, state.op, &state.link, by_hand());
  settle(out, state.devices);
  return hung_up(std::move(out), hang_up.op);
}
Step on(Context&, const Inviting& state, const input::HangUp& hang_up) {
  return hung_up(cancel(state, by_hand()), hang_up.op, {state.info.call});
}
Step on(Context&, const Ringing& state, const input::HangUp& hang_up) {
  return hung_up(decline(state, CancelReason::rejected), hang_up.op);
}
Step on(Context&, const Answering& state, const input::HangUp& hang_up) {
  return hung_up(take_back(state, by_callee()), hang_up.op);
}
Step on(Context&, const Joining& state, const input::HangUp& hang_up) {
  Commands out = take_back(state, by_callee());
  settle(out, state.devices);
  return hung_up(std::move(out), hang_up.op);
}
Step on(Context& context, const InCall& state, const input::HangUp& hang_up) {
  return hung_up(leave(context, state), hang_up.op);
}

Step on(Context&, const Idle&, const SessionOver&) { return {}; }
Step on(Context&, const Capturing& state, const SessionOver& over) {
  return to(Idle{}, abort_dial(state.info, state.op, nullptr, by_session(over.reason)));
}
Step on(Context&, const Offering& state, const SessionOver& over) {
  Commands out = abort_dial(state.info, state.op, &state.link, by_session(over.reason));
  settle(out, state.devices);
  return to(Idle{}, std::move(out));
}
Step on(Context&, const Inviting& state, const SessionOver& over) {
  return to(Idle{}, cancel(state, by_session(over.reason)));
}
Step on(Context& context, const Ringing& state, const SessionOver& over) {
  // Another session of this user, or the reloaded page, is to ring instead: only logout() declines.
  if (!over.page_closed && over.reason == CancelReason::logged_out) {
    return to(Idle{}, decline(state, CancelReason::rejected));
  }
  // Not remembered either: if the same object logs in again while the invitation is valid, it rings (D18).
  Commands out;
  if (state.link) tell(out, effect::ClosePeer{state.link->peer});
  tell(out, effect::CloseMedia{});
  out.emplace_back(DropCall{state.info.call});
  ring_over(context, state.info, over.reason, out);
  return to(Idle{}, std::move(out));
}
Step on(Context&, const Answering& state, const SessionOver& over) {
  return to(Idle{}, take_back(state, by_session(over.reason)));
}
Step on(Context&, const Joining& state, const SessionOver& over) {
  Commands out = take_back(state, by_session(over.reason));
  settle(out, state.devices);
  return to(Idle{}, std::move(out));
}
Step on(Context& context, const InCall& state, const SessionOver&) {
  return to(Idle{}, leave(context, state));
}

}  // namespace trtc::call
