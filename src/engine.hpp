// The composition root, and the whole interface of the core: a function from inputs to effects, with a
// memory. No clock, no chance, no callback, no platform call: a seed and a log of inputs are the whole run.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "call/state.hpp"
#include "effect.hpp"
#include "input.hpp"
#include "random.hpp"
#include "session/state.hpp"
#include "session/transport.hpp"
#include "signaling/groups.hpp"
#include "signaling/history.hpp"
#include "signaling/post_office.hpp"
#include "time.hpp"

namespace trtc {

struct Config {
  std::uint32_t sdk_app_id = 0;
  std::vector<std::string> servers;  ///< WebSocket URLs of one cluster's nodes (session/transport.hpp)
  Seed seed{};
  bool fast_connect = false;  ///< protocol, section 8: faster, but reveals the callee's address while ringing
};

class Engine {
 public:
  /// Verbs that may wait for a login that is under way.
  static constexpr std::size_t max_queue = 32;

  explicit Engine(Config config);

  /// What follows from this input, in the order in which it must be done.
  Effects handle(Instant now, const Input& input);

  /// When the host must call with TimePassed at the latest.
  std::optional<Instant> next_deadline() const;

  SessionStatus session_status() const;
  CallStatus call_status() const { return call::status(call_); }

  /// How much is kept at the moment, for those who check that it stays bounded.
  struct Holdings {
    std::size_t outbox = 0;   ///< letters that nobody has acknowledged
    std::size_t history = 0;  ///< calls that are over
    std::size_t senders = 0;  ///< sessions whose duplicates would be noticed
    std::size_t waiting = 0;  ///< verbs that wait for the login
  };
  Holdings holdings() const;

 private:
  friend struct Checkpoint;
  friend struct Inspection;  // tests/explore compares whole states

  void take_any(const Input& input);
  void take(const input::Login& input);
  void take(const input::Logout& input);
  void take(const input::PageClosed& input);
  void take(const input::SetVideoProfile& input);
  void take(const input::SetSelfInfo& input);
  void take(const input::OfferCreated& input);
  void take(const input::AnswerCreated& input);
  void take(const input::TimePassed& input);
  void take(const input::NetworkChanged& input);
  void take(const input::SocketOpened& input);
  void take(const input::SocketReceived& input);
  void take(const input::SocketClosed& input);
  template <class Other>
  void take(const Other& input);  ///< the verbs and the media's reports

  template <class Created>
  void take_description(const Created& input);

  template <class Verb>
  void run(const Verb& verb);
  template <class Verb>
  void perform(const Verb& verb);  ///< inside a session
  void perform(const input::JoinGroup& verb);
  void perform(const input::QuitGroup& verb);
  void release_queue();

  template <class Input>
  void step_session(const Input& input);
  template <class Input>
  void step_call(const Input& input);
  session::Context session_context();
  call::Context call_context();
  void apply(session::Step&& step);
  void apply(call::Step&& step);

  void execute(session::Command& command);
  void execute(call::Command& command);
  void say_goodbye(bool clean);

  void hear(transport::Event event);
  void hear(const transport::Subscribed& subscribed);
  void hear(const transport::Received& received);
  void hear(const Mail& mail);
  template <class Message>
  void hear(const Mail& mail, const Message& message);
  void answer_stray(const Mail& mail);

  void publish(const PostOffice::Publication& publication);
  void watch();
  void finish_batch();

  Config config_;
  Random random_;
  Instant now_{};
  Effects effects_;

  session::State session_ = session::LoggedOut{};
  Transport transport_;
  PostOffice post_;
  UserId self_;

  call::State call_ = call::Idle{};
  call::Numbers numbers_;
  History history_;
  VideoProfile profile_;
  Profile self_info_;
  Groups groups_;
  std::vector<Input> queue_;

  std::vector<UserId> watched_;
  effect::StatusChanged told_;
};

}  // namespace trtc
