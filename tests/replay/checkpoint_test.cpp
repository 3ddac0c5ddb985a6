// An engine that was made of a checkpoint does what the one does whose checkpoint it was.
#include "checkpoint.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "replay/restore.hpp"
#include "replay/run.hpp"
#include "sim/dice.hpp"
#include "sim/world.hpp"
#include "unit/session/broker_bytes.hpp"
#include "wire.hpp"

using namespace trtc;

namespace {

/// Two hours of three users who call each other, alone and in a group, hang up and come back, on a broker
/// that doubles messages and restarts.
struct Afternoon {
  sim::World world{7};
  sim::Dice network{5};
  std::vector<sim::Client*> users;
  std::uint32_t heard = replay::digest_start;  ///< everything that any engine has said

  Afternoon() {
    world.broker().deliver = [this](sim::Link link, auto&, auto&, const Bytes& packet) {
      world.broker().send(link, packet);
      if (!network.chance(20)) return;
      world.later(Duration(network.between(0, 40000)),
                  [this, link, packet] { world.broker().send(link, packet); });
    };
    for (const char* const name : {"alice", "bob", "carol"}) open(name);
  }

  sim::Client& open(const std::string& name) {
    sim::Client& client = world.add(name);
    client.watch = [this](const Input&, const Effects& effects) {
      heard = replay::digest(wire::dump_effects(effects), heard);
      for (const Effect& effect : effects) {
        const auto* const send = std::get_if<effect::SendBytes>(&effect);
        if (send != nullptr)
          heard = replay::digest(std::string(send->bytes.begin(), send->bytes.end()), heard);
      }
    };
    client.login();
    users.push_back(&client);
    return client;
  }

  void act(sim::Dice& dice) {
    sim::Client& one = *users[dice.below(static_cast<std::uint32_t>(users.size()))];
    const std::string other = users[dice.below(3)]->user();
    switch (dice.below(9)) {
      case 0:
      case 1:
        return static_cast<void>(one.call(other));
      case 2:
        return static_cast<void>(one.group_call({"alice", "bob", "carol"}, "team"));
      case 3:
      case 4:
        return static_cast<void>(one.accept());
      case 5:
        return static_cast<void>(dice.chance(70) ? one.join_group("team") : one.quit_group("team"));
      case 6:
        return static_cast<void>(one.reject());
      case 7:
        return static_cast<void>(open(one.user()));
      default:
        return static_cast<void>(one.hang_up());
    }
  }

  std::uint32_t pass() {
    sim::Dice dice(3);
    for (int i = 0; i < 1500; ++i) {
      act(dice);
      world.run(Duration(dice.below(9000)));
      if (i % 60 != 59) continue;
      world.stop_broker();
      world.run(2s);
      world.start_broker();
    }
    return heard;
  }
};

}  // namespace

TEST_CASE("an engine made of a checkpoint goes on like the one whose checkpoint it was, bit for bit") {
  const std::uint32_t expected = Afternoon().pass();

  Afternoon rebuilt;
  int times = 0;
  rebuilt.world.between_batches = [&times](std::unique_ptr<Engine>& engine, const Config& config) {
    const std::string text = checkpoint(*engine);
    if (text.empty()) return;
    auto other = std::make_unique<Engine>(config);
    REQUIRE_MESSAGE(replay::restore(*other, '{' + text + '}'), text);
    CHECK(checkpoint(*other) == text);
    engine = std::move(other);
    ++times;
  };
  CHECK(rebuilt.pass() == expected);
  CHECK(times > 1000);
}

TEST_CASE("an engine made of a checkpoint tries the nodes of a cluster in the order of the other one") {
  for (std::uint8_t seed = 0; seed < 8; ++seed) {
    const Config config{1, {"ws://one", "ws://two", "ws://three", "ws://four"}, Seed{seed}, false};
    Engine engine(config);
    Instant now{1000s};
    engine.handle(now, input::Login{{1}, "alice", "sig"});
    engine.handle(now, input::SocketOpened{{1}});
    engine.handle(now, input::SocketReceived{{1}, broker::connack()});
    engine.handle(now, input::SocketReceived{{1}, broker::suback(1)});
    Engine other(config);
    REQUIRE(replay::restore(other, '{' + checkpoint(engine) + '}'));
    for (std::uint32_t socket = 1; socket < 9; ++socket) {
      const input::SocketClosed closed{{socket}, 1006, {}};
      CHECK(wire::dump_effects(engine.handle(now, closed)) == wire::dump_effects(other.handle(now, closed)));
      REQUIRE(engine.next_deadline());
      now = *engine.next_deadline();
      const input::TimePassed passed{};
      CHECK(wire::dump_effects(engine.handle(now, passed)) == wire::dump_effects(other.handle(now, passed)));
    }
  }
}

TEST_CASE("there is no checkpoint while something is under way") {
  sim::World world;
  sim::Client& alice = world.add("alice");
  sim::Client& bob = world.add("bob");
  int possible = 0;
  world.between_batches = [&possible](std::unique_ptr<Engine>& engine, const Config&) {
    possible += checkpoint(*engine).empty() ? 0 : 1;
  };
  alice.login();
  CHECK(possible == 0);
  bob.login();
  world.run(60s);
  CHECK(possible > 0);
  alice.call("bob");
  possible = 0;
  world.run(5s);
  bob.accept();
  world.run(20s);
  CHECK(possible == 0);
  alice.hang_up();
  world.run(60s);
  CHECK(possible > 0);
}

TEST_CASE("a checkpoint that is cut off, too long or of something else makes no engine") {
  sim::World world;
  std::string text;
  Config config;
  world.between_batches = [&](std::unique_ptr<Engine>& engine, const Config& made_with) {
    text = '{' + checkpoint(*engine) + '}', config = made_with;
  };
  world.add("alice").login();
  world.run(60s);
  const auto works = [&config](const std::string& one) {
    Engine engine(config);
    return replay::restore(engine, one);
  };
  REQUIRE(works(text));
  const std::size_t end = text.find(']');
  CHECK_FALSE(works(text.substr(0, end - 2) + text.substr(end)));
  CHECK_FALSE(works(text.substr(0, end) + ",0" + text.substr(end)));
  for (const char* const one :
       {"", "{}", "[]", R"({"state":[],"texts":[]})", R"({"state":{"a":1},"texts":"b"})"})
    CHECK_FALSE(works(one));
}
