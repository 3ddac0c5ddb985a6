// The races of RFC 5407 in our words: INVITE = invite, 180 = ringing, 200 = accept, ACK = confirm, CANCEL =
// cancel, BYE = leave, re-INVITE = media_switch or a description of a new exchange. README.md has the table.
#include "scenarios/scene.hpp"

using namespace trtc;
using namespace trtc::sim;

TEST_CASE("RFC 5407, 3.1.1: the invitation comes once more after it was accepted") {
  Scene s{"alice", "bob"};
  s.hold({"ack", "bob", "alice"});  // so alice sends it again
  s.ring("alice", "bob");
  s("bob").accept();
  s.run(1s);
  s.release();
  s.run(1s);
  s.saw({{"alice", "UserAccepted bob; " + meets("bob")}, {"bob", "Invited alice audio; " + meets("alice")}});
  s.talk_on({"alice", "bob"});
}

TEST_CASE("RFC 5407, 3.1.2: the caller cancels while the acceptance is on its way") {
  Scene s{"alice", "bob"};
  s.ring("alice", "bob");
  s.hold({"accept", "bob", "alice"});
  const OpId accepted = s("bob").accept();
  s.run(100ms);
  s("alice").hang_up();
  s.run(100ms);
  s.release();
  s.is_over_with({{"alice", "Cancelled cancelled"}, {"bob", "Invited alice audio; Cancelled! cancelled"}});
  CHECK(s("bob").outcome(accepted) == "INVITE_ENDED");
}

TEST_CASE("RFC 5407, 3.1.2: the caller cancels when the acceptance has arrived: it is a goodbye") {
  Scene s{"alice", "bob"};
  s.ring("alice", "bob");
  s.hold({"confirm", "alice", "bob"});
  const OpId accepted = s("bob").accept();
  s.run(100ms);
  s("alice").hang_up();
  s.run(100ms);
  CHECK(s("bob").outcome(accepted) == "accepted");
  s.release();
  s.is_over_with({{"alice", "UserAccepted bob; " + meets("bob") + "; UserLeft bob; Ended bob 0"},
                  {"bob",
                   "Invited alice audio; UserEntered alice; Video alice off; Audio alice off; Began; Media "
                   "alice connected; UserLeft alice; Ended alice 0"}});
}

TEST_CASE("RFC 5407, 3.1.3 and appendix A: the caller leaves while the callee thinks it rings") {
  Scene s{"alice", "bob"};
  s.ring("alice", "bob");
  s.hold({"cancel", "alice", "bob"});
  s("alice").hang_up();
  s.run(100ms);
  const OpId accepted = s("bob").accept();
  s.run(200ms);
  CHECK(s("bob").outcome(accepted) == "INVITE_ENDED");  // alice's answer to the acceptance
  s.release();
  s.is_over_with({{"alice", "Cancelled cancelled"}, {"bob", "Invited alice audio; Cancelled! cancelled"}});
}

TEST_CASE("RFC 5407, 3.1.4: a switch of the media overtakes the confirmation") {
  Scene s{"alice", "bob"};
  s.ring("alice", "bob");
  s.hold({"confirm", "alice", "bob"});
  s("bob").accept();
  s.run(100ms);
  s("alice").switch_to(MediaType::video);
  s.run(100ms);
  s.release();
  s.run(1s);
  s.saw({{"alice", "UserAccepted bob; " + meets("bob") + "; Type video; Video bob on"},
         {"bob", "Invited alice audio; Type video; " + meets("alice", "on")}});
  s.talk_on({"alice", "bob"});
}

TEST_CASE("RFC 5407, 3.1.5: both switch while the confirmation is on its way") {
  Scene s{"alice", "bob"};
  s.ring("alice", "bob", MediaType::video);
  s.hold({"confirm", "alice", "bob"});
  s("bob").accept();
  s.run(100ms);
  const OpId early = s("bob").switch_to(MediaType::audio);
  s("alice").switch_to(MediaType::audio);
  s.run(100ms);
  s.release();
  s.run(1s);
  CHECK(s("bob").outcome(early) == "WRONG_STATE");  // it is not in the call yet
  s.saw({{"alice", "UserAccepted bob; " + meets("bob", "on") + "; Type audio; Video bob off"},
         {"bob", "Invited alice video; Type audio; " + meets("alice")}});
  s.talk_on({"alice", "bob"});
}

TEST_CASE("RFC 5407, 3.1.6: the goodbye overtakes the confirmation") {
  Scene s{"alice", "bob"};
  s.ring("alice", "bob");
  s.hold({"confirm", "alice", "bob"});
  s("bob").accept();
  s.run(2s);
  s("alice").hang_up();
  s.run(100ms);
  s.release();
  s.is_over_with({{"alice", "UserAccepted bob; " + meets("bob") + "; UserLeft bob; Ended bob 2"},
                  {"bob",
                   "Invited alice audio; UserEntered alice; Video alice off; Audio alice off; Began; Media "
                   "alice connected; UserLeft alice; Ended alice 2"}});
}

TEST_CASE("RFC 5407, 3.2.1: two goodbyes cross") {
  Scene s{"alice", "bob"};
  s.talk("alice", "bob");
  s("alice").hang_up(), s("bob").hang_up();
  s.is_over_with({{"alice", "UserLeft bob; Ended bob 1"}, {"bob", "UserLeft alice; Ended alice 1"}});
}

