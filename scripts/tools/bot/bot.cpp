#include "bot/bot.hpp"

#include <csignal>
#include <utility>
#include <variant>

#include "words.hpp"

namespace trtc::bot {
namespace {

constexpr OpId login{1}, place{2}, answer{3}, hang_up{4}, logout{5};

Config config_of(const Plan& plan) {
  Config config;
  config.sdk_app_id = plan.app;
  config.servers = plan.servers;
  config.seed = native::random_seed();
  return config;
}

Status status_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::user_sig_refused:
    case ErrorCode::user_sig_expired:
    case ErrorCode::kicked_out:
      return Status::refused;
    case ErrorCode::server_unreachable:
      return Status::unreachable;
    default:
      return Status::another_outcome;
  }
}

}  // namespace

Bot::Bot(native::Network& network, const Plan& plan, Journal& journal)
    : network_(network),
      plan_(plan),
      journal_(journal),
      client_(network, config_of(plan), native::NoMedia(),
              [this](const Input& input, const Effects& effects) { hear(input, effects); }),
      act_(network.loop),
      patience_(network.loop),
      signals_(network.loop, SIGINT, SIGTERM) {}

Status Bot::run() {
  patience_.expires_after(plan_.patience);
  patience_.async_wait([this](const boost::system::error_code& error) {
    if (!error) leave(Status::out_of_patience);
  });
  signals_.async_wait([this](const boost::system::error_code& error, int) {
    if (error) return;
    outcome_ = "interrupted";
    leave(Status::another_outcome);
  });
  client_.submit(input::Login{login, plan_.user, plan_.user_sig});
  network_.loop.run();
  journal_.exit(static_cast<int>(status_), outcome_, plan_.expected, error_);
  return status_;
}

void Bot::hear(const Input& input, const Effects& effects) {
  journal_.note(input);
  for (const Effect& effect : effects) journal_.note(effect);
  for (const Effect& effect : effects) std::visit([this](const auto& one) { on(one); }, effect);
}

void Bot::on(const effect::Done& done) {
  if (done.op == logout) return stop(status_);
  if (done.op == login && !plan_.callee.empty() && !leaving_) {
    client_.submit(input::Call{place, plan_.callee, plan_.media, plan_.timeout, {}, 0});
  } else if (done.op == place && plan_.give_up) {
    later(*plan_.give_up, input::HangUp{hang_up});
  }
}

void Bot::on(const effect::Failed& failed) {
  if (failed.op == logout) return stop(status_);
  if (failed.op != login && failed.op != place) return;  // The event that follows tells the outcome.
  error_ = failed.error;
  if (failed.op == login) {
    stop(status_of(failed.error.code));
  } else {
    leave(status_of(failed.error.code));
  }
}

void Bot::on(const effect::Invited& invited) {
  const std::string& call = invited.call.call.text;
  if (leaving_ || !plan_.callee.empty()) return;
  if (plan_.answer == Answer::ignore) return;
  if (plan_.answer == Answer::accept) return later(plan_.ring, input::Accept{answer, call});
  later(plan_.ring, input::Reject{answer, call, plan_.answer == Answer::busy});
}

void Bot::on(const effect::CallBegan&) {
  act_.cancel();
  if (plan_.talk) later(*plan_.talk, input::HangUp{hang_up});
}

void Bot::on(const effect::CallEnded&) { call_is_over("ended"); }

void Bot::on(const effect::CallCancelled& cancelled) {
  call_is_over(std::string(wire::word(wire::cancel_reasons, cancelled.reason)));
}

void Bot::on(const effect::KickedOut&) {
  error_ = Error{ErrorCode::kicked_out, {}};
  stop(Status::refused);
}

void Bot::on(const effect::Errored& errored) {
  if (status_of(errored.error.code) != Status::refused) return;
  error_ = errored.error;
  stop(Status::refused);
}

void Bot::later(Duration pause, Input input) {
  act_.expires_after(pause);
  act_.async_wait([this, input = std::move(input)](const boost::system::error_code& error) {
    if (!error) client_.submit(input);
  });
}

void Bot::call_is_over(std::string outcome) {
  act_.cancel();
  if (leaving_) return;
  outcome_ = std::move(outcome);
  if (outcome_ != plan_.expected) return leave(Status::another_outcome);
  if (++calls_ >= plan_.calls || !plan_.callee.empty()) leave(Status::as_expected);
}

/// Says goodbye as far as there is a connection.
void Bot::leave(Status status) {
  if (leaving_) return;
  leaving_ = true;
  status_ = status;
  act_.cancel(), patience_.cancel();
  if (client_.engine().call_status() != CallStatus::idle) client_.submit(input::HangUp{hang_up});
  client_.submit(input::Logout{logout});
}

/// The loop ends once the sockets have closed.
void Bot::stop(Status status) {
  leaving_ = true;
  status_ = status;
  act_.cancel(), patience_.cancel(), signals_.cancel();
}

}  // namespace trtc::bot
