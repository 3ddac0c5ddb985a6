// A peer that keeps to no rule but the broker's. Whatever it sends, the running call does not change, and
// every message that was ignored is counted (protocol, section 9, invariant 4).
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "call/forger.hpp"

using namespace trtc;
using sim::Client;
using sim::Forger;
using sim::messages;
using sim::Named;
using sim::World;

namespace {

const CallId no_call{"00000000-0000-4000-8000-000000000000"};
const SessionId no_session{std::string(32, 'e')};

message::Invite invite_to(const std::string& user) {
  return {MediaType::video, 1, false, {}, {UserId(user)},      30s, {}, 1,
          "offer carol 1",  1, {},    {}, std::string(32, 'f')};
}

struct Stage : World {
  Client& alice = add("alice");
  Client& bob = add("bob");
  Forger forger{*this};

  Stage() {
    alice.login(), bob.login();
    run(1s);
  }
  void ring() {
    alice.call("bob", MediaType::video, 0s);
    run(1s);
    alice.forget(), bob.forget();
  }
  void talk() {
    ring();
    bob.accept();
    run(5s);
    alice.forget(), bob.forget();
  }

  /// Sends this to one of the two, who must count it and go on as if nothing had been.
  void is_ignored(Client& victim, const std::string& user, const SessionId& session, const CallId& call,
                  const message::Body& body) {
    const std::size_t before = victim.ignored();
    const CallStatus status = victim.status();
    forger.send(user, session, victim.user(), call, body);
    CHECK(victim.ignored() == before + 1);
    CHECK(victim.status() == status);
  }
  /// A second later neither of the two has noticed anything.
  void nothing_happened(CallStatus of_alice, CallStatus of_bob) {
    run(1s);
    CHECK(alice.events().empty());
    CHECK(bob.events().empty());
    CHECK(alice.status() == of_alice);
    CHECK(bob.status() == of_bob);
  }
  void still_talking() {
    nothing_happened(CallStatus::in_call, CallStatus::in_call);
    CHECK(alice.hears("bob"));
    CHECK(bob.hears("alice"));
    CHECK(alice.peers_made() == 1);
    CHECK(bob.peers_made() == 1);
  }
};

}  // namespace

TEST_CASE("a stranger who knows the id of a call can do nothing with it") {
  Stage s;
  s.talk();
  const CallId call = s.forger.call("alice");
  auto all = messages();
  all.push_back({"invite", invite_to("alice")});
  for (const Named& one : all) {
    CAPTURE(one.name);
    s.is_ignored(s.alice, "carol", no_session, call, one.body);
    s.is_ignored(s.bob, "carol", no_session, call, one.body);
  }
  s.still_talking();
}

TEST_CASE("a stranger who borrows the session of the peer can do nothing with it either") {
  Stage s;
  s.talk();
  const CallId call = s.forger.call("alice");
  const SessionId bobs = s.forger.session("bob");
  for (const Named& one : messages()) {
    CAPTURE(one.name);
    s.is_ignored(s.alice, "carol", bobs, call, one.body);
  }
  s.still_talking();
}

TEST_CASE("another session of the peer is not in the call") {
  Stage s;
  s.talk();
  const CallId call = s.forger.call("alice");
  for (const Named& one : messages()) {
    CAPTURE(one.name);
    // A late acceptance is answered ("answered elsewhere"), so that the device stops ringing.
    const bool late = std::string(one.name) == "ringing" || std::string(one.name) == "accept";
    if (!late) s.is_ignored(s.alice, "bob", no_session, call, one.body);
    s.is_ignored(s.bob, "alice", no_session, call, one.body);
  }
  s.still_talking();
}