TEST_CASE("RFC 5407, 3.2.2 and appendix B: a switch crosses a goodbye") {
  Scene s{"alice", "bob"};
  s.talk("alice", "bob", MediaType::video);
  s("alice").hang_up();
  s("bob").switch_to(MediaType::audio);
  s.is_over_with(
      {{"alice", "UserLeft bob; Ended bob 1"}, {"bob", "Type audio; UserLeft alice; Ended alice 1"}});
}

TEST_CASE("RFC 5407, 3.2.2: an offer of a restarted connection crosses a goodbye") {
  Scene s{"alice", "bob"};
  s.talk("alice", "bob");
  s.hold({"description", "alice", "bob"});
  s("bob").fail_media();
  s.run(2s);
  CHECK(s.held() > 0);
  s("bob").hang_up();
  s.run(100ms);
  s.release();
  s.is_over_with({{"alice", "Media bob disconnected; UserLeft bob; Ended alice 3"},
                  {"bob", "Media alice disconnected; UserLeft alice; Ended alice 3"}});
}

TEST_CASE("RFC 5407, 3.2.3: the answer of a restarted connection comes after the goodbye") {
  Scene s{"alice", "bob"};
  s.talk("alice", "bob");
  s.hold({"description", "bob", "alice"});
  s("alice").fail_media();
  s.run(2s);
  CHECK(s.held() > 0);
  s("alice").hang_up();
  s.run(100ms);
  s.release();
  s.is_over_with({{"alice", "Media bob disconnected; Media bob connected; UserLeft bob; Ended bob 3"},
                  {"bob", "UserLeft alice; Ended alice 3"}});
}

TEST_CASE("RFC 5407, 3.2.4: the confirmation comes after the callee has hung up") {
  Scene s{"alice", "bob"};
  s.ring("alice", "bob");
  s.hold({"confirm", "alice", "bob"});
  const OpId accepted = s("bob").accept();
  s.run(100ms);
  s("bob").hang_up();
  s.run(100ms);
  s.release();
  CHECK(s("bob").outcome(accepted) == "CANCELLED_BY_USER");
  s.is_over_with({{"alice", "UserAccepted bob; " + meets("bob") + "; UserLeft bob; Ended alice 0"},
                  {"bob", "Invited alice audio; Cancelled rejected"}});
}

TEST_CASE("RFC 5407, 3.3.1: two switches cross, and both sides follow the same one") {
  Scene s{"alice", "bob"};
  s.talk("alice", "bob", MediaType::video);
  s.hold({"media_switch", "alice", "bob"}), s.hold({"media_switch", "bob", "alice"});
  s("alice").switch_to(MediaType::audio), s("bob").switch_to(MediaType::audio);
  s.run(100ms);
  s("bob").switch_to(MediaType::video);
  s.run(200ms);
  s.release();
  s.run(1s);
  s.saw({{"alice", "Type audio; Video bob off; Video bob on; Type video"},
         {"bob", "Type audio; Video alice off; Type video; Video alice on"}});
  CHECK(s("alice").films() == s("bob").films());
}

TEST_CASE("RFC 5407, 3.3.1: both see the connection fail, and one offer restarts it") {
  Scene s{"alice", "bob"};
  s.talk("alice", "bob");
  s("alice").fail_media(), s("bob").fail_media();
  s.run(10s);
  s.saw({{"alice", "Media bob disconnected; Media bob connected"},
         {"bob", "Media alice disconnected; Media alice connected"}});
  s.talk_on({"alice", "bob"});
  CHECK(s("alice").peers_made() == 1);
}

TEST_CASE("RFC 5407, 3.3.2: a device that closes crosses a switch of the media") {
  Scene s{"alice", "bob"};
  s.talk("alice", "bob", MediaType::video);
  s("alice").switch_to(MediaType::audio);
  s("bob").camera(false);
  s.run(1s);
  s.saw({{"alice", "Type audio; Video bob off"}, {"bob", "Type audio; Video alice off"}});
  CHECK_FALSE(s("alice").films());
  CHECK_FALSE(s("bob").films());
}

TEST_CASE("RFC 5407, appendix C: a cancel that overtakes its invitation") {
  Scene s{"alice", "bob"};
  s.hold({"invite", "alice", "bob"});
  s("alice").call("bob", MediaType::audio);
  s.run(100ms);
  s("alice").hang_up();
  s.run(100ms);
  s.release();
  s.is_over_with({{"alice", "Cancelled cancelled"}, {"bob", ""}});
}

TEST_CASE("RFC 5407, appendix E: of two devices that accept one is in the call") {
  Scene s{"alice", "bob"};
  s.ring("alice", "bob");
  Client& first = s("bob");
  first.cut(true);  // it goes on ringing, and does not hear that another one has logged in
  s.enter("bob");
  s.run(1s);
  const OpId late = first.accept();
  s("bob").accept();
  s.run(1s);
  first.cut(false);
  s.run(10s);
  CHECK(first.outcome(late) == "INVITE_ENDED");
  s.talk_on({"alice", "bob"});
  s.saw({{"alice", "UserAccepted bob; " + meets("bob")},
         {"bob", "Invited alice audio; Cancelled! answered_elsewhere; KickedOut"},
         {"bob", "Ready; Invited alice audio; " + meets("alice")}});
}
