#include "call/roster.hpp"

#include <algorithm>

#include "call/common.hpp"
#include "call/mesh.hpp"
#include "call/transitions.hpp"

namespace trtc::call {
namespace {

bool drop_foreign_line(std::vector<RosterLine>& roster) {
  const auto at =
      std::find_if(roster.begin(), roster.end(), [](const RosterLine& line) { return !line.by.empty(); });
  if (at == roster.end()) return false;
  roster.erase(at);
  return true;
}

bool pending(RosterStatus status) {
  return status == RosterStatus::inviting || status == RosterStatus::ringing;
}

/// The inviter tells it ahead of its confirmation; once we are in the call it is of use.
template <class Ring>
Step learnt(Context& context, const Ring& state, const Heard<message::Roster>& heard) {
  if (heard.user != state.info.inviter || heard.session != state.invitation.session)
    return ignore("not the inviter", "roster");
  Ring next = state;
  Commands out;
  for (const RosterEntry& entry : heard.message.list) {
    if (entry.user == context.self) continue;
    if (note(next.invitation.roster, entry.user, entry.status, heard.session, heard.seq))
      announce(state.info, entry, out);
  }
  return to(std::move(next), std::move(out));
}

}  // namespace

bool note(std::vector<RosterLine>& roster, const UserId& user, RosterStatus status, const SessionId& by,
          std::uint32_t seq) {
  const auto at = std::find_if(roster.begin(), roster.end(),
                               [&](const RosterLine& line) { return line.entry.user == user; });
  if (at == roster.end()) {
    // What others tell must not keep our own word from being written.
    if (roster.size() >= max_roster && (!by.empty() || !drop_foreign_line(roster))) return false;
    roster.push_back({{user, status}, by, seq});
    return true;
  }
  const bool outdated = !by.empty() && at->by == by && seq <= at->seq;
  if (outdated || at->entry.status == status) return false;
  *at = {{user, status}, by, seq};
  return true;
}

void show_roster(const InCall& state, Commands& out) {
  effect::RosterChanged changed{state.info, {}};
  for (const RosterLine& line : state.roster) changed.roster.push_back(line.entry);
  tell(out, std::move(changed));
}

void decide(InCall& state, const std::vector<UserId>& users, RosterStatus status, Commands& out) {
  message::Roster news;
  for (const UserId& user : users) {
    if (note(state.roster, user, status)) news.list.push_back({user, status});
  }
  if (news.list.empty()) return;
  show_roster(state, out);
  if (!state.info.group) return;
  // Nobody needs to be told of itself alone.
  const auto concerns = [&](const UserId& user) {
    return news.list.size() > 1 || news.list.front().user != user;
  };
  for (const Member& member : state.members) {
    if (concerns(member.link.user))
      send(out, state.info.call, member.link.user, member.link.session, message::Roster(news));
  }
  if (state.info.group_id.empty()) return;
  for (const Invitee& invitee : state.invitees) {
    if (!concerns(invitee.user)) continue;
    for (const SessionId& session : invitee.ringing)
      send(out, state.info.call, invitee.user, session, message::Roster(news));
  }
}

void share_pending(const InCall& state, const Link& with, Commands& out) {
  message::Roster roster;
  for (const Invitee& invitee : state.invitees) {
    if (invitee.user == with.user) continue;
    roster.list.push_back(
        {invitee.user, invitee.ringing.empty() ? RosterStatus::inviting : RosterStatus::ringing});
  }
  if (!roster.list.empty()) send(out, state.info.call, with.user, with.session, std::move(roster));
}

void cancel_lines_of(InCall& state, const SessionId& inviter) {
  for (RosterLine& line : state.roster) {
    if (line.by == inviter && pending(line.entry.status)) line.entry.status = RosterStatus::cancelled;
  }
}

void announce(const CallInfo& info, const RosterEntry& entry, Commands& out) {
  if (info.group_id.empty()) return;
  switch (entry.status) {
    case RosterStatus::joined:
      return tell(out, effect::UserAccepted{info.call, entry.user});
    case RosterStatus::rejected:
      return tell(out, effect::InviteRejected{info, entry.user});
    case RosterStatus::busy:
      return tell(out, effect::LineBusy{info, entry.user});
    case RosterStatus::no_answer:
      return tell(out, effect::CallTimedOut{info, {entry.user}});
    case RosterStatus::inviting:
    case RosterStatus::ringing:
    case RosterStatus::left:
    case RosterStatus::cancelled:
      return;
  }
}

Step on(Context& context, const InCall& state, const Heard<message::Roster>& heard) {
  if (member_at(state, heard.user, heard.session) == nullptr) return ignore("not a member", "roster");
  InCall next = state;
  Commands out;
  bool news = false;
  for (const RosterEntry& entry : heard.message.list) {
    // Who is here, we see ourselves; and of those whom we have invited, ours is the word.
    if (entry.user == context.self || has_met(next, entry.user) || invitee_of(next, entry.user) != nullptr)
      continue;
    if (!note(next.roster, entry.user, entry.status, heard.session, heard.seq)) continue;
    news = true;
    announce(next.info, entry, out);
  }
  if (!news) return stale("roster");
  next.info.group = true;
  show_roster(next, out);
  welcome_expected(context, next, out);
  return to(std::move(next), std::move(out));
}
Step on(Context& context, const Ringing& state, const Heard<message::Roster>& heard) {
  return learnt(context, state, heard);
}
Step on(Context& context, const Answering& state, const Heard<message::Roster>& heard) {
  return learnt(context, state, heard);
}
Step on(Context& context, const Joining& state, const Heard<message::Roster>& heard) {
  return learnt(context, state, heard);
}
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking>&, const Heard<message::Roster>&) {
  return stale("roster");
}

}  // namespace trtc::call
