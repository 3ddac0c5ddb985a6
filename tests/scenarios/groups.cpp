// Groups of the server: invitations over the group's topic, joining a call without an invitation.
#include "scenarios/group.hpp"

using namespace trtc;
using namespace trtc::sim;

namespace {

/// Counts what the broker hands on below the group's topic, and otherwise.
struct Counter {
  int group = 0;
  int invites = 0;
  explicit Counter(World& world) {
    world.broker().pass = [this](const std::string& topic, const std::string& payload) {
      if (topic.find("/group/") != std::string::npos) ++group;
      if (topic.find("/in/") != std::string::npos && payload.find("\"invite\"") != std::string::npos)
        ++invites;
      return true;
    };
  }
};

}  // namespace

TEST_CASE("a group's call is one message over its topic") {
  Group w;
  for (Client* one : w.everybody()) CHECK(one->outcome(one->join_group("team")).empty());
  w.run(1s);
  Counter counter(w);
  w.alice.group_call({"bob", "carol"}, "team");
  w.run(2s);
  CHECK(counter.group == 4);  // one publication, and everybody in the group hears it
  CHECK(counter.invites == 0);
  CHECK(w.bob.status() == CallStatus::ringing);
  CHECK(w.carol.status() == CallStatus::ringing);
  CHECK(w.dave.events().empty());
  w.bob.accept();
  w.run(2s);
  // In a call of a group everybody hears who has accepted or refused.
  CHECK(w.carol.events() == "Invited alice video\nUserAccepted bob\n");
  w.carol.reject();
  w.run(1s);
  CHECK(count(w.bob.events(), "Rejected carol") == 1);
  CHECK(Group::all_hear({&w.alice, &w.bob}));
}

TEST_CASE("an invitee who does not hear the group gets a letter") {
  Group w;
  w.carol.join_group("team");
  w.run(1s);
  w.alice.group_call({"bob", "carol"}, "team");
  w.run(300ms);
  CHECK(w.carol.status() == CallStatus::ringing);
  CHECK(w.bob.status() == CallStatus::idle);
  w.run(1s);
  CHECK(w.bob.status() == CallStatus::ringing);
  CHECK(count(w.carol.events(), "Invited") == 1);
}

TEST_CASE("the server decides who may hear a group") {
  Group w;
  w.broker().may_subscribe = [](const std::string& user, const std::string& filter) {
    return filter.find("/group/") == std::string::npos || user.find("mallory") == std::string::npos;
  };
  Client& mallory = w.add("mallory");
  mallory.login();
  w.run(1s);
  const OpId refused = mallory.join_group("team");
  const OpId granted = w.alice.join_group("team");
  w.run(1s);
  CHECK(mallory.outcome(refused) == "GROUP_REFUSED");
  CHECK(w.alice.outcome(granted) == "nothing");
  CHECK(w.alice.outcome(w.alice.join_group("team")) == "nothing");
  CHECK(w.alice.outcome(w.alice.join_group("")) == "INVALID_PARAMETER");
  CHECK(w.alice.outcome(w.alice.quit_group("team")) == "nothing");
  CHECK(w.alice.outcome(w.alice.quit_group("other")) == "nothing");
}

TEST_CASE("after a reconnection the group is heard again, after quitting no longer") {
  Group w;
  w.bob.join_group("team");
  w.run(1s);
  w.bob.drop_socket();
  w.run(2s);
  w.alice.group_call({"bob"}, "team");
  w.run(100ms);
  CHECK(w.bob.status() == CallStatus::ringing);
  w.alice.hang_up();
  w.run(1s);
  w.bob.quit_group("team");
  w.run(1s);
  w.alice.group_call({"bob"}, "team");
  w.run(100ms);
  CHECK(w.bob.status() == CallStatus::idle);
}

TEST_CASE("a member of the group enters its call without an invitation") {
  Group w;
  for (Client* one : w.everybody()) one->join_group("team");
  w.run(1s);
  w.talk_three("team");
  const OpId op = w.dave.join_call("team");
  w.run(4s);
  CHECK(w.dave.outcome(op) == "accepted");
  CHECK(Group::all_hear(w.everybody()));
  for (Client* one : {&w.alice, &w.bob, &w.carol}) {
    CHECK(count(one->events(), "UserEntered dave") == 1);
    CHECK(count(one->events(), "NoResponse") == 0);
  }
  w.run(30s);
  for (Client* one : w.everybody()) CHECK(count(one->events(), "NoResponse") == 0);
  CHECK(w.dave.events().find("Invited") == std::string::npos);
}

TEST_CASE("without a call in the group joining fails and opens nothing") {
  Group w;
  const OpId op = w.dave.join_call("team");
  w.run(5s);
  CHECK(w.dave.status() == CallStatus::dialing);
  w.run(6s);
  CHECK(w.dave.outcome(op) == "CALL_NOT_FOUND");
  CHECK(w.all_quiet());
  const OpId again = w.dave.join_call("team");
  const OpId hang_up = w.dave.hang_up();
  CHECK(w.dave.outcome(again) == "CANCELLED_BY_USER");
  CHECK(w.dave.outcome(hang_up) == "hung up");
  CHECK(w.dave.outcome(w.dave.join_call("")) == "INVALID_PARAMETER");
}

TEST_CASE("a seeker that cannot open its devices is nobody's unanswered call") {
  Group w;
  for (Client* one : w.everybody()) one->join_group("team");
  w.run(1s);
  w.talk_three("team");
  w.dave.denied = MediaError::permission_denied;
  const OpId op = w.dave.join_call("team");
  w.run(30s);
  CHECK(w.dave.outcome(op) == "PERMISSION_DENIED");
  for (Client* one : {&w.alice, &w.bob, &w.carol}) {
    CHECK(count(one->events(), "Rejected") == 0);
    CHECK(count(one->events(), "NoResponse") == 0);
  }
}

TEST_CASE("whoever joins to listen opens no camera") {
  Group w;
  for (Client* one : w.everybody()) one->join_group("team");
  w.run(1s);
  w.talk_three("team");
  w.dave.join_call("team", MediaType::audio);
  w.run(4s);
  CHECK(Group::all_hear(w.everybody()));
  CHECK_FALSE(w.dave.films());
}

TEST_CASE("whoever has refused or left does not ring again when others are invited") {
  Group w;
  for (Client* one : w.everybody()) one->join_group("team");
  w.run(1s);
  w.alice.group_call({"bob", "carol"}, "team");
  w.run(1s);
  w.bob.accept();
  w.carol.reject();
  w.run(2s);
  w.forget();
  w.alice.invite({"dave"});
  w.run(2s);
  CHECK(w.dave.status() == CallStatus::ringing);
  CHECK(w.carol.events().empty());
}

TEST_CASE("whoever was not there for a ring can be invited again to the same call") {
  Group w;
  w.dave.logout();
  w.run(1s);
  w.alice.group_call({"bob", "dave"}, {}, MediaType::audio, 5s);
  w.run(1s);
  w.bob.accept();
  w.run(6s);
  CHECK(count(w.alice.events(), "NoResponse dave") == 1);
  w.dave.login();  // and the cancellation of the ring that it has missed arrives
  w.run(2s);
  w.dave.forget();
  w.alice.invite({"dave"});
  w.run(1s);
  CHECK(w.dave.events() == "Invited alice audio\n");
}

TEST_CASE("whoever looks for a call and is called is busy") {
  Group w;
  w.dave.join_call("team");
  w.run(100ms);
  w.alice.call("dave");
  w.run(1s);
  CHECK(count(w.alice.events(), "LineBusy dave") == 1);
}
