#include "call/mesh.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "call/common.hpp"
#include "call/health.hpp"
#include "call/inviting.hpp"
#include "call/roster.hpp"
#include "call/switching.hpp"
#include "call/transitions.hpp"

namespace trtc::call {
namespace {

template <class List>
auto* find_user(List& list, const UserId& user) {
  const auto at =
      std::find_if(list.begin(), list.end(), [&](const auto& one) { return one.link.user == user; });
  return at == list.end() ? nullptr : &*at;
}

template <class Call>
auto* find_invitee(Call& state, const UserId& user) {
  const auto at = std::find_if(state.invitees.begin(), state.invitees.end(),
                               [&](const Invitee& invitee) { return invitee.user == user; });
  return at == state.invitees.end() ? nullptr : &*at;
}

template <class Call>
auto* find_member(Call& state, const UserId& user, const SessionId& session) {
  auto* const member = find_user(state.members, user);
  return member != nullptr && member->link.session == session ? member : nullptr;
}

/// Whoever seems gone (member.cpp) is asked, but not waited for.
bool awaited(const Greeted& greeted) { return !greeted.link.health.gone_since; }

std::size_t met(const InCall& state) {
  const auto greeted = std::count_if(state.greeted.begin(), state.greeted.end(), awaited);
  return state.members.size() + static_cast<std::size_t>(greeted);
}

/// Members, those on the way, and those we have invited: never more than most_others.
bool is_full(const InCall& state) { return state.invitees.size() + met(state) >= most_others; }

void forget_greeted(InCall& state, const UserId& user) {
  std::erase_if(state.greeted, [&](const Greeted& one) { return one.link.user == user; });
}

/// The connections that greetings of this user have prepared, but for the one that is kept.
void close_greeted(const InCall& state, const UserId& user, PeerId kept, Commands& out) {
  for (const Greeted& greeted : state.greeted) {
    if (greeted.link.user == user && greeted.link.peer != kept) close(out, greeted.link);
  }
}

/// One entry a user, and the oldest gives way.
void make_room(std::vector<EarlyJoin>& list, const UserId& user) {
  std::erase_if(list, [&](const EarlyJoin& one) { return one.user == user; });
  if (list.size() >= most_others) list.erase(list.begin());
}

/// The connection that a greeting has prepared for the peer's offer, or one of our own offering.
Link link_with(Context& context, InCall& state, const Newcomer& newcomer, Commands& out) {
  Greeted* const greeted = find_user(state.greeted, newcomer.user);
  if (greeted == nullptr || greeted->link.session != newcomer.session)
    return offer_to(context, newcomer, out);
  // Both have greeted.
  const bool we_offer = context.self < newcomer.user && greeted->link.peer == PeerId{};
  return we_offer ? offer_to(context, newcomer, out) : greeted->link;
}

}  // namespace

Invitee* invitee_of(InCall& state, const UserId& user) { return find_invitee(state, user); }
const Invitee* invitee_of(const InCall& state, const UserId& user) { return find_invitee(state, user); }
const Member* member_of(const InCall& state, const UserId& user) { return find_user(state.members, user); }
const Member* member_at(const InCall& state, const UserId& user, const SessionId& session) {
  return find_member(state, user, session);
}
Member* member_at(InCall& state, const UserId& user, const SessionId& session) {
  return find_member(state, user, session);
}
bool has_met(const InCall& state, const UserId& user) {
  const Greeted* const greeted = find_user(state.greeted, user);
  return find_user(state.members, user) != nullptr || (greeted != nullptr && awaited(*greeted));
}
std::vector<message::Seat> seats(const InCall& state, const UserId& to) {
  std::vector<message::Seat> out;
  for (const Member& member : state.members) {
    if (member.link.user != to) out.push_back({member.link.user, member.link.session});
  }
  return out;
}
std::size_t participants(const InCall& state, const std::vector<UserId>& added) {
  const auto counted = [&](const UserId& user) {
    return has_met(state, user) || invitee_of(state, user) != nullptr ||
           std::find(added.begin(), added.end(), user) != added.end();
  };
  const auto elsewhere = std::count_if(state.roster.begin(), state.roster.end(), [&](const RosterLine& line) {
    return is_pending(line.entry.status) && !counted(line.entry.user);
  });
  return 1 + met(state) + state.invitees.size() + added.size() + static_cast<std::size_t>(elsewhere);
}

void enter(Context& context, InCall& state, const Newcomer& newcomer, Link link, bool invited,
           Commands& out) {
  const CallInfo& info = state.info;
  const UserId& user = newcomer.user;
  const Foretold& foretold = newcomer.foretold;
  const bool foreseen = foretold.session == newcomer.session && foretold.seq > newcomer.seq;
  const Sending theirs = foreseen ? foretold.sending : newcomer.hello.sending;
  Member member{std::move(link), newcomer.seq, theirs, foreseen ? foretold.seq : newcomer.seq};
  start_sending(member.link, out);
  peer_here(member.link);  // it may have seemed gone
  expect_media(context, member.link);
  answered_by(state, user, newcomer.session, out);
  close_greeted(state, user, member.link.peer, out);
  forget_greeted(state, user);
  state.devices.told = state.devices.sending();  // everybody else knows already, the newcomer by our greeting
  if (invited) tell(out, effect::UserAccepted{info.call, user});
  tell(out, effect::UserEntered{info.call, user, newcomer.hello.profile});
  tell(out, effect::VideoAvailable{user, theirs.video});
  tell(out, effect::AudioAvailable{user, theirs.audio});
  if (theirs.screen) tell(out, effect::ScreenAvailable{user, true});
  if (!state.since) tell(out, effect::CallBegan{info});
  // The transport often is up already; the application hears of it in the same place either way.
  if (!member.link.health.broken_since)
    tell(out, effect::UserConnectionChanged{user, ConnectionState::connected});
  state.members.push_back(std::move(member));
  if (!state.since) state.since = context.now;
  state.alone_since.reset();
  plan_video(context, state, out);
}

Link offer_to(Context& context, const Newcomer& newcomer, Commands& out) {
  Link link = dial(context, newcomer.user, out);
  link.session = newcomer.session;
  return link;
}

void confirm(Context& context, const InCall& state, const UserId& user, const SessionId& session,
             Commands& out) {
  send(out, state.info.call, user, session,
       message::Confirm{hello(context, state.devices), state.info.media, state.media.number,
                        seats(state, user)});
}

bool greet(Context& context, InCall& state, const message::Seat& seat, Commands& out, bool entering) {
  // It may take so long to be reached; what it says after that is nobody's greeting any more.
  constexpr Duration life = 330s;
  if (seat.user == context.self || has_met(state, seat.user)) return true;
  if (invitee_of(state, seat.user) == nullptr && is_full(state)) return false;
  // Somebody else has invited it too, and it has accepted there.
  answered_by(state, seat.user, seat.session, out);
  close_greeted(state, seat.user, PeerId{}, out);
  forget_greeted(state, seat.user);
  state.greeted.push_back({expect_offer(seat.user, seat.session), context.now + greet_timeout, {}, entering});
  message::Join join{hello(context, state.devices), state.pass, seats(state, seat.user)};
  out.emplace_back(Send{{seat.user, seat.session, state.info.call, std::move(join), context.now + life}});
  return true;
}

Step greet_all(Context& context, InCall state, const std::vector<message::Seat>& seats, bool entering,
               Commands out) {
  if (!seats.empty()) state.info.group = true;
  for (const message::Seat& seat : seats) {
    if (!greet(context, state, seat, out, entering) && entering)
      return turned_away(context, state, std::move(out));
  }
  return to(std::move(state), std::move(out));
}

void greet_unmet(Context& context, InCall& state, const std::vector<message::Seat>& seats, Commands& out) {
  for (const message::Seat& seat : seats) {
    if (!has_left(state.roster, seat)) greet(context, state, seat, out);
  }
}

void welcome(Context& context, InCall& state, const Newcomer& newcomer, Commands& out) {
  if (member_at(state, newcomer.user, newcomer.session) != nullptr) return;
  // Somebody who comes back before we have noticed that it was gone.
  if (member_of(state, newcomer.user) != nullptr) part_from(context, state, newcomer.user, out);
  if (!has_met(state, newcomer.user) && invitee_of(state, newcomer.user) == nullptr && is_full(state)) {
    return send(out, state.info.call, newcomer.user, newcomer.session, message::Cancel{CancelReason::busy});
  }
  state.info.group = true;
  const Invitee* const invitee = invitee_of(state, newcomer.user);
  const bool invited = invitee != nullptr ? !invitee->asked : accepts(state, newcomer.user);
  Newcomer known = newcomer;
  if (invitee != nullptr) known.foretold = invitee->foretold;
  if (const Greeted* const met = find_user(state.greeted, newcomer.user)) known.foretold = met->foretold;
  Link link = link_with(context, state, newcomer, out);
  confirm(context, state, newcomer.user, newcomer.session, out);
  enter(context, state, known, std::move(link), invited, out);
  decide(state, {newcomer.user}, RosterStatus::joined, out);
  share_pending(state, state.members.back().link, out);
}

void part_from(Context& context, InCall& state, const UserId& user, Commands& out, std::uint32_t seq) {
  const Member* const member = member_of(state, user);
  if (member == nullptr) return;
  close(out, member->link);
  tell(out, effect::UserLeft{state.info.call, user});
  cancel_lines_of(state, member->link.session);
  note_left(state.roster, user, member->link.session, std::max({seq, member->since, member->stated}));
  std::erase_if(state.members, [&](const Member& one) { return one.link.user == user; });
  if (state.members.empty()) state.alone_since = context.now;
  show_roster(state, out);
  plan_video(context, state, out);
}

bool is_over(const InCall& state) {
  return state.members.empty() && state.invitees.empty() &&
         std::none_of(state.greeted.begin(), state.greeted.end(), awaited);
}

effect::LimitVideo limit_for(const VideoProfile& profile, std::size_t receivers) {
  struct Row {
    std::uint32_t bitrate;
    std::uint32_t scale;
  };
  constexpr std::array<Row, max_others> rows{
      {{100, 100}, {67, 100}, {50, 133}, {40, 150}, {33, 200}, {28, 200}, {24, 200}}};
  Row row = rows[std::min(std::max<std::size_t>(receivers, 1), rows.size()) - 1];
  if (receivers > rows.size()) row.bitrate = static_cast<std::uint32_t>(168 / receivers);
  return {profile.bitrate * row.bitrate / 100, row.scale};
}

void plan_video(const Context& context, InCall& state, Commands& out) {
  const auto receivers = static_cast<std::uint32_t>(std::max<std::size_t>(state.members.size(), 1));
  if (receivers == state.limit) return;
  state.limit = receivers;
  tell(out, limit_for(context.profile, receivers));
}

namespace {

/// Of a stay that we have seen end.
bool is_history(const InCall& state, const Heard<message::Join>& heard) {
  return std::any_of(state.roster.begin(), state.roster.end(), [&](const RosterLine& line) {
    return line.entry.user == heard.user && line.left == heard.session && heard.seq <= line.until;
  });
}

/// Whether we know members that it does not.
bool can_name_more(const InCall& state, const Heard<message::Confirm>& heard) {
  const auto& named = heard.message.members;
  const auto ours = seats(state, heard.user);
  return std::any_of(ours.begin(), ours.end(), [&](const message::Seat& seat) {
    return std::none_of(named.begin(), named.end(),
                        [&](const message::Seat& other) { return other.user == seat.user; });
  });
}

/// Both have greeted, and its greeting comes after its answer to ours: it waits for the offer of the lower
/// one.
Step late_greeting(Context& context, const InCall& state, const Member& member, bool same) {
  const bool waits = same && context.self < member.link.user && member.link.peer == PeerId{};
  if (!waits) return ignore("duplicate", "join");
  InCall next = state;
  Commands out;
  Link& link = member_at(next, member.link.user, member.link.session)->link;
  link.offerer = true;
  renew(context, link, true, out);
  return to(std::move(next), std::move(out));
}

}  // namespace

Step on(Context& context, const InCall& state, const Heard<message::Join>& heard) {
  const Member* const member = member_of(state, heard.user);
  if (member != nullptr) {
    // Nobody greets whom it has met: of this session when it took us for gone, of another one when somebody
    // has let it in who has noticed already that this one is gone.
    const bool same = member->link.session == heard.session;
    const bool comes_back = !same || heard.seq > member->since;
    if (!comes_back) return late_greeting(context, state, *member, same);
  }
  const Invitee* const invitee = invitee_of(state, heard.user);
  if (invitee != nullptr && invitee->link) return ignore("it has an offer to answer", "join");
  if (heard.message.pass != state.pass) return ignore("not invited", "join");
  if (is_history(state, heard)) return stale("join");
  InCall next = state;
  Commands out;
  Newcomer newcomer{heard.user, heard.session, heard.seq, heard.message.hello, {}};
  if (member != nullptr) {
    newcomer.foretold = {member->link.session, member->stated, member->sending};
    part_from(context, next, heard.user, out);
  }
  welcome(context, next, newcomer, out);
  greet_unmet(context, next, heard.message.members, out);
  return to(std::move(next), std::move(out));
}
Step on(Context&, const Joining& state, const Heard<message::Join>& heard) {
  if (heard.message.pass != state.invitation.pass) return ignore("not invited", "join");
  Joining next = state;
  make_room(next.early, heard.user);
  next.early.push_back({heard.user, heard.session, heard.seq, heard.message.hello});
  return to(std::move(next));
}
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking, Ringing, Answering>&,
        const Heard<message::Join>&) {
  return stale("join");
}

