// Calls of several (behaviour document, section 5.9 with its verdicts).
#include "scenarios/group.hpp"

using namespace trtc;
using namespace trtc::sim;

TEST_CASE("everybody who accepts hears everybody, and enters once") {
  Group w;
  const OpId placed = w.alice.group_call({"bob", "carol", "dave"});
  w.run(1s);
  CHECK(w.alice.outcome(placed) == "placed");
  CHECK(w.bob.events() == "Invited alice video\n");
  w.bob.accept(), w.carol.accept(), w.dave.accept();
  w.run(5s);
  CHECK(Group::all_hear(w.everybody()));
  for (Client* one : w.everybody()) {
    CAPTURE(one->user());
    for (Client* other : w.everybody()) {
      if (one != other) CHECK(count(one->events(), "UserEntered " + other->user()) == 1);
    }
    CHECK(count(one->events(), "Began") == 1);
    CHECK(count(one->events(), "UserEntered " + one->user()) == 0);
  }
  CHECK(count(w.alice.events(), "UserAccepted") == 3);
  CHECK(count(w.bob.events(), "UserAccepted") == 0);
  CHECK(w.bob.events().find("Roster") != std::string::npos);
  w.alice.hang_up(), w.bob.hang_up(), w.carol.hang_up(), w.dave.hang_up();
  w.run(3s);
  CHECK(w.all_quiet());
}

TEST_CASE("a list of one without a group is a call between two") {
  Group w;
  w.alice.group_call({"bob"});
  w.run(1s);
  w.bob.accept();
  w.run(2s);
  CHECK(w.alice.events().find("Roster") == std::string::npos);
  w.bob.hang_up();
  w.run(1s);
  CHECK(w.all_quiet());
}

TEST_CASE("some accept, one is busy, one refuses, and the call goes on") {
  Group w;
  Client& erin = w.add("erin");
  Client& frank = w.add("frank");
  erin.login(), frank.login();
  w.run(1s);
  erin.call("frank");
  w.run(1s);
  w.alice.group_call({"bob", "carol", "erin"});
  w.run(1s);
  w.bob.accept();
  w.carol.reject();
  w.run(2s);
  CHECK(count(w.alice.events(), "LineBusy erin") == 1);
  CHECK(count(w.alice.events(), "Rejected carol") == 1);
  CHECK(w.alice.hears("bob"));
  CHECK(count(w.alice.events(), "Ended") == 0);
  CHECK(w.alice.events().find("Roster bob:joined carol:rejected erin:busy\n") != std::string::npos);
  CHECK(count(w.bob.events(), "Rejected") == 0);
  w.alice.hang_up();
  w.run(1s);
  CHECK(count(w.bob.events(), "Ended alice") == 1);
  CHECK(w.bob.quiet());
}

TEST_CASE("everybody refuses: each is told, and one end names the last") {
  Group w;
  w.alice.group_call({"bob", "carol"});
  w.run(1s);
  w.bob.reject();
  w.run(1s);
  w.carol.reject();
  w.run(1s);
  CHECK(count(w.alice.events(), "Rejected bob") == 1);
  CHECK(count(w.alice.events(), "Rejected carol") == 1);
  CHECK(count(w.alice.events(), "Ended") == 1);
  CHECK(count(w.alice.events(), "Ended carol 0") == 1);
  CHECK(w.all_quiet());
}

TEST_CASE("nobody answers: each rings until its deadline, the inviter is told once") {
  Group w;
  w.dave.logout();
  w.run(1s);
  w.alice.group_call({"bob", "carol", "dave"}, {}, MediaType::audio, 20s);
  w.run(25s);
  CHECK(count(w.alice.events(), "NoResponse") == 1);
  CHECK(w.alice.events().find("NoResponse bob+carol+dave\nTimedOut bob+carol\n") != std::string::npos);
  CHECK(count(w.alice.events(), "Ended alice 0") == 1);
  CHECK(w.bob.events() == "Invited alice audio\nTimedOut bob\nCancelled no_answer\nEnded alice 0\n");
  CHECK(w.all_quiet());
}

TEST_CASE("some never answer while the others talk") {
  Group w;
  w.alice.group_call({"bob", "carol"}, {}, MediaType::video, 10s);
  w.run(1s);
  w.bob.accept();
  w.run(15s);
  CHECK(count(w.alice.events(), "NoResponse carol") == 1);
  CHECK(count(w.alice.events(), "Ended") == 0);
  CHECK(w.alice.hears("bob"));
  CHECK(count(w.carol.events(), "TimedOut carol") == 1);
  CHECK(w.carol.quiet());
}

