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
