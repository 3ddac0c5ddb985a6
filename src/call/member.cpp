// An established call: what its members tell each other, and how one of them is found to be gone.
#include "call/member.hpp"

#include <algorithm>
#include <utility>

#include "call/common.hpp"
#include "call/health.hpp"
#include "call/inviting.hpp"
#include "call/mesh.hpp"
#include "call/roster.hpp"
#include "call/transitions.hpp"

namespace trtc::call {
namespace {

/// Remembers what somebody says of itself before the message that makes it a member.
bool foretell(Foretold& foretold, const Heard<message::State>& heard) {
  if (heard.session == foretold.session && heard.seq <= foretold.seq) return false;
  foretold = {heard.session, heard.seq, heard.message.sending};
  return true;
}

Foretold* foretold_of(InCall& state, const UserId& user, const SessionId& session) {
  if (Invitee* const invitee = invitee_of(state, user)) return &invitee->foretold;
  for (Greeted& greeted : state.greeted) {
    if (greeted.link.user == user && greeted.link.session == session) return &greeted.foretold;
  }
  return nullptr;
}

/// A greeting that waits for our own confirmation, and what its sender says after it.
bool update(std::vector<EarlyJoin>& early, const Heard<message::State>& heard) {
  for (EarlyJoin& one : early) {
    if (one.user != heard.user || one.session != heard.session || heard.seq <= one.seq) continue;
    one.seq = heard.seq;
    one.hello.sending = heard.message.sending;
    return true;
  }
  return false;
}

/// Somebody we have greeted is not in the call (any more).
Step not_there(Context& context, const InCall& state, const Speaker& speaker) {
  InCall next = state;
  const std::size_t gone = std::erase_if(next.greeted, [&](const Greeted& greeted) {
    return greeted.link.user == speaker.user && greeted.link.session == speaker.session;
  });
  if (gone == 0) return ignore("not a member", "leave");
  Ending ending;
  for (const Greeted& greeted : state.greeted) {
    if (greeted.link.user == speaker.user) close(ending.letters, greeted.link);
  }
  return conclude(context, std::move(next), std::move(ending));
}

/// Whoever seems gone is asked for so long: the others may still see it.
constexpr Duration lost_timeout = 300s;

void seem_gone(const Context& context, Greeted& greeted) {
  greeted.link.health.gone_since = context.now;
  greeted.deadline = context.now + lost_timeout;
}

/// Two witnesses can err together, each for a reason of its own. The member answers, or says that it is not
/// in the call any more, or is gone indeed; nobody waits for it.
void greet_lost(Context& context, InCall& state, const message::Seat& seat, Commands& out) {
  greet(context, state, seat, out);
  for (Greeted& greeted : state.greeted) {
    if (greeted.link.user == seat.user) seem_gone(context, greeted);
  }
}

struct Lost {
  message::Seat seat;
  Verdict verdict;
};

/// The ladders of all members (health.hpp).
void tend_members(Context& context, InCall& next, Ending& ending) {
  std::vector<Lost> lost;
  for (Member& member : next.members) {
    Link& link = member.link;
    const bool sends = member.sending.audio || member.sending.video;
    const Verdict verdict = tend(context, link, next.info.call, sends, ending.letters);
    if (verdict != Verdict::alive) lost.push_back({{link.user, link.session}, verdict});
  }
  const bool alone = lost.size() == next.members.size();
  for (const auto& [seat, verdict] : lost) {
    if (verdict == Verdict::hopeless || alone)
      send(ending.letters, next.info.call, seat.user, seat.session,
           message::Leave{talk_seconds(context, next), seats(next, seat.user)});
    if (verdict == Verdict::hopeless)
      tell(ending.events,
           effect::Errored{{ErrorCode::media_connection_failed, "no media path to " + seat.user.text}});
  }
  for (const auto& [seat, verdict] : lost) {
    part_from(context, next, seat.user, ending.events);
    if (verdict == Verdict::left && !alone) greet_lost(context, next, seat, ending.letters);
  }
}

void tend_greeted(const Context& context, InCall& next, Commands& out) {
  for (Greeted& greeted : next.greeted) {
    if (context.now < greeted.deadline) continue;
    if (greeted.link.health.gone_since) {
      close(out, greeted.link);
    } else {
      seem_gone(context, greeted);
    }
  }
  std::erase_if(next.greeted, [&](const Greeted& greeted) { return context.now >= greeted.deadline; });
}

}  // namespace

std::uint32_t agreed_seconds(std::uint32_t own, std::optional<std::uint32_t> theirs) {
  constexpr std::uint32_t tolerance = 60;
  if (!theirs || *theirs > own + tolerance || own > *theirs + tolerance) return own;
  return *theirs;
}

Step member_left(Context& context, const InCall& state, const Speaker& speaker,
                 std::optional<std::uint32_t> seconds, const std::vector<message::Seat>& others) {
  const Member* const member = member_at(state, speaker.user, speaker.session);
  if (member == nullptr) return not_there(context, state, speaker);
  // Of an earlier stay: it has come back since, and only members are told a `state`.
  if (speaker.seq < std::max(member->since, member->stated)) return stale("leave");
  InCall next = state;
  Ending ending;
  ending.seconds = seconds;
  part_from(context, next, speaker.user, ending.events, speaker.seq);
  greet_unmet(context, next, others, ending.letters);
  return conclude(context, std::move(next), std::move(ending));
}

Step on(Context& context, const InCall& state, const Heard<message::Leave>& heard) {
  return member_left(context, state, {heard.user, heard.session, heard.seq}, heard.message.seconds,
                     heard.message.members);
}
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking, Ringing, Answering>&,
        const Heard<message::Leave>&) {
  return stale("leave");
}

