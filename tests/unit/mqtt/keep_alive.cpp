#include <doctest/doctest.h>

#include "driver.hpp"

using namespace trtc;
using namespace trtc::mqtt;

TEST_CASE("a broker that does not answer CONNECT within ten seconds is given up") {
  Driver driver = connecting();
  CHECK(driver.next_in() == 10s);
  CHECK(driver.tick_after(9999ms) == silence());
  CHECK(driver.tick_after(1ms) == breaks("no CONNACK in time"));
  driver.check_over();
}

TEST_CASE("a CONNACK that trickles in gets no extra time") {
  Driver driver = connecting();
  driver.now += 9s;
  CHECK(driver.receive({0x20, 0x02, 0x00}).empty());
  CHECK(driver.tick_after(1s) == breaks("no CONNACK in time"));
}

TEST_CASE("a ping leaves after a third of the keep-alive without sending, and its answer ends the wait") {
  Driver driver = online(60);
  CHECK(driver.next_in() == 20s);
  CHECK(driver.tick_after(19999ms) == silence());
  CHECK(driver.tick_after(1ms) == sends(kPingReq));
  CHECK(driver.next_in() == 10s);
  driver.now += 1s;
  CHECK(driver.receive(kPingResp).empty());
  CHECK(driver.next_in() == 19s);
  CHECK(driver.tick_after(19s) == sends(kPingReq));
}

TEST_CASE("the time since CONNECT counts as silence") {
  Driver driver = connecting(60);
  driver.now += 9s;
  driver.receive(connack());
  CHECK(driver.next_in() == 11s);
}

TEST_CASE("everything sent postpones the ping, nothing received does") {
  Driver driver = online(60);
  driver.now += 5s;
  driver.publish();
  CHECK(driver.next_in() == 20s);
  driver.now += 5s;
  driver.subscribe({"a"});
  driver.receive(suback(1, {0}));
  CHECK(driver.next_in() == 20s);
  driver.now += 5s;
  driver.unsubscribe({"a"});
  driver.receive(unsuback(2));
  CHECK(driver.next_in() == 20s);
  driver.now += 5s;
  driver.receive({0x30, 0x03, 0x00, 0x01, 't'});
  CHECK(driver.next_in() == 15s);
}

TEST_CASE("what could not be sent does not postpone the ping") {
  Driver driver = online(60);
  driver.now += 5s;
  Bytes out;
  CHECK(driver.connection.publish(driver.now, "", "", out) == Outcome::bad_text);
  CHECK(driver.connection.subscribe(driver.now, {}, out) == Outcome::bad_text);
  CHECK(driver.next_in() == 15s);
}

TEST_CASE("a broker that does not answer a ping within ten seconds is given up") {
  Driver driver = online();
  CHECK(driver.tick_after(20s) == sends(kPingReq));
  CHECK(driver.tick_after(9999ms) == silence());
  CHECK(driver.tick_after(1ms) == breaks("no PINGRESP in time"));
  driver.check_over();
}

TEST_CASE("bytes of a busy broker excuse a late ping answer, silence after them does not") {
  Driver driver = online();
  driver.tick_after(20s);
  driver.now += 9s;
  CHECK(driver.receive({0x30}).empty());
  CHECK(driver.next_in() == 10s);
  CHECK(driver.tick_after(9s) == silence());
  CHECK(driver.receive({}).empty());
  CHECK(driver.tick_after(1s) == breaks("no PINGRESP in time"));
}

TEST_CASE("while the answer is excused, pings go on, so that the broker hears us") {
  Driver driver = online(60);
  CHECK(driver.tick_after(20s) == sends(kPingReq));
  driver.now += 9s;
  driver.receive({0x30});
  driver.now += 9s;
  driver.receive({0x80});
  CHECK(driver.tick_after(2s) == sends(kPingReq));
}

TEST_CASE("with a short keep-alive further pings do not renew the wait for the first answer") {
  Driver driver = online(9);
  CHECK(driver.tick_after(3s) == sends(kPingReq));
  CHECK(driver.tick_after(3s) == sends(kPingReq));
  CHECK(driver.tick_after(3s) == sends(kPingReq));
  CHECK(driver.next_in() == 3s);
  CHECK(driver.tick_after(3s) == sends(kPingReq));
  CHECK(driver.tick_after(1s) == breaks("no PINGRESP in time"));
}

