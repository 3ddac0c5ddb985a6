#include "call/inviting.hpp"

#include <algorithm>
#include <utility>

#include "call/common.hpp"
#include "call/health.hpp"
#include "call/member.hpp"
#include "call/mesh.hpp"
#include "call/roster.hpp"
#include "call/transitions.hpp"
#include "signaling/account.hpp"
#include "signaling/codec.hpp"

namespace trtc::call {
namespace {

void send_invite(const Context& context, const InCall& state, const Invitee& invitee, Commands& out,
                 const SessionId& session = {}) {
  message::Invite invite = invite_for(context, state, invitee, {invitee.user});
  out.emplace_back(Send{{invitee.user, session, state.info.call, std::move(invite), invitee.deadline}});
}

/// The old invite may be acknowledged already, by a session that is gone.
void invite_anew(const Context& context, const InCall& state, const Invitee& invitee, Commands& out,
                 const SessionId& session = {}) {
  out.emplace_back(DropInvites{state.info.call, invitee.user});
  send_invite(context, state, invitee, out, session);
}

Invitee invitee_for(Context& context, const UserId& user, Duration timeout) {
  Invitee invitee;
  invitee.user = user;
  invitee.attempt = ++context.numbers.attempt;
  if (timeout > Duration(0)) invitee.deadline = context.now + timeout;
  invitee.again_at = context.now + ring_again;
  return invitee;
}

/// The list of everybody who was ever invited is what payloads repeat.
void expect_answer(Context& context, InCall& state, const UserId& user, Duration timeout) {
  std::vector<UserId>& list = state.info.invitees;
  if (std::find(list.begin(), list.end(), user) == list.end()) {
    if (list.size() == bound::invitees) list.erase(list.begin());
    list.push_back(user);
  }
  state.invitees.push_back(invitee_for(context, user, timeout));
}

/// Other sessions of the invitee stop ringing, because one of them has decided.
void tell_others(const InCall& state, const Invitee& invitee, const SessionId& decider, CancelReason reason,
                 Commands& out) {
  for (const SessionId& session : invitee.ringing) {
    if (session != decider) send(out, state.info.call, invitee.user, session, message::Cancel{reason});
  }
}

/// D5 of the behaviour document: NO_RESP for everybody who did not answer, CALLING_TIMEOUT for those whose
/// device rang.
void unanswered(InCall& next, const std::vector<UserId>& users, Ending& ending) {
  std::vector<UserId> called;
  std::vector<UserId> asked;
  std::vector<UserId> rang;
  for (const UserId& user : users) {
    const Invitee& invitee = *invitee_of(next, user);
    (invitee.asked ? asked : called).push_back(user);
    if (!invitee.asked && !invitee.ringing.empty()) rang.push_back(user);
    drop_invitee(next, user, ending.letters);
    send(ending.letters, next.info.call, user, {}, message::Cancel{CancelReason::no_answer});
  }
  if (!called.empty()) tell(ending.events, effect::NoResponse{next.info, called});
  if (!rang.empty()) tell(ending.events, effect::CallTimedOut{next.info, std::move(rang)});
  decide(next, called, RosterStatus::no_answer, ending.events);
  decide(next, asked, RosterStatus::cancelled, ending.events);
  ending.decider = users.back();
  ending.reason = CancelReason::no_answer;
}

/// What an answer from somebody with whom nothing is open any more deserves to hear.
Step too_late(const InCall& state, const UserId& user, const SessionId& session, const char* what) {
  if (const Member* const member = member_of(state, user)) {
    if (member->link.session == session) return ignore("duplicate", what);
    if (user == state.info.inviter) return ignore("not invited", what);
    Commands out;
    send(out, state.info.call, user, session, message::Cancel{CancelReason::answered_elsewhere});
    return stay(std::move(out));
  }
  const bool known = std::any_of(state.roster.begin(), state.roster.end(),
                                 [&](const RosterLine& line) { return line.entry.user == user; });
  if (!known) return ignore("not invited", what);
  Commands out;
  send(out, state.info.call, user, session, message::Ended{CancelReason::cancelled});
  return stay(std::move(out));
}

}  // namespace

std::optional<Error> wrong_user(const Context& context, const std::string& user) {
  if (!is_user_id(user)) return Error{ErrorCode::invalid_parameter, "userID " + user};
  if (user == context.self.text) return Error{ErrorCode::call_to_self, {}};
  return std::nullopt;
}

std::optional<Error> wrong_invitation(Duration timeout, const std::string& user_data) {
  if (user_data.size() > bound::user_data)
    return Error{ErrorCode::limit_exceeded, "userData above 4096 bytes"};
  if (timeout < Duration(0)) return Error{ErrorCode::invalid_parameter, "timeout"};
  return std::nullopt;
}

void meet(InCall& state, const UserId& user, const SessionId& session, Commands& out) {
  Invitee& invitee = *invitee_of(state, user);
  const auto known = std::find(invitee.ringing.begin(), invitee.ringing.end(), session);
  if (known != invitee.ringing.end() || invitee.ringing.size() >= max_ringing) return;
  invitee.ringing.push_back(session);
  if (invitee.link) send_candidates(*invitee.link, state.info.call, session, out);
}

void drop_invitee(InCall& state, const UserId& user, Commands& out) {
  const Invitee* const invitee = invitee_of(state, user);
  if (invitee == nullptr) return;
  if (invitee->link) close(out, *invitee->link);
  out.emplace_back(DropInvites{state.info.call, user});
  std::erase_if(state.invitees, [&](const Invitee& one) { return one.user == user; });
}

void answered_by(InCall& state, const UserId& user, const SessionId& session, Commands& out) {
  const Invitee* const invitee = invitee_of(state, user);
  if (invitee == nullptr) return;
  tell_others(state, *invitee, session, CancelReason::answered_elsewhere, out);
  drop_invitee(state, user, out);
}

message::Invite invite_for(const Context& context, const InCall& state, const Invitee& invitee,
                           std::vector<UserId> list) {
  const CallInfo& info = state.info;
  return {info.media,      info.room,       info.group,        info.group_id,
          std::move(list), Duration(0),     info.user_data,    invitee.link ? invitee.link->exchange : 0,
          invitee.offer,   invitee.attempt, context.self_info, invitee.nonce,
          state.pass};
}

void invite_with_offer(Context& context, InCall& state, const UserId& user, Duration timeout, Link link,
                       const std::string& offer, Commands& out) {
  Invitee invitee = invitee_for(context, user, timeout);
  invitee.link = std::move(link);
  invitee.offer = offer;
  send_invite(context, state, invitee, out);
  state.invitees.push_back(std::move(invitee));
  note(state.roster, user, RosterStatus::inviting);
}

void invite(Context& context, InCall& state, const std::vector<UserId>& users, Duration timeout,
            Commands& out) {
  for (const UserId& user : users) expect_answer(context, state, user, timeout);
  const Invitee& last = state.invitees.back();
  if (!state.info.group_id.empty()) {
    Letter letter{{}, {}, state.info.call, invite_for(context, state, last, users), last.deadline};
    out.emplace_back(SendToGroup{state.info.group_id, users, std::move(letter)});
  } else {
    for (const UserId& user : users) send_invite(context, state, *invitee_of(state, user), out);
  }
  decide(state, users, RosterStatus::inviting, out);
}

void invite_seeker(Context& context, InCall& state, const Sought& sought, Commands& out) {
  if (invitee_of(state, sought.user) == nullptr) {
    expect_answer(context, state, sought.user, seek_timeout);
    state.invitees.back().asked = true;
  }
  Invitee& invitee = *invitee_of(state, sought.user);
  if (invitee.asked) invitee.deadline = context.now + seek_timeout;
  if (!invitee.nonce.empty()) invitee.attempt = ++context.numbers.attempt;
  invitee.nonce = sought.nonce;
  invite_anew(context, state, invitee, out, sought.session);
  decide(state, {sought.user}, RosterStatus::inviting, out);
}

Step conclude(Context& context, InCall next, Ending ending) {
  if (!is_over(next)) {
    append(ending.letters, std::move(ending.events));
    return to(std::move(next), std::move(ending.letters));
  }
  Commands out;
  wind_up(out, next, ending.reason);
  settle(out, next.devices);
  append(out, std::move(ending.letters));
  // What became of an invitation concerns nobody any more: who was in the call has left it in the same
  // moment.
  std::erase_if(ending.events, [](const Command& command) { return std::holds_alternative<Send>(command); });
  append(out, std::move(ending.events));
  const CallInfo& info = next.info;
  if (next.since) {
    // Behaviour document, section 4: the one who is left alone names the inviter.
    const std::uint32_t seconds = agreed_seconds(talk_seconds(context, next), ending.seconds);
    tell(out, effect::CallEnded{info, info.inviter, seconds});
    return to(Idle{}, std::move(out));
  }
  cancelled(out, info, ending.decider, ending.reason, false);
  const bool unanswered = ending.reason == CancelReason::no_answer;
  // D3: between two, a refusal is told by its own event alone.
  if (info.group || unanswered)
    tell(out, effect::CallEnded{info, unanswered ? context.self : ending.decider, 0});
  return to(Idle{}, std::move(out));
}

void expire(const Context& context, InCall& next, Ending& ending) {
  std::vector<UserId> late;
  for (Invitee& invitee : next.invitees) {
    if (invitee.deadline && context.now >= *invitee.deadline) {
      late.push_back(invitee.user);
    } else if (context.now >= invitee.again_at) {
      invitee.again_at = context.now + ring_again;
      invite_anew(context, next, invitee, ending.letters);
    }
  }
  if (!late.empty()) unanswered(next, late, ending);
}

Step on(Context& context, const InCall& state, const Heard<message::Ringing>& heard) {
  if (invitee_of(state, heard.user) == nullptr) return too_late(state, heard.user, heard.session, "ringing");
  InCall next = state;
  Commands out;
  const bool first = invitee_of(next, heard.user)->ringing.empty();
  meet(next, heard.user, heard.session, out);
  invitee_of(next, heard.user)->again_at = context.now + ring_again;
  if (first) decide(next, {heard.user}, RosterStatus::ringing, out);
  return to(std::move(next), std::move(out));
}
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking, Ringing, Answering, Joining>&,
        const Heard<message::Ringing>&) {
  return stale("ringing");
}