Step on(Context& context, const InCall& state, const Heard<message::Confirm>& heard) {
  const auto at = std::find_if(state.greeted.begin(), state.greeted.end(), [&](const Greeted& greeted) {
    return greeted.link.user == heard.user && greeted.link.session == heard.session;
  });
  const bool known = member_at(state, heard.user, heard.session) != nullptr;
  if (at == state.greeted.end() && !known) return stale("confirm");
  InCall next = state;
  Commands out;
  const bool entering = !known && at->entering;
  if (!known) {
    const bool invited = accepts(next, heard.user);
    enter(context, next, {heard.user, heard.session, heard.seq, heard.message.hello, at->foretold}, at->link,
          invited, out);
    note(next.roster, heard.user, RosterStatus::joined);
    show_roster(next, out);
    share_pending(next, next.members.back().link, out);
    // Of whoever was out of reach for a while, those who have entered since have not heard, nor it of them.
    const bool late = at->link.health.gone_since || context.now + (greet_timeout - 5s) > at->deadline;
    for (const Member& member : next.members) {
      const bool tells = member.link.user == heard.user ? can_name_more(next, heard) : late;
      if (tells) confirm(context, next, member.link.user, member.link.session, out);
    }
  }
  hear_switch(context, next, heard.message.media, {heard.message.media_version, heard.user}, out);
  return greet_all(context, std::move(next), heard.message.members, entering, std::move(out));
}

}  // namespace trtc::call
