// Words that never arrive, however often they are said.
#include "scenarios/scene.hpp"

using namespace trtc;
using namespace trtc::sim;

namespace {

/// From now on no message of this type reaches anybody from this user.
void silence(Scene& scene, const std::string& type, const std::string& user) {
  scene.broker().pass = [=](const std::string& topic, const std::string& payload) {
    const std::string tail = "/1400000000_" + user;
    const bool his = topic.size() > tail.size() && topic.rfind(tail) == topic.size() - tail.size();
    return !his || payload.find("\"type\":\"" + type + '"') == std::string::npos;
  };
}

/// How many invitations are sent meanwhile; what contains `lost` does not arrive.
int invites_within(Scene& s, Duration time, const std::string& lost = "nothing") {
  int invites = 0;
  s.broker().pass = [&](const std::string&, const std::string& payload) {
    invites += payload.find("\"type\":\"invite\"") == std::string::npos ? 0 : 1;
    return payload.find(lost) == std::string::npos;
  };
  s.run(time);
  s.broker().pass = [](auto&, auto&) { return true; };
  return invites;
}

}  // namespace

//   alice           bob
//     |<- accept -----|     acknowledged
//     | confirm --X   |     thirty seconds, not longer
TEST_CASE("whoever has accepted waits thirty seconds for the confirmation") {
  Scene s{"alice", "bob"};
  s.ring("alice", "bob", MediaType::audio, 0s);
  silence(s, "confirm", "alice");
  const OpId accepted = s("bob").accept();
  s.run(29900ms);
  CHECK(s("bob").status() == CallStatus::accepting);
  s.run(300ms);
  CHECK(s("bob").status() == CallStatus::idle);
  CHECK(s("bob").outcome(accepted) == "INVITE_ENDED");
  CHECK(s("bob").quiet());
}

TEST_CASE("a phone whose inviter has fallen silent rings to the deadline, not longer") {
  Scene s{"alice", "bob"};
  s.ring("alice", "bob", MediaType::audio, 5s);
  silence(s, "cancel", "alice");
  s.run(4200ms);
  CHECK(s("bob").status() == CallStatus::idle);
  s.saw({{"alice", "NoResponse bob; TimedOut bob; Cancelled no_answer; Ended alice 0"},
         {"bob", "Invited alice audio; TimedOut bob; Cancelled no_answer; Ended alice 0"}});
}

TEST_CASE("a phone that rings for ever stops when nobody hears it any more") {
  Scene s{"alice", "bob"};
  s.ring("alice", "bob", MediaType::audio, 0s);
  s("alice").cut(true);  // and the broker has not noticed
  s.run(60s);
  CHECK(s("bob").status() == CallStatus::idle);
  CHECK(s("bob").quiet());
}

//   alice           bob
//     | invite ------>|     rings
//     |   X-- reject, gone    logout()
//     |      X--- here      login()
//     | invite ------>|     he has not been heard of for longer than four losses of `ringing` take
//     |<- reject -----|
TEST_CASE("an inviter learns that a phone has refused, though its session ended before that arrived") {
  Scene s{"alice", "bob"};
  s.ring("alice", "bob", MediaType::audio, 0s);
  s.broker().pass = [](const std::string& topic, const std::string&) {
    return topic.find("/in/1400000000_alice/") == std::string::npos &&
           topic.find("/on/") == std::string::npos;
  };
  s("bob").logout();
  s.run(1s);
  s("bob").login();
  s.run(1s);
  s.broker().pass = [](auto&, auto&) { return true; };
  s.run(20s);
  CHECK(s("alice").status() == CallStatus::inviting);
  s.run(2s);
  CHECK(s("alice").quiet());
  CHECK(s("bob").quiet());
}

TEST_CASE("a phone that rings and is not heard of is called again, and rings once") {
  Scene s{"alice", "bob"};
  s.ring("alice", "bob", MediaType::audio, 0s);
  CHECK(invites_within(s, 28s, "\"type\":\"ringing\"") == 1);
  CHECK(s("bob").status() == CallStatus::ringing);
  s.saw({{"alice", ""}, {"bob", "Invited alice audio"}});
}