Step on(Context& context, const InCall& state, const Heard<message::Accept>& heard) {
  if (invitee_of(state, heard.user) == nullptr) return too_late(state, heard.user, heard.session, "accept");
  InCall next = state;
  Commands out;
  Invitee& invitee = *invitee_of(next, heard.user);
  const Newcomer newcomer{heard.user, heard.session, heard.seq, heard.message.hello, invitee.foretold};
  const bool asked = invitee.asked;
  meet(next, heard.user, heard.session, out);
  confirm(context, next, heard.user, heard.session, out);
  // The member takes the connection over that the invitee was offered.
  std::optional<Link> offered = std::exchange(invitee.link, std::nullopt);
  Link link = offered ? std::move(*offered) : offer_to(context, newcomer, out);
  // Another session answered the offer first but did not win: its transport is of no use.
  const bool other_won = !link.session.empty() && link.session != heard.session;
  link.session = heard.session;
  if (other_won) renew(context, link, true, out);
  enter(context, next, newcomer, std::move(link), !asked, out);
  decide(next, {heard.user}, RosterStatus::joined, out);
  share_pending(next, next.members.back().link, out);
  return to(std::move(next), std::move(out));
}
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking, Ringing, Answering, Joining>&,
        const Heard<message::Accept>&) {
  return stale("accept");
}

