// Audio ↔ video, the screen, and devices that come and go.
#include "scenarios/group.hpp"

using namespace trtc;
using namespace trtc::sim;

namespace {

struct Switchers : Group {
  void talk(MediaType media) {
    alice.call("bob", media);
    run(1s);
    bob.accept();
    run(3s);
    forget();
  }
};

}  // namespace

TEST_CASE("a video call becomes an audio call for both, and the cameras close") {
  Switchers w;
  w.talk(MediaType::video);
  const OpId op = w.alice.switch_to(MediaType::audio);
  w.run(1s);
  CHECK(w.alice.outcome(op) == "nothing");
  CHECK(w.alice.events() == "Type audio\nVideo bob off\n");
  CHECK(w.bob.events() == "Type audio\nVideo alice off\n");
  CHECK_FALSE(w.alice.films());
  CHECK_FALSE(w.bob.films());
  CHECK(w.alice.hears("bob"));
}

TEST_CASE("an audio call becomes a video call for both, and the cameras open") {
  Switchers w;
  w.talk(MediaType::audio);
  w.bob.switch_to(MediaType::video);
  w.run(1s);
  CHECK(w.bob.events() == "Type video\nVideo alice on\n");
  CHECK(w.alice.films());
  CHECK(w.bob.films());
  CHECK(count(w.alice.events(), "Type video") == 1);
  CHECK(count(w.alice.events(), "Video bob on") == 1);
}

TEST_CASE("without a camera the switch to video fails, and nobody else hears of it") {
  Switchers w;
  w.talk(MediaType::audio);
  w.bob.denied = MediaError::not_found;
  const OpId op = w.bob.switch_to(MediaType::video);
  const OpId second = w.bob.switch_to(MediaType::video);
  w.run(1s);
  CHECK(w.bob.outcome(op) == "SWITCH_TO_VIDEO_FAILED");
  CHECK(w.bob.outcome(second) == "WRONG_STATE");
  CHECK(w.bob.events() == "Error SWITCH_TO_VIDEO_FAILED\n");
  CHECK(w.alice.events().empty());
  CHECK(w.alice.status() == CallStatus::in_call);
}

TEST_CASE("a switch to video on a machine without a camera is told as one that failed") {
  Switchers w;
  w.talk(MediaType::audio);
  w.bob.camera_missing = true;
  const OpId op = w.bob.switch_to(MediaType::video);
  w.run(1s);
  CHECK(w.bob.outcome(op) == "SWITCH_TO_VIDEO_FAILED");
  CHECK(w.bob.events() == "Error SWITCH_TO_VIDEO_FAILED\n");
}

TEST_CASE("two switches that cross agree") {
  for (const Duration lead : {0ms, 4ms, 12ms, 60ms}) {
    CAPTURE(lead.count());
    Switchers w;
    w.talk(MediaType::audio);
    w.alice.switch_to(MediaType::video);
    w.run(lead);
    w.bob.switch_to(MediaType::video);
    w.run(70ms);
    w.alice.switch_to(MediaType::audio);
    w.run(lead);
    w.bob.switch_to(MediaType::video);
    w.run(3s);
    CHECK(w.alice.films() == w.bob.films());
    const auto last = [](const std::string& events) {
      return events.substr(events.rfind("Type ")).substr(0, 10);
    };
    CHECK(last(w.alice.events()) == last(w.bob.events()));
  }
}

TEST_CASE("the caller switches while it rings: the callee answers to the new type") {
  Switchers w;
  w.alice.call("bob", MediaType::video);
  w.run(1s);
  w.alice.switch_to(MediaType::audio);
  w.run(1s);
  CHECK(w.bob.events() == "Invited alice video\nType audio\n");
  w.bob.accept();
  w.run(2s);
  CHECK_FALSE(w.alice.films());
  CHECK_FALSE(w.bob.films());
  CHECK(w.alice.hears("bob"));
}

TEST_CASE("the callee switches while it rings") {
  Switchers w;
  w.alice.call("bob", MediaType::audio);
  w.run(1s);
  const OpId op = w.bob.switch_to(MediaType::video);
  CHECK(w.bob.outcome(op) == "nothing");
  w.run(1s);
  CHECK(w.alice.films());
  w.bob.accept();
  w.run(2s);
  CHECK(w.bob.films());
  CHECK(count(w.alice.events(), "Video bob on") == 1);
}

TEST_CASE("a switch that meets accept() is followed") {
  for (const MediaType first : {MediaType::audio, MediaType::video}) {
    for (const Duration lead : {0ms, 3ms, 8ms, 30ms, 55ms, 70ms}) {
      CAPTURE(lead.count());
      Switchers w;
      const MediaType then = first == MediaType::audio ? MediaType::video : MediaType::audio;
      w.alice.call("bob", first);
      w.run(1s);
      w.bob.accept();
      w.run(lead);
      w.alice.switch_to(then);
      w.run(3s);
      CHECK(w.alice.films() == (then == MediaType::video));
      CHECK(w.bob.films() == w.alice.films());
    }
  }
}

TEST_CASE("where there is nothing to switch it is refused") {
  Switchers w;
  CHECK(w.alice.outcome(w.alice.switch_to(MediaType::audio)) == "WRONG_STATE");
  w.talk(MediaType::video);
  CHECK(w.alice.outcome(w.alice.switch_to(MediaType::video)) == "WRONG_STATE");
  w.alice.invite({"carol"});
  CHECK(w.alice.outcome(w.alice.switch_to(MediaType::audio)) == "WRONG_STATE");
}

