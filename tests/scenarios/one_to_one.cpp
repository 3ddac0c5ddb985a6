// One-to-one calls as section 5 of the behaviour document tells them, with the decisions of section 12: the
// whole event sequence of every party.
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
  /// Alice rings Bob.
  OpId ring(MediaType media = MediaType::video, Duration timeout = 30s) {
    const OpId op = alice.call("bob", media, timeout);
    run(1s);
    return op;
  }
  void talk() {
    ring();
    bob.accept();
    run(1s);
    alice.forget(), bob.forget();
  }
};

}  // namespace

TEST_CASE("login is answered before SDK_READY, and both come once") {
  World world;
  Client& alice = world.add("alice");
  const OpId op = alice.login();
  world.run(1s);
  CHECK(alice.outcome(op) == "logged in");
  CHECK(alice.events() == "Ready\n");
  CHECK(alice.session() == SessionStatus::online);
}

TEST_CASE("a forged UserSig is refused and nothing is retried") {
  World world;
  Client& alice = world.add("alice");
  const OpId op = alice.login("forged");
  world.run(60s);
  CHECK(alice.outcome(op) == "USER_SIG_REFUSED");
  CHECK(alice.session() == SessionStatus::logged_out);
  CHECK(world.broker().logins() == 0);
  CHECK_FALSE(alice.deadline());
}

TEST_CASE("login without a server fails after 15 s") {
  World world;
  world.stop_broker();
  Client& alice = world.add("alice");
  const OpId op = alice.login();
  world.run(14s);
  CHECK(alice.outcome(op).empty());
  world.run(2s);
  CHECK(alice.outcome(op) == "SERVER_UNREACHABLE");
}

TEST_CASE("a call that is accepted and hung up by the caller") {
  Pair w;
  const OpId placed = w.ring();
  CHECK(w.alice.outcome(placed) == "placed");
  CHECK(w.alice.events().empty());
  CHECK(w.bob.events() == "Invited alice video\n");

  const OpId accepted = w.bob.accept();
  w.run(10s);
  CHECK(w.bob.outcome(accepted) == "accepted");
  CHECK(w.alice.events() ==
        "UserAccepted bob\nUserEntered bob\nVideo bob on\nAudio bob on\nBegan\nMedia bob connected\n");
  CHECK(w.bob.events() ==
        "Invited alice video\nUserEntered alice\nVideo alice on\nAudio alice on\nBegan\nMedia alice "
        "connected\n");
  CHECK(w.alice.hears("bob"));
  CHECK(w.bob.hears("alice"));

  w.alice.forget(), w.bob.forget();
  const OpId hung = w.alice.hang_up();
  CHECK(w.alice.events() == "UserLeft bob\nEnded bob 10\n");  // D2: at once
  CHECK(w.alice.outcome(hung) == "hung up");
  w.run(1s);
  CHECK(w.bob.events() == "UserLeft alice\nEnded alice 10\n");
  CHECK(w.alice.quiet());
  CHECK(w.bob.quiet());
}

TEST_CASE("what became of the invitation is known in a call between two, too") {
  Pair w;
  w.ring();
  CHECK(w.alice.roster() == " bob:ringing");
  w.bob.accept();
  w.run(1s);
  CHECK(w.alice.roster() == " bob:joined");
  CHECK(w.bob.roster() == " alice:joined");
}

TEST_CASE("the callee may hang up as well") {
  Pair w;
  w.talk();
  w.bob.hang_up();
  w.run(1s);
  CHECK(w.bob.events() == "UserLeft alice\nEnded alice 1\n");
  CHECK(w.alice.events() == "UserLeft bob\nEnded alice 1\n");
  CHECK(w.alice.quiet());
  CHECK(w.bob.quiet());
}

TEST_CASE("both hang up at once: each ends once") {
  Pair w;
  w.talk();
  w.alice.hang_up(), w.bob.hang_up();
  w.run(1s);
  CHECK(w.alice.events() == "UserLeft bob\nEnded bob 1\n");
  CHECK(w.bob.events() == "UserLeft alice\nEnded alice 1\n");
}

TEST_CASE("a rejected call ends without CALLING_END") {
  Pair w;
  w.ring();
  const OpId op = w.bob.reject();
  w.run(1s);
  CHECK(w.bob.outcome(op) == "rejected");
  CHECK(w.bob.events() == "Invited alice video\nCancelled rejected\n");
  CHECK(w.alice.events() == "Rejected bob\nCancelled rejected\n");
  CHECK(w.alice.quiet());
}

