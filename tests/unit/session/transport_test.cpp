// One working connection while it is wanted: protocol, sections 1 and 7.
#include "session/transport.hpp"

#include <doctest/doctest.h>

#include <map>
#include <set>
#include <string>

#include "session/transport_driver.hpp"

using namespace trtc;
using broker::operator+;
using broker::connack;
using broker::publish;
using broker::suback;

TEST_CASE("a connection is made of a socket, CONNECT, SUBSCRIBE and their answers") {
  TransportDriver d;
  CHECK(d.start() == Lines{"open 1 ws://one"});
  CHECK(d.opened() ==
        Lines{R"(CONNECT 1_bob_s 1_bob trtc/v1/on/1_bob {"v":1,"type":"gone","from":"s","connection":1})"});
  CHECK_FALSE(d.transport.up());
  CHECK(d.received(connack()) == Lines{"SUBSCRIBE 1 trtc/v1/in/1_bob/+"});
  CHECK_FALSE(d.transport.up());
  CHECK(d.received(suback(1)) == Lines{"up 1"});
  CHECK(d.transport.up());
}

TEST_CASE("nothing of another socket is heard") {
  TransportDriver d;
  d.start();
  CHECK(d.opened(7).empty());
  CHECK(d.closed(1006, 7).empty());
  d.opened();
  CHECK(d.received(connack(), 7).empty());
  CHECK(d.closed(4001, 7).empty());
  CHECK(d.received(connack()).size() == 1);
}

TEST_CASE("nothing is sent before it is up, and what cannot be sent is forgotten") {
  TransportDriver d;
  d.greet();
  d.transport.publish(d.now, "t", "p");
  CHECK(d.told({}).empty());
  d.received(connack());
  d.transport.publish(d.now, "t", "p");
  CHECK(d.received(suback(1)) == Lines{"up 1"});
  d.transport.publish(d.now, "t", "p");
  CHECK(d.told({}) == Lines{"PUBLISH t p"});
}

TEST_CASE("a retained message is ignored, any other is handed on") {
  TransportDriver d;
  d.go_online();
  CHECK(d.received(publish("t", "old", true) + publish("t", "new")) == Lines{"received t new"});
}

TEST_CASE(
    "the pause after a failure doubles from a quarter of a second to 8 s, and its upper half is chance") {
  constexpr Duration steps[] = {250ms, 500ms, 1000ms, 2000ms, 4000ms, 8000ms, 8000ms, 8000ms};
  for (std::uint8_t seed = 0; seed < 20; ++seed) {
    TransportDriver d;
    d.random = Random(Seed{seed});
    d.start();
    std::uint32_t socket = 1;
    for (const Duration step : steps) {
      CHECK(d.closed() == Lines{"down again"});
      const auto pause = d.next_in();
      REQUIRE(pause);
      CHECK(*pause >= step / 2);
      CHECK(*pause <= step);
      CHECK(d.after(*pause - 1ms).empty());
      CHECK(d.after(1ms) == Lines{"open " + std::to_string(++socket) + " ws://one"});
    }
  }
}

TEST_CASE("a server that has no room is left alone for 4 to 8 s, unless there is another one to ask") {
  TransportDriver d;
  d.start();
  d.opened();
  CHECK(d.closed(1013) == Lines{"down again"});
  CHECK(*d.next_in() >= 4s);
  CHECK(*d.next_in() <= 8s);
  CHECK(d.sleep() == Lines{"open 2 ws://one"});
  TransportDriver two({"ws://one", "ws://two"});
  two.start();
  two.opened();
  two.closed(1013);
  CHECK(*two.next_in() <= 250ms);
  const std::string full = two.url;
  two.sleep();
  CHECK(two.url != full);
}

TEST_CASE("a connection that was up is tried again soon, and success forgets the failures before it") {
  TransportDriver d;
  d.start();
  for (int i = 0; i < 6; ++i) d.closed(), d.sleep();
  CHECK(d.come_up() == Lines{"up 7"});
  CHECK(d.closed() == Lines{"down"});
  CHECK(*d.next_in() <= 250ms);
  d.sleep();
  d.closed();
  CHECK(*d.next_in() >= 250ms);
  CHECK(*d.next_in() <= 500ms);
}