TEST_CASE("a phone that says that it rings is not called again") {
  Scene s{"alice", "bob"};
  s.ring("alice", "bob", MediaType::audio, 0s);
  CHECK(invites_within(s, 120s) == 0);
  CHECK(s("bob").status() == CallStatus::ringing);
}

TEST_CASE("once a call is over only its end is repeated") {
  Scene s{"alice", "bob"};
  s.talk("alice", "bob");
  silence(s, "ack", "bob");
  s("alice").microphone(false);
  s.run(100ms);
  s("alice").hang_up();
  s.run(100ms);
  int ends = 0;
  int others = 0;
  s.broker().pass = [&](auto& topic, auto& payload) {
    if (topic.find("/in/1400000000_bob/1400000000_alice") == std::string::npos) return true;
    ++(payload.find("\"type\":\"leave\"") != std::string::npos ? ends : others);
    return payload.find("\"type\":\"leave\"") == std::string::npos;
  };
  s.run(10s);
  CHECK(ends > 0);
  CHECK(others == 0);
}

//   alice           bob
//     | invite ------>|
//     |   X--- ack ---|
//     |<- reject -----|     the invitation is over, though nobody has acknowledged it
TEST_CASE("an invitation that was refused rings on no device that comes later") {
  Scene s{"alice", "bob", "carol"};
  silence(s, "ack", "bob");
  s("alice").group_call({"bob", "carol"});
  s.run(1s);
  s("bob").reject();
  s.run(1s);
  Client& later = s.enter("bob");
  s.run(10s);
  CHECK(later.events().find("Invited") == std::string::npos);
  CHECK(later.status() == CallStatus::idle);
  CHECK(s("carol").status() == CallStatus::ringing);
}

//   alice           bob
//     | invite A --->| (late)
//     | hangup()     |
//     |<- invite B --|      alice rings
//     |              | A arrives, and is the one that lives: B, which rings at alice, is taken back
//     |<- cancel B --|
TEST_CASE("a call that gives way to one that is over does not ring on at the other side") {
  int yielded = 0;
  for (std::uint64_t salt = 0; salt < 8; ++salt) {
    CAPTURE(salt);
    Scene s{{"alice", "bob"}, salt};
    s.hold({"invite", "alice", "bob"});
    s.hold({"cancel", "alice", "bob"});
    s.ring("alice", "bob");
    s("alice").hang_up();
    s("bob").call("alice", MediaType::audio);
    s.run(1s);
    REQUIRE(s("alice").status() == CallStatus::ringing);
    s.release();
    s.run(1s);
    if (s("bob").status() == CallStatus::inviting) continue;
    ++yielded;
    CHECK(s("alice").status() == CallStatus::idle);
    CHECK(s("bob").status() == CallStatus::idle);
  }
  CHECK(yielded > 0);
  CHECK(yielded < 8);
}

TEST_CASE("a call that gives way is not offered any more") {
  int yielded = 0;
  for (std::uint64_t salt = 0; salt < 8; ++salt) {
    CAPTURE(salt);
    Scene s{{"alice", "bob"}, salt};
    silence(s, "invite", "bob");
    s.hold({"invite", "alice", "bob"});
    s("bob").call("alice", MediaType::audio);
    s.ring("alice", "bob");
    s.release();
    s.run(1s);
    if (s("bob").status() != CallStatus::in_call) continue;
    ++yielded;
    int repeated = 0;
    s.broker().pass = [&](auto& topic, auto& payload) {
      const bool to_alice = topic.find("/in/1400000000_alice/1400000000_bob") != std::string::npos;
      if (to_alice && payload.find("\"type\":\"invite\"") != std::string::npos) ++repeated;
      return true;
    };
    s.run(20s);
    CHECK(repeated == 0);
    s.talk_on({"alice", "bob"});
  }
  CHECK(yielded > 0);
  CHECK(yielded < 8);
}