TEST_CASE("a third user hears that the line is busy, and the call is not disturbed") {
  Pair w;
  Client& carol = w.add("carol");
  carol.login();
  w.talk();
  w.run(1s);
  carol.forget();
  carol.call("bob");
  w.run(1s);
  CHECK(carol.events() == "LineBusy bob\nCancelled busy\n");
  CHECK(carol.quiet());
  CHECK(w.bob.events().empty());
  CHECK(w.bob.status() == CallStatus::in_call);
}

TEST_CASE("a caller who gives up stops the ring") {
  Pair w;
  w.ring();
  const OpId op = w.alice.hang_up();
  w.run(1s);
  CHECK(w.alice.outcome(op) == "cancelled");
  CHECK(w.alice.events() == "Cancelled cancelled\n");
  CHECK(w.bob.events() == "Invited alice video\nCancelled! cancelled\n");
  CHECK(w.bob.quiet());
}

TEST_CASE("hanging up before the invite is out sends nothing") {
  Pair w;
  const OpId op = w.alice.call("bob");
  w.run(10ms);
  w.alice.hang_up();
  w.run(1s);
  CHECK(w.alice.outcome(op) == "CANCELLED_BY_USER");
  CHECK(w.bob.events().empty());
  CHECK(w.alice.quiet());
}

TEST_CASE("nobody answers: both sides learn it once, at the deadline") {
  Pair w;
  w.ring(MediaType::audio, 2s);
  w.run(3s);
  CHECK(w.alice.events() == "NoResponse bob\nTimedOut bob\nCancelled no_answer\nEnded alice 0\n");
  CHECK(w.bob.events() == "Invited alice audio\nTimedOut bob\nCancelled no_answer\nEnded alice 0\n");
  CHECK(w.alice.quiet());
  CHECK(w.bob.quiet());
}

TEST_CASE("the callee is offline: NO_RESP without CALLING_TIMEOUT") {
  World world;
  Client& alice = world.add("alice");
  alice.login();
  world.run(1s);
  alice.forget();
  alice.call("bob", MediaType::audio, 5s);
  world.run(6s);
  CHECK(alice.events() == "NoResponse bob\nCancelled no_answer\nEnded alice 0\n");
}

TEST_CASE("a callee who logs in while the invitation is valid rings, later ones do not") {
  World world;
  Client& alice = world.add("alice");
  alice.login();
  world.run(1s);
  alice.call("bob", MediaType::audio, 10s);
  world.run(7s);
  Client& bob = world.add("bob");
  bob.login();
  world.run(300ms);
  CHECK(bob.events() == "Ready\nInvited alice audio\n");
  bob.crash();
  world.run(10s);
  Client& late = world.add("bob");
  late.login();
  world.run(5s);
  CHECK(late.events() == "Ready\n");
}

TEST_CASE("timeout 0 rings until somebody decides") {
  Pair w;
  w.ring(MediaType::audio, 0s);
  w.run(600s);
  CHECK(w.bob.status() == CallStatus::ringing);
  CHECK(w.alice.status() == CallStatus::inviting);
  w.bob.accept();
  w.run(1s);
  CHECK(w.alice.status() == CallStatus::in_call);
}

TEST_CASE("hangup of a ringing callee declines") {
  Pair w;
  w.ring();
  const OpId op = w.bob.hang_up();
  w.run(1s);
  CHECK(w.bob.outcome(op) == "hung up");
  CHECK(w.alice.events() == "Rejected bob\nCancelled rejected\n");
}

TEST_CASE("accept and reject with a foreign inviteID are refused and change nothing") {
  Pair w;
  w.ring();
  CHECK(w.bob.outcome(w.bob.accept("no-such-call")) == "INVITE_UNKNOWN");
  CHECK(w.bob.outcome(w.bob.reject(true, "no-such-call")) == "INVITE_UNKNOWN");
  CHECK(w.bob.status() == CallStatus::ringing);
  w.bob.reject(true, w.bob.last_invite());
  w.run(1s);
  CHECK(w.alice.events() == "LineBusy bob\nCancelled busy\n");
}

