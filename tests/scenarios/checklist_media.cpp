// Devices and connections that fail, and calls of several.
#include "scenarios/scene.hpp"

using namespace trtc;
using namespace trtc::sim;

TEST_CASE("checklist: the caller's microphone is denied") {
  Scene s{"alice", "bob"};
  s("alice").denied = MediaError::permission_denied;
  const OpId op = s.ring("alice", "bob");
  CHECK(s("alice").outcome(op) == "PERMISSION_DENIED");
  s.is_over_with({{"alice", "Error PERMISSION_DENIED"}, {"bob", ""}});
}

TEST_CASE("checklist: the callee's microphone is denied") {
  Scene s{"alice", "bob"};
  s.ring("alice", "bob");
  s("bob").denied = MediaError::permission_denied;
  const OpId op = s("bob").accept();
  s.is_over_with({{"alice", "Rejected bob; Cancelled failed"},
                  {"bob", "Invited alice audio; Error PERMISSION_DENIED; Cancelled failed"}});
  CHECK(s("bob").outcome(op) == "PERMISSION_DENIED");
}

TEST_CASE("checklist: the microphone is in use by another program") {
  Scene s{"alice", "bob"};
  s.ring("alice", "bob");
  s("bob").denied = MediaError::in_use;
  const OpId op = s("bob").accept();
  s.is_over_with({{"alice", "Rejected bob; Cancelled failed"},
                  {"bob", "Invited alice audio; Error DEVICE_IN_USE; Cancelled failed"}});
  CHECK(s("bob").outcome(op) == "DEVICE_IN_USE");
}

TEST_CASE("checklist: without a camera a video call goes on with sound") {
  Scene s{"alice", "bob"};
  s.ring("alice", "bob", MediaType::video);
  s("bob").camera_missing = true;
  s("bob").accept();
  s.run(1s);
  s.saw({{"alice", "UserAccepted bob; " + meets("bob")},
         {"bob", "Invited alice video; " + meets("alice", "on")}});
  s.talk_on({"alice", "bob"});
}

TEST_CASE("checklist: the microphone is unplugged in a call, and nothing else is there") {
  Scene s{"alice", "bob"};
  s.talk("alice", "bob");
  s("alice").denied = MediaError::not_found;
  s("alice").unplug_microphone();
  s.run(1s);
  s("alice").plug(true);
  s.run(1s);
  s.saw({{"alice", "Error NO_MICROPHONE"}, {"bob", "Audio alice off; Audio alice on"}});
  s.talk_on({"alice", "bob"});
}

TEST_CASE("checklist: the camera is unplugged in a call, and nothing else is there") {
  Scene s{"alice", "bob"};
  s.talk("alice", "bob", MediaType::video);
  s("alice").denied = MediaError::not_found;
  s("alice").unplug_camera();
  s.run(1s);
  s.saw({{"alice", "Error NO_CAMERA"}, {"bob", "Video alice off"}});
  s.talk_on({"alice", "bob"});
}

TEST_CASE("checklist: a connection that never comes up ends the call with a reason") {
  Scene s{"alice", "bob"};
  s("bob").media_blocked = true;
  s.ring("alice", "bob");
  s("bob").accept();
  s.run(45s);
  s.is_over_with({{"alice",
                   "UserAccepted bob; UserEntered bob; Video bob off; Audio bob on; Began; Error "
                   "MEDIA_CONNECTION_FAILED; UserLeft bob; Ended alice 30"},
                  {"bob",
                   "Invited alice audio; UserEntered alice; Video alice off; Audio alice on; Began; UserLeft "
                   "alice; Ended alice 30"}});
}

TEST_CASE("checklist: a connection that drops and recovers") {
  Scene s{"alice", "bob"};
  s.talk("alice", "bob");
  s("alice").break_media(), s("bob").break_media();
  s.run(1s);
  s("alice").heal_media(), s("bob").heal_media();
  s.run(10s);
  s.saw({{"alice", "Media bob disconnected; Media bob connected"},
         {"bob", "Media alice disconnected; Media alice connected"}});
  s.talk_on({"alice", "bob"});
}

TEST_CASE("checklist: a connection that drops and stays down ends the call with a reason") {
  Scene s{"alice", "bob"};
  s.talk("alice", "bob");
  s("bob").media_blocked = true;
  s("alice").fail_media(), s("bob").fail_media();
  s.run(70s);
  s.is_over_with(
      {{"alice", "Media bob disconnected; Error MEDIA_CONNECTION_FAILED; UserLeft bob; Ended alice 61"},
       {"bob", "Media alice disconnected; Error MEDIA_CONNECTION_FAILED; UserLeft alice; Ended alice 61"}});
}

