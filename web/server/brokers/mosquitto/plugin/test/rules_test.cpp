// The topic rule, the settings file, and whose session ends: the same cases as web/server/test/acl.test.ts.
#include "rules.hpp"

#include <doctest/doctest.h>

#include <initializer_list>
#include <string>

#include "sessions.hpp"

using namespace trtc::broker;

namespace {

Settings settings_of(std::string_view text) {
  std::string problem;
  return read_settings(text, problem).value_or(Settings{});
}

std::string problem_of(std::string_view text) {
  std::string problem;
  CHECK_FALSE(read_settings(text, problem).has_value());
  return problem;
}

const Settings open_groups = settings_of(R"({"apps": {"1": "key", "2": "key"}, "port": 8080})");
const Settings teams = settings_of(R"({"apps": {"1": "key"}, "groups": {"Team-1": ["alice", "bob"]}})");
const Member alice = *member_of(open_groups, "1_alice");

}  // namespace

TEST_CASE(
    "an account may publish to inboxes of its application, its presence and its groups, always as itself") {
  for (const char* topic : {"trtc/v1/in/1_bob/1_alice", "trtc/v1/in/1_alice/1_alice", "trtc/v1/on/1_alice",
                            "trtc/v1/group/1_team/1_alice"})
    CHECK_MESSAGE(may_publish(open_groups, alice, topic), topic);
}

TEST_CASE("nothing else may be published") {
  const std::string long_topic = "trtc/v1/in/1_" + std::string(600, 'b') + "/1_alice";
  for (const std::string& topic : {std::string("trtc/v1/in/1_bob/1_carol"),
                                   std::string("trtc/v1/in/2_bob/1_alice"),
                                   std::string("trtc/v1/in/1_Bob/1_alice"),
                                   std::string("trtc/v1/in/bob/1_alice"),
                                   std::string("trtc/v1/in/1_bob"),
                                   std::string("trtc/v1/in/1_bob/1_alice/x"),
                                   std::string("trtc/v1/in//1_alice"),
                                   std::string("trtc/v1/in/1_bob/"),
                                   std::string("trtc/v1/on/1_bob"),
                                   std::string("trtc/v1/on/1_alice/1_alice"),
                                   std::string("trtc/v1/on/"),
                                   std::string("trtc/v1/group/1_team/1_bob"),
                                   std::string("trtc/v1/group/2_team/1_alice"),
                                   std::string("trtc/v1/group/1_team"),
                                   std::string("trtc/v1/other/1_alice"),
                                   std::string("trtc/v1"),
                                   std::string("trtc/v2/on/1_alice"),
                                   std::string("/trtc/v1/on/1_alice"),
                                   std::string("trtc/v1/on/1_alice "),
                                   std::string("$SYS/x"),
                                   std::string(),
                                   long_topic})
    CHECK_FALSE_MESSAGE(may_publish(open_groups, alice, topic), topic);
}

TEST_CASE("an account may subscribe to its inbox, to one presence at a time and to whole groups") {
  for (const char* filter :
       {"trtc/v1/in/1_alice/+", "trtc/v1/on/1_bob", "trtc/v1/on/1_alice", "trtc/v1/group/1_team/+"})
    CHECK_MESSAGE(may_subscribe(open_groups, alice, filter), filter);
}

TEST_CASE("nothing else may be subscribed to") {
  for (const char* filter : {"#",
                             "+",
                             "trtc/#",
                             "trtc/v1/#",
                             "trtc/v1/in/#",
                             "trtc/v1/in/+/+",
                             "trtc/v1/in/1_bob/+",
                             "trtc/v1/in/1_alice/#",
                             "trtc/v1/in/1_alice",
                             "trtc/v1/in/1_alice/1_bob",
                             "trtc/v1/in/1_alice/+/+",
                             "trtc/v1/on/+",
                             "trtc/v1/on/#",
                             "trtc/v1/on/2_bob",
                             "trtc/v1/on/1_bob/+",
                             "trtc/v1/group/+/+",
                             "trtc/v1/group/2_team/+",
                             "trtc/v1/group/1_team/1_bob",
                             "trtc/v1/group/1_team/#",
                             "$SYS/#",
                             "$share/g/trtc/v1/in/1_alice/+",
                             "+/v1/in/1_alice/+"})
    CHECK_FALSE_MESSAGE(may_subscribe(open_groups, alice, filter), filter);
}

TEST_CASE("a message reaches only whom its topic names, from an account of the same application") {
  for (const char* topic : {"trtc/v1/in/1_alice/1_bob", "trtc/v1/on/1_bob", "trtc/v1/group/1_team/1_bob"})
    CHECK_MESSAGE(may_read(open_groups, alice, topic), topic);
  for (const char* topic : {"trtc/v1/in/1_bob/1_alice", "trtc/v1/in/1_alice/2_bob", "trtc/v1/in/1_alice/+",
                            "trtc/v1/on/2_bob", "trtc/v1/group/2_team/2_bob"})
    CHECK_FALSE_MESSAGE(may_read(open_groups, alice, topic), topic);
}