TEST_CASE("two accepts share one outcome") {
  Pair w;
  w.ring();
  const OpId first = w.bob.accept();
  const OpId second = w.bob.accept();
  w.run(1s);
  CHECK(w.bob.outcome(first) == "accepted");
  CHECK(w.bob.outcome(second) == "accepted");
}

TEST_CASE("a caller without a microphone fails before anything is sent") {
  Pair w;
  w.alice.denied = MediaError::not_found;
  const OpId op = w.ring();
  CHECK(w.alice.outcome(op) == "NO_MICROPHONE");
  CHECK(w.alice.events() == "Error NO_MICROPHONE\n");
  CHECK(w.bob.events().empty());
  CHECK(w.alice.quiet());
}

TEST_CASE("a callee whose microphone is denied never enters, and the caller is told") {
  Pair w;
  w.ring();
  w.bob.denied = MediaError::permission_denied;
  const OpId op = w.bob.accept();
  w.run(1s);
  CHECK(w.bob.outcome(op) == "PERMISSION_DENIED");
  CHECK(w.bob.events() == "Invited alice video\nError PERMISSION_DENIED\nCancelled failed\n");
  CHECK(w.alice.events() == "Rejected bob\nCancelled failed\n");
  CHECK(w.alice.quiet());
  CHECK(w.bob.quiet());
}

TEST_CASE("without a camera a video call goes on with sound") {
  Pair w;
  w.alice.camera_missing = true;
  w.ring();
  w.bob.accept();
  w.run(1s);
  CHECK(w.bob.events() ==
        "Invited alice video\nUserEntered alice\nVideo alice off\nAudio alice on\nBegan\nMedia alice "
        "connected\n");
}

TEST_CASE("camera and microphone are seen by the other side, and only changes are") {
  Pair w;
  w.talk();
  w.alice.camera(false);
  w.run(1s);
  w.alice.camera(false);
  w.run(1s);
  w.alice.camera(true);
  w.run(1s);
  w.alice.microphone(false), w.alice.microphone(true), w.alice.microphone(false);
  w.run(1s);
  CHECK(w.bob.events() ==
        "Video alice off\nVideo alice on\nAudio alice off\nAudio alice on\nAudio alice off\n");
}

TEST_CASE("a second call while the first one lasts is refused") {
  Pair w;
  w.talk();
  CHECK(w.alice.outcome(w.alice.call("carol")) == "WRONG_STATE");
  CHECK(w.alice.outcome(w.alice.call("alice")) == "WRONG_STATE");
  w.alice.hang_up();
  CHECK(w.alice.outcome(w.alice.call("alice")) == "CALL_TO_SELF");
  CHECK(w.alice.outcome(w.alice.call("no spaces")) == "INVALID_PARAMETER");
}

TEST_CASE("verbs without a login are answered as section 3.1 wants") {
  World world;
  Client& alice = world.add("alice");
  CHECK(alice.outcome(alice.call("bob")) == "NOT_LOGGED_IN");
  CHECK(alice.outcome(alice.accept()) == "nothing");
  CHECK(alice.outcome(alice.reject()) == "nothing");
  CHECK(alice.outcome(alice.hang_up()) == "hung up");
  CHECK(alice.outcome(alice.camera(true)) == "NOT_LOGGED_IN");
  CHECK(alice.outcome(alice.logout()) == "nothing");
}

TEST_CASE("a call placed while login is under way waits for it") {
  World world;
  Client& alice = world.add("alice");
  Client& bob = world.add("bob");
  bob.login();
  world.run(1s);
  alice.login();
  const OpId op = alice.call("bob");
  CHECK(alice.outcome(op).empty());
  world.run(1s);
  CHECK(alice.outcome(op) == "placed");
  CHECK(bob.status() == CallStatus::ringing);
}

TEST_CASE("logout in a call leaves it") {
  Pair w;
  w.talk();
  const OpId op = w.alice.logout();
  CHECK(w.alice.outcome(op) == "nothing");
  w.run(1s);
  CHECK(w.alice.events() == "UserLeft bob\nEnded bob 1\n");
  CHECK(w.bob.events() == "UserLeft alice\nEnded alice 1\n");
  CHECK(w.alice.session() == SessionStatus::logged_out);
}

TEST_CASE("an immediate second call finds everything reset") {
  Pair w;
  for (int round = 0; round < 10; ++round) {
    w.talk();
    w.alice.hang_up();
    w.run(1s);
    CHECK(w.alice.quiet());
    CHECK(w.bob.quiet());
  }
}