TEST_CASE("checklist: group, the last invitee refuses") {
  Scene s{"alice", "bob", "carol"};
  s("alice").group_call({"bob", "carol"}, {}, MediaType::audio);
  s.run(1s);
  s("bob").reject();
  s.run(1s);
  s("carol").reject();
  s.is_over_with({{"alice",
                   "Roster bob:inviting carol:inviting; Roster bob:ringing carol:inviting; Roster "
                   "bob:ringing carol:ringing; Rejected bob; Roster bob:rejected carol:ringing; Rejected "
                   "carol; Roster bob:rejected carol:rejected; Cancelled rejected; Ended carol 0"},
                  {"bob", "Invited alice audio; Cancelled rejected"},
                  {"carol", "Invited alice audio; Cancelled rejected"}});
}

TEST_CASE("checklist: group, one time is out while the others talk") {
  Scene s{"alice", "bob", "carol"};
  s("alice").group_call({"bob", "carol"}, {}, MediaType::audio, 5s);
  s.run(1s);
  s("bob").accept();
  s.run(10s);
  s.talk_on({"alice", "bob"});
  s.saw({{"alice",
          "Roster bob:inviting carol:inviting; Roster bob:ringing carol:inviting; Roster bob:ringing "
          "carol:ringing; UserAccepted bob; UserEntered bob; Video bob off; Audio bob on; Began; Roster "
          "bob:joined carol:ringing; Media bob connected; NoResponse carol; TimedOut carol; Roster "
          "bob:joined carol:no_answer"},
         {"bob",
          "Invited alice audio; UserEntered alice; Video alice off; Audio alice on; Began; Roster "
          "alice:joined; Roster alice:joined carol:ringing; Media alice connected; Roster alice:joined "
          "carol:no_answer"},
         {"carol", "Invited alice audio; TimedOut carol; Cancelled no_answer; Ended alice 0"}});
}

TEST_CASE("checklist: group, the inviter leaves") {
  Scene s{"alice", "bob", "carol"};
  s("alice").group_call({"bob", "carol"}, {}, MediaType::audio);
  s.run(1s);
  s("bob").accept(), s("carol").accept();
  s.run(2s);
  s.forget();
  s("alice").hang_up();
  s.run(1s);
  s.talk_on({"bob", "carol"});
  s.saw({{"alice", "UserLeft bob; UserLeft carol; Ended bob 2"},
         {"bob", "UserLeft alice; Roster alice:left carol:joined"},
         {"carol", "UserLeft alice; Roster alice:left bob:joined"}});
}

TEST_CASE("checklist: group, a late joiner") {
  Scene s{"alice", "bob", "carol"};
  for (const char* const one : {"alice", "bob", "carol"}) s(one).join_group("team");
  s("alice").group_call({"bob"}, "team", MediaType::audio);
  s.run(1s);
  s("bob").accept();
  s.run(2s);
  s.forget();
  const OpId op = s("carol").join_call("team", MediaType::audio);
  s.run(3s);
  CHECK(s("carol").outcome(op) == "accepted");
  s.talk_on({"alice", "bob", "carol"});
  s.saw({{"alice",
          "Roster bob:joined carol:inviting; UserEntered carol; Video carol off; Audio carol on; Roster "
          "bob:joined carol:joined; Media carol connected"},
         {"bob",
          "Roster alice:joined carol:inviting; UserEntered carol; Video carol off; Audio carol on; Roster "
          "alice:joined carol:joined; Media carol connected"},
         {"carol",
          "UserEntered alice; Video alice off; Audio alice on; Began; Roster alice:joined; UserEntered bob; "
          "Video bob off; Audio bob on; Roster alice:joined bob:joined; Media alice connected; Media bob "
          "connected"}});
}

TEST_CASE("checklist: group, everyone leaves at once") {
  Scene s{"alice", "bob", "carol"};
  s("alice").group_call({"bob", "carol"}, {}, MediaType::audio);
  s.run(1s);
  s("bob").accept(), s("carol").accept();
  s.run(2s);
  s.forget();
  for (const char* const one : {"alice", "bob", "carol"}) s(one).hang_up();
  s.is_over_with({{"alice", "UserLeft bob; UserLeft carol; Ended bob 2"},
                  {"bob", "UserLeft alice; UserLeft carol; Ended alice 2"},
                  {"carol", "UserLeft alice; UserLeft bob; Ended alice 2"}});
}
