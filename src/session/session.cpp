#include <algorithm>
#include <utility>

#include "session/transitions.hpp"
#include "signaling/account.hpp"
#include "signaling/claim.hpp"

namespace trtc::session {
namespace {

using Phase = message::Claim::Phase;

Command fail(OpId op, ErrorCode code, std::string detail = {}) {
  return Effect(effect::Failed{op, {code, std::move(detail)}});
}
Command done(OpId op, effect::Result result = effect::Nothing{}) {
  return Effect(effect::Done{op, std::move(result)});
}

Step ignore(const char* why, const char* what) {
  return {std::nullopt, list_of<Command>(Effect(effect::Ignored{why, what}))};
}

/// Stays where it is, with one answer.
Step only(Command command) { return {std::nullopt, list_of<Command>(std::move(command))}; }

Step begin(Context& context, const input::Login& login) {
  const UserId user(login.user);
  const Identity self{user, account_of(context.app, user), context.random.session()};
  Connecting next{self, login.user_sig, {login.op}, context.now + login_timeout};
  return {next, list_of<Command>(Connect{{self.account, self.session, login.user_sig}})};
}

/// What is wrong with the arguments of login(), if anything.
std::optional<Command> refuse_arguments(const input::Login& login) {
  if (login.user.empty()) return fail(login.op, ErrorCode::empty_user_id);
  if (login.user_sig.empty()) return fail(login.op, ErrorCode::empty_user_sig);
  if (!is_user_id(login.user)) return fail(login.op, ErrorCode::invalid_parameter, "userID " + login.user);
  return std::nullopt;
}

/// login() inside a session: the same user is in already, another one takes over this object.
Step login_again(Context& context, const Identity& self, const input::Login& login) {
  if (auto refusal = refuse_arguments(login)) return only(std::move(*refusal));
  if (login.user == self.user.text) return only(done(login.op, effect::LoggedIn{true}));
  Step step = begin(context, login);
  auto commands = list_of<Command>(EndCall{CancelReason::logged_out, false}, Disconnect{true});
  append(commands, std::move(step.commands));
  return {std::move(step.next), std::move(commands)};
}

Step give_up(const Connecting& state, ErrorCode code, const std::string& detail) {
  Step step{LoggedOut{}, list_of<Command>(Disconnect{false})};
  for (const OpId op : state.ops) step.commands.push_back(fail(op, code, detail));
  return step;
}

/// We were replaced, or our right to be here has ended.
Step kick_out(CancelReason reason, std::optional<Error> error) {
  Step step{KickedOut{}, list_of<Command>(EndCall{reason, false}, Disconnect{true})};
  if (error) step.commands.push_back(Effect(effect::Errored{std::move(*error)}));
  step.commands.push_back(Effect(effect::KickedOut{}));
  return step;
}

Online enter(Context& context, const Identity& self, message::Claim claim) {
  return {self, claim, context.now + claim::contention, context.now + claim::repeat};
}

}  // namespace

Step::Step() = default;
Step::Step(std::optional<State> next_state, Commands what_to_do)
    : next(std::move(next_state)), commands(std::move(what_to_do)) {}
Step::Step(Step&&) noexcept = default;
Step& Step::operator=(Step&&) noexcept = default;
Step::~Step() = default;

Step on(Context& context, const Away&, const input::Login& login) {
  if (auto refusal = refuse_arguments(login)) return only(std::move(*refusal));
  return begin(context, login);
}

Step on(Context&, const Connecting& state, const input::Login& login) {
  if (auto refusal = refuse_arguments(login)) return only(std::move(*refusal));
  if (login.user != state.self.user.text) return only(fail(login.op, ErrorCode::login_in_progress));
  Connecting next = state;
  next.ops.push_back(login.op);
  return {next, {}};
}

Step on(Context& context, const Online& state, const input::Login& login) {
  return login_again(context, state.self, login);
}
Step on(Context& context, const Reconnecting& state, const input::Login& login) {
  return login_again(context, state.self, login);
}

Step on(Context&, const Away&, const input::Logout& logout) {
  return {LoggedOut{}, list_of<Command>(done(logout.op))};
}
Step on(Context&, const Connecting& state, const input::Logout& logout) {
  Step step = give_up(state, ErrorCode::logged_out, "logout() was called");
  step.commands.push_back(done(logout.op));
  return step;
}
Step on(Context&, const Inside&, const input::Logout& logout) {
  return {LoggedOut{},
          list_of<Command>(EndCall{CancelReason::logged_out, false}, Disconnect{true}, done(logout.op))};
}

Step on(Context&, const Away&, const input::PageClosed&) { return {}; }
Step on(Context&, const Connecting& state, const input::PageClosed&) {
  return give_up(state, ErrorCode::logged_out, "the page was closed");
}
Step on(Context&, const Inside&, const input::PageClosed&) {
  return {LoggedOut{}, list_of<Command>(EndCall{CancelReason::logged_out, true}, Disconnect{true})};
}

Step on(Context& context, const Connecting& state, const transport::Up&) {
  const message::Claim claim{0, context.random.next(), Phase::login};
  Step step{enter(context, state.self, claim), list_of<Command>(SayClaim{claim}, SayHere{})};
  for (const OpId op : state.ops) step.commands.push_back(done(op, effect::LoggedIn{}));
  step.commands.push_back(Effect(effect::Ready{}));
  return step;
}
Step on(Context& context, const Reconnecting& state, const transport::Up&) {
  message::Claim claim = state.claim;
  // A session that never settled still is a newcomer.
  if (claim.phase != Phase::login) claim.phase = Phase::resume;
  return {enter(context, state.self, claim),
          list_of<Command>(SayClaim{claim}, SayHere{}, Effect(effect::SignalingChanged{true}))};
}
Step on(Context&, const OneOf<LoggedOut, Online, KickedOut>&, const transport::Up&) {
  return ignore("stale", "connection of a session that ended");
}

Step on(Context&, const Online& state, const transport::Down&) {
  return {Reconnecting{state.self, state.claim}, list_of<Command>(Effect(effect::SignalingChanged{false}))};
}
Step on(Context&, const OneOf<LoggedOut, Connecting, Reconnecting, KickedOut>&, const transport::Down&) {
  return {};
}

Step on(Context&, const Connecting& state, const transport::Refused& refused) {
  return give_up(state, ErrorCode::user_sig_refused, refused.why);
}
Step on(Context&, const Inside&, const transport::Refused& refused) {
  return kick_out(CancelReason::kicked_out, Error{ErrorCode::user_sig_refused, refused.why});
}
Step on(Context&, const Away&, const transport::Refused&) { return {}; }

Step on(Context&, const Connecting& state, const transport::Replaced&) {
  Step step = give_up(state, ErrorCode::kicked_out, "another login of this user was newer");
  step.next = KickedOut{};
  return step;
}
Step on(Context&, const Inside&, const transport::Replaced&) {
  return kick_out(CancelReason::kicked_out, std::nullopt);
}
Step on(Context&, const Away&, const transport::Replaced&) { return {}; }

Step on(Context&, const Connecting& state, const transport::Expired&) {
  return give_up(state, ErrorCode::user_sig_expired, {});
}
Step on(Context&, const Inside&, const transport::Expired&) {
  return kick_out(CancelReason::kicked_out, Error{ErrorCode::user_sig_expired, {}});
}
Step on(Context&, const Away&, const transport::Expired&) { return {}; }

Step on(Context&, const Online& state, const ForeignClaim& foreign) {
  Online next = state;
  switch (claim::judge(state.claim, foreign.claim)) {
    case claim::Verdict::yield:
      return kick_out(CancelReason::kicked_out, std::nullopt);
    case claim::Verdict::outbid:
      next.claim.phase = Phase::settled;
      next.claim.epoch = std::max(state.claim.epoch, foreign.claim.epoch) + 1;
      return {next, list_of<Command>(SayClaim{next.claim})};
    case claim::Verdict::answer:
      return only(SayClaim{state.claim});
    case claim::Verdict::ignore:
      break;
  }
  return {};
}
Step on(Context&, const OneOf<LoggedOut, Connecting, Reconnecting, KickedOut>&, const ForeignClaim&) {
  return ignore("stale", "claim while not online");
}

Step on(Context& context, const Connecting& state, const input::TimePassed&) {
  if (context.now < state.deadline) return {};
  return give_up(state, ErrorCode::server_unreachable, "no connection within 15 s");
}
Step on(Context& context, const Online& state, const input::TimePassed&) {
  const bool settles = state.claim.phase != Phase::settled && context.now >= state.settled_at;
  if (!settles && context.now < state.claim_at) return {};
  Online next = state;
  if (settles) {
    next.claim.phase = Phase::settled;
    next.claim.epoch = std::max(state.claim.epoch, 1U);
  }
  next.claim_at = context.now + claim::repeat;
  return {next, list_of<Command>(SayClaim{next.claim})};
}
Step on(Context&, const OneOf<LoggedOut, Reconnecting, KickedOut>&, const input::TimePassed&) { return {}; }

}  // namespace trtc::session
