// What the swarm has found (tests/swarm), each at its smallest.
#include "scenarios/group.hpp"

using namespace trtc;
using namespace trtc::sim;

namespace {

/// Alice and Bob are in a video call.
struct Two : Group {
  Two() {
    alice.call("bob");
    run(1s);
    bob.accept();
    run(3s);
    REQUIRE(all_hear({&alice, &bob}));
    forget();
  }
};

}  // namespace

//   alice           bob
//     |               | groupCall([alice])     nobody is added
//     | media_switch >|                        the call is still one between two
TEST_CASE("inviting only those who are there leaves the call one between two") {
  Two w;
  CHECK(w.bob.outcome(w.bob.group_call({"alice"})) == "added");
  w.alice.switch_to(MediaType::audio);
  w.run(1s);
  CHECK(w.bob.events() == "Type audio\nVideo alice off\n");
  CHECK(w.alice.events() == "Type audio\nVideo bob off\n");
  w.bob.hang_up();
  w.run(1s);
  CHECK(w.all_quiet());
}

//   alice           bob
//     |<- restart -----|      a new connection, please: here it has never come up
//     |                x      crashes
//     | description -->|
TEST_CASE("a member that crashes after it has asked for a new connection has left") {
  Group w;
  w.bob.hide_connections(true);
  w.alice.call("bob");
  w.run(1s);
  w.bob.accept();
  w.run(1s);
  w.forget();
  w.hold("restart", "bob", "alice");
  w.run(8s);
  w.bob.crash();
  w.release();
  w.run(60s);
  CHECK(count(w.alice.events(), "UserLeft bob") == 1);
  CHECK(w.alice.quiet());
}

//   carol (cut off)  alice           bob
//     |                | invite ----->|      he has left and comes back
//     |<-- join -------|              |
//     | confirm {bob} >|              |      the Bob that she means is the one who has left
//     |                | confirm ---->|
TEST_CASE("whoever was out of reach is named to those who have entered since") {
  Group w;
  for (Client* one : {&w.alice, &w.bob, &w.carol}) one->join_group("team");
  w.bob.group_call({"carol", "alice"}, "team");
  w.run(1s);
  w.carol.accept();
  w.run(2s);
  w.hold("leave", "bob", "carol");
  w.carol.cut(true);
  w.alice.accept();
  w.run(2s);
  w.bob.hang_up();
  w.run(6s);
  w.bob.join_call("team");
  w.run(2s);
  REQUIRE(w.alice.hears("bob"));
  w.carol.cut(false);
  w.run(2s);
  w.release(8s);
  CHECK(Group::all_hear({&w.alice, &w.bob, &w.carol}));
}

//   alice (cut off)                bob, carol
//     |                               x      crash
//     | 30 s later, in one moment: nobody is there any more, and Dave has not answered
TEST_CASE("what became of an invitation is not told for ever to those who were lost in the same moment") {
  Group w;
  w.talk_three();
  w.alice.invite({"dave"}, 40s);
  w.run(1s);
  w.alice.cut(true);
  w.run(1s);
  w.bob.crash(), w.carol.crash();
  w.run(5s);
  w.alice.clock.jump(50s);
  w.alice.clock_changed();
  w.run(1s);
  REQUIRE(w.alice.quiet());
  w.alice.cut(false);
  w.run(60s);
  CHECK(w.alice.engine().holdings().outbox == 0);
}

//   alice           carol (background)
//     x                |      crashes, and her will is not heard
//     | join --------->|      another session of hers, let in by Bob
TEST_CASE("a member that comes back with another session is let in by those who have not missed it") {
  Group w;
  for (Client* one : w.everybody()) one->join_group("team");
  w.talk_three("team");
  w.broker().pass = [](auto&, const std::string& payload) {
    return payload.find("\"gone\"") == std::string::npos && payload.find("\"here\"") == std::string::npos;
  };
  w.carol.throttle = 60s;
  w.alice.crash();
  w.run(40s);
  REQUIRE(count(w.bob.events(), "UserLeft alice") == 1);
  REQUIRE(count(w.carol.events(), "UserLeft alice") == 0);
  Client& again = w.add("alice");
  again.login();
  again.join_group("team");
  w.run(1s);
  again.join_call("team");
  w.run(5s);
  CHECK(Group::all_hear({&again, &w.bob, &w.carol}));
  CHECK(count(w.carol.events(), "UserLeft alice") == 1);
}