TEST_CASE("an answer to a second ping after the first answer is no violation") {
  Driver driver = online(9);
  driver.tick_after(3s);
  driver.tick_after(3s);
  CHECK(driver.receive(kPingResp).empty());
  CHECK(driver.receive(kPingResp).empty());
  CHECK(driver.next_in() == 3s);
}

TEST_CASE("a keep-alive of 0 never pings") {
  Driver driver = online(0);
  CHECK(driver.next_in() == std::nullopt);
  CHECK(driver.tick_after(24h) == silence());
}

TEST_CASE("a timer that fires an hour late pings and waits for the answer") {
  Driver driver = online();
  CHECK(driver.tick_after(1h) == sends(kPingReq));
  CHECK(driver.next_in() == 10s);
  driver.now += 50ms;
  CHECK(driver.receive(kPingResp).empty());
  CHECK(driver.tick_after(9950ms) == silence());
}

TEST_CASE("a tab that wakes once a minute is never silent for as long as the broker tolerates") {
  // Every offset between what was sent last and the minute at which timers run.
  for (Duration offset = 0ms; offset < 60s; offset += 100ms) {
    Driver driver = online(60);
    Instant sent = driver.now;
    Instant wake = driver.now + offset;
    for (int minute = 0; minute < 5; ++minute, wake += 60s) {
      driver.now = wake;
      if (*driver.connection.next_deadline() > wake) continue;
      REQUIRE(driver.tick() == sends(kPingReq));
      REQUIRE(wake - sent < 85s);
      sent = wake;
      driver.receive(kPingResp);
    }
  }
}

TEST_CASE("a host that slept past the answer's deadline first hands over what arrived") {
  Driver driver = online();
  driver.tick_after(20s);
  CHECK(driver.tick_after(5min) == sends(kPingReq));
  CHECK(driver.next_in() == 2s);
  driver.now += 1ms;
  CHECK(driver.receive(kPingResp).empty());
  CHECK(driver.tick_after(10s) == silence());
}

TEST_CASE("a host that slept grants that moment once, even if it sleeps again") {
  Driver driver = online();
  driver.tick_after(20s);
  driver.tick_after(5min);
  CHECK(driver.tick_after(1min) == breaks("no PINGRESP in time"));
}

TEST_CASE("a timer within two seconds of the deadline is punctual, one later is not") {
  Driver punctual = connecting();
  CHECK(punctual.tick_after(12s) == breaks("no CONNACK in time"));
  Driver late = connecting();
  CHECK(late.tick_after(12001ms) == silence());
  CHECK(late.next_in() == 2s);
  CHECK(late.receive(connack()) == std::vector<Event>{Accepted{}});
}

TEST_CASE("a broker that does not answer SUBSCRIBE or UNSUBSCRIBE within ten seconds is given up") {
  Driver driver = online();
  driver.now += 1s;
  driver.subscribe({"a"});
  driver.now += 1s;
  driver.unsubscribe({"b"});
  CHECK(driver.next_in() == 9s);
  Driver other = driver;

  CHECK(driver.tick_after(8999ms) == silence());
  CHECK(driver.tick_after(1ms) == breaks("no SUBACK in time"));
  driver.check_over();

  other.receive(suback(1, {0}));
  CHECK(other.next_in() == 10s);
  CHECK(other.tick_after(10s) == breaks("no UNSUBACK in time"));
}

TEST_CASE("messages do not excuse a missing SUBACK") {
  Driver driver = online();
  driver.subscribe({"a"});
  driver.now += 9s;
  driver.receive({0x30, 0x03, 0x00, 0x01, 't'});
  CHECK(driver.tick_after(1s) == breaks("no SUBACK in time"));
}

TEST_CASE("an answered connection waits for nothing but its next ping") {
  Driver driver = online(60);
  driver.subscribe({"a"});
  driver.receive(suback(1, {0}));
  CHECK(driver.next_in() == 20s);
  CHECK(driver.tick_after(10s) == silence());
}

TEST_CASE("asking for the time too early changes nothing") {
  Driver driver = online(60);
  for (int i = 0; i < 19; ++i) CHECK(driver.tick_after(1s) == silence());
  CHECK(driver.next_in() == 1s);
}
