#include "call/state.hpp"

#include <algorithm>

#include "call/common.hpp"
#include "call/health.hpp"

namespace trtc::call {
namespace {

std::optional<Instant> sooner(std::optional<Instant> a, std::optional<Instant> b) {
  if (!a) return b;
  if (!b) return a;
  return std::min(*a, *b);
}

// An inviter that does not answer is noticed by the outbox; the next resend wakes us up to look.
std::optional<Instant> deadline_of(const Ringing& state) {
  return sooner(state.probe_at, sooner(state.invitation.deadline, state.invitation.gone_at));
}
std::optional<Instant> deadline_of(const Answering& state) {
  std::optional<Instant> late = state.invitation.deadline;
  if (late) *late += answer_slack;
  return sooner(late, state.invitation.gone_at);
}
std::optional<Instant> deadline_of(const Joining& state) {
  return sooner(state.deadline, state.invitation.gone_at);
}
std::optional<Instant> deadline_of(const InCall& state) {
  std::optional<Instant> next;
  for (const Invitee& invitee : state.invitees)
    next = sooner(next, sooner(invitee.deadline, invitee.again_at));
  for (const Member& member : state.members) next = sooner(next, next_deadline(member.link));
  for (const Greeted& greeted : state.greeted) next = sooner(next, greeted.deadline);
  return next;
}
std::optional<Instant> deadline_of(const Seeking& state) { return std::min(state.again_at, state.deadline); }
std::optional<Instant> deadline_of(const OneOf<Idle, Capturing, Offering>&) { return std::nullopt; }

struct Status {
  CallStatus operator()(const Idle&) const { return CallStatus::idle; }
  CallStatus operator()(const Capturing&) const { return CallStatus::dialing; }
  CallStatus operator()(const Offering&) const { return CallStatus::dialing; }
  CallStatus operator()(const Seeking&) const { return CallStatus::dialing; }
  CallStatus operator()(const Ringing&) const { return CallStatus::ringing; }
  CallStatus operator()(const Answering&) const { return CallStatus::accepting; }
  CallStatus operator()(const Joining&) const { return CallStatus::accepting; }
  CallStatus operator()(const InCall& state) const {
    return state.since ? CallStatus::in_call : CallStatus::inviting;
  }
};

struct Watched {
  std::vector<UserId> operator()(const Ringing& state) const { return {state.info.inviter}; }
  std::vector<UserId> operator()(const Answering& state) const { return {state.info.inviter}; }
  std::vector<UserId> operator()(const Joining& state) const { return {state.info.inviter}; }
  std::vector<UserId> operator()(const InCall& state) const {
    std::vector<UserId> users;
    for (const Invitee& invitee : state.invitees) users.push_back(invitee.user);
    for (const Member& member : state.members) users.push_back(member.link.user);
    return users;
  }
  std::vector<UserId> operator()(const OneOf<Idle, Capturing, Offering, Seeking>&) const { return {}; }
};

struct Info {
  const CallInfo* operator()(const Idle&) const { return nullptr; }
  const CallInfo* operator()(const Seeking&) const { return nullptr; }
  template <class Busy>
  const CallInfo* operator()(const Busy& state) const {
    return &state.info;
  }
};

}  // namespace

Step::Step() = default;
Step::Step(Commands&& what_to_do) : commands(std::move(what_to_do)) {}
Step::Step(State&& next_state, Commands&& what_to_do)
    : next(std::move(next_state)), commands(std::move(what_to_do)) {}
Step::Step(Step&&) noexcept = default;
Step& Step::operator=(Step&&) noexcept = default;
Step::~Step() = default;

Step to(Idle next, Commands&& commands) { return {next, std::move(commands)}; }
Step to(Capturing&& next, Commands&& commands) { return {std::move(next), std::move(commands)}; }
Step to(Offering&& next, Commands&& commands) { return {std::move(next), std::move(commands)}; }
Step to(Seeking&& next, Commands&& commands) { return {std::move(next), std::move(commands)}; }
Step to(Ringing&& next, Commands&& commands) { return {std::move(next), std::move(commands)}; }
Step to(Answering&& next, Commands&& commands) { return {std::move(next), std::move(commands)}; }
Step to(Joining&& next, Commands&& commands) { return {std::move(next), std::move(commands)}; }
Step to(InCall&& next, Commands&& commands) { return {std::move(next), std::move(commands)}; }
Step to(State&& next, Commands&& commands) { return {std::move(next), std::move(commands)}; }
Step stay(Commands&& commands) { return Step(std::move(commands)); }

CallStatus status(const State& state) { return match(state, Status{}); }
const CallInfo* info_of(const State& state) { return match(state, Info{}); }
std::vector<UserId> watched(const State& state) { return match(state, Watched{}); }
std::optional<Instant> next_deadline(const State& state) {
  return match(state, [](const auto& one) { return deadline_of(one); });
}

}  // namespace trtc::call