//   dave (cut off)  alice          carol          bob
//     |               |              | confirm ---->|
//     |               |<-- leave {bob}              |      Carol, who has not met Dave
//     |               | join {dave} --------------->|
//     |<------------------------------------- join -|
// Alice and Bob greet each other at once, and his greeting comes after his answer to hers: she offers all the
// same.
TEST_CASE("whom the one who let somebody in has not met, the others name") {
  Group w;
  w.alice.group_call({"dave"}, "team");
  w.run(1s);
  w.dave.accept();
  w.run(3s);
  w.dave.cut(true);
  w.alice.invite({"carol"});
  w.run(1s);
  w.carol.accept();
  w.run(1s);
  w.hold("join", "bob", "alice");
  w.carol.invite({"bob"});
  w.run(1s);
  w.bob.accept();
  w.run(100ms);
  w.carol.hang_up();
  w.run(1s);
  w.release();
  w.dave.cut(false);
  w.run(10s);
  CHECK(Group::all_hear({&w.alice, &w.bob, &w.dave}));
  CHECK(count(w.bob.events(), "UserEntered dave") == 1);
}

//   alice            bob (rings)   carol
//     | invite ---------------------->|
//     |<- media_switch |              |      he does not know that it is a group's call by now
//     | media_switch ->|              |
TEST_CASE("a callee that switches after people were added to its call is told what holds") {
  Group w;
  w.alice.call("bob", MediaType::audio);
  w.run(1s);
  w.alice.invite({"carol"});
  w.run(1s);
  w.carol.accept();
  w.run(1s);
  w.forget();
  w.bob.switch_to(MediaType::video);
  w.run(1s);
  CHECK(w.bob.events() == "Type video\nType audio\n");
  w.bob.accept();
  w.run(3s);
  CHECK(Group::all_hear({&w.alice, &w.bob, &w.carol}));
  CHECK(count(w.alice.events(), "Type") == 0);
  CHECK(count(w.carol.events(), "Type") == 0);
  for (const Client* one : {&w.alice, &w.bob, &w.carol}) CHECK_FALSE(one->films());
}

//   alice           bob           carol
//     |               | invite ---->|      rings: alice does not know of it yet
//     | media_switch >|             |
//     |               | media_switch >|
TEST_CASE("a switch that meets people who are being added reaches everybody") {
  for (const bool enters : {false, true}) {
    CAPTURE(enters);
    Two w;
    w.hold("media_switch", "alice", "bob");
    w.bob.invite({"carol"});
    w.alice.switch_to(MediaType::audio);
    w.run(100ms);
    if (enters) w.carol.accept(), w.run(3s);
    w.release();
    if (!enters) w.carol.accept(), w.run(3s);
    CHECK(Group::all_hear({&w.alice, &w.bob, &w.carol}));
    CHECK(count(w.alice.events(), "Type audio") == 1);
    CHECK(count(w.bob.events(), "Type audio") == 1);
    CHECK(count(w.carol.events(), "Type audio") == 1);
    for (const Client* one : {&w.alice, &w.bob, &w.carol}) CHECK_FALSE(one->films());
  }
}

//   bob             carol           alice
//     x socket drops  |               |
//     |  no RTP here  x               |      two witnesses, and both err: alice still hears both
//     |               | join (held) ->|
TEST_CASE("two members who lost each other in a group while others still see both find each other again") {
  for (const bool both : {false, true}) {
    CAPTURE(both);
    Group w;
    w.talk_three();
    w.carol.break_media();
    if (both) w.bob.break_media();
    w.bob.online = false;
    w.bob.drop_socket();
    w.run(2s);
    CHECK(count(w.carol.events(), "UserLeft bob") == 1);
    w.bob.online = true;
    w.run(30s);
    CHECK(Group::all_hear({&w.alice, &w.bob, &w.carol}));
    CHECK(count(w.carol.events(), "UserEntered bob") == 1);
    CHECK(count(w.bob.events(), "UserLeft carol") == 1);
    CHECK(count(w.bob.events(), "UserEntered carol") == 1);
    CHECK(count(w.bob.events(), "Ended") == 0);
    w.alice.hang_up(), w.bob.hang_up(), w.carol.hang_up();
    w.run(3s);
    CHECK(w.all_quiet());
  }
}

TEST_CASE("whoever is gone indeed is not waited for") {
  Group w;
  w.talk_three();
  w.bob.crash();
  w.run(3s);
  CHECK(count(w.carol.events(), "UserLeft bob") == 1);
  CHECK(count(w.alice.events(), "UserLeft bob") == 1);
  SUBCASE("the others hang up meanwhile") {
    w.alice.hang_up();
    w.run(1s);
    CHECK(count(w.carol.events(), "Ended alice") == 1);
    CHECK(w.all_quiet());
  }
  SUBCASE("it is invited again, and comes in another tab") {
    Client& again = w.add("bob");
    again.login();
    w.run(1s);
    w.alice.invite({"bob"});
    w.run(1s);
    again.accept();
    w.run(5s);
    CHECK(Group::all_hear({&w.alice, &again, &w.carol}));
    w.run(70s);
    CHECK(Group::all_hear({&w.alice, &again, &w.carol}));
    CHECK(count(w.carol.events(), "UserEntered bob") == 1);
  }
}

