// Many users in one process: all log in, then pairs of them call each other at a steady rate.
//
//   caller  call ────────────────────────────── begun ── talk ── hang up ── idle
//   callee        invited ── accept ── begun ────────────────────────────── idle
//           ├─────┤ ring                     ├ set-up: from call until both have begun
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "figures.hpp"
#include "native/client.hpp"

namespace trtc::load {

struct Settings {
  std::string server;
  std::uint32_t app = 0;
  std::string key;
  std::size_t users = 20;
  std::size_t at_once = 100;  ///< logins under way at the same time
  Duration idle{};            ///< quiet between logins and calls
  double rate = 10;           ///< calls placed per second, whatever has become of the earlier ones
  Duration calling{1000};
  Duration talk{2000};
};

class Crowd {
 public:
  Crowd(native::Network& network, Settings settings);

  /// Runs the loop through all phases, a JSON line for each. False where somebody could not log in.
  bool run();

 private:
  struct User {
    std::unique_ptr<native::Client> client;
    std::size_t partner = 0;
    bool calls = false;  ///< has called, or else is called
    bool busy = false;
    bool begun = false;
    Clock::time_point since;  ///< of the login, then of the call
  };

  void log_in_next();
  void hear(std::size_t index, const Effects& effects);
  void logged_in(bool well);
  void place_due_calls();
  void place_call();
  void heard(std::size_t index, const effect::Invited& invited);
  void heard(std::size_t index, const effect::CallBegan& began);
  void heard(std::size_t index, const effect::StatusChanged& status);
  template <class Other>
  void heard(std::size_t, const Other&) {}
  void hang_up_later(std::size_t index);
  void later(Duration pause, std::function<void()> act);
  void finish();

  native::Network& network_;
  Settings settings_;
  std::vector<User> users_;
  std::deque<std::size_t> free_;  ///< who may call or be called
  boost::asio::steady_timer metronome_, end_;
  Clock::time_point start_;
  std::size_t arrived_ = 0, next_ = 0, refused_ = 0;
  std::uint64_t placed_ = 0, unplaced_ = 0, ringing_ = 0, set_up_ = 0, failed_ = 0;
  std::size_t talking_ = 0;
  bool closing_ = false;
  Times logins_, rings_, set_ups_;
};

}  // namespace trtc::load