TEST_CASE("the servers are tried in turn, the one that works is kept until it fails") {
  TransportDriver d({"ws://one", "ws://two", "ws://three"});
  d.start();
  const std::string first = d.url;
  d.closed();
  d.sleep();
  const std::string second = d.url;
  CHECK(d.come_up() == Lines{"up 2"});
  CHECK(d.stop(true) == Lines{"DISCONNECT", "close 2"});
  CHECK(d.start() == Lines{"open 3 " + second});
  d.closed();
  d.sleep();
  const std::string third = d.url;
  CHECK(std::set<std::string>{first, second, third}.size() == 3);
  d.closed();
  CHECK(d.sleep() == Lines{"open 5 " + first});
}

TEST_CASE("clients begin with any of the servers, and those of a lost one go to any of the others") {
  std::map<std::string, std::set<std::string>> after;
  for (std::uint8_t seed = 0; seed < 60; ++seed) {
    TransportDriver d({"ws://one", "ws://two", "ws://three"});
    d.random = Random(Seed{seed});
    d.go_online();
    const std::string lost = d.url;
    d.closed();
    d.sleep();
    after[lost].insert(d.url);
  }
  CHECK(after.size() == 3);
  for (const auto& [lost, next] : after) {
    CHECK(next.size() == 2);
    CHECK(next.count(lost) == 0);
  }
}

TEST_CASE("the pause grows when every server has failed, not before") {
  TransportDriver d({"ws://one", "ws://two", "ws://three"});
  d.start();
  for (const Duration step : {250ms, 250ms, 250ms, 500ms, 500ms, 500ms, 1000ms}) {
    d.closed();
    CHECK(*d.next_in() >= step / 2);
    CHECK(*d.next_in() <= step);
    d.sleep();
  }
}

TEST_CASE("of several servers each that does not open has 3 s in the first round and 10 s from then on") {
  TransportDriver d({"ws://one", "ws://two"});
  d.start();
  for (const Duration patience : {3s, 3s, 10s, 10s}) {
    CHECK(d.next_in() == patience);
    d.sleep();
    d.sleep();
  }
  d.come_up();
  d.closed();
  d.sleep();
  CHECK(d.next_in() == 3s);
}

TEST_CASE("a socket that does not open within 10 s is given up") {
  TransportDriver d;
  d.start();
  CHECK(d.next_in() == 10s);
  CHECK(d.after(10s - 1ms).empty());
  CHECK(d.after(1ms) == Lines{"close 1", "down again"});
  CHECK(d.opened(1).empty());
  CHECK(d.sleep() == Lines{"open 2 ws://one"});
}

TEST_CASE("a broker that does not answer CONNECT or SUBSCRIBE is given up") {
  TransportDriver d;
  d.greet();
  CHECK(d.sleep() == Lines{"close 1", "down again"});
  d.sleep();
  d.opened();
  d.received(connack());
  CHECK(d.sleep() == Lines{"close 2", "down again"});
}

TEST_CASE("a broker that breaks the protocol is left, and what it said before is heard") {
  TransportDriver d;
  d.go_online();
  CHECK(d.received(publish("t", "p") + suback(9)) == Lines{"close 1", "received t p", "down"});
  CHECK_FALSE(d.transport.up());
}

TEST_CASE("only CONNACK 4 and 5 refuse the user, the others the moment") {
  for (const std::uint8_t code : {1, 2, 3, 6, 255}) {
    CAPTURE(int(code));
    TransportDriver d;
    d.greet();
    CHECK(d.received(connack(code)) == Lines{"close 1", "down again"});
    CHECK(d.sleep() == Lines{"open 2 ws://one"});
  }
  for (const std::uint8_t code : {4, 5}) {
    TransportDriver d;
    d.greet();
    CHECK(d.received(connack(code)) == Lines{"close 1", "refused: CONNACK " + std::to_string(code)});
    CHECK_FALSE(d.next_in());
  }
}

