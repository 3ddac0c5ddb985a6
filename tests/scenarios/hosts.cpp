// A host whose clock or devices do what they should not.
#include "scenarios/scene.hpp"

using namespace trtc;
using namespace trtc::sim;

TEST_CASE("a clock that is set back during a call does not turn the talk time around") {
  Scene s{"alice", "bob"};
  s.talk("alice", "bob");
  s.run(9s);
  s("alice").microphone(false);  // it has seen what time it was
  s("alice").clock.jump(-60s);
  s("alice").clock_changed();
  s("alice").hang_up();
  s.is_over_with(
      {{"alice", "UserLeft bob; Ended bob 10"}, {"bob", "Audio alice off; UserLeft alice; Ended alice 10"}});
}

TEST_CASE("devices that were opened for an earlier call do not start this one") {
  Scene s{"alice", "bob"};
  s("alice").capture_time = 1s;
  s("alice").call("bob", MediaType::audio);
  s.run(100ms);
  const std::size_t before = s("alice").ignored();
  s("alice").feed(input::MediaOpened{{0}, true, true, false});
  CHECK(s("alice").ignored() == before + 1);
  s.run(500ms);
  CHECK(s("alice").status() == CallStatus::dialing);
  CHECK(s("bob").status() == CallStatus::idle);
  s.run(1s);
  CHECK(s("bob").status() == CallStatus::ringing);
}

TEST_CASE("a camera that was closed while it was being opened stays closed, even if the host opens it") {
  Scene s{"alice", "bob"};
  s.talk("alice", "bob", MediaType::video);
  s("alice").camera(false);
  s.run(1s);
  s.forget();
  CaptureId capture;
  s("alice").watch = [&](const Input&, const Effects& effects) {
    for (const Effect& effect : effects) {
      if (const auto* open = std::get_if<effect::OpenMedia>(&effect)) capture = open->capture;
    }
  };
  s("alice").capture_time = 10s;
  s("alice").camera(true);
  s.run(100ms);
  REQUIRE(capture.value != 0);
  s("alice").camera(false);
  const std::size_t before = s("alice").ignored();
  s("alice").feed(input::MediaOpened{capture, false, true, false});
  s.run(1s);
  CHECK(s("alice").ignored() == before + 1);
  s.saw({{"alice", ""}, {"bob", ""}});
}