TEST_CASE("the inviter cancels before anybody answers") {
  Group w;
  w.alice.group_call({"bob", "carol"});
  w.run(1s);
  w.alice.forget();
  const OpId op = w.alice.hang_up();
  CHECK(w.alice.outcome(op) == "cancelled");
  w.run(1s);
  CHECK(w.alice.events() == "Cancelled cancelled\n");
  CHECK(w.bob.events() == "Invited alice video\nCancelled! cancelled\n");
  CHECK(w.all_quiet());
}

TEST_CASE("the inviter leaves: who rings is cancelled, the others talk on") {
  Group w;
  w.alice.group_call({"bob", "carol", "dave"});
  w.run(1s);
  w.bob.accept(), w.carol.accept();
  w.run(3s);
  w.forget();
  w.alice.hang_up();
  w.run(2s);
  CHECK(w.alice.events().find("UserLeft bob\nUserLeft carol\nEnded bob 3\n") != std::string::npos);
  CHECK(w.alice.quiet());
  CHECK(w.dave.events() == "Cancelled! cancelled\n");
  CHECK(Group::all_hear({&w.bob, &w.carol}));
  CHECK(count(w.bob.events(), "UserLeft alice") == 1);
  CHECK(count(w.bob.events(), "Ended") == 0);
  w.carol.hang_up();
  w.run(1s);
  CHECK(count(w.bob.events(), "Ended alice") == 1);
  CHECK(w.all_quiet());
}

TEST_CASE("an invitee that leaves while another one rings does not end the call") {
  Group w;
  w.alice.group_call({"bob", "carol"});
  w.run(1s);
  w.bob.accept();
  w.run(2s);
  w.bob.hang_up();
  w.run(1s);
  CHECK(count(w.alice.events(), "Ended") == 0);
  CHECK(w.carol.status() == CallStatus::ringing);
  w.carol.accept();
  w.run(2s);
  CHECK(Group::all_hear({&w.alice, &w.carol}));
  w.carol.hang_up();
  w.run(1s);
  CHECK(count(w.alice.events(), "Ended alice") == 1);
  CHECK(w.all_quiet());
}

TEST_CASE("the last invitation that fails ends a call whose members have left") {
  Group w;
  w.alice.group_call({"bob", "carol"});
  w.run(1s);
  w.bob.accept();
  w.run(4s);
  w.bob.hang_up();
  w.run(5s);
  w.carol.reject();
  w.run(1s);
  // Talk time is that of the talk.
  CHECK(count(w.alice.events(), "Ended alice 4") == 1);
  CHECK(w.all_quiet());
}

TEST_CASE("two who accept at the same moment find each other") {
  for (const Duration lead : {0ms, 3ms, 20ms, 60ms, 200ms}) {
    CAPTURE(lead.count());
    Group w;
    w.alice.group_call({"bob", "carol", "dave"});
    w.run(1s);
    w.bob.accept();
    w.run(lead);
    w.carol.accept(), w.dave.accept();
    w.run(5s);
    CHECK(Group::all_hear(w.everybody()));
  }
}

TEST_CASE("two who were invited by different members at the same time find each other") {
  Group w;
  w.alice.call("bob");
  w.run(1s);
  w.bob.accept();
  w.run(2s);
  CHECK(w.alice.outcome(w.alice.invite({"carol"})) == "added");
  CHECK(w.bob.outcome(w.bob.invite({"dave"})) == "added");
  w.run(1s);
  w.carol.accept(), w.dave.accept();
  w.run(5s);
  CHECK(Group::all_hear(w.everybody()));
}

TEST_CASE("people are added to a call between two, also by the one who was called") {
  Group w;
  w.alice.call("bob");
  w.run(1s);
  w.bob.accept();
  w.run(2s);
  w.forget();
  w.bob.group_call({"carol"});
  w.run(1s);
  CHECK(w.carol.events() == "Invited bob video\n");
  w.carol.accept();
  w.run(3s);
  CHECK(Group::all_hear({&w.alice, &w.bob, &w.carol}));
  CHECK(count(w.alice.events(), "UserEntered carol") == 1);
  CHECK(count(w.bob.events(), "UserAccepted carol") == 1);
}

