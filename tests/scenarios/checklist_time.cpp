// Clocks, several sessions of one user, and a network that comes and goes.
#include "scenarios/scene.hpp"

using namespace trtc;
using namespace trtc::sim;

TEST_CASE("checklist: an invitation that is older than its lifetime does not ring") {
  Scene s{"alice", "bob"};
  s.hold({"invite", "alice", "bob"});
  s.ring("alice", "bob", MediaType::audio, 3s);
  s.run(3s);
  s.release();
  s.is_over_with({{"alice", "NoResponse bob; Cancelled no_answer; Ended alice 0"}, {"bob", ""}});
}

TEST_CASE("checklist: an invitation that arrives at the end of its lifetime does not ring on") {
  Scene s{"alice", "bob"};
  s.hold({"invite", "alice", "bob"});
  s.ring("alice", "bob", MediaType::audio, 3s);
  s.run(2047ms);  // it was written after 52 ms, and the way to the callee takes 5 ms
  s.release();
  s.is_over_with({{"alice", "NoResponse bob; Cancelled no_answer; Ended alice 0"},
                  {"bob", "Invited alice audio; TimedOut bob; Cancelled no_answer; Ended alice 0"}});
}

TEST_CASE("checklist: an invitation that arrives just inside its lifetime rings to its end") {
  Scene s{"alice", "bob"};
  s.hold({"invite", "alice", "bob"});
  s.ring("alice", "bob", MediaType::audio, 3s);
  s.run(1900ms);
  s.release();
  s.run(50ms);
  CHECK(s("bob").status() == CallStatus::ringing);
  s.is_over_with({{"alice", "NoResponse bob; TimedOut bob; Cancelled no_answer; Ended alice 0"},
                  {"bob", "Invited alice audio; TimedOut bob; Cancelled no_answer; Ended alice 0"}});
}

TEST_CASE("checklist: no answer, and the caller's clock is first") {
  Scene s{"alice", "bob"};
  s("bob").throttle = 60s;  // a background tab
  s("bob").clock_changed();
  s.ring("alice", "bob", MediaType::audio, 5s);
  s.is_over_with({{"alice", "NoResponse bob; TimedOut bob; Cancelled no_answer; Ended alice 0"},
                  {"bob", "Invited alice audio; TimedOut bob; Cancelled no_answer; Ended alice 0"}});
}

TEST_CASE("checklist: no answer, and the callee's clock is first") {
  Scene s{"alice", "bob"};
  s("alice").throttle = 20s;
  s("alice").clock_changed();
  s.ring("alice", "bob", MediaType::audio, 5s);
  s.run(10s);
  s.is_over_with({{"alice", "NoResponse bob; TimedOut bob; Cancelled no_answer; Ended alice 0"},
                  {"bob", "Invited alice audio; TimedOut bob; Cancelled no_answer; Ended alice 0"}});
}

TEST_CASE("checklist: no answer, and both clocks at once") {
  Scene s{"alice", "bob"};
  s.latency = 0ms;
  s.ring("alice", "bob", MediaType::audio, 5s);
  s.is_over_with({{"alice", "NoResponse bob; TimedOut bob; Cancelled no_answer; Ended alice 0"},
                  {"bob", "Invited alice audio; TimedOut bob; Cancelled no_answer; Ended alice 0"}});
}

TEST_CASE("checklist: no answer, and both tabs are in the background") {
  Scene s{"alice", "bob"};
  for (const char* const one : {"alice", "bob"}) s(one).throttle = 60s, s(one).clock_changed();
  s.ring("alice", "bob", MediaType::audio, 5s);
  s.run(70s);
  s.saw({{"alice", "NoResponse bob; TimedOut bob; Cancelled no_answer; Ended alice 0"},
         {"bob", "Invited alice audio; TimedOut bob; Cancelled no_answer; Ended alice 0"}});
  CHECK(s("alice").quiet());
  CHECK(s("bob").quiet());
}

TEST_CASE("checklist: answered on another session") {
  Scene s{"alice", "bob"};
  s.ring("alice", "bob");
  s("bob").cut(true);  // it goes on ringing, and does not hear that another one has logged in
  Client& first = s("bob");
  s.enter("bob");
  s.run(1s);
  s("bob").accept();
  s.run(1s);
  first.cut(false);
  s.run(10s);
  s.talk_on({"alice", "bob"});
  s.saw({{"alice", "UserAccepted bob; " + meets("bob")},
         {"bob", "Invited alice audio; Cancelled! answered_elsewhere; KickedOut"},
         {"bob", "Ready; Invited alice audio; " + meets("alice")}});
}

TEST_CASE("checklist: refused on another session") {
  Scene s{"alice", "bob"};
  s.ring("alice", "bob");
  s("bob").cut(true);
  Client& first = s("bob");
  s.enter("bob");
  s.run(1s);
  s("bob").reject();
  s.run(1s);
  first.cut(false);
  s.is_over_with({{"alice", "Rejected bob; Cancelled rejected"},
                  {"bob", "Invited alice audio; Cancelled! rejected_elsewhere; KickedOut"},
                  {"bob", "Ready; Invited alice audio; Cancelled rejected"}});
}

TEST_CASE("checklist: kicked out while it rings: the newer session rings") {
  Scene s{"alice", "bob"};
  s.ring("alice", "bob");
  s.enter("bob");
  s.run(1s);
  s("bob").accept();
  s.run(2s);
  s.talk_on({"alice", "bob"});
  s.saw({{"alice", "UserAccepted bob; " + meets("bob")},
         {"bob", "Invited alice audio; Cancelled! kicked_out; KickedOut"},
         {"bob", "Ready; Invited alice audio; " + meets("alice")}});
}

TEST_CASE("checklist: kicked out in a call") {
  Scene s{"alice", "bob"};
  s.talk("alice", "bob");
  s.enter("bob");
  s.is_over_with({{"alice", "UserLeft bob; Ended alice 1"},
                  {"bob", "UserLeft alice; Ended alice 1; KickedOut"},
                  {"bob", "Ready"}});
}

TEST_CASE("checklist: the callee is offline") {
  Scene s{"alice"};
  s.ring("alice", "bob", MediaType::audio, 5s);
  s.is_over_with({{"alice", "NoResponse bob; Cancelled no_answer; Ended alice 0"}});
}

TEST_CASE("checklist: the callee goes offline while it rings") {
  Scene s{"alice", "bob"};
  s.ring("alice", "bob", MediaType::audio, 15s);
  s("bob").online = false;
  s("bob").drop_socket();
  s.run(20s);
  s.is_over_with(
      {{"alice", "NoResponse bob; TimedOut bob; Cancelled no_answer; Ended alice 0"},
       {"bob", "Invited alice audio; Signaling off; TimedOut bob; Cancelled no_answer; Ended alice 0"}});
}

TEST_CASE("checklist: the caller goes offline while it rings") {
  Scene s{"alice", "bob"};
  s.ring("alice", "bob", MediaType::audio, 30s);
  s("alice").online = false;
  s("alice").drop_socket();
  s.run(35s);
  s.is_over_with(
      {{"alice", "Signaling off; NoResponse bob; TimedOut bob; Cancelled no_answer; Ended alice 0"},
       {"bob", "Invited alice audio; Cancelled! unreachable"}});
}