TEST_CASE("closing with 1002 or 1008 instead of answering CONNECT refuses the user") {
  for (const std::uint16_t code : {1002, 1008}) {
    const std::string why = "refused: closed with code " + std::to_string(code) + " bye";
    TransportDriver d;
    d.greet();
    CHECK(d.closed(code) == Lines{why});
    CHECK_FALSE(d.next_in());
    TransportDriver opening;
    opening.start();
    CHECK(opening.closed(code) == Lines{"down again"});
    TransportDriver online;
    online.go_online();
    CHECK(online.closed(code) == Lines{"down"});
  }
  TransportDriver d;
  d.greet();
  CHECK(d.closed(1011) == Lines{"down again"});
}

TEST_CASE("an inbox that is refused refuses the user") {
  TransportDriver d;
  d.greet();
  d.received(connack());
  CHECK(d.received(suback(1, {0x80})) == Lines{"close 1", "refused: the inbox was refused"});
  CHECK_FALSE(d.next_in());
}

TEST_CASE("4001 and 4002 end it in every state, and nothing is tried again") {
  const auto in_every_state = [](std::uint16_t code, const std::string& event) {
    TransportDriver opening;
    opening.start();
    CHECK(opening.closed(code) == Lines{event});
    TransportDriver greeting;
    greeting.greet();
    CHECK(greeting.closed(code) == Lines{event});
    TransportDriver online;
    online.go_online();
    CHECK(online.closed(code) == Lines{event});
    CHECK_FALSE(online.next_in());
    CHECK(online.network(true).empty());
    CHECK(online.after(1h).empty());
  };
  in_every_state(4001, "replaced");
  in_every_state(4002, "expired");
}

TEST_CASE("the network's return ends a pause, and changes nothing else") {
  TransportDriver d;
  CHECK(d.network(true).empty());
  d.start();
  CHECK(d.network(true).empty());
  d.closed();
  CHECK(d.network(false).empty());
  CHECK(d.network(true) == Lines{"open 2 ws://one"});
  CHECK(d.network(true).empty());
  CHECK(d.come_up() == Lines{"up 2"});
  CHECK(d.network(false).empty());
  CHECK(d.network(true).empty());
  CHECK(d.transport.up());
}

TEST_CASE("a watched topic is subscribed at once or with the inbox, and after every reconnection") {
  TransportDriver d;
  d.go_online();
  CHECK(d.watch("on/a") == Lines{"SUBSCRIBE 2 on/a"});
  CHECK(d.watch("on/a").empty());
  CHECK(d.received(suback(2)) == Lines{"granted on/a"});
  d.closed();
  CHECK(d.watch("on/b").empty());
  d.sleep();
  d.opened();
  CHECK(d.received(connack()) == Lines{"SUBSCRIBE 1 trtc/v1/in/1_bob/+ on/a on/b"});
  CHECK(d.received(suback(1, {0, 0x80, 0})) == Lines{"up 2", "refused on/a", "granted on/b"});
  CHECK(d.unwatch("on/a") == Lines{"UNSUBSCRIBE 2 on/a"});
  CHECK(d.unwatch("on/a").empty());
  d.received(broker::unsuback(2));
  d.closed();
  d.sleep();
  d.opened();
  CHECK(d.received(connack()) == Lines{"SUBSCRIBE 1 trtc/v1/in/1_bob/+ on/b"});
}

TEST_CASE("a watched topic that is refused does not matter") {
  TransportDriver d;
  d.go_online();
  d.watch("on/a");
  CHECK(d.received(suback(2, {0x80})) == Lines{"refused on/a"});
  d.closed();
  d.sleep();
  d.opened();
  d.received(connack());
  CHECK(d.received(suback(1, {0, 0x80})) == Lines{"up 2", "refused on/a"});
}

TEST_CASE("stop is clean only where it is asked for, and forgets everything") {
  TransportDriver d;
  d.go_online();
  d.watch("on/a");
  CHECK(d.stop(false) == Lines{"close 1"});
  CHECK_FALSE(d.next_in());
  CHECK(d.start() == Lines{"open 2 ws://one"});
  CHECK(d.transport.connection() == 1);
  d.opened();
  CHECK(d.received(connack()) == Lines{"SUBSCRIBE 1 trtc/v1/in/1_bob/+"});
  CHECK(d.stop(true) == Lines{"DISCONNECT", "close 2"});
  CHECK(d.stop(true).empty());
}

TEST_CASE("without a server there is still a socket to fail") {
  TransportDriver d(std::vector<std::string>{});
  CHECK(d.start() == Lines{"open 1 "});
}
