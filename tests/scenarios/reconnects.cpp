// What the network does to a call (protocol, section 7).
#include <doctest/doctest.h>

#include "sim/world.hpp"

using namespace trtc;
using sim::Client;
using sim::World;

namespace {

struct Online : World {
  Client& alice = add("alice");
  Client& bob = add("bob");
  Online() {
    alice.login(), bob.login();
    run(1s);
    alice.forget(), bob.forget();
  }
  void ring(Duration timeout = 60s) {
    alice.call("bob", MediaType::video, timeout);
    run(1s);
  }
  void talk() {
    ring();
    bob.accept();
    run(5s);
    alice.forget(), bob.forget();
  }
};

}  // namespace

TEST_CASE("a broker that restarts while it rings loses nothing") {
  Online w;
  w.ring();
  w.stop_broker();
  w.run(3s);
  w.start_broker();
  w.run(10s);
  CHECK(w.bob.status() == CallStatus::ringing);
  w.bob.accept();
  w.run(1s);
  CHECK(w.alice.status() == CallStatus::in_call);
  CHECK(w.bob.hears("alice"));
}

TEST_CASE("accept and reject that meet a dead broker arrive when it is back") {
  for (const bool accepts : {true, false}) {
    Online w;
    w.ring();
    w.stop_broker();
    w.run(1s);
    accepts ? w.bob.accept() : w.bob.reject();
    w.run(2s);
    w.start_broker();
    w.run(15s);
    CHECK(w.alice.status() == (accepts ? CallStatus::in_call : CallStatus::idle));
    CHECK(w.bob.status() == w.alice.status());
  }
}

TEST_CASE("a broker that restarts during a call does not touch the media") {
  Online w;
  w.talk();
  w.stop_broker();
  w.run(20s);
  CHECK(w.alice.hears("bob"));
  w.start_broker();
  w.run(10s);
  CHECK(w.alice.events() == "Signaling off\nSignaling on\n");
  CHECK(w.bob.events() == "Signaling off\nSignaling on\n");
  CHECK(w.alice.peers_made() == 1);
  w.alice.hang_up();
  w.run(1s);
  CHECK(w.bob.quiet());
}

TEST_CASE("a hang-up that meets a dead broker ends the other side when it is back") {
  Online w;
  w.talk();
  w.stop_broker();
  w.run(1s);
  w.alice.hang_up();
  w.run(3s);
  w.start_broker();
  w.run(10s);
  CHECK(w.bob.quiet());
}

TEST_CASE("a socket that drops during a call is replaced and the will of the old one changes nothing") {
  Online w;
  w.talk();
  w.alice.drop_socket();
  w.run(5s);
  CHECK(w.bob.events().empty());
  CHECK(w.bob.status() == CallStatus::in_call);
}

TEST_CASE("a socket that drops before the first sound has arrived ends nothing") {
  // A router forgets the caller's connection right after accept(): its will is published while ICE still
  // runs.
  for (const Duration away : {0ms, 1500ms}) {
    CAPTURE(away.count());
    Online w;
    w.alice.ice_time = w.bob.ice_time = 3s;
    w.ring();
    w.bob.accept();
    w.run(300ms);
    REQUIRE(w.bob.status() == CallStatus::in_call);
    w.alice.online = away == 0ms;
    w.alice.drop_socket();
    w.run(away);
    w.alice.online = true;
    w.run(10s);
    CHECK(w.alice.hears("bob"));
    CHECK(w.bob.hears("alice"));
  }
}

TEST_CASE("a socket that drops in the moment in which the media is disturbed ends nothing") {
  Online w;
  w.talk();
  w.alice.break_media(), w.bob.break_media();
  w.run(2s);
  w.alice.drop_socket();
  w.run(15s);
  CHECK(w.alice.hears("bob"));
  CHECK(w.bob.hears("alice"));
}

TEST_CASE("a socket that drops while it rings is replaced and the ring goes on") {
  Online w;
  w.ring();
  w.alice.drop_socket();
  w.run(20s);
  CHECK(w.bob.status() == CallStatus::ringing);
  w.bob.drop_socket();
  w.run(20s);
  CHECK(w.bob.status() == CallStatus::ringing);
  w.bob.accept();
  w.run(1s);
  CHECK(w.alice.status() == CallStatus::in_call);
}

TEST_CASE("a closed tab is noticed in under 2 s and ends the call") {
  for (const bool politely : {true, false}) {
    Online w;
    w.talk();
    politely ? w.alice.close_page() : w.alice.crash();
    w.run(1900ms);
    CHECK(w.bob.events().find("UserLeft alice\nEnded alice ") != std::string::npos);
    CHECK(w.bob.quiet());
  }
}

