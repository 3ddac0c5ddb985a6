// Calls that meet: glare, recall, crossing answers (behaviour document, D15; architecture, section 6).
#include <doctest/doctest.h>

#include "sim/world.hpp"

using namespace trtc;
using sim::Client;
using sim::World;

namespace {

struct Pair : World {
  Client& alice = add("alice");
  Client& bob = add("bob");
  Pair() {
    alice.login(), bob.login();
    run(1s);
    alice.forget(), bob.forget();
  }
};

bool connected(const Pair& w) {
  return w.alice.status() == CallStatus::in_call && w.bob.status() == CallStatus::in_call && w.alice.hears("bob") &&
         w.bob.hears("alice");
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("glare: two calls that cross become one, whatever the distance between them") {
  for (const Duration gap : {0ms, 20ms, 40ms, 51ms, 53ms, 55ms, 57ms, 60ms, 65ms, 70ms}) {
    CAPTURE(gap.count());
    Pair w;
    const OpId a = w.alice.call("bob");
    w.run(gap);
    const OpId b = w.bob.status() == CallStatus::idle ? w.bob.call("alice") : w.bob.accept();
    w.run(3s);
    CHECK(connected(w));
    CHECK(w.alice.outcome(a) == "placed");
    CHECK((w.bob.outcome(b) == "placed" || w.bob.outcome(b) == "accepted"));
    for (const Client* client : {&w.alice, &w.bob}) {
      CHECK_FALSE(contains(client->events(), "LineBusy"));
      CHECK_FALSE(contains(client->events(), "Ended"));
      CHECK_FALSE(contains(client->events(), "Cancelled"));
    }
    w.alice.hang_up();
    w.run(1s);
    CHECK(w.alice.quiet());
    CHECK(w.bob.quiet());
  }
}

TEST_CASE("glare of an audio and a video call lives on as the winner wanted it") {
  Pair w;
  w.alice.call("bob", MediaType::audio);
  w.bob.call("alice", MediaType::video);
  w.run(3s);
  CHECK(connected(w));
}

TEST_CASE("the caller cancels while the callee accepts: nobody is left in the call") {
  for (const Duration gap : {0ms, 3ms, 6ms, 30ms, 50ms, 55ms, 60ms, 64ms, 70ms}) {
    CAPTURE(gap.count());
    Pair w;
    w.alice.call("bob");
    w.run(1s);
    const OpId accept = w.bob.accept();
    w.run(gap);
    w.alice.hang_up();
    w.run(2s);
    CHECK(w.alice.quiet());
    CHECK(w.bob.quiet());
    CHECK((w.bob.outcome(accept) == "INVITE_ENDED" || w.bob.outcome(accept) == "accepted"));
  }
}

TEST_CASE("the callee rejects while the caller cancels") {
  Pair w;
  w.alice.call("bob");
  w.run(1s);
  w.bob.reject(), w.alice.hang_up();
  w.run(2s);
  CHECK(w.alice.events() == "Cancelled cancelled\n");
  CHECK(w.bob.events() == "Invited alice video\nCancelled rejected\n");
}

TEST_CASE("recall: a peer that lost the call and rings again is answered") {
  Pair w;
  w.alice.call("bob");
  w.run(1s);
  w.bob.accept();
  w.run(1s);
  w.alice.crash();
  Client& again = w.add("alice");
  again.login();
  w.run(200ms);
  w.bob.forget();
  again.call("bob");
  w.run(1s);
  CHECK(contains(w.bob.events(), "UserLeft alice\nEnded alice "));
  CHECK(contains(w.bob.events(), "Invited alice video\n"));
  w.bob.accept();
  w.run(1s);
  CHECK(again.status() == CallStatus::in_call);
}

TEST_CASE("a caller who gives up and rings again at once reaches the callee") {
  Pair w;
  w.alice.call("bob");
  w.run(1s);
  w.alice.hang_up();
  w.alice.call("bob", MediaType::audio);
  w.run(1s);
  CHECK(w.bob.events() == "Invited alice video\nCancelled! cancelled\nInvited alice audio\n");
}

TEST_CASE("a second login throws the first one out of its call") {
  Pair w;
  w.alice.call("bob");
  w.run(1s);
  w.bob.accept();
  w.run(5s);
  w.alice.forget(), w.bob.forget();
  Client& other = w.add("alice");
  other.login();
  w.run(3s);
  CHECK(w.alice.session() == SessionStatus::kicked_out);
  CHECK(other.session() == SessionStatus::online);
  CHECK(contains(w.alice.events(), "UserLeft bob\nEnded bob "));
  CHECK(contains(w.alice.events(), "KickedOut\n"));
  CHECK(contains(w.bob.events(), "Ended alice "));
  CHECK(w.alice.quiet());
  CHECK(w.bob.quiet());
}

TEST_CASE("two logins at the same moment leave exactly one of them") {
  World world;
  Client& one = world.add("alice");
  Client& two = world.add("alice");
  one.login(), two.login();
  world.run(5s);
  CHECK((one.session() == SessionStatus::online) != (two.session() == SessionStatus::online));
}

TEST_CASE("each of several logins in a row takes the account over") {
  World world;
  Client* last = nullptr;
  for (int round = 0; round < 5; ++round) {
    last = &world.add("alice");
    last->login();
    world.run(round % 2 == 0 ? 10s : 100s);
    CHECK(last->session() == SessionStatus::online);
  }
}
