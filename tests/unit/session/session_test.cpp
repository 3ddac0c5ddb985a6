// login(), logout() and the life of a session through the whole engine.
#include <doctest/doctest.h>

#include <string>

#include "session/engine_driver.hpp"

using namespace trtc;
using Lines = EngineDriver::Lines;
using Phase = message::Claim::Phase;

TEST_CASE("login is answered when the inbox is subscribed, before Ready") {
  EngineDriver d;
  CHECK(d.login() == Lines{"StatusChanged connecting idle", "OpenSocket"});
  CHECK(d.opened().empty());
  CHECK(d.received(broker::connack()).empty());
  CHECK(d.received(broker::suback(1)) == Lines{"StatusChanged online idle", "Done 1 LoggedIn", "Ready"});
}

TEST_CASE("arguments are looked at before anything happens, in every state") {
  EngineDriver d;
  const auto refused = [&d] {
    const auto failed = [op = d.ops](std::uint32_t more, const char* why) {
      return Lines{"Failed " + std::to_string(op + more) + ' ' + why};
    };
    CHECK(d.login("", "sig") == failed(1, "EMPTY_USER_ID"));
    CHECK(d.login("bob", "") == failed(2, "EMPTY_USER_SIG"));
    CHECK(d.login("no spaces", "sig") == failed(3, "INVALID_PARAMETER"));
    CHECK(d.login(std::string(33, 'x'), "sig") == failed(4, "INVALID_PARAMETER"));
  };
  refused();
  d.connect();
  refused();
  d.welcome();
  refused();
  d.closed();
  refused();
}

TEST_CASE("two logins of one user share one outcome") {
  EngineDriver d;
  d.login();
  CHECK(d.login().empty());
  d.opened();
  CHECK(d.welcome() == Lines{"StatusChanged online idle", "Done 1 LoggedIn", "Done 2 LoggedIn", "Ready"});
  EngineDriver failing;
  failing.login(), failing.login();
  failing.opened();
  CHECK(failing.received(broker::connack(5)) == Lines{"StatusChanged logged_out idle", "CloseSocket",
                                                      "Failed 1 USER_SIG_REFUSED",
                                                      "Failed 2 USER_SIG_REFUSED"});
}

TEST_CASE("another user cannot log in while the first one is on his way") {
  EngineDriver d;
  d.login("bob");
  CHECK(d.login("carol") == Lines{"Failed 2 LOGIN_IN_PROGRESS"});
  d.opened();
  CHECK(d.welcome() == Lines{"StatusChanged online idle", "Done 1 LoggedIn", "Ready"});
}

TEST_CASE("who is logged in already is so again at once, online and reconnecting") {
  EngineDriver d;
  d.go_online();
  CHECK(d.login() == Lines{"Done 2 LoggedIn"});
  d.closed();
  CHECK(d.login() == Lines{"Done 3 LoggedIn"});
}

TEST_CASE("another user's login replaces the session, and its call ends") {
  EngineDriver d;
  d.go_online("bob");
  const std::string first = d.session;
  CHECK(d.received(d.mail("1_alice", EngineDriver::invite())) ==
        Lines{"StatusChanged online ringing", "Invited"});
  d.heard();
  CHECK(d.login("carol") ==
        Lines{"StatusChanged connecting idle", "CloseMedia", "CallCancelled", "CloseSocket", "OpenSocket"});
  const Lines said = d.heard();
  REQUIRE(said.size() == 3);
  CHECK(said[0].find("\"type\":\"reject\"") != std::string::npos);
  CHECK(said[1].find(R"(PUBLISH trtc/v1/on/1_bob {"v":1,"type":"gone")") == 0);
  CHECK(said[2] == "DISCONNECT");
  d.opened();
  CHECK(d.heard()[0].find("CONNECT 1_carol_" + d.session + " 1_carol trtc/v1/on/1_carol") == 0);
  CHECK(d.session != first);
  CHECK(d.welcome() == Lines{"StatusChanged online idle", "Done 2 LoggedIn", "Ready"});
}

