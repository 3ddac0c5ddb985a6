// A sample of every state of the call.
#pragma once

#include <string>
#include <utility>

#include "call/mesh.hpp"
#include "call/state.hpp"
#include "samples.hpp"

namespace trtc::tools::sample {

inline CallInfo info(CallRole role) {
  const bool inviter = role == CallRole::inviter;
  return {call, 1234, MediaType::video, role, inviter ? self : other, {inviter ? other : self}, false, {}, {},
          {},   1};
}

inline call::Devices devices() {
  call::Devices devices;
  devices.microphone = devices.camera = true;
  devices.told = devices.sending();
  return devices;
}

inline call::Link link(CallRole role, call::Link::Phase phase) {
  call::Link link;
  link.user = other;
  link.peer = peer;
  link.offerer = role == CallRole::inviter;
  if (!link.offerer) link.session = session;
  link.exchange = exchange;
  link.negotiation = negotiation;
  link.phase = phase;
  link.local = {{"candidate:1", "0", 0, "ufrag"}};
  return link;
}

inline call::Invitation invitation(bool merged = false) {
  return {session, seq, now + 20s, std::nullopt, merged, {}, {}, pass};
}

inline message::Invite invite() {
  return {MediaType::video, 1234, false, {}, {self}, Duration(20s), {}, 1, "v=0 offer", 2, {}, {}, pass};
}

/// The invitation is out, nobody has answered.
inline call::InCall inviting() {
  using enum CallRole;
  call::InCall state;
  state.info = info(inviter);
  state.pass = pass;
  state.devices = devices();
  call::Link pending = link(inviter, call::Link::Phase::awaiting_answer);
  state.invitees = {{other, 1, now + 20s, now + 23s, {session}, std::move(pending), "v=0 offer", {}, false}};
  state.roster = {{{other, RosterStatus::ringing}, true}};
  return state;
}

inline call::Ringing ringing(bool warmed_up) {
  using enum CallRole;
  call::Ringing state{info(invitee), invitation(),          exchange, "v=0 offer", {},
                      std::nullopt,  now + call::ring_probe};
  if (warmed_up) state.link = link(invitee, call::Link::Phase::making);
  return state;
}

/// To a call of several: nothing is offered ahead.
inline call::Ringing ringing_in_group() {
  call::Ringing state = ringing(false);
  state.info.group = true;
  state.info.group_id = "team";
  state.info.invitees = {self, dave};
  state.offer.clear();
  return state;
}

inline call::Answering answering(bool merged) {
  const call::Link pending = link(CallRole::invitee, call::Link::Phase::making);
  return {
      info(CallRole::invitee), invitation(merged), {{op_of_waiting, merged}}, capture, true, false, pending};
}

inline call::Joining joining(bool merged) {
  const call::Answering from = answering(merged);
  call::Joining state{
      from.info, from.invitation, from.waiting, devices(), from.link, now + call::confirm_timeout, {}, {}};
  state.link.sending = true;
  return state;
}

/// The inviter offers once it has confirmed.
template <class State>
State in_group(State state) {
  state.info.group = true;
  state.info.group_id = "team";
  state.info.invitees = {self, dave};
  const bool sending = state.link.sending;
  state.link = call::expect_offer(other, session);
  state.link.sending = sending;
  return state;
}

/// Asked for by groupCall().
inline call::Capturing capturing_for_group() {
  CallInfo called = info(CallRole::inviter);
  called.group = true;
  called.group_id = "team";
  called.invitees = {other, dave};
  return {called, 30s, op_of_call, true, capture};
}

inline call::Member member(CallRole role) {
  call::Member member{link(role, call::Link::Phase::stable), seq, {true, true, false}, seq};
  member.link.session = session;
  member.link.sending = true;
  call::Health& health = member.link.health;
  health.state = ConnectionState::connected;
  health.expected = health.flowing = health.flowed = health.connected_once = true;
  return member;
}

/// Connected, and talking for half a minute.
inline call::InCall in_call(CallRole role) {
  call::InCall state;
  state.info = info(role);
  state.pass = pass;
  state.devices = devices();
  state.members = {member(role)};
  state.roster = {{{other, RosterStatus::joined}, true}};
  state.since = now - 30s;
  return state;
}

/// We have invited three to a call of the group: two are in it, one rings, and one whom Dave has named is
/// greeted.
inline call::InCall in_group() {
  call::InCall state = in_call(CallRole::inviter);
  state.info.group = true;
  state.info.group_id = "team";
  state.info.invitees = {other, dave, stranger};
  call::Member second = state.members.front();
  second.link.user = dave;
  second.link.session = daves_session;
  second.link.peer = PeerId{peer.value + 1};
  second.link.negotiation = {};
  state.members.push_back(std::move(second));
  state.invitees = {{stranger, 1, now + 20s, now + 23s, {strange_session}, std::nullopt, {}, {}, false}};
  state.greeted = {{call::expect_offer(erin, erins_session), now + call::greet_timeout, {}, true}};
  state.roster.push_back({{dave, RosterStatus::joined}, true});
  state.roster.push_back({{stranger, RosterStatus::ringing}, true});
  state.limit = 2;
  return state;
}

}  // namespace trtc::tools::sample
