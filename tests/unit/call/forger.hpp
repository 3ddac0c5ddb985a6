// Somebody at the broker with a client of his own making: he may log in as a user and publish whatever he
// likes on the topics of that user, as the broker's rules allow. He overhears everything.
#pragma once

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <vector>

#include "mqtt/encode.hpp"
#include "signaling/account.hpp"
#include "signaling/codec.hpp"
#include "signaling/topics.hpp"
#include "sim/world.hpp"

namespace trtc::sim {

/// What went through the broker.
struct Overheard {
  std::string topic;
  std::string payload;
  Envelope envelope;
};

/// CAPTURE cannot name a structured binding (clang 14), hence a struct.
struct Named {
  const char* name;
  message::Body body;
};

inline message::Hello hello() { return {{true, true, false}, {"Forged", "https://evil.example/"}}; }

/// One of every message of a call but the invite.
inline std::vector<Named> messages() {
  using namespace message;
  return {
      {"ringing", Ringing{}},
      {"accept", Accept{hello()}},
      {"confirm",
       Confirm{hello(), MediaType::video, 9, {{UserId("mallory"), SessionId(std::string(32, 'f'))}}}},
      {"reject", Reject{CancelReason::rejected}},
      {"cancel", Cancel{CancelReason::cancelled}},
      {"ended", Ended{CancelReason::cancelled}},
      {"offer", Description{false, 99, true, "offer carol 1"}},
      {"answer", Description{true, 1, false, "answer carol 1"}},
      {"answer of the future", Description{true, 2, false, "answer carol 1"}},
      {"candidates", Candidates{1, {{"c", "0", 0, "u"}}}},
      {"join", Join{hello(), std::string(32, 'f')}},
      {"roster", Roster{{{UserId("bob"), RosterStatus::left}, {UserId("mallory"), RosterStatus::joined}}}},
      {"media switch", MediaSwitch{MediaType::audio, 9}},
      {"seek", Seek{0, std::string(32, 'f')}},
      {"restart", Restart{1, true}},
      {"state", State{}},
      {"leave", Leave{4294967295}}};
}

class Forger {
 public:
  explicit Forger(World& world) : world_(world) {
    world.broker().pass = [this](const std::string& topic, const std::string& payload) {
      auto decoded = decode_envelope(payload);
      if (auto* envelope = std::get_if<Envelope>(&decoded))
        heard_.push_back({topic, payload, std::move(*envelope)});
      return true;
    };
  }
  ~Forger() {
    world_.broker().pass = [](auto&, auto&) { return true; };
  }

  static constexpr std::uint32_t app = 1400000000;
  static Account account(const std::string& user) { return account_of(app, UserId(user)); }

  /// The session of this user, and the call that he is in or was in last.
  SessionId session(const std::string& user) const { return last(user).envelope.from; }
  CallId call(const std::string& user) const { return last(user).envelope.call; }
  /// Of the last invitation that was heard.
  std::string pass() const {
    std::string pass;
    for (const Overheard& one : heard_) {
      if (const auto* invite = std::get_if<message::Invite>(&one.envelope.body)) pass = invite->pass;
    }
    return pass;
  }
  /// Everything of a call that this user has sent to that one.
  std::vector<Overheard> letters(const std::string& from, const std::string& to) const {
    std::vector<Overheard> out;
    for (const Overheard& one : heard_) {
      if (one.topic == topic::inbox(account(to), account(from)) && !one.envelope.call.empty())
        out.push_back(one);
    }
    return out;
  }
  void forget() { heard_.clear(); }

  /// Publishes as `user`, and lets it arrive.
  void publish(const std::string& user, const std::string& to, const std::string& payload) {
    const Link link = ++link_;
    Bytes bytes;
    mqtt::ConnectOptions options;
    options.client_id = "forger";
    options.user_name = account(user).text;
    options.password = "good";
    (void)mqtt::append_connect(bytes, options);
    (void)mqtt::append_publish(bytes, topic::inbox(account(to), account(user)), payload);
    world_.broker().opened(link);
    world_.broker().received(link, bytes);
    world_.broker().lost(link);
    world_.run(world_.latency);
  }
  void send(const std::string& user, const SessionId& session, const std::string& to, const CallId& call,
            const message::Body& body) {
    publish(user, to, encode(Envelope{call, session, {}, ++seq_, body}));
  }

 private:
  /// The last letter of a call that this user has sent.
  const Overheard& last(const std::string& user) const {
    const std::string tail = '/' + account(user).text;
    const Overheard* found = nullptr;
    for (const Overheard& one : heard_) {
      const bool his = one.topic.size() > tail.size() &&
                       one.topic.compare(one.topic.size() - tail.size(), tail.size(), tail) == 0;
      if (his && !one.envelope.call.empty()) found = &one;
    }
    REQUIRE(found != nullptr);
    return *found;
  }

  World& world_;
  std::vector<Overheard> heard_;
  Link link_ = 1000000;
  std::uint32_t seq_ = 1000;
};

}  // namespace trtc::sim
