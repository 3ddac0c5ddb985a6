// Calls that meet each other, and messages that come when nobody expects them.
#include "scenarios/scene.hpp"

using namespace trtc;
using namespace trtc::sim;

TEST_CASE("checklist: the callee rejects while the caller cancels") {
  Scene s{"alice", "bob"};
  s.ring("alice", "bob");
  s("bob").reject(), s("alice").hang_up();
  s.is_over_with({{"alice", "Cancelled cancelled"}, {"bob", "Invited alice audio; Cancelled rejected"}});
}

TEST_CASE("checklist: glare before anybody rings") {
  Scene s{"alice", "bob"};
  const OpId first = s("alice").call("bob", MediaType::audio);
  const OpId second = s("bob").call("alice", MediaType::audio);
  s.run(3s);
  CHECK(s("alice").outcome(first) == "placed");
  CHECK(s("bob").outcome(second) == "placed");
  s.saw({{"alice", "UserAccepted bob; " + meets("bob")}, {"bob", "UserAccepted alice; " + meets("alice")}});
  s.talk_on({"alice", "bob"});
}

TEST_CASE("checklist: glare after one invitation has arrived and rings") {
  Scene s{"alice", "bob"};
  s.hold({"ringing", "bob", "alice"});
  s.ring("alice", "bob");
  const OpId late = s("bob").call("alice", MediaType::audio);
  s.release();
  s.run(1s);
  CHECK(s("bob").outcome(late) == "WRONG_STATE");  // it rings: accept() is the answer
  s("bob").accept();
  s.run(2s);
  s.saw({{"alice", "UserAccepted bob; " + meets("bob")}, {"bob", "Invited alice audio; " + meets("alice")}});
  s.talk_on({"alice", "bob"});
}

TEST_CASE("checklist: an invitation meets one who is inviting") {
  Scene s{"alice", "bob", "carol"};
  s.ring("alice", "bob");
  s.ring("carol", "alice");
  s.saw({{"alice", ""}, {"bob", "Invited alice audio"}, {"carol", "LineBusy alice; Cancelled busy"}});
  CHECK(s("alice").status() == CallStatus::inviting);
}

TEST_CASE("checklist: an invitation meets one who rings") {
  Scene s{"alice", "bob", "carol"};
  s.ring("alice", "bob");
  s.ring("carol", "bob");
  s.saw({{"alice", ""}, {"bob", "Invited alice audio"}, {"carol", "LineBusy bob; Cancelled busy"}});
  CHECK(s("bob").status() == CallStatus::ringing);
}

TEST_CASE("checklist: an invitation meets one who is in a call") {
  Scene s{"alice", "bob", "carol"};
  s.talk("alice", "bob");
  s.ring("carol", "bob");
  s.saw({{"alice", ""}, {"bob", ""}, {"carol", "LineBusy bob; Cancelled busy"}});
  s.talk_on({"alice", "bob"});
}

TEST_CASE("checklist: an invitation meets one who is in a group call") {
  Scene s{"alice", "bob", "carol", "dave"};
  s("alice").group_call({"bob", "carol"}, {}, MediaType::audio);
  s.run(1s);
  s("bob").accept(), s("carol").accept();
  s.run(2s);
  s.forget();
  s.ring("dave", "carol");
  s.saw({{"alice", ""}, {"bob", ""}, {"carol", ""}, {"dave", "LineBusy carol; Cancelled busy"}});
  s.talk_on({"alice", "bob", "carol"});
}

TEST_CASE("checklist: a third call that was busy and is cancelled at once does not touch the call") {
  Scene s{"alice", "bob", "carol"};
  s.talk("alice", "bob");
  s("carol").call("bob", MediaType::audio);
  s.run(54ms);
  s("carol").hang_up();
  s.run(3s);
  s.saw({{"alice", ""}, {"bob", ""}, {"carol", "Cancelled cancelled"}});
  s.talk_on({"alice", "bob"});
}