TEST_CASE("a member that names somebody whom we call leaves no connection of that call open") {
  Stage s;
  Client& carol = s.add("carol");
  carol.login();
  s.run(1s);
  s.ring();
  s.alice.invite({"carol"});
  s.run(1s);
  carol.accept();
  s.run(2s);
  const std::vector<message::Seat> named{{UserId("bob"), no_session}};
  s.forger.send("carol", s.forger.session("carol"), "alice", s.forger.call("alice"),
                message::Confirm{sim::hello(), MediaType::video, 0, named});
  s.alice.hang_up();
  s.run(2s);
  CHECK(s.alice.quiet());
}

TEST_CASE("a late acceptance of another session is told that the call was answered elsewhere") {
  Stage s;
  s.talk();
  const CallId call = s.forger.call("alice");
  s.forger.forget();
  s.forger.send("bob", no_session, "alice", call, message::Accept{sim::hello()});
  s.run(100ms);
  const auto letters = s.forger.letters("alice", "bob");
  REQUIRE(letters.size() == 1);
  CHECK(letters[0].envelope.to == no_session);
  CHECK(letters[0].envelope.call == call);
  CHECK(std::get<message::Cancel>(letters[0].envelope.body).reason == CancelReason::answered_elsewhere);
  s.still_talking();
}

TEST_CASE("messages of calls that do not exist are counted, in a call and without one") {
  for (const bool talking : {true, false}) {
    Stage s;
    if (talking) s.talk();
    s.alice.forget(), s.bob.forget();
    for (const Named& one : messages()) {
      CAPTURE(one.name);
      s.is_ignored(s.alice, "carol", no_session, no_call, one.body);
      s.is_ignored(s.alice, "bob", no_session, no_call, one.body);
    }
    const CallStatus status = talking ? CallStatus::in_call : CallStatus::idle;
    s.nothing_happened(status, status);
    if (!talking) CHECK(s.alice.quiet());
  }
}

TEST_CASE("whatever was said in a call and is said again is a duplicate") {
  Stage s;
  s.talk();
  s.alice.camera(false);
  s.bob.microphone(false);
  s.run(1s);
  s.alice.forget(), s.bob.forget();
  const auto of_bob = s.forger.letters("bob", "alice");
  const auto of_alice = s.forger.letters("alice", "bob");
  CHECK(of_bob.size() >= 5);
  CHECK(of_alice.size() >= 4);
  for (int round = 0; round < 3; ++round) {
    for (const auto& one : of_bob) {
      const std::size_t before = s.alice.ignored();
      s.forger.publish("bob", "alice", one.payload);
      CHECK(s.alice.ignored() == before + 1);
    }
    for (const auto& one : of_alice) {
      const std::size_t before = s.bob.ignored();
      s.forger.publish("alice", "bob", one.payload);
      CHECK(s.bob.ignored() == before + 1);
    }
  }
  s.still_talking();
}

TEST_CASE("an old call said again does not begin anew") {
  Stage s;
  s.talk();
  const auto of_alice = s.forger.letters("alice", "bob");
  s.alice.hang_up();
  s.run(1s);
  s.bob.forget(), s.alice.forget();
  for (auto one : of_alice) {
    one.envelope.seq += 100000;  // so that it is no duplicate
    s.forger.publish("alice", "bob", encode(one.envelope));
  }
  s.nothing_happened(CallStatus::idle, CallStatus::idle);
  CHECK(s.bob.quiet());
}

TEST_CASE("descriptions and candidates that do not fit the exchange are stale even from the peer himself") {
  using namespace message;
  Stage s;
  s.talk();
  const CallId call = s.forger.call("alice");
  const SessionId alices = s.forger.session("alice");
  const SessionId bobs = s.forger.session("bob");
  const auto candidate = std::vector<Candidate>{{"c", "0", 0, "u"}};
  for (const std::uint32_t exchange : {0U, 1U, 2U, 4294967295U}) {
    CAPTURE(exchange);
    s.is_ignored(s.alice, "bob", bobs, call, Description{true, exchange, false, "answer bob 1"});
    s.is_ignored(s.alice, "bob", bobs, call, Description{false, exchange, true, "offer bob 1"});
    s.is_ignored(s.bob, "alice", alices, call, Description{true, exchange, false, "answer alice 1"});
    s.is_ignored(s.bob, "alice", alices, call, Restart{exchange, true});
    if (exchange != 1) s.is_ignored(s.alice, "bob", bobs, call, Restart{exchange, true});
  }
  s.is_ignored(s.alice, "bob", bobs, call, Candidates{0, candidate});
  s.is_ignored(s.bob, "alice", alices, call, Candidates{0, candidate});
  s.is_ignored(s.bob, "alice", alices, call, Description{false, 1, true, "offer alice 1"});
  s.still_talking();
}