TEST_CASE("logout while connecting takes login back") {
  EngineDriver d;
  d.login(), d.login();
  CHECK(d.logout() == Lines{"StatusChanged logged_out idle", "CloseSocket", "Failed 1 LOGGED_OUT",
                            "Failed 2 LOGGED_OUT", "Done 3 Nothing"});
  CHECK_FALSE(d.engine.next_deadline());
  CHECK(d.opened().empty());
}

TEST_CASE("logout says goodbye, and a second one has nothing to do") {
  EngineDriver d;
  d.go_online();
  CHECK(d.logout() == Lines{"StatusChanged logged_out idle", "CloseSocket", "Done 2 Nothing"});
  CHECK(d.heard() == Lines{R"(PUBLISH trtc/v1/on/1_bob {"v":1,"type":"gone","from":")" + d.session +
                               R"(","connection":1})",
                           "DISCONNECT"});
  CHECK(d.logout() == Lines{"Done 3 Nothing"});
  CHECK_FALSE(d.engine.next_deadline());
}

TEST_CASE("logout while reconnecting opens nothing any more") {
  EngineDriver d;
  d.go_online();
  CHECK(d.closed() == Lines{"StatusChanged reconnecting idle", "SignalingChanged no"});
  CHECK(d.logout() == Lines{"StatusChanged logged_out idle", "Done 2 Nothing"});
  CHECK_FALSE(d.engine.next_deadline());
}

TEST_CASE("login gives up after 15 s, reconnecting never does") {
  EngineDriver d;
  d.login();
  CHECK(d.after(15s - 1ms) == Lines{"CloseSocket"});
  CHECK(d.after(1ms) == Lines{"StatusChanged logged_out idle", "Failed 1 SERVER_UNREACHABLE"});
  CHECK_FALSE(d.engine.next_deadline());
  EngineDriver online;
  online.go_online();
  for (int i = 0; i < 500; ++i) online.closed(), online.sleep();
  CHECK(online.engine.session_status() == SessionStatus::reconnecting);
}

TEST_CASE("a connection that comes back is told, and the account is claimed again") {
  EngineDriver d;
  d.go_online();
  d.reconnect();
  CHECK(d.welcome() == Lines{"StatusChanged online idle", "SignalingChanged yes"});
  const auto claims = d.claims();
  REQUIRE(claims.size() == 1);
  CHECK(claims[0].phase == Phase::login);  // it had not settled before
  d.after(2s);
  d.reconnect();
  d.welcome();
  CHECK(d.claims()[0].phase == Phase::resume);
}

TEST_CASE("a claim settles after 2 s and is repeated every 45 s") {
  EngineDriver d;
  d.connect();
  d.welcome();
  const auto first = d.claims();
  REQUIRE(first.size() == 1);
  CHECK(first[0].phase == Phase::login);
  CHECK(first[0].epoch == 0);
  d.after(2s - 1ms);
  CHECK(d.claims().empty());
  d.after(1ms);
  const auto settled = d.claims();
  REQUIRE(settled.size() == 1);
  CHECK(settled[0].phase == Phase::settled);
  CHECK(settled[0].epoch == 1);
  CHECK(settled[0].nonce == first[0].nonce);
  d.after(45s - 1ms);
  CHECK(d.claims().empty());
  d.after(1ms);
  CHECK(d.claims().size() == 1);
}

TEST_CASE("a newer login of the account kicks out, one that is being made is outbid") {
  EngineDriver d;
  d.go_online();
  CHECK(d.received(d.claim({7, 0, Phase::settled})).empty());
  auto claims = d.claims();
  REQUIRE(claims.size() == 1);
  CHECK(claims[0].epoch == 8);
  CHECK(claims[0].phase == Phase::settled);
  CHECK(d.received(d.claim({0, 1, Phase::login})).empty());
  CHECK(d.claims().size() == 1);
  CHECK(d.received(d.claim({9, 0, Phase::settled})) ==
        Lines{"StatusChanged kicked_out idle", "CloseSocket", "KickedOut"});
  CHECK_FALSE(d.engine.next_deadline());
  CHECK(d.login() == Lines{"StatusChanged connecting idle", "OpenSocket"});
}

