// Carries a plan out, one call after the other, and remembers how it went.
//
//   login ─► call, or wait ─► ring, talk, hang up ─► outcome ─► logout ─► exit status
#pragma once

#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <string>

#include "bot/journal.hpp"
#include "bot/plan.hpp"
#include "native/client.hpp"

namespace trtc::bot {

enum class Status : std::uint8_t {
  as_expected = 0,
  another_outcome = 1,
  bad_arguments = 2,
  refused = 3,
  unreachable = 4,
  out_of_patience = 5,
};

class Bot {
 public:
  Bot(native::Network& network, const Plan& plan, Journal& journal);

  /// Runs the loop until the plan is done.
  Status run();

 private:
  void hear(const Input& input, const Effects& effects);
  void on(const effect::Done& done);
  void on(const effect::Failed& failed);
  void on(const effect::Invited& invited);
  void on(const effect::CallBegan& began);
  void on(const effect::CallEnded& ended);
  void on(const effect::CallCancelled& cancelled);
  void on(const effect::KickedOut& kicked_out);
  void on(const effect::Errored& errored);
  template <class Other>
  void on(const Other&) {}

  void later(Duration pause, Input input);
  void call_is_over(std::string outcome);
  void leave(Status status);
  void stop(Status status);

  native::Network& network_;
  const Plan& plan_;
  Journal& journal_;
  native::Client client_;
  boost::asio::steady_timer act_, patience_;
  boost::asio::signal_set signals_;
  unsigned calls_ = 0;
  std::string outcome_;
  std::optional<Error> error_;
  Status status_ = Status::as_expected;
  bool leaving_ = false;
};

}  // namespace trtc::bot
