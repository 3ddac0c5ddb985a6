// A scene: who plays, what is held back or lost on the way, and what every party saw from beginning to end.
#pragma once

#include <doctest/doctest.h>

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "sim/world.hpp"

namespace trtc::sim {

/// Messages of one type from one user to another; empty names: anybody's. "group" as receiver: its topic.
struct Route {
  std::string type;
  std::string from;
  std::string to;
};

class Scene : public World {
 public:
  /// `salt`: another run of the same scene, in which the ids of its calls differ.
  explicit Scene(std::initializer_list<const char*> users, std::uint64_t salt = 0) : World(salt) {
    for (const char* const user : users) enter(user);
    run(1s);
    forget();
    broker().deliver = [this](Link link, const std::string& topic, const std::string& payload,
                              const Bytes& packet) { carry(link, topic, payload, packet); };
  }

  /// One more tab of a user, logged in.
  Client& enter(const std::string& user) {
    Client& client = add(user);
    cast_.push_back(&client);
    client.login();
    return client;
  }
  /// The newest tab of this user.
  Client& operator()(const std::string& user) {
    Client* found = nullptr;
    for (Client* const one : cast_) {
      if (one->user() == user) found = one;
    }
    REQUIRE(found != nullptr);
    return *found;
  }
  void forget() {
    for (Client* const one : cast_) one->forget();
  }

  // ---- What happens on the way. ----

  /// Such messages wait, in order, until release(). How many have come by is the answer of held().
  void hold(Route route) { holding_.push_back(std::move(route)); }
  std::size_t held() const { return held_.size(); }
  void release() {
    holding_.clear();
    for (const auto& [link, packet] : std::exchange(held_, {})) broker().send(link, packet);
  }
  /// The next such message is lost; it is sent again half a second later.
  void lose(Route route) { losing_.push_back(std::move(route)); }
  /// Every message comes twice from now on.
  void double_everything() { twice_ = true; }

  // ---- States that scenes begin in. ----

  OpId ring(const std::string& caller, const std::string& callee, MediaType media = MediaType::audio,
            Duration timeout = 30s) {
    const OpId op = (*this)(caller).call(callee, media, timeout);
    run(1s);
    return op;
  }
  void talk(const std::string& caller, const std::string& callee, MediaType media = MediaType::audio) {
    ring(caller, callee, media);
    (*this)(callee).accept();
    run(1s);
    REQUIRE((*this)(caller).hears(callee));
    forget();
  }

  // ---- What was seen. ----

  struct Seen {
    const char* user;
    std::string events;  ///< all of them since the beginning or the last saw(), with "; " between
  };
  /// Everybody is named, so that nobody sees what is not written down.
  void saw(std::initializer_list<Seen> all) {
    CHECK(all.size() == cast_.size());
    auto seen = all.begin();
    for (Client* const one : cast_) {
      REQUIRE(seen != all.end());
      CHECK(one->user() == seen->user);
      CHECK_MESSAGE(line(*one) == seen->events, one->user());
      ++seen;
    }
    forget();
  }
  /// Everybody is idle, has released everything, and hears nothing more.
  void is_over() {
    run(40s);
    for (const Client* const one : cast_) {
      if (!one->alive()) continue;
      CHECK_MESSAGE(one->quiet(), one->user());
      CHECK_MESSAGE(line(*one) == "", one->user());
    }
  }
  /// The whole scene: what they saw, and that it is over.
  void is_over_with(std::initializer_list<Seen> all) {
    run(5s);
    saw(all);
    is_over();
  }
  /// These two, or more, hear one another.
  void talk_on(std::initializer_list<const char*> users) {
    for (const char* const one : users) {
      for (const char* const other : users) {
        if (std::string(one) != other) CHECK_MESSAGE((*this)(one).hears(other), one << " hears " << other);
      }
    }
  }

 private:
  static std::string line(const Client& client) {
    std::string out = client.events();
    for (std::size_t at = 0; (at = out.find('\n', at)) != std::string::npos; at += 2)
      out.replace(at, 1, at + 1 == out.size() ? "" : "; ");
    return out;
  }
  static bool is_on(const Route& route, const std::string& topic, const std::string& payload) {
    const auto names = [&](const std::string& level) { return topic.find(level) != std::string::npos; };
    const std::string app = "/1400000000_";
    const bool to =
        route.to.empty() || names((route.to == "group" ? "/group" : "/in" + app + route.to) + "/");
    const bool from =
        route.from.empty() || topic.rfind(app + route.from) == topic.size() - app.size() - route.from.size();
    return to && from && payload.find("\"type\":\"" + route.type + '"') != std::string::npos;
  }
  void carry(Link link, const std::string& topic, const std::string& payload, const Bytes& packet) {
    for (auto lost = losing_.begin(); lost != losing_.end(); ++lost) {
      if (!is_on(*lost, topic, payload)) continue;
      losing_.erase(lost);
      return;
    }
    for (const Route& route : holding_) {
      if (is_on(route, topic, payload)) return void(held_.emplace_back(link, packet));
    }
    broker().send(link, packet);
    if (twice_) broker().send(link, packet);
  }

  std::vector<Client*> cast_;
  std::vector<Route> holding_, losing_;
  std::vector<std::pair<Link, Bytes>> held_;
  bool twice_ = false;
};

/// What one sees of another when the conversation begins.
inline std::string meets(const std::string& user, const std::string& video = "off") {
  return "UserEntered " + user + "; Video " + user + " " + video + "; Audio " + user + " on; Began; Media " +
         user + " connected";
}

}  // namespace trtc::sim