TEST_CASE("a table of groups closes all of them but to their members") {
  CHECK(may_publish(teams, alice, "trtc/v1/group/1_-team--1/1_alice"));
  CHECK(may_subscribe(teams, alice, "trtc/v1/group/1_-team--1/+"));
  CHECK_FALSE(may_publish(teams, alice, "trtc/v1/group/1_team/1_alice"));
  CHECK_FALSE(may_subscribe(teams, alice, "trtc/v1/group/1_team/+"));
  CHECK_FALSE(may_subscribe(teams, *member_of(teams, "1_carol"), "trtc/v1/group/1_-team--1/+"));
  CHECK_FALSE(
      may_subscribe(settings_of(R"({"apps": {"1": "k"}, "groups": {}})"), alice, "trtc/v1/group/1_team/+"));
}

TEST_CASE("an account is one of an application that is configured, in its one spelling") {
  CHECK(member_of(open_groups, "2_-alice--1")->user.text == "Alice-1");
  for (const char* name : {"", "1", "1_", "_alice", "3_alice", "01_alice", "1_Alice", "1_a/b", "1_-0x",
                           "1_a-", "-1_alice", "4294967297_alice", "1 _alice"})
    CHECK_FALSE_MESSAGE(member_of(open_groups, name).has_value(), name);
}

TEST_CASE("a client id is the account's with a session of 32 lower-case digits") {
  const std::string session = "0123456789abcdef0123456789abcdef";
  CHECK(owns_client_id(alice, "1_alice_" + session));
  for (const std::string& id :
       {session, "1_alice" + session, "1_bob_" + session, "1_alice_" + session + "0",
        "1_alice_" + session.substr(1), "1_alice_" + std::string(32, 'A'), std::string()})
    CHECK_FALSE_MESSAGE(owns_client_id(alice, id), id);
}

TEST_CASE("the settings file is the server's, of which three settings count") {
  const Settings settings = settings_of(
      R"({"host": "::", "apps": {"1": "a", "2": ["b", "c"], "3": {"2026-07": "d", "2026-01": "e"}}, "clockSkewSeconds": 0})");
  CHECK(settings.apps.at(1) == std::vector<std::string>{"a"});
  CHECK(settings.apps.at(2) == std::vector<std::string>{"b", "c"});
  CHECK(settings.apps.at(3) == std::vector<std::string>{"d", "e"});
  CHECK(settings.clock_skew == 0);
  CHECK_FALSE(settings.groups.has_value());
  CHECK_FALSE(settings_of(R"({"apps": {"1": "a"}, "groups": "open"})").groups.has_value());
}

TEST_CASE("a settings file that cannot be used says why, and quotes nothing") {
  for (const char* text : {"", "[]", "{", R"({"apps": {"1": "secret"})"})
    CHECK(problem_of(text) == "the file is not a JSON object");
  for (const char* text : {"{}", R"({"apps": {}})", R"({"apps": "1:secret"})", R"({"apps": {"x": "secret"}})",
                           R"({"apps": {"1": ""}})", R"({"apps": {"1": []}})", R"({"apps": {"1": [7]}})",
                           R"({"apps": {"1": 7}})"})
    CHECK(problem_of(text).rfind("apps has to be", 0) == 0);
  for (const char* text : {R"("closed")", "[]", R"({"team": "alice"})", R"({"team": ["a b"]})",
                           R"({"te am": []})", R"({"team": [7]})"})
    CHECK(problem_of(R"({"apps": {"1": "k"}, "groups": )" + std::string(text) + "}")
              .rfind("groups has to be", 0) == 0);
  for (const char* text : {"-1", "1.5", "3601", "\"x\""})
    CHECK(problem_of(R"({"apps": {"1": "k"}, "clockSkewSeconds": )" + std::string(text) + "}")
              .rfind("clockSkewSeconds", 0) == 0);
}

TEST_CASE("sessions end in order, once, and not those that have left or come again") {
  Sessions sessions;
  const int a = 0, b = 0, c = 0;
  sessions.opened(&a, "a", 10);
  sessions.opened(&b, "b", 5);
  sessions.opened(&c, "c", 5);
  sessions.closed(&c);
  sessions.closed(&c);
  CHECK(sessions.ended(4).empty());
  CHECK(sessions.ended(5) == std::vector<std::string>{"b"});
  CHECK(sessions.ended(5).empty());
  sessions.opened(&a, "a2", 20);
  CHECK(sessions.ended(10).empty());
  CHECK(sessions.ended(20) == std::vector<std::string>{"a2"});
}
