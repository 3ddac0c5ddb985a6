// Calls that meet: glare, recall, crossing answers (behaviour document, D15; architecture, section 6).
#include <doctest/doctest.h>

#include "sim/world.hpp"

using namespace trtc;
using sim::Client;
using sim::World;

namespace {

struct Rivals : World {
  Client& alice = add("alice");
  Client& bob = add("bob");
  Rivals() {
    alice.login(), bob.login();
    run(1s);
    alice.forget(), bob.forget();
  }
};

bool connected(const Rivals& w) {
  return w.alice.status() == CallStatus::in_call && w.bob.status() == CallStatus::in_call &&
         w.alice.hears("bob") && w.bob.hears("alice");
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("glare: two calls that cross become one, whatever the distance between them") {
  for (const Duration gap : {0ms, 20ms, 40ms, 51ms, 53ms, 55ms, 57ms, 60ms, 65ms, 70ms}) {
    CAPTURE(gap.count());
    Rivals w;
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

TEST_CASE("glare of an audio and a video call lives on, and opens no camera that its user did not ask for") {
  for (const bool alice_has_video : {true, false}) {
    Rivals w;
    w.alice.call("bob", alice_has_video ? MediaType::video : MediaType::audio);
    w.bob.call("alice", alice_has_video ? MediaType::audio : MediaType::video);
    w.run(3s);
    CHECK(connected(w));
    CHECK_FALSE((alice_has_video ? w.bob : w.alice).films());
  }
}

TEST_CASE("glare keeps the mute, and settles an openCamera() that is under way") {
  for (const bool alice_first : {true, false}) {
    Rivals w;
    w.alice.call("bob"), w.bob.call("alice");
    w.run(53ms);  // devices are open, the invites are crossing
    Client& one = alice_first ? w.alice : w.bob;
    Client& other = alice_first ? w.bob : w.alice;
    one.microphone(false), one.camera(false);
    const OpId op = one.camera(true);
    w.run(3s);
    CHECK(connected(w));
    CHECK_FALSE(one.outcome(op).empty());
    const std::string user = alice_first ? "alice" : "bob";
    CHECK(contains(other.events(), "Audio " + user + " off\n"));
    CHECK_FALSE(contains(other.events(), "Audio " + user + " on\n"));
  }
}

TEST_CASE("a camera that is closed while the accept is on its way is seen closed") {
  Rivals w;
  w.alice.call("bob");
  w.run(1s);
  bool lose = true;
  w.broker().pass = [&lose](const std::string&, const std::string& payload) {
    if (!lose || payload.find("\"accept\"") == std::string::npos) return true;
    return lose = false;
  };
  w.bob.accept();
  w.run(60ms);  // the devices are open, the accept is lost
  w.bob.camera(false);
  w.run(3s);
  CHECK(connected(w));
  CHECK(contains(w.alice.events(), "Video bob off\n"));
  CHECK_FALSE(contains(w.alice.events(), "Video bob on\n"));
}

TEST_CASE("an old message that nobody acknowledges does not silence the next call") {
  Rivals w;
  w.alice.call("bob");
  w.run(1s);
  w.bob.accept();
  w.run(1s);
  w.alice.crash();
  w.bob.hang_up();  // the leave finds nobody
  w.run(16s);
  Client& again = w.add("alice");
  again.login();
  w.run(1s);
  again.call("bob");
  w.run(5s);
  CHECK(w.bob.status() == CallStatus::ringing);
}

TEST_CASE("kicked out while ringing, the same object rings again after its next login") {
  Rivals w;
  w.alice.call("bob", MediaType::audio, 60s);
  w.run(1s);
  w.bob.drop_socket(4001);
  w.run(1s);
  CHECK(contains(w.bob.events(), "Cancelled! kicked_out\nKickedOut\n"));
  w.bob.forget();
  w.bob.login();
  w.run(1s);
  CHECK(w.bob.events() == "Ready\nInvited alice audio\n");
}

TEST_CASE("a second click on accept or reject changes nothing and is no error") {
  Rivals w;
  w.alice.call("bob");
  w.run(1s);
  const std::string call = w.bob.last_invite();
  w.bob.accept(call);
  CHECK(w.bob.outcome(w.bob.accept("another-call")) == "INVITE_UNKNOWN");
  CHECK(w.bob.outcome(w.bob.reject(false, call)) == "nothing");
  w.run(1s);
  CHECK(w.bob.outcome(w.bob.accept(call)) == "accepted");
  CHECK(connected(w));
}

TEST_CASE("the caller cancels while the callee accepts: nobody is left in the call") {
  for (const Duration gap : {0ms, 3ms, 6ms, 30ms, 50ms, 55ms, 60ms, 64ms, 70ms}) {
    CAPTURE(gap.count());
    Rivals w;
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
  Rivals w;
  w.alice.call("bob");
  w.run(1s);
  w.bob.reject(), w.alice.hang_up();
  w.run(2s);
  CHECK(w.alice.events() == "Cancelled cancelled\n");
  CHECK(w.bob.events() == "Invited alice video\nCancelled rejected\n");
}

TEST_CASE("recall: a peer that lost the call and rings again is answered") {
  Rivals w;
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
  Rivals w;
  w.alice.call("bob");
  w.run(1s);
  w.alice.hang_up();
  w.alice.call("bob", MediaType::audio);
  w.run(1s);
  CHECK(w.bob.events() == "Invited alice video\nCancelled! cancelled\nInvited alice audio\n");
}

TEST_CASE("a second login throws the first one out of its call") {
  Rivals w;
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