TEST_CASE("a page that is closed ends its call for its own application too, and settles its login()") {
  Online w;
  w.talk();
  w.alice.feed(input::PageClosed{});
  CHECK(w.alice.events() == "UserLeft bob\nEnded bob 5\n");
  CHECK(w.alice.quiet());
  w.stop_broker();
  const OpId op = w.alice.login();
  w.alice.feed(input::PageClosed{});
  CHECK(w.alice.outcome(op) == "LOGGED_OUT");
}

TEST_CASE("a caller that vanishes while it rings stops the ring within its grace") {
  Online w;
  w.ring(Duration(0));
  w.alice.crash();
  w.run(11s);
  CHECK(w.bob.events() == "Invited alice video\nCancelled! unreachable\n");
  CHECK(w.bob.quiet());
}

TEST_CASE("a callee that vanishes while it rings and logs in again rings again") {
  Online w;
  w.ring();
  w.bob.crash();
  w.run(1s);
  Client& again = w.add("bob");
  again.login();
  w.run(1s);
  CHECK(again.status() == CallStatus::ringing);
  again.accept();
  w.run(1s);
  CHECK(w.alice.status() == CallStatus::in_call);
}

TEST_CASE("a broken media path is restarted") {
  Online w;
  w.talk();
  w.alice.break_media(), w.bob.break_media();
  w.run(1s);
  CHECK(w.alice.status() == CallStatus::in_call);
  w.run(10s);
  CHECK(w.alice.hears("bob"));
  CHECK(w.alice.peers_made() == 1);
  CHECK(w.bob.events().find("Media alice disconnected\nMedia alice connected\n") != std::string::npos);
}

TEST_CASE("a media path that only the callee sees broken is restarted too") {
  Online w;
  w.talk();
  w.bob.break_media();
  w.run(15s);
  CHECK(w.bob.hears("alice"));
}

TEST_CASE("a media path that never comes up ends the call with a reason") {
  Online w;
  w.bob.media_blocked = true;
  w.ring();
  w.bob.accept();
  w.run(40s);
  CHECK(w.alice.events().find("Error MEDIA_CONNECTION_FAILED\nUserLeft bob\nEnded alice ") !=
        std::string::npos);
  CHECK(w.alice.quiet());
  CHECK(w.bob.quiet());
}

TEST_CASE("a relay that is needed and missing is told once, at once, on the side that misses it") {
  Online w;
  w.bob.no_relay = w.bob.media_blocked = true;
  w.ring();
  w.bob.accept();
  w.run(2s);
  CHECK(w.bob.events().find("Error RELAY_UNREACHABLE\n") != std::string::npos);
  CHECK(w.bob.status() == CallStatus::in_call);
  w.run(38s);
  const std::string events = w.bob.events();
  CHECK(events.find("RELAY_UNREACHABLE") == events.rfind("RELAY_UNREACHABLE"));
  CHECK(w.alice.events().find("RELAY_UNREACHABLE") == std::string::npos);
  CHECK(w.alice.events().find("Error MEDIA_CONNECTION_FAILED\n") != std::string::npos);
  CHECK(w.bob.quiet());
}

TEST_CASE(
    "a caller without the relay it needs is told while it rings, and may be answered by one that returns") {
  Online w;
  w.alice.no_relay = true;
  w.ring();
  CHECK(w.alice.events().find("Error RELAY_UNREACHABLE\n") != std::string::npos);
  CHECK(w.bob.status() == CallStatus::ringing);
  w.bob.accept();
  w.run(5s);
  CHECK(w.alice.status() == CallStatus::in_call);
}

TEST_CASE("a peer that vanishes without a will is given up after 30 s of silence") {
  Online w;
  w.talk();
  w.broker().pass = [](const std::string& topic, const std::string&) {
    return topic.find("/on/") == std::string::npos;
  };
  w.bob.crash();
  w.run(20s);
  CHECK(w.alice.status() == CallStatus::in_call);
  w.run(20s);
  CHECK(w.alice.quiet());
}

TEST_CASE("a peer without a microphone is not taken for gone while its connection stands") {
  Online w;
  w.alice.call("bob", MediaType::audio);
  w.run(1s);
  w.bob.accept();
  w.run(5s);
  w.alice.unplug_microphone();
  w.run(40s);
  w.bob.drop_socket();
  w.run(5s);
  w.alice.drop_socket();
  w.run(5s);
  CHECK(w.bob.status() == CallStatus::in_call);
  CHECK(w.alice.status() == CallStatus::in_call);
  w.alice.crash();
  w.bob.break_media();  // what ICE notices after some seconds
  w.run(3s);
  CHECK(w.bob.quiet());
}

