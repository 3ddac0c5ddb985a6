// Messages of a group call that overtake each other: whatever their order, the outcome is the same.
#include "scenarios/group.hpp"
#include "unit/call/forger.hpp"

using namespace trtc;
using namespace trtc::sim;

namespace {

/// Alice and Bob are in a call of the group, and Carol rings.
struct Ring : Group {
  Ring() {
    alice.group_call({"bob", "carol"}, "team");
    run(1s);
    bob.accept();
    run(3s);
    forget();
  }
};

}  // namespace

//   alice           carol           bob
//     | confirm {bob} >| (late)       |
//     | leave -------->|              |      the call goes on without her
//     |                | join ------->|
TEST_CASE("whoever is let in by a member that leaves at once is in the call with the others") {
  for (const bool lost : {false, true}) {
    CAPTURE(lost);
    Ring w;
    w.hold("confirm", "alice", "carol");
    const OpId accepted = w.carol.accept();
    w.run(100ms);
    w.alice.hang_up();
    w.run(100ms);
    if (lost)
      w.broker().pass = [](auto&, const std::string& payload) {
        return payload.find("\"confirm\"") == std::string::npos ||
               payload.find("_alice") == std::string::npos;
      };
    lost ? w.run(3s) : w.release();
    CHECK(w.carol.outcome(accepted) == "accepted");
    CHECK(Group::all_hear({&w.bob, &w.carol}));
    CHECK(count(w.carol.events(), "UserLeft alice") == 1);
    CHECK(count(w.carol.events(), "Ended") == 0);
    w.bob.hang_up();
    w.run(2s);
    CHECK(w.all_quiet());
  }
}

//   alice           carol
//     |<- accept ------|
//     | hangup()       |      she has never heard the accept: the invitation was taken back
//     | cancel ------->| (late)
TEST_CASE("an acceptance that meets an inviter who has left was not taken, also when the cancel comes late") {
  Ring w;
  w.hold("accept", "carol", "alice");
  const OpId accepted = w.carol.accept();
  w.run(100ms);
  w.broker().pass = [](auto&, const std::string& payload) {
    return payload.find("\"cancel\"") == std::string::npos;
  };
  w.alice.hang_up();
  w.run(100ms);
  w.release();
  CHECK(w.carol.outcome(accepted) == "INVITE_ENDED");
  CHECK(w.carol.events() == "Cancelled! cancelled\n");
  CHECK(w.carol.quiet());
}

TEST_CASE("everybody hears once that an invitee of the group has accepted, whatever comes first") {
  for (const char* first : {"join", "roster"}) {
    CAPTURE(first);
    Ring w;
    std::string(first) == "join" ? w.hold("roster", "alice", "bob") : w.hold("join", "carol", "bob");
    w.carol.accept();
    w.run(1s);
    w.release();
    CHECK(Group::all_hear({&w.alice, &w.bob, &w.carol}));
    CHECK(count(w.bob.events(), "UserAccepted carol") == 1);
    CHECK(w.bob.events().find("UserAccepted carol\n") < w.bob.events().find("UserEntered carol\n"));
    CHECK(count(w.bob.events(), "UserEntered carol") == 1);
  }
}

TEST_CASE("two who accept at once hear of each other's acceptance once, whatever comes first") {
  for (const char* held : {"", "roster", "confirm"}) {
    CAPTURE(held);
    Group w;
    w.alice.group_call({"bob", "carol"}, "team");
    w.run(1s);
    w.bob.accept(), w.carol.accept();
    if (*held != '\0') w.hold(held, "alice", "carol");
    w.run(1s);
    w.release();
    CHECK(Group::all_hear({&w.alice, &w.bob, &w.carol}));
    CHECK(count(w.bob.events(), "UserAccepted carol") == 1);
    CHECK(count(w.carol.events(), "UserAccepted bob") == 1);
  }
}

TEST_CASE("whoever looks for the call has accepted nobody's invitation, whatever comes first") {
  for (const char* first : {"join", "roster"}) {
    CAPTURE(first);
    Group w;
    for (Client* one : w.everybody()) one->join_group("team");
    w.talk_three("team");
    // Bob does not hear the question.
    w.broker().pass = [](const std::string& topic, const std::string& payload) {
      return payload.find("\"seek\"") == std::string::npos || topic.find("_dave") == std::string::npos;
    };
    w.bob.quit_group("team"), w.carol.quit_group("team");
    w.run(100ms);
    w.broker().pass = [](auto&, auto&) { return true; };
    std::string(first) == "join" ? w.hold("roster", "alice", "bob", "joined") : w.hold("join", "dave", "bob");
    const OpId op = w.dave.join_call("team");
    w.run(1s);
    w.release();
    CHECK(w.dave.outcome(op) == "accepted");
    CHECK(Group::all_hear(w.everybody()));
    CHECK(count(w.bob.events(), "UserEntered dave") == 1);
    CHECK(count(w.bob.events(), "UserAccepted dave") == 0);
  }
}

