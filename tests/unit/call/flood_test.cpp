// What a user who knows others' session ids, or who floods, can do to a third one: nothing.
#include <doctest/doctest.h>

#include "call/forger.hpp"
#include "session/engine_driver.hpp"
#include "sim/world.hpp"

using namespace trtc;
using broker::operator+;
using sim::Client;

namespace {

const SessionId carols(std::string(32, 'c'));

struct Pair : sim::World {
  Client& alice = add("alice");
  Client& bob = add("bob");
  sim::Forger forger{*this};
  Pair() {
    alice.login(), bob.login();
    run(1s);
  }
};

}  // namespace

TEST_CASE("a third user who quotes a session id cannot make that session's messages look like duplicates") {
  Pair w;
  w.alice.call("bob");
  w.run(1s);
  w.alice.hang_up();
  w.run(1s);
  const Envelope poison{CallId("x"), w.forger.session("alice"), {}, 4000000000U, message::Unknown{}};
  w.forger.publish("carol", "bob", encode(poison));
  w.alice.call("bob");
  w.run(2s);
  CHECK(w.bob.status() == CallStatus::ringing);
}

TEST_CASE("a third user who quotes the caller's session id can neither end nor take over the ring") {
  for (const bool accepting : {false, true}) {
    CAPTURE(accepting);
    Pair w;
    w.bob.capture_time = 20s;
    w.alice.call("bob", MediaType::video, 0s);
    w.run(1s);
    if (accepting) w.bob.accept();
    w.run(1s);
    const CallStatus before = w.bob.status();
    const SessionId alices = w.forger.session("alice");
    const CallId call = w.forger.call("alice");
    for (const sim::Named& one : sim::messages()) {
      CAPTURE(one.name);
      const std::size_t ignored = w.bob.ignored();
      w.forger.send("carol", alices, "bob", call, one.body);
      CHECK(w.bob.ignored() == ignored + 1);
      CHECK(w.bob.status() == before);
    }
  }
}

TEST_CASE("messages of calls that never were do not keep our own call from going out") {
  Pair w;
  for (std::uint32_t i = 0; i < 300; ++i) {
    w.forger.send("carol", carols, "alice", CallId("x" + std::to_string(i)), message::Ringing{});
  }
  w.alice.call("bob");
  w.run(2s);
  CHECK(w.bob.status() == CallStatus::ringing);
}

TEST_CASE("a flood of invitations during a call does not keep its end from going out") {
  Pair w;
  w.alice.call("bob");
  w.run(1s);
  w.bob.accept();
  w.run(2s);
  for (std::uint32_t i = 0; i < 300; ++i) {
    w.forger.send("carol", carols, "alice", CallId("x" + std::to_string(i)),
                  message::Invite{MediaType::video,
                                  1,
                                  false,
                                  {},
                                  {UserId("alice")},
                                  30s,
                                  {},
                                  1,
                                  "offer",
                                  1,
                                  {},
                                  {},
                                  std::string(32, 'f')});
  }
  w.alice.hang_up();
  w.run(900ms);
  CHECK(w.bob.status() == CallStatus::idle);
}

TEST_CASE("an invitation that arrives with the end of the session does not ring") {
  EngineDriver d;
  d.go_online();
  d.after(2s);
  d.received(d.claim({99, 0, message::Claim::Phase::settled}) + d.mail("1_alice", EngineDriver::invite()));
  CHECK(d.engine.session_status() == SessionStatus::kicked_out);
  CHECK(d.engine.call_status() == CallStatus::idle);
  CHECK_FALSE(d.engine.next_deadline());
}

TEST_CASE("an invitation that arrives before the inbox is granted does not ring without a session") {
  EngineDriver d;
  d.connect();
  d.received(broker::connack());
  d.received(d.mail("1_alice", EngineDriver::invite()));
  CHECK(d.engine.call_status() == CallStatus::idle);
  d.received(broker::suback(1, {0x80}));
  CHECK(d.engine.session_status() == SessionStatus::logged_out);
  CHECK(d.engine.call_status() == CallStatus::idle);
}
