// The user wants out, or the session ends: hangup(), reject(), logout(), KICKED_OUT, the end of the page.
#include <algorithm>
#include <utility>

#include "call/answering.hpp"
#include "call/common.hpp"
#include "call/mesh.hpp"
#include "call/transitions.hpp"

namespace trtc::call {
namespace {

/// What settles the promises of a call that its own user ended.
struct Outcome {
  CancelReason reason;
  ErrorCode code;
  std::string detail;
};

/// A callee who hangs up after all declines.
Outcome by_callee() { return {CancelReason::rejected, ErrorCode::cancelled_by_user, "hangup() was called"}; }
Outcome by_hand() { return {CancelReason::cancelled, ErrorCode::cancelled_by_user, "hangup() was called"}; }
Outcome by_session(CancelReason reason) {
  const bool kicked = reason == CancelReason::kicked_out;
  return {reason, kicked ? ErrorCode::kicked_out : ErrorCode::logged_out, "the session ended"};
}

/// Nothing has been sent yet.
Commands abort_dial(const CallInfo& info, OpId op, const Link* link, const Outcome& ending) {
  Commands out;
  wind_up(out, info, ending.reason, link);
  fail(out, op, ending.code, ending.detail);
  return out;
}

Commands give_up(const Seeking& state, const Outcome& ending) {
  Commands out;
  fail(out, state.op, ending.code, ending.detail);
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
Commands take_back(const Ring& state, const Outcome& ending) {
  Commands out;
  wind_up(out, state.info, ending.reason, &state.link);
  settle(out, state.waiting, ending.code, ending.detail);
  send(out, state.info.call, state.info.inviter, state.invitation.session,
       message::Reject{CancelReason::rejected});
  cancelled(out, state.info, state.info.inviter, ending.reason, false);
  return out;
}

/// Cancels what is open and says goodbye to everybody. D2 of the behaviour document: the leaver is told at
/// once, and exactly once.
Commands leave(Context& context, const InCall& state, const Outcome& ending) {
  const CallInfo& info = state.info;
  const std::uint32_t seconds = talk_seconds(context, state);
  Commands out;
  wind_up(out, state, ending.reason);
  settle(out, state.devices);
  for (const Invitee& invitee : state.invitees) {
    send(out, info.call, invitee.user, {}, message::Cancel{CancelReason::cancelled});
  }
  for (const Greeted& greeted : state.greeted) {
    send(out, info.call, greeted.link.user, greeted.link.session, message::Leave{seconds});
  }
  for (const Member& member : state.members) {
    const UserId& user = member.link.user;
    send(out, info.call, user, member.link.session, message::Leave{seconds, seats(state, user)});
  }
  for (const Member& member : state.members) tell(out, effect::UserLeft{info.call, member.link.user});
  if (!state.since) {
    cancelled(out, info, info.invitees.front(), ending.reason, false);
  } else {
    const UserId& other = state.members.empty() ? info.inviter : state.members.front().link.user;
    tell(out, effect::CallEnded{info, other, seconds});
  }
  return out;
}

/// One answer for each invitation that was taken back; a group's was one message.
std::vector<CallId> taken_back(const InCall& state) {
  const bool one = !state.info.group_id.empty();
  const std::size_t open = state.invitees.size();
  return std::vector<CallId>(one ? std::min<std::size_t>(open, 1) : open, state.info.call);
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

Step turned_away(Context& context, const InCall& state, Commands out) {
  tell(out, effect::Errored{{ErrorCode::limit_exceeded, "the call is full"}});
  append(out, leave(context, state, by_hand()));
  return to(Idle{}, std::move(out));
}

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
Step on(Context& context, const OneOf<Idle, Capturing, Offering, Seeking, InCall>&,
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
Step on(Context&, const Seeking& state, const input::HangUp& hang_up) {
  return hung_up(give_up(state, by_hand()), hang_up.op);
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
  return hung_up(leave(context, state, by_hand()), hang_up.op, taken_back(state));
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
Step on(Context&, const Seeking& state, const SessionOver& over) {
  return to(Idle{}, give_up(state, by_session(over.reason)));
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
Step on(Context& context, const InCall& state, const SessionOver& over) {
  return to(Idle{}, leave(context, state, by_session(over.reason)));
}

}  // namespace trtc::call