//   carol           alice           bob (partitioned, but alice hears him)
//     | accept ------>|               |
//     |<-- confirm {bob}              |
//     | join ---------|-------------->x   for longer than a greeting keeps a call open
TEST_CASE("a newcomer meets a member that is cut off from the broker for a minute") {
  Group w;
  w.alice.group_call({"bob"}, "team");
  w.run(1s);
  w.bob.accept();
  w.run(3s);
  w.bob.cut(true);
  w.alice.invite({"carol"});
  w.run(1s);
  w.carol.accept();
  w.run(60s);
  CHECK(Group::all_hear({&w.alice, &w.carol}));
  CHECK(Group::all_hear({&w.alice, &w.bob}));
  w.bob.cut(false);
  w.run(20s);
  CHECK(Group::all_hear({&w.alice, &w.bob, &w.carol}));
  CHECK(count(w.carol.events(), "UserEntered bob") == 1);
}

//   dave            alice           bob
//     | seek ------------------------>| (late)
//     | seek ------->|                |
//     |<---- invite, accept, confirm {bob}
//     | join ------------------------>|      nobody has told bob of dave
//     |                               | seek: he would invite whom he can let in
TEST_CASE("a newcomer that greets ahead of its own question is let in") {
  Group w;
  for (Client* one : w.everybody()) one->join_group("team");
  w.run(1s);
  w.alice.group_call({"bob"}, "team");
  w.run(1s);
  w.bob.accept();
  w.run(3s);
  std::vector<std::pair<Link, Bytes>> late;
  w.broker().deliver = [&](Link link, const std::string& topic, const std::string& payload,
                           const Bytes& packet) {
    const bool to_bob = w.owner(link) == &w.bob;
    const bool seek = payload.find("\"seek\"") != std::string::npos;
    const bool roster =
        payload.find("\"roster\"") != std::string::npos && topic.find("_alice") != std::string::npos;
    to_bob && (seek || roster) ? void(late.emplace_back(link, packet)) : w.broker().send(link, packet);
  };
  w.dave.join_call("team");
  w.run(300ms);
  w.broker().deliver = [&](Link link, auto&, auto&, const Bytes& packet) { w.broker().send(link, packet); };
  for (const auto& [link, packet] : late) w.broker().send(link, packet);
  w.run(5s);
  CHECK(Group::all_hear({&w.alice, &w.bob, &w.dave}));
  CHECK(count(w.bob.events(), "UserEntered dave") == 1);
}

//   carol                           bob
//     | leave (1) ------------------->|  late
//     |   (alice invites her again)   |
//     | join (2) -------------------->|  late
//     | state (3) ------------------->|  she is back, whatever comes of (1)
//     |                               |<- leave (1), join (2)
TEST_CASE("whoever comes back while its goodbye is on the way is met again, as it is by then") {
  Group w;
  w.talk_three();
  std::vector<std::pair<Link, Bytes>> late;
  w.broker().deliver = [&](Link link, const std::string& topic, const std::string& payload,
                           const Bytes& packet) {
    const bool held = w.owner(link) == &w.bob && topic.ends_with("_carol") &&
                      payload.find("\"state\"") == std::string::npos;
    held ? void(late.emplace_back(link, packet)) : w.broker().send(link, packet);
  };
  w.carol.hang_up();
  w.run(1s);
  w.alice.invite({"carol"});
  w.run(1s);
  w.carol.accept();
  w.run(1s);
  w.carol.microphone(false);
  w.run(1s);
  w.broker().deliver = [&](Link link, auto&, auto&, const Bytes& packet) { w.broker().send(link, packet); };
  for (const auto& [link, packet] : late) w.broker().send(link, packet);
  w.run(5s);
  CHECK(Group::all_hear({&w.alice, &w.bob}));
  CHECK(count(w.bob.events(), "UserEntered carol") == 1);
  CHECK(w.bob.events().find("Audio carol on", w.bob.events().rfind("UserEntered carol")) ==
        std::string::npos);
  w.carol.microphone(true);
  w.run(9s);
  CHECK(Group::all_hear({&w.alice, &w.bob, &w.carol}));
}

//   alice                           bob
//     | invite ---------------------->|  talks to carol
//     |            x---- reject {busy}|  logout(), login()
//     | invite ---------------------->|
//     |<----------------- reject {busy}
TEST_CASE("whoever refuses, logs out before that has arrived, and logs in again, refuses once more") {
  Group w;
  w.bob.call("carol");
  w.run(1s);
  w.hold("reject", "bob", "alice");
  w.alice.call("bob");
  w.run(1s);
  w.bob.logout();
  w.run(1s);
  w.broker().deliver = [&](Link link, auto&, auto&, const Bytes& packet) { w.broker().send(link, packet); };
  w.bob.login();
  w.run(5s);
  CHECK(count(w.alice.events(), "LineBusy bob") == 1);
  CHECK(w.alice.quiet());
  CHECK(w.bob.quiet());
}
