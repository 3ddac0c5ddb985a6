// The circumstances of a call of several, and who else speaks in it.
#pragma once

#include <utility>

#include "call_verbs.hpp"

namespace trtc::tools {

/// The last member, while an invitation is still open.
inline bool alone_but_for_ringing(CallStage& stage) {
  if (stage.member() == nullptr || stage.invitee() == nullptr) return false;
  stage.in_call()->members.resize(1);
  stage.in_call()->greeted.clear();
  return true;
}

inline bool greets(CallStage& stage) {
  return stage.in_call() != nullptr && !stage.in_call()->greeted.empty();
}

/// Frank has greeted us before we were let in.
inline bool frank_knocks(CallStage& stage) {
  auto* const state = std::get_if<call::Joining>(&stage.state);
  if (state != nullptr)
    state->early = {{sample::frank, sample::franks_session, 1, {{true, true, false}, {}}}};
  return state != nullptr;
}

/// As many are there as one of us keeps.
inline bool is_crowded(CallStage& stage) {
  if (stage.member() == nullptr || stage.in_call() == nullptr) return false;
  std::vector<call::Member>& members = stage.in_call()->members;
  while (members.size() < call::most_others) {
    call::Member one = members.front();
    one.link.user = UserId("u" + std::to_string(members.size()));
    members.push_back(std::move(one));
  }
  return true;
}

/// The signaling of the session that we talk to is gone.
inline bool member_said_goodbye(CallStage& stage) {
  if (stage.member() == nullptr) return false;
  stage.member()->link.health.gone_since = stage.now;
  return true;
}

/// Whom we invite has asked for it (joinInGroupCall()).
inline bool invitee_asked(CallStage& stage) {
  if (stage.invitee() == nullptr || stage.member() == nullptr) return false;
  stage.invitee()->asked = true;
  return true;
}

/// As many as there is room for.
inline bool full(CallStage& stage) {
  if (stage.invitee() == nullptr || stage.member() == nullptr) return false;
  stage.in_call()->invitees.resize(call::max_others, *stage.invitee());
  return true;
}

/// A message, and the one among several who sends it.
template <class Message>
Mail<Message> from_greeted(Message message) {
  return {sample::erin, sample::erins_session, 1, std::move(message)};
}
template <class Message>
Mail<Message> from_newcomer(Message message) {
  return {sample::frank, sample::franks_session, 1, std::move(message)};
}

}  // namespace trtc::tools