TEST_CASE("whoever has left can be invited again to the same call") {
  Group w;
  w.talk_three();
  w.carol.hang_up();
  w.run(1s);
  CHECK(w.carol.quiet());
  w.forget();
  w.alice.invite({"carol"});
  w.run(1s);
  CHECK(w.carol.events() == "Invited alice video\n");
  w.carol.accept();
  w.run(3s);
  CHECK(Group::all_hear({&w.alice, &w.bob, &w.carol}));
  w.carol.hang_up();
  w.run(1s);
  w.bob.invite({"carol"});
  w.run(1s);
  CHECK(w.carol.status() == CallStatus::ringing);
  w.carol.reject();
  w.run(1s);
  CHECK(count(w.bob.events(), "Rejected carol") == 1);
  w.bob.invite({"carol"});
  w.run(1s);
  CHECK(w.carol.status() == CallStatus::ringing);
}

TEST_CASE("inviting somebody who is in the call or rings already does nothing twice") {
  Group w;
  w.talk_three();
  w.alice.invite({"bob", "dave", "dave"});
  w.alice.invite({"dave", "carol"});
  w.run(1s);
  CHECK(count(w.dave.events(), "Invited") == 1);
  CHECK(w.bob.events().find("Invited") == std::string::npos);
}

TEST_CASE("a crashed member is noticed by all others, and the call goes on") {
  Group w;
  w.talk_three();
  w.carol.crash();
  w.run(3s);
  CHECK(count(w.alice.events(), "UserLeft carol") == 1);
  CHECK(count(w.bob.events(), "UserLeft carol") == 1);
  CHECK(Group::all_hear({&w.alice, &w.bob}));
}

TEST_CASE("a broker that restarts in a group call interrupts nothing") {
  Group w;
  w.talk_three();
  w.stop_broker();
  w.run(5s);
  w.start_broker();
  w.run(10s);
  CHECK(Group::all_hear({&w.alice, &w.bob, &w.carol}));
  w.alice.hang_up();
  w.run(1s);
  CHECK(Group::all_hear({&w.bob, &w.carol}));
}

TEST_CASE("every single lost message of a group call is made up for") {
  for (int victim = 0; victim < 60; ++victim) {
    CAPTURE(victim);
    Group w;
    int seen = 0;
    w.broker().pass = [&](const std::string&, const std::string&) { return seen++ != victim; };
    w.alice.group_call({"bob", "carol"}, "team");
    w.run(6s);
    CHECK(w.bob.status() == CallStatus::ringing);
    w.bob.accept(), w.carol.accept();
    w.run(10s);
    CHECK(Group::all_hear({&w.alice, &w.bob, &w.carol}));
    w.alice.hang_up();
    w.run(6s);
    w.bob.hang_up();
    w.run(6s);
    CHECK(w.all_quiet());
  }
}

TEST_CASE("more than eight are refused with a reason") {
  Group w;
  const OpId many = w.alice.group_call({"a", "b", "c", "d", "e", "f", "g", "h"});
  CHECK(w.alice.outcome(many) == "LIMIT_EXCEEDED");
  const OpId self = w.alice.group_call({"bob", "alice"});
  CHECK(w.alice.outcome(self) == "CALL_TO_SELF");
  CHECK(w.alice.outcome(w.alice.group_call({})) == "INVALID_PARAMETER");
  CHECK(w.alice.outcome(w.alice.group_call({"bob"}, "no group!")) == "INVALID_PARAMETER");
  CHECK(w.alice.outcome(w.alice.invite({"bob"})) == "WRONG_STATE");
  CHECK(w.all_quiet());
  w.talk_three();
  const OpId more = w.bob.invite({"a", "b", "c", "d", "e", "f"});
  CHECK(w.bob.outcome(more) == "LIMIT_EXCEEDED");
  CHECK(w.bob.outcome(w.bob.invite({"a", "b", "c", "d", "e"})) == "added");
}

TEST_CASE("the picture costs less for each, the more there are") {
  Group w;
  w.alice.group_call({"bob", "carol", "dave"});
  w.run(1s);
  w.bob.accept();
  w.run(1s);
  CHECK(w.alice.limit().bitrate == 0);  // between two the profile holds
  w.carol.accept();
  w.run(1s);
  CHECK(w.alice.limit().bitrate == 603);
  w.dave.accept();
  w.run(1s);
  CHECK(w.alice.limit().bitrate == 450);
  CHECK(w.alice.limit().scale == 133);
  w.dave.hang_up(), w.carol.hang_up();
  w.run(1s);
  CHECK(w.alice.limit().bitrate == 900);
  CHECK(w.alice.limit().scale == 100);
}
