#include "call/roster.hpp"

#include <algorithm>

#include "call/common.hpp"
#include "call/mesh.hpp"
#include "call/transitions.hpp"

namespace trtc::call {
namespace {

RosterLine* line_of(std::vector<RosterLine>& roster, const UserId& user) {
  const auto at = std::find_if(roster.begin(), roster.end(),
                               [&](const RosterLine& line) { return line.entry.user == user; });
  return at == roster.end() ? nullptr : &*at;
}

/// What others tell must not keep our own word from being written.
bool make_room(std::vector<RosterLine>& roster) {
  if (roster.size() < max_roster) return true;
  const auto foreign =
      std::find_if(roster.begin(), roster.end(), [](const RosterLine& line) { return !line.ours; });
  if (foreign == roster.end()) return false;
  roster.erase(foreign);
  return true;
}

bool set(RosterLine& line, RosterStatus status) {
  if (line.entry.status == status) return false;
  if (is_pending(status) && !is_pending(line.entry.status)) line.accepted = false;  // invited anew
  line.entry.status = status;
  return true;
}

/// Behaviour document, section 5.9: in a call of a group everybody hears what an invitee has answered, not
/// only the inviter.
void announce(const CallInfo& info, RosterLine& line, Commands& out) {
  if (info.group_id.empty()) return;
  const UserId& user = line.entry.user;
  switch (line.entry.status) {
    case RosterStatus::joined:
      if (line.asked || line.accepted) return;
      line.accepted = true;
      return tell(out, effect::UserAccepted{info.call, user});
    case RosterStatus::rejected:
      return tell(out, effect::InviteRejected{info, user});
    case RosterStatus::busy:
      return tell(out, effect::LineBusy{info, user});
    case RosterStatus::no_answer:
      return tell(out, effect::CallTimedOut{info, {user}});
    case RosterStatus::inviting:
    case RosterStatus::ringing:
    case RosterStatus::left:
    case RosterStatus::cancelled:
      return;
  }
}

/// What is told of somebody whom we know of.
bool correct(RosterLine& line, const message::Fate& fate, const SessionId& by, std::uint32_t seq) {
  if (line.by == by && seq <= line.seq) return false;
  const bool seen_leaving = line.ours && line.entry.status == RosterStatus::left;
  if (seen_leaving && fate.status == RosterStatus::ringing) return false;
  const bool told_before = !line.ours && line.by == by;
  line.by = by;
  line.seq = seq;
  if (fate.status == RosterStatus::joined && fate.session == line.left && fate.since <= line.until) {
    // A stay that is over. If the same inviter told of the invitation only now, that is over with it.
    return told_before && is_pending(line.entry.status) && set(line, RosterStatus::left);
  }
  line.ours = false;
  line.asked = fate.asked;
  return set(line, fate.status);
}

/// As it is told to others.
message::Fate fate_of(const InCall& state, const RosterLine& line) {
  message::Fate fate{line.entry.user, line.entry.status, line.asked};
  const Member* const member = member_of(state, fate.user);
  if (fate.status != RosterStatus::joined || member == nullptr) return fate;
  fate.session = member->link.session;
  fate.since = member->since;
  return fate;
}

/// The inviter tells it ahead of its confirmation; once we are in the call it is of use.
template <class Ring>
Step learnt(Context& context, const Ring& state, const Heard<message::Roster>& heard) {
  if (heard.user != state.info.inviter || heard.session != state.invitation.session)
    return ignore("not the inviter", "roster");
  Ring next = state;
  Commands out;
  for (const message::Fate& fate : heard.message.list) {
    if (fate.user != context.self)
      hear(next.invitation.roster, state.info, fate, heard.session, heard.seq, out);
  }
  return to(std::move(next), std::move(out));
}

}  // namespace

bool is_pending(RosterStatus status) {
  return status == RosterStatus::inviting || status == RosterStatus::ringing;
}

bool note(std::vector<RosterLine>& roster, const UserId& user, RosterStatus status) {
  if (RosterLine* const line = line_of(roster, user)) {
    line->ours = true;
    return set(*line, status);
  }
  if (!make_room(roster)) return false;
  roster.push_back({{user, status}, true});
  return true;
}

void note_left(std::vector<RosterLine>& roster, const UserId& user, const SessionId& session,
               std::uint32_t until) {
  note(roster, user, RosterStatus::left);
  RosterLine* const line = line_of(roster, user);
  if (line == nullptr) return;
  line->accepted = false;
  line->left = session;
  line->until = until;
}

bool has_left(const std::vector<RosterLine>& roster, const message::Seat& seat) {
  return std::any_of(roster.begin(), roster.end(), [&](const RosterLine& line) {
    return line.entry.user == seat.user && line.left == seat.session && line.ours &&
           line.entry.status == RosterStatus::left;
  });
}

bool hear(std::vector<RosterLine>& roster, const CallInfo& info, const message::Fate& fate,
          const SessionId& by, std::uint32_t seq, Commands& out) {
  RosterLine* line = line_of(roster, fate.user);
  if (line != nullptr) {
    if (!correct(*line, fate, by, seq)) return false;
  } else {
    if (roster.size() >= max_roster) return false;
    roster.push_back({{fate.user, fate.status}, false, by, seq, fate.asked});
    line = &roster.back();
  }
  announce(info, *line, out);
  return true;
}

bool accepts(InCall& state, const UserId& user) {
  if (state.info.group_id.empty()) return false;
  if (RosterLine* const line = line_of(state.roster, user)) {
    if (line->asked || line->accepted || !is_pending(line->entry.status)) return false;
    line->accepted = true;
    return true;
  }
  // Together with us, and its inviter's word is still on its way.
  const auto& list = state.info.invitees;
  if (std::find(list.begin(), list.end(), user) == list.end()) return false;
  note(state.roster, user, RosterStatus::inviting);
  if (RosterLine* const line = line_of(state.roster, user)) line->accepted = true;
  return true;
}

namespace {

/// It has entered before its inviter's word came.
void accepted_late(InCall& state, const message::Fate& fate, Commands& out) {
  const Member* const member = member_of(state, fate.user);
  RosterLine* const line = line_of(state.roster, fate.user);
  const bool here = member != nullptr && member->link.session == fate.session;
  if (!here || line == nullptr || fate.asked || fate.status != RosterStatus::joined) return;
  announce(state.info, *line, out);
}

}  // namespace

void show_roster(const InCall& state, Commands& out) {
  effect::RosterChanged changed{state.info, {}};
  for (const RosterLine& line : state.roster) changed.roster.push_back(line.entry);
  tell(out, std::move(changed));
}

void decide(InCall& state, const std::vector<UserId>& users, RosterStatus status, Commands& out) {
  message::Roster news;
  for (const UserId& user : users) {
    if (!note(state.roster, user, status)) continue;
    RosterLine& line = *line_of(state.roster, user);
    if (const Invitee* const invitee = invitee_of(state, user)) line.asked = invitee->asked;
    news.list.push_back(fate_of(state, line));
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
    const bool rings = !invitee.ringing.empty();
    roster.list.push_back(
        {invitee.user, rings ? RosterStatus::ringing : RosterStatus::inviting, invitee.asked});
  }
  if (!roster.list.empty()) send(out, state.info.call, with.user, with.session, std::move(roster));
}

void cancel_lines_of(InCall& state, const SessionId& inviter) {
  for (RosterLine& line : state.roster) {
    if (!line.ours && line.by == inviter && is_pending(line.entry.status))
      line.entry.status = RosterStatus::cancelled;
  }
}

Step on(Context& context, const InCall& state, const Heard<message::Roster>& heard) {
  if (member_at(state, heard.user, heard.session) == nullptr) return ignore("not a member", "roster");
  InCall next = state;
  Commands out;
  bool news = false;
  for (const message::Fate& fate : heard.message.list) {
    // Who is here, we see ourselves; and of those whom we have invited, ours is the word.
    accepted_late(next, fate, out);
    if (fate.user == context.self || has_met(next, fate.user) || invitee_of(next, fate.user) != nullptr)
      continue;
    news = hear(next.roster, next.info, fate, heard.session, heard.seq, out) || news;
  }
  if (!news) return out.empty() ? stale("roster") : to(std::move(next), std::move(out));
  next.info.group = true;
  show_roster(next, out);
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