TEST_CASE("only so many candidates of the future are kept") {
  Stage s;
  s.talk();
  const CallId call = s.forger.call("alice");
  const SessionId bobs = s.forger.session("bob");
  const std::size_t before = s.alice.ignored();
  for (std::uint32_t i = 0; i < 100; ++i) {
    s.forger.send("bob", bobs, "alice", call, message::Candidates{100 + i, {{"c", "0", 0, "u"}}});
  }
  CHECK(s.alice.ignored() == before + 100 - call::max_early);
  s.still_talking();
}

TEST_CASE("an absurd talk time is replaced by our own") {
  for (const std::uint32_t seconds : {0U, 4294967295U, 2147483648U, 366U}) {
    CAPTURE(seconds);
    Stage s;
    s.talk();
    s.run(295s);
    s.forger.send("bob", s.forger.session("bob"), "alice", s.forger.call("alice"), message::Leave{seconds});
    CHECK(s.alice.events() == "UserLeft bob\nEnded alice 300\n");
  }
}

TEST_CASE("a talk time that the network explains is the leaver's") {
  Stage s;
  s.talk();
  s.run(295s);
  s.forger.send("bob", s.forger.session("bob"), "alice", s.forger.call("alice"), message::Leave{305});
  CHECK(s.alice.events() == "UserLeft bob\nEnded alice 305\n");
}

TEST_CASE("a ring is ended by the session that began it and by nobody else") {
  Stage s;
  s.ring();
  const CallId call = s.forger.call("alice");
  for (const Named& one : messages()) {
    CAPTURE(one.name);
    s.is_ignored(s.bob, "carol", no_session, call, one.body);
    s.is_ignored(s.bob, "alice", no_session, call, one.body);
  }
  s.nothing_happened(CallStatus::inviting, CallStatus::ringing);
}

TEST_CASE("nobody but the callee answers an invitation") {
  Stage s;
  s.ring();
  const CallId call = s.forger.call("alice");
  for (const Named& one : messages()) {
    CAPTURE(one.name);
    s.is_ignored(s.alice, "carol", no_session, call, one.body);
    s.is_ignored(s.alice, "carol", s.forger.session("bob"), call, one.body);
  }
  s.nothing_happened(CallStatus::inviting, CallStatus::ringing);
}

TEST_CASE("an invitation that does not name us does not ring") {
  Stage s;
  s.alice.forget(), s.bob.forget();
  s.is_ignored(s.alice, "carol", no_session, no_call, invite_to("bob"));
  s.nothing_happened(CallStatus::idle, CallStatus::idle);
}

TEST_CASE("what is no message is counted") {
  Stage s;
  s.talk();
  for (const std::string payload :
       {"", "{", "[]", "{}", "\xff", "{\"v\":2}", "{\"v\":1,\"type\":\"leave\"}"}) {
    CAPTURE(payload);
    const std::size_t before = s.alice.ignored();
    s.forger.publish("bob", "alice", payload);
    CHECK(s.alice.ignored() == before + 1);
  }
  s.still_talking();
}

TEST_CASE("a claim of a stranger kicks nobody out") {
  Stage s;
  s.talk();
  s.is_ignored(s.alice, "carol", no_session, {},
               message::Claim{4294967295, 4294967295, message::Claim::Phase::settled});
  s.still_talking();
}
