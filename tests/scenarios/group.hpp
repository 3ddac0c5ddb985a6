// Four users of one app, logged in and with nothing to do.
#pragma once

#include <doctest/doctest.h>

#include <string>
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