TEST_CASE("checklist: a second invitation of the same peer, which has given the first one up") {
  Scene s{"alice", "bob"};
  s.lose({"cancel", "alice", "bob"});
  s.ring("alice", "bob");
  s("alice").hang_up();
  s("alice").call("bob", MediaType::video);
  s.run(3s);
  s.saw({{"alice", "Cancelled cancelled"},
         {"bob", "Invited alice audio; Cancelled! cancelled; Invited alice video"}});
  s("bob").accept();
  s.run(1s);
  s.talk_on({"alice", "bob"});
}

TEST_CASE("checklist: recall, a peer believed to be in a call with us invites again") {
  Scene s{"alice", "bob"};
  s.talk("alice", "bob");
  s.hold({"gone", "", ""});  // its will is late
  s("alice").crash();
  s.enter("alice");
  s.run(200ms);
  s("alice").call("bob", MediaType::audio);
  s.run(1s);
  s("bob").accept();
  s.run(1s);
  s.saw({{"alice", ""},
         {"bob", "UserLeft alice; Ended alice 1; Invited alice audio; " + meets("alice")},
         {"alice", "Ready; UserAccepted bob; " + meets("bob")}});
  s.release();
  s.run(5s);
  s.talk_on({"alice", "bob"});
}

TEST_CASE("checklist: verbs that name an unknown call change nothing") {
  Scene s{"alice", "bob"};
  s.ring("alice", "bob");
  CHECK(s("bob").outcome(s("bob").accept("unknown")) == "INVITE_UNKNOWN");
  CHECK(s("bob").outcome(s("bob").reject(false, "unknown")) == "INVITE_UNKNOWN");
  s.run(1s);
  CHECK(s("bob").status() == CallStatus::ringing);
  s.saw({{"alice", ""}, {"bob", "Invited alice audio"}});
}

TEST_CASE("checklist: verbs that name an older call change nothing") {
  Scene s{"alice", "bob"};
  s.ring("alice", "bob");
  const std::string older = s("bob").last_invite();
  s("alice").hang_up();
  s.run(1s);
  s.ring("alice", "bob");
  CHECK(s("bob").outcome(s("bob").accept(older)) == "INVITE_UNKNOWN");
  CHECK(s("bob").outcome(s("bob").reject(false, older)) == "nothing");
  s.run(1s);
  CHECK(s("bob").status() == CallStatus::ringing);
  s.saw({{"alice", "Cancelled cancelled"},
         {"bob", "Invited alice audio; Cancelled! cancelled; Invited alice audio"}});
}

TEST_CASE("checklist: candidates before the offer of their connection") {
  Scene s{"alice", "bob", "carol"};
  s.hold({"description", "bob", "alice"}), s.hold({"description", "alice", "bob"});
  s("alice").group_call({"bob", "carol"}, {}, MediaType::audio);
  s.run(1s);
  s("bob").accept();
  s.run(300ms);
  CHECK(s.held() > 0);
  s.release();
  s.run(1s);
  s.talk_on({"alice", "bob"});
  s.saw({{"alice",
          "Roster bob:inviting carol:inviting; Roster bob:ringing carol:inviting; Roster bob:ringing "
          "carol:ringing; UserAccepted bob; UserEntered bob; Video bob off; Audio bob on; Began; Roster "
          "bob:joined carol:ringing; Media bob connected"},
         {"bob",
          "Invited alice audio; UserEntered alice; Video alice off; Audio alice on; Began; Roster "
          "alice:joined; Roster alice:joined carol:ringing; Media alice connected"},
         {"carol", "Invited alice audio"}});
}

TEST_CASE("checklist: every message twice") {
  Scene s{"alice", "bob"};
  s.double_everything();
  s.ring("alice", "bob");
  s("bob").accept();
  s.run(1s);
  s("alice").microphone(false);
  s("bob").switch_to(MediaType::video);
  s.run(1s);
  s.talk_on({"bob", "alice"});
  s("bob").hang_up();
  s.is_over_with(
      {{"alice",
        "UserAccepted bob; " + meets("bob") + "; Type video; Video bob on; UserLeft bob; Ended alice 2"},
       {"bob", "Invited alice audio; " + meets("alice") +
                   "; Audio alice off; Type video; Video alice on; UserLeft alice; Ended alice 2"}});
}