Step on(Context& context, const InCall& state, const Heard<message::Ended>& heard) {
  return member_left(context, state, {heard.user, heard.session, heard.seq}, std::nullopt, {});
}

Step on(Context& context, const InCall& state, const Heard<message::Cancel>& heard) {
  const auto at = std::find_if(state.greeted.begin(), state.greeted.end(), [&](const Greeted& greeted) {
    return greeted.link.user == heard.user && greeted.link.session == heard.session;
  });
  if (at == state.greeted.end() || heard.message.reason != CancelReason::busy) return stale("cancel");
  if (at->entering) return turned_away(context, state, {});
  return not_there(context, state, {heard.user, heard.session, heard.seq});
}

Step on(Context&, const InCall& state, const Heard<message::State>& heard) {
  InCall next = state;
  Member* const member = member_at(next, heard.user, heard.session);
  if (member == nullptr) {
    Foretold* const foretold = foretold_of(next, heard.user, heard.session);
    if (foretold == nullptr) return ignore("not a member", "state");
    return foretell(*foretold, heard) ? to(std::move(next)) : stale("state");
  }
  if (heard.seq <= member->stated) return stale("state");
  Commands out;
  const Sending before = member->sending;
  const Sending now = heard.message.sending;
  member->stated = heard.seq;
  member->sending = now;
  // Behaviour document, section 8.5: when both change at once, audio first.
  if (before.audio != now.audio) tell(out, effect::AudioAvailable{heard.user, now.audio});
  if (before.video != now.video) tell(out, effect::VideoAvailable{heard.user, now.video});
  if (before.screen != now.screen) tell(out, effect::ScreenAvailable{heard.user, now.screen});
  return to(std::move(next), std::move(out));
}
Step on(Context&, const Joining& state, const Heard<message::State>& heard) {
  Joining next = state;
  if (update(next.early, heard)) return to(std::move(next));
  if (heard.user != state.info.inviter || heard.session != state.invitation.session) return stale("state");
  return foretell(next.foretold, heard) ? to(std::move(next)) : stale("state");
}
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking, Ringing, Answering>&,
        const Heard<message::State>&) {
  return stale("state");
}

Step on(Context& context, const InCall& state, const PeerGone& peer) {
  InCall next = state;
  Member* const member = member_at(next, peer.user, peer.session);
  if (member == nullptr) return stale("presence");
  peer_gone(context, member->link);
  return to(std::move(next));
}

Step on(Context& context, const InCall& state, const input::TimePassed&) {
  InCall next = state;
  Ending ending;
  expire(context, next, ending);
  tend_members(context, next, ending);
  tend_greeted(context, next, ending.letters);
  return conclude(context, std::move(next), std::move(ending));
}

}  // namespace trtc::call