TEST_CASE("every single lost message is made up for") {
  for (int victim = 0; victim < 24; ++victim) {
    CAPTURE(victim);
    Online w;
    int seen = 0;
    w.broker().pass = [&](const std::string&, const std::string&) { return seen++ != victim; };
    w.alice.call("bob");
    w.run(6s);
    CHECK(w.bob.status() == CallStatus::ringing);
    w.bob.accept();
    w.run(6s);
    CHECK(w.alice.hears("bob"));
    CHECK(w.bob.hears("alice"));
    w.alice.camera(false);
    w.run(6s);
    w.bob.hang_up();
    w.run(6s);
    CHECK(w.alice.quiet());
    CHECK(w.bob.quiet());
    CHECK(w.bob.events().find("Video alice off\n") != std::string::npos);
  }
}

TEST_CASE("both sides record an answered call, also when its beginning and its end are lost together") {
  Online w;
  w.ring();
  bool lost = false;
  w.broker().pass = [&](const std::string& topic, const std::string&) {
    return !lost || topic.find("_bob/") == std::string::npos;
  };
  const OpId accepted = w.bob.accept();
  lost = true;
  while (w.alice.status() != CallStatus::in_call) w.run(1ms);
  w.alice.hang_up();
  w.run(300ms);
  lost = false;
  w.run(5s);
  CHECK(w.bob.outcome(accepted) == "accepted");
  CHECK(w.bob.events().find("UserLeft alice\nEnded alice 0\n") != std::string::npos);
  CHECK(w.bob.events().find("Cancelled") == std::string::npos);
  CHECK(w.bob.quiet());
}

TEST_CASE("who was let in while away, and given up meanwhile, records an answered call as well") {
  Online w;
  w.ring();
  w.bob.negotiation_time = 1s;  // the answer follows the acceptance
  const OpId accepted = w.bob.accept();
  while (w.alice.status() != CallStatus::in_call || w.alice.events().find("Entered") == std::string::npos)
    w.run(1ms);
  bool answered = false;  // his own answer arrives before the goodbye that waits for him
  w.broker().pass = [&](const std::string& topic, const std::string& payload) {
    if (payload.find("\"description\"") != std::string::npos) answered = true;
    return answered || topic.find("_bob/") == std::string::npos;
  };
  w.bob.online = false;
  w.bob.drop_socket();
  while (w.alice.status() != CallStatus::idle) w.run(100ms);
  w.bob.online = true;
  while (!answered) w.run(1ms);
  w.run(1s);
  CHECK(w.bob.outcome(accepted) == "accepted");
  CHECK(w.bob.events().find("UserLeft alice\nEnded alice 0\n") != std::string::npos);
  CHECK(w.bob.events().find("Cancelled") == std::string::npos);
  w.run(30s);
  CHECK(w.bob.quiet());
}

TEST_CASE("who is called again before the last goodbye has arrived hears it first") {
  Online w;
  w.ring();
  w.bob.negotiation_time = 1s;  // the answer follows the acceptance
  const OpId accepted = w.bob.accept();
  while (w.alice.events().find("Entered") == std::string::npos) w.run(1ms);
  bool away = true;  // and his own answer is lost, so that nothing asks alice
  w.broker().pass = [&](const std::string& topic, const std::string& payload) {
    return payload.find("\"description\"") == std::string::npos &&
           (!away || topic.find("_bob/") == std::string::npos);
  };
  w.bob.online = false;
  w.bob.drop_socket();
  while (w.alice.status() != CallStatus::idle) w.run(100ms);
  w.bob.online = true;
  while (w.bob.session() != SessionStatus::online) w.run(10ms);
  away = false;
  w.alice.call("bob", MediaType::video, 60s);
  w.run(200ms);
  CHECK(w.bob.outcome(accepted) == "accepted");
  const std::string events = w.bob.events();
  CHECK(events.find("Ended alice") < events.rfind("Invited"));
  CHECK(events.find("Cancelled") == std::string::npos);
  CHECK(w.bob.status() == CallStatus::ringing);
}

TEST_CASE("an idle user wakes up for the keep-alive and the claim only") {
  Online w;
  w.talk();
  w.alice.hang_up();
  w.run(60s);
  const std::size_t before = w.alice.wake_ups();
  w.run(600s);
  CHECK(w.alice.wake_ups() - before <= 600 / 20 + 600 / 45 + 2);
}