TEST_CASE("a shared screen takes the picture's place and gives it back") {
  Switchers w;
  w.talk(MediaType::video);
  const OpId on = w.alice.screen(true);
  w.run(1s);
  CHECK(w.alice.outcome(on) == "toggled");
  CHECK(w.bob.events() == "Screen alice on\n");
  w.alice.feed(input::TrackEnded{TrackKind::screen});  // "stop sharing" of the browser
  w.run(1s);
  CHECK(w.bob.events() == "Screen alice on\nScreen alice off\n");
  CHECK(w.alice.events() == "ScreenStopped\n");
  CHECK(w.alice.films());
}

TEST_CASE("who shares a screen hears when somebody else ends it, and of no end of its own making") {
  Switchers w;
  w.talk(MediaType::video);
  w.alice.screen(true);
  w.run(1s);
  w.alice.screen(false);
  w.run(1s);
  CHECK(w.alice.events().empty());
  w.alice.screen(true);
  w.run(1s);
  w.bob.switch_to(MediaType::audio);
  w.run(1s);
  CHECK(count(w.alice.events(), "ScreenStopped") == 1);
  w.alice.screen(true);
  w.run(1s);
  w.bob.hang_up();
  w.run(1s);
  CHECK(count(w.alice.events(), "ScreenStopped") == 1);
}

TEST_CASE("a screen is a picture in an audio call, and its end ends the picture") {
  Switchers w;
  w.talk(MediaType::audio);
  w.alice.screen(true);
  w.run(1s);
  CHECK(w.bob.events() == "Video alice on\nScreen alice on\n");
  CHECK(w.alice.outcome(w.alice.screen(false)) == "toggled");
  w.run(1s);
  CHECK(w.bob.events() == "Video alice on\nScreen alice on\nVideo alice off\nScreen alice off\n");
  CHECK_FALSE(w.alice.shares());
}

TEST_CASE("a screen that is not allowed is refused without an event, and none is shared outside of calls") {
  Switchers w;
  CHECK(w.alice.outcome(w.alice.screen(true)) == "WRONG_STATE");
  w.talk(MediaType::audio);
  w.alice.denied = MediaError::permission_denied;
  const OpId op = w.alice.screen(true);
  w.run(1s);
  CHECK(w.alice.outcome(op) == "SCREEN_SHARE_FAILED");
  CHECK(w.alice.events().empty());
}

TEST_CASE("an unplugged microphone is replaced without a word") {
  Switchers w;
  w.talk(MediaType::audio);
  w.alice.unplug_microphone();
  w.run(1s);
  CHECK(w.alice.records());
  CHECK(w.bob.events().find("Audio") == std::string::npos);
}

TEST_CASE("whoever mutes while the microphone is being replaced is not heard through the next one") {
  Switchers w;
  w.talk(MediaType::audio);
  w.alice.unplug_microphone();
  w.alice.microphone(false);
  w.run(1s);
  CHECK(w.alice.records());
  CHECK(count(w.bob.events(), "Audio alice off") == 1);
  CHECK(count(w.bob.events(), "Audio alice on") == 0);
}

TEST_CASE("a track that ends after its device was closed opens nothing") {
  Switchers w;
  w.talk(MediaType::video);
  w.alice.camera(false);
  w.run(1s);
  w.alice.feed(input::TrackEnded{TrackKind::video});
  w.run(1s);
  CHECK_FALSE(w.alice.films());
}

TEST_CASE("people who are added during a switch to video leave an audio call") {
  Switchers w;
  w.talk(MediaType::audio);
  const OpId op = w.alice.switch_to(MediaType::video);
  w.alice.invite({"carol"});
  w.run(1s);
  CHECK(w.alice.outcome(op) == "SWITCH_TO_VIDEO_FAILED");
  CHECK_FALSE(w.alice.films());
}

TEST_CASE("the last microphone's end is told, and its return too") {
  Switchers w;
  w.talk(MediaType::audio);
  w.alice.denied = MediaError::not_found;
  w.alice.unplug_microphone();
  w.run(1s);
  CHECK(count(w.alice.events(), "Error NO_MICROPHONE") == 1);
  CHECK(count(w.bob.events(), "Audio alice off") == 1);
  w.alice.plug(true);
  w.run(1s);
  CHECK(w.alice.records());
  CHECK(count(w.bob.events(), "Audio alice on") == 1);
}

TEST_CASE("nick name and avatar travel with the invitation and with the greeting") {
  Switchers w;
  w.alice.feed(input::SetSelfInfo{{"Älice", "https://a.example/p.png"}});
  w.alice.call("bob");
  w.run(1s);
  CHECK(w.bob.last_inviter_profile().nick == "Älice");
  CHECK(w.bob.last_inviter_profile().avatar == "https://a.example/p.png");
}

//   alice                     bob
//     |      (late) < ringing --|
//     | <------- media switch --|      it proves as well that the invitation has arrived
//     | <-------------- accept --|
TEST_CASE("a callee that switches before its ringing has arrived switches for both") {
  Switchers w;
  w.hold("ringing", "bob", "alice");
  w.alice.call("bob", MediaType::video);
  w.run(1s);
  w.bob.switch_to(MediaType::audio);
  w.run(100ms);
  CHECK(count(w.alice.events(), "Type audio") == 1);
  w.bob.accept();
  w.run(3s);
  w.release();
  CHECK_FALSE(w.alice.films());
  CHECK_FALSE(w.bob.films());
  CHECK(w.alice.hears("bob"));
}