TEST_CASE("a UserSig that is refused on the way back ends the session") {
  EngineDriver d;
  d.go_online();
  d.reconnect();
  CHECK(d.received(broker::connack(5)) ==
        Lines{"StatusChanged kicked_out idle", "CloseSocket", "Errored USER_SIG_REFUSED", "KickedOut"});
  CHECK_FALSE(d.engine.next_deadline());
}

TEST_CASE("a UserSig that runs out ends the session, one that has run out fails the login") {
  EngineDriver d;
  d.go_online();
  CHECK(d.closed(4002) == Lines{"StatusChanged kicked_out idle", "Errored USER_SIG_EXPIRED", "KickedOut"});
  EngineDriver connecting;
  connecting.connect();
  CHECK(connecting.closed(4002) == Lines{"StatusChanged logged_out idle", "Failed 1 USER_SIG_EXPIRED"});
}

TEST_CASE("the server's word about a newer login kicks out") {
  EngineDriver d;
  d.go_online();
  CHECK(d.closed(4001) == Lines{"StatusChanged kicked_out idle", "KickedOut"});
  EngineDriver connecting;
  connecting.connect();
  CHECK(connecting.closed(4001) == Lines{"StatusChanged kicked_out idle", "Failed 1 KICKED_OUT"});
}

TEST_CASE("verbs wait for a login that is under way, in their order, and fail with it") {
  EngineDriver d;
  d.login();
  CHECK(d.call().empty());
  CHECK(d.call("carol").empty());
  d.opened();
  CHECK(d.welcome() == Lines{"StatusChanged online dialing", "Done 1 LoggedIn", "Ready", "OpenMedia",
                             "Failed 3 WRONG_STATE"});
  EngineDriver failing;
  failing.login(), failing.call();
  failing.opened();
  CHECK(failing.received(broker::connack(4)) == Lines{"StatusChanged logged_out idle", "CloseSocket",
                                                      "Failed 1 USER_SIG_REFUSED", "Failed 2 NOT_LOGGED_IN"});
}

TEST_CASE("only so many verbs wait, the next one is refused") {
  EngineDriver d;
  d.login();
  for (std::size_t i = 0; i < Engine::max_queue; ++i) CHECK(d.call().empty());
  CHECK(d.call() == Lines{"Failed 34 NOT_LOGGED_IN"});
}

TEST_CASE("a page that closes says goodbye and does not decline what rings") {
  EngineDriver d;
  d.go_online();
  d.received(d.mail("1_alice", EngineDriver::invite()));
  d.heard();
  CHECK(d.feed(input::PageClosed{}) ==
        Lines{"StatusChanged logged_out idle", "CloseMedia", "CallCancelled", "CloseSocket"});
  const Lines said = d.heard();
  REQUIRE(said.size() == 2);
  CHECK(said[0].find(R"(PUBLISH trtc/v1/on/1_bob {"v":1,"type":"gone")") == 0);
  CHECK(said[1] == "DISCONNECT");
  CHECK(d.feed(input::PageClosed{}).empty());
}

TEST_CASE("a page that closes while login waits settles its promise") {
  EngineDriver d;
  d.login();
  CHECK(d.feed(input::PageClosed{}) ==
        Lines{"StatusChanged logged_out idle", "CloseSocket", "Failed 1 LOGGED_OUT"});
}

TEST_CASE("a clock that steps back does not turn time around") {
  EngineDriver d;
  d.go_online();
  const auto deadline = d.engine.next_deadline();
  d.now -= 500s;
  CHECK(d.feed(input::TimePassed{}).empty());
  CHECK(d.engine.next_deadline() == deadline);
}