//   alice            bob            carol
//     |               |<-- join ------|
//     |               |<-- leave -----|
//     | roster {carol ringing, joined} >| (late)
TEST_CASE("what is told late of somebody who has left changes nothing") {
  for (const char* late : {"ringing", "joined"}) {
    CAPTURE(late);
    Group w;
    w.alice.group_call({"bob"}, "team");
    w.run(1s);
    w.bob.accept();
    w.run(2s);
    w.hold("roster", "alice", "bob", late);
    w.alice.invite({"carol"});
    w.run(1s);
    w.carol.accept();
    w.run(1s);
    w.carol.hang_up();
    w.run(100ms);
    w.forget();
    w.release();
    CHECK(w.bob.events().find("carol:joined") == std::string::npos);
    CHECK(w.bob.events().find("carol:ringing") == std::string::npos);
    CHECK(count(w.bob.events(), "UserAccepted carol") == 0);
    w.alice.invite({"carol"});
    w.run(1s);
    w.carol.accept();
    w.run(3s);
    CHECK(Group::all_hear({&w.alice, &w.bob, &w.carol}));
    CHECK(count(w.bob.events(), "UserAccepted carol") == 1);
  }
}

TEST_CASE("an invitation that nobody of the group has sent is not taken by whoever looks for its call") {
  Group w;
  for (Client* one : w.everybody()) one->join_group("team");
  Client& mallory = w.add("mallory");
  mallory.login();
  w.run(1s);
  Forger forger(w);
  mallory.call("carol");  // she has a session of her own
  w.run(1s);
  const CallId forged("00000000-0000-4000-8000-000000000001");
  const OpId op = w.dave.join_call("team");
  w.run(20ms);
  message::Invite lure;
  lure.group = true;
  lure.group_id = "team";
  lure.invitees = {UserId("dave")};
  lure.ring = 30s;
  lure.attempt = 1;
  lure.pass = std::string(32, 'f');
  forger.send("mallory", forger.session("mallory"), "dave", forged, lure);
  w.run(1s);
  CHECK(w.dave.status() == CallStatus::dialing);
  CHECK_FALSE(w.dave.records());
  w.alice.group_call({"bob"}, "team");
  w.run(1s);
  w.bob.accept();
  w.run(3s);
  CHECK(w.dave.outcome(op) == "accepted");
  CHECK(Group::all_hear({&w.alice, &w.bob, &w.dave}));
}

TEST_CASE("an answer to a question that nobody asks any more does not ring") {
  Group w;
  for (Client* one : w.everybody()) one->join_group("team");
  w.talk_three("team");
  const OpId op = w.dave.join_call("team");
  w.run(12ms);  // the question has reached the others
  w.dave.hang_up();
  w.run(15s);
  CHECK(w.dave.outcome(op) == "CANCELLED_BY_USER");
  CHECK(w.dave.events().empty());
  CHECK(w.alice.events().find("dave:cancelled\n") != std::string::npos);
  const OpId again = w.dave.join_call("team");
  w.run(4s);
  CHECK(w.dave.outcome(again) == "accepted");
  CHECK(Group::all_hear(w.everybody()));
}

TEST_CASE("whoever is invited and looks for the call at the same time enters it, and is not busy") {
  for (const bool group_is_lost : {false, true}) {
    CAPTURE(group_is_lost);
    Group w;
    for (Client* one : w.everybody()) one->join_group("team");
    w.run(1s);
    w.broker().pass = [&](const std::string& topic, const std::string& payload) {
      return !group_is_lost || topic.find("/group/") == std::string::npos ||
             payload.find("\"invite\"") == std::string::npos;
    };
    const OpId op = w.dave.join_call("team");
    w.alice.group_call({"bob", "dave"}, "team");
    w.run(1s);
    w.bob.accept();
    w.run(4s);
    CHECK(w.dave.outcome(op) == "accepted");
    CHECK(Group::all_hear({&w.alice, &w.bob, &w.dave}));
    CHECK(count(w.alice.events(), "LineBusy") == 0);
  }
}

//   alice            bob            dave
//     | invite -------------------->|
//     |               |<-- join ----|
//     | roster ------>| (late, or never)
TEST_CASE("whoever was invited enters before anybody has told of the invitation") {
  Ring w;
  w.hold("roster", "alice", "bob");
  w.alice.invite({"dave"});
  w.run(1s);
  w.dave.accept();
  w.run(500ms);
  w.dave.microphone(false);
  w.run(500ms);
  CHECK(Group::all_hear({&w.alice, &w.bob}));
  CHECK(w.dave.hears("bob"));
  CHECK(count(w.bob.events(), "UserEntered dave") == 1);
  CHECK(count(w.bob.events(), "Audio dave off") == 1);
  w.release();
  CHECK(count(w.bob.events(), "UserEntered dave") == 1);
  CHECK(count(w.bob.events(), "UserAccepted dave") == 1);
}

TEST_CASE(
    "a member who knows of nobody else's invitation takes whoever has the call's pass, and nobody else") {
  for (const bool invited : {true, false}) {
    CAPTURE(invited);
    Ring w;
    Client& mallory = w.add("mallory");
    mallory.login();
    w.run(1s);
    Forger forger(w);
    mallory.call("carol");  // she has a session of her own
    w.alice.invite({"dave"});
    w.run(1s);
    message::Join join{hello(), std::string(32, 'f')};
    if (invited) join.pass = forger.pass();
    forger.send("mallory", forger.session("mallory"), "bob", forger.call("alice"), join);
    w.run(1s);
    CHECK(count(w.bob.events(), "UserEntered mallory") == (invited ? 1 : 0));
  }
}
