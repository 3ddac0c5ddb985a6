// Four users of one app, logged in and with nothing to do.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "sim/world.hpp"

namespace trtc::sim {

struct Group : World {
  Client& alice = add("alice");
  Client& bob = add("bob");
  Client& carol = add("carol");
  Client& dave = add("dave");

  Group() {
    for (Client* one : everybody()) one->login();
    run(1s);
    forget();
  }
  std::vector<Client*> everybody() { return {&alice, &bob, &carol, &dave}; }
  void forget() {
    for (Client* one : everybody()) one->forget();
  }

  /// Messages of this type and direction wait, in order, until release(); `word`, if given, stands in them.
  void hold(const std::string& type, const std::string& from, const std::string& to,
            const std::string& word = {}) {
    broker().deliver = [=, this](Link link, const std::string& topic, const std::string& payload,
                                 const Bytes& packet) {
      const bool held = topic.find("/in/1400000000_" + to + "/1400000000_" + from) != std::string::npos &&
                        payload.find("\"type\":\"" + type + '"') != std::string::npos &&
                        payload.find(word) != std::string::npos;
      held ? void(held_.emplace_back(link, packet)) : broker().send(link, packet);
    };
  }
  void release(Duration then = 3s) {
    broker().deliver = [this](Link link, auto&, auto&, const Bytes& packet) { broker().send(link, packet); };
    for (const auto& [link, packet] : std::exchange(held_, {})) broker().send(link, packet);
    run(then);
  }

  /// Alice, Bob and Carol talk, Dave knows nothing of it.
  void talk_three(const std::string& group = {}) {
    alice.group_call({"bob", "carol"}, group);
    run(1s);
    bob.accept();
    run(1s);
    carol.accept();
    run(3s);
    REQUIRE(all_hear({&alice, &bob, &carol}));
    forget();
  }

  static bool all_hear(const std::vector<Client*>& members) {
    for (const Client* one : members) {
      for (const Client* other : members) {
        if (one != other && !one->hears(other->user())) return false;
      }
    }
    return true;
  }
  bool all_quiet() {
    for (const Client* one : everybody()) {
      if (one->alive() && !one->quiet()) return false;
    }
    return true;
  }

 private:
  std::vector<std::pair<Link, Bytes>> held_;
};

/// How often `event` begins a line.
inline int count(const std::string& events, const std::string& event) {
  int found = 0;
  for (std::size_t at = 0; (at = events.find(event, at)) != std::string::npos; at += event.size()) {
    if (at == 0 || events[at - 1] == '\n') ++found;
  }
  return found;
}

}  // namespace trtc::sim