Step on(Context& context, const InCall& state, const Heard<message::Reject>& heard) {
  if (invitee_of(state, heard.user) == nullptr) {
    // Accepted, then hung up before it knew: a leave.
    return member_left(context, state, {heard.user, heard.session, heard.seq}, std::nullopt, {});
  }
  InCall next = state;
  Ending ending;
  const CancelReason reason = heard.message.reason;
  if (reason == CancelReason::no_answer || reason == CancelReason::unreachable) {
    unanswered(next, {heard.user}, ending);
    return conclude(context, std::move(next), std::move(ending));
  }
  const bool asked = invitee_of(next, heard.user)->asked;
  tell_others(next, *invitee_of(next, heard.user), heard.session, CancelReason::rejected_elsewhere,
              ending.letters);
  drop_invitee(next, heard.user, ending.letters);
  const bool busy = reason == CancelReason::busy;
  if (asked) {
    // Nobody here has called.
  } else if (busy) {
    tell(ending.events, effect::LineBusy{next.info, heard.user});
  } else {
    tell(ending.events, effect::InviteRejected{next.info, heard.user});
  }
  decide(next, {heard.user},
         asked  ? RosterStatus::cancelled
         : busy ? RosterStatus::busy
                : RosterStatus::rejected,
         ending.events);
  ending.decider = heard.user;
  ending.reason = reason;
  return conclude(context, std::move(next), std::move(ending));
}
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking, Ringing, Answering, Joining>&,
        const Heard<message::Reject>&) {
  return stale("reject");
}

Step on(Context& context, const InCall& state, const PeerHere& peer) {
  InCall next = state;
  if (const Invitee* const invitee = invitee_of(state, peer.user)) {
    const auto& ringing = invitee->ringing;
    if (std::find(ringing.begin(), ringing.end(), peer.session) != ringing.end()) return {};
    Commands out;
    invite_anew(context, state, *invitee, out);
    return stay(std::move(out));
  }
  for (Member& member : next.members) {
    if (member.link.user != peer.user) continue;
    if (peer.session == member.link.session) {
      peer_here(member.link);
    } else {
      // A new session of the member has logged in: the one we talk to is on its way out.
      peer_gone(context, member.link);
    }
    return to(std::move(next));
  }
  return stale("presence");
}

}  // namespace trtc::call
