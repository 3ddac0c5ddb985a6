// In which circumstances presence and time are tried: every deadline of the call machine.
#pragma once

#include <optional>
#include <utility>

#include "call_messages.hpp"
#include "call_reports.hpp"

namespace trtc::tools {

template <class News>
CallVariants<News> presence() {
  return {always<News>("", {sample::other, sample::session}),
          always<News>("another session of the same user", {sample::other, sample::second_session}),
          always<News>("somebody else", {sample::stranger, sample::strange_session})};
}
inline CallVariants<call::PeerGone> call_variants(Tag<call::PeerGone>) {
  const auto quiet = [](CallStage& stage) {
    if (stage.member() == nullptr) return false;
    call::Health& health = stage.member()->link.health;
    health.flowing = false, health.quiet_since = stage.now;
    return true;
  };
  CallVariants<call::PeerGone> all = presence<call::PeerGone>();
  all.push_back(where<call::PeerGone>("no RTP either", quiet, {sample::other, sample::session}));
  return all;
}
inline CallVariants<call::PeerHere> call_variants(Tag<call::PeerHere>) {
  CallVariants<call::PeerHere> all = presence<call::PeerHere>();
  all.push_back(where<call::PeerHere>("a new session of somebody who rings", in<call::InCall>,
                                      {sample::stranger, sample::franks_session}));
  return all;
}

/// A letter to the other side has gone unanswered for long enough.
inline void fall_silent(CallStage& stage, const SessionId& session = sample::session,
                        const CallId& call = sample::call) {
  const Instant since = stage.now - Outbox::silence;
  (void)stage.outbox.add(since, {sample::other, session, call, message::Leave{}, {}}, sample::own_session);
  (void)stage.outbox.due(since, stage.random);
}

inline bool ring_deadline(CallStage& stage) {
  if (stage.invitee() != nullptr) stage.now = *stage.invitee()->deadline;
  if (stage.is<call::Ringing, call::Answering>()) stage.now = *stage.invitation()->deadline;
  return stage.invitee() != nullptr || stage.is<call::Ringing, call::Answering>();
}
inline bool ring_deadline_and_slack(CallStage& stage) {
  if (!stage.is<call::Answering>() || !ring_deadline(stage)) return false;
  stage.now += call::answer_slack;
  return true;
}
inline bool asked_ring_deadline(CallStage& stage) { return invitee_asked(stage) && ring_deadline(stage); }
inline bool probe(CallStage& stage) {
  const auto* state = std::get_if<call::Ringing>(&stage.state);
  if (state == nullptr) return false;
  stage.now = state->probe_at;
  return true;
}
inline bool no_confirm(CallStage& stage) {
  const auto* state = std::get_if<call::Joining>(&stage.state);
  if (state == nullptr) return false;
  stage.now = state->deadline;
  return true;
}
inline bool seeks_again(CallStage& stage) {
  const auto* state = std::get_if<call::Seeking>(&stage.state);
  if (state != nullptr) stage.now = state->again_at;
  return state != nullptr;
}
inline bool sought_in_vain(CallStage& stage) {
  const auto* state = std::get_if<call::Seeking>(&stage.state);
  if (state != nullptr) stage.now = state->deadline;
  return state != nullptr;
}
inline bool not_greeted(CallStage& stage) {
  if (stage.in_call() == nullptr || stage.in_call()->greeted.empty()) return false;
  stage.in_call()->invitees.clear();
  stage.now = stage.in_call()->greeted.front().deadline;
  return true;
}
inline bool inviter_gone(CallStage& stage) {
  if (stage.invitation() == nullptr) return false;
  stage.invitation()->gone_at = stage.now;
  return true;
}
inline bool inviter_silent(CallStage& stage) {
  if (stage.invitation() == nullptr) return false;
  fall_silent(stage);
  return true;
}

/// What is unanswered is the end of an earlier call, told to a session that the inviter had then.
inline bool former_session_silent(CallStage& stage) {
  if (stage.invitation() == nullptr) return false;
  fall_silent(stage, sample::second_session, sample::ended_call);
  return true;
}

/// Where the ladder of an established call stands.
struct Rung {
  Duration broken;
  unsigned attempts = 0;
  bool connected_once = true;

  bool operator()(CallStage& stage) const {
    if (stage.member() == nullptr) return false;
    call::Health& health = stage.member()->link.health;
    health.state = connected_once ? ConnectionState::disconnected : ConnectionState::connecting;
    health.connected_once = health.flowed = connected_once;
    health.flowing = false;
    health.broken_since = stage.now - broken;
    health.act_at = stage.now;
    health.attempts = attempts;
    return true;
  }
};

inline bool last_is_hopeless(CallStage& stage) {
  return alone_but_for_ringing(stage) && Rung{call::patience::outage, 8}(stage);
}

/// No RTP for so long over a connection that says it is well.
struct Quiet {
  Duration quiet;
  bool goodbye = false;
  bool silent = false;
  bool online = true;
  bool sends = true;

  bool operator()(CallStage& stage) const {
    if (stage.member() == nullptr) return false;
    if (!sends) stage.member()->sending = {};
    call::Health& health = stage.member()->link.health;
    health.flowing = false;
    health.quiet_since = stage.now - quiet;
    health.look_at = stage.now;
    if (goodbye) health.gone_since = stage.now - quiet;
    stage.online = online;
    if (silent) fall_silent(stage);
    return true;
  }
};

inline CallVariants<input::TimePassed> call_variants(Tag<input::TimePassed>) {
  constexpr input::TimePassed passed{};
  namespace patience = call::patience;
  return {always("nothing is due", passed),
          where("the ring's deadline", ring_deadline, passed),
          where("2 s after the ring's deadline", ring_deadline_and_slack, passed),
          where("15 s of ringing", probe, passed),
          where("the inviter has been gone for 10 s", inviter_gone, passed),
          where("the inviter has not answered for 15 s", inviter_silent, passed),
          where("a former session of the inviter has not answered for 15 s", former_session_silent, passed),
          where("30 s without the inviter's word", no_confirm, passed),
          where("1 s of seeking", seeks_again, passed),
          where("10 s of seeking", sought_in_vain, passed),
          where("30 s without the greeted one's word", not_greeted, passed),
          where("the ring's deadline of one who has asked", asked_ring_deadline, passed),
          where("disturbed for 3 s", Rung{patience::disturbed}, passed),
          where("5 s after the first restart", Rung{8s, 1}, passed),
          where("5 s after the second restart", Rung{13s, 2}, passed),
          where("8 s without ever connecting", Rung{patience::rebuild, 0, false}, passed),
          where("30 s without ever connecting", Rung{patience::setup, 3, false}, passed),
          where("broken for 60 s", Rung{patience::outage, 8}, passed),
          where("broken for 60 s, the last member while somebody rings", last_is_hopeless, passed),
          where("goodbye, and 1 s without RTP", Quiet{patience::farewell, true}, passed),
          where("29 s without RTP, no answer", Quiet{29s, false, true}, passed),
          where("30 s without RTP, but it answers", Quiet{patience::silence}, passed),
          where("30 s without RTP, no answer", Quiet{patience::silence, false, true}, passed),
          where("30 s without RTP, we are offline", Quiet{patience::silence, false, false, false}, passed),
          where("30 s without RTP, we are offline, the member sends nothing",
                Quiet{patience::silence, false, false, false, false}, passed)};
}

struct CallMachine : CallSamples {
  template <class Input>
  static CallVariants<Input> variants(Tag<Input> tag) {
    return call_variants(tag);
  }
};

}  // namespace trtc::tools
