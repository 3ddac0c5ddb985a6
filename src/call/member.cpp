// An established call: what its members tell each other, and how one of them is found to be gone.
#include "call/member.hpp"

#include <utility>

#include "call/common.hpp"
#include "call/health.hpp"
#include "call/transitions.hpp"

namespace trtc::call {
namespace {

bool from_member(const InCall& state, const UserId& user, const SessionId& session) {
  return user == state.member.link.user && session == state.member.link.session;
}

/// The leaver's figure counts, unless it cannot be true.
std::uint32_t agree(std::uint32_t own, std::optional<std::uint32_t> theirs) {
  constexpr std::uint32_t tolerance = 60;
  if (!theirs || *theirs > own + tolerance || own > *theirs + tolerance) return own;
  return *theirs;
}

}  // namespace

Commands end_of_call(const InCall& state, std::uint32_t seconds) {
  Commands out;
  wind_up(out, state.info, CancelReason::cancelled, &state.member.link);
  settle(out, state.devices);
  tell(out, effect::UserLeft{state.info.call, state.member.link.user});
  // Behaviour document, section 4: the one who is left alone names the inviter.
  tell(out, effect::CallEnded{state.info, state.info.inviter, seconds});
  return out;
}

Step member_left(Context& context, const InCall& state, const Speaker& speaker,
                 std::optional<std::uint32_t> seconds) {
  if (!from_member(state, speaker.user, speaker.session)) return ignore("not a member", "leave");
  if (speaker.seq < state.member.since) return stale("leave");
  return to(Idle{}, end_of_call(state, agree(talk_seconds(state.since, context.now), seconds)));
}

Step on(Context& context, const InCall& state, const Heard<message::Leave>& heard) {
  return member_left(context, state, {heard.user, heard.session, heard.seq}, heard.message.seconds);
}
Step on(Context&, const OneOf<Idle, Capturing, Offering, Inviting, Ringing, Answering>&,
        const Heard<message::Leave>&) {
  return stale("leave");
}

Step on(Context& context, const InCall& state, const Heard<message::Ended>& heard) {
  return member_left(context, state, {heard.user, heard.session, heard.seq}, std::nullopt);
}

Step on(Context&, const InCall& state, const Heard<message::State>& heard) {
  if (!from_member(state, heard.user, heard.session)) return ignore("not a member", "state");
  if (heard.seq <= state.member.stated) return stale("state");
  InCall next = state;
  Commands out;
  const Sending before = state.member.sending;
  const Sending now = heard.message.sending;
  next.member.stated = heard.seq;
  next.member.sending = now;
  // Behaviour document, section 8.5: when both change at once, audio first.
  if (before.audio != now.audio) tell(out, effect::AudioAvailable{heard.user, now.audio});
  if (before.video != now.video) tell(out, effect::VideoAvailable{heard.user, now.video});
  return to(std::move(next), std::move(out));
}
Step on(Context&, const OneOf<Idle, Capturing, Offering, Ringing, Answering>&, const Heard<message::State>&) {
  return stale("state");
}

Step on(Context& context, const InCall& state, const PeerGone& peer) {
  if (!from_member(state, peer.user, peer.session)) return stale("presence");
  InCall next = state;
  peer_gone(context, next.member.link);
  return to(std::move(next));
}
Step on(Context& context, const InCall& state, const PeerHere& peer) {
  if (peer.user != state.member.link.user) return stale("presence");
  InCall next = state;
  if (peer.session == state.member.link.session) {
    peer_here(next.member.link);
  } else {
    // A new session of the member has logged in: the one we talk to is on its way out.
    peer_gone(context, next.member.link);
  }
  return to(std::move(next));
}

Step on(Context& context, const InCall& state, const input::TimePassed&) {
  InCall next = state;
  Commands out;
  const Sending theirs = state.member.sending;
  const Verdict verdict = tend(context, next.member.link, state.info.call, theirs.audio || theirs.video, out);
  if (verdict == Verdict::alive) return to(std::move(next), std::move(out));
  const std::uint32_t seconds = talk_seconds(state.since, context.now);
  Commands end;
  const Link& link = state.member.link;
  send(end, state.info.call, link.user, link.session, message::Leave{seconds});
  if (verdict == Verdict::hopeless) {
    tell(end, effect::Errored{{ErrorCode::media_connection_failed, "no media path to " + link.user.text}});
  }
  append(end, end_of_call(state, seconds));
  return to(Idle{}, std::move(end));
}

}  // namespace trtc::call
