#include "mqtt/connection.hpp"

#include <doctest/doctest.h>

#include <string>

#include "driver.hpp"
#include "literal.hpp"

using namespace trtc;
using namespace trtc::mqtt;
using namespace std::string_literals;

namespace {

Bytes joined(std::initializer_list<Bytes> parts) {
  Bytes all;
  for (const Bytes& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

const Bytes kHello = of("\x30\x05\x00\x01thi"s);

std::uint16_t id_in(const Bytes& request) { return static_cast<std::uint16_t>(request[2] << 8 | request[3]); }

}  // namespace

TEST_CASE("opening sends CONNECT and nothing else") {
  Driver driver;
  Bytes out;
  Bytes expected;
  CHECK(append_connect(expected, options_with(60)) == Outcome::done);
  CHECK(driver.connection.open(driver.now, out) == Outcome::done);
  CHECK(out == expected);
  CHECK(driver.connection.open(driver.now, out) == Outcome::not_connected);
  CHECK(out == expected);
}

TEST_CASE("opening with options that cannot be encoded says why and ends the connection") {
  Driver driver;
  driver.connection = Connection({"a\0b"s, "", "", 60, {}});
  Bytes out;
  CHECK(driver.connection.open(driver.now, out) == Outcome::bad_text);
  CHECK(out.empty());
  driver.check_over();
}

TEST_CASE("before CONNECT is sent nothing is sent, heard or awaited") {
  Driver driver;
  Bytes out;
  CHECK(driver.connection.publish(driver.now, "t", "p", out) == Outcome::not_connected);
  CHECK(driver.connection.subscribe(driver.now, {"t"}, out) == Outcome::not_connected);
  CHECK(driver.connection.unsubscribe(driver.now, {"t"}, out) == Outcome::not_connected);
  CHECK(out.empty());
  CHECK(driver.receive({0xFF}).empty());
  CHECK(driver.next_in() == std::nullopt);
  CHECK(driver.tick_after(1h) == silence());
}

TEST_CASE("nothing but CONNECT is sent before the broker accepts") {
  Driver driver = connecting();
  Bytes out;
  CHECK(driver.connection.publish(driver.now, "t", "p", out) == Outcome::not_connected);
  CHECK(driver.connection.subscribe(driver.now, {"t"}, out) == Outcome::not_connected);
  CHECK(driver.connection.unsubscribe(driver.now, {"t"}, out) == Outcome::not_connected);
  driver.connection.disconnect(out);
  CHECK(out.empty());
  driver.check_over();
}

TEST_CASE("CONNACK 0 accepts") { CHECK(connecting().receive(connack()) == std::vector<Event>{Accepted{}}); }

TEST_CASE("any other CONNACK refuses and ends the connection") {
  for (int code : {1, 2, 3, 4, 5, 0x87}) {
    Driver driver = connecting();
    const auto byte = static_cast<std::uint8_t>(code);
    CHECK(driver.receive(joined({connack(byte), kHello})) == std::vector<Event>{Refused{byte}});
    driver.check_over();
  }
}

TEST_CASE("CONNACK may bring a message along") {
  CHECK(connecting().receive(joined({connack(), kHello})) ==
        std::vector<Event>{Accepted{}, Message{"t", "hi"}});
}

TEST_CASE("several filters travel in one packet and are answered one by one") {
  Driver driver = online();
  CHECK(driver.subscribe({"a", "b/+", "c"}) == of("\x82\x10\x00\x01\x00\x01"
                                                  "a\x00\x00\x03"
                                                  "b/+\x00\x00\x01"
                                                  "c\x00"s));
  CHECK(driver.receive(suback(1, {0x00, 0x80, 0x87})) ==
        std::vector<Event>{Subscribed{"a", true}, Subscribed{"b/+", false}, Subscribed{"c", false}});
}

TEST_CASE("subscriptions may be answered in another order than asked") {
  Driver driver = online();
  driver.subscribe({"a"});
  driver.subscribe({"b"});
  CHECK(driver.receive(suback(2, {0})) == std::vector<Event>{Subscribed{"b", true}});
  CHECK(driver.receive(suback(1, {1})) == std::vector<Event>{Subscribed{"a", true}});
}

TEST_CASE("messages of a filter may arrive before its SUBACK") {
  Driver driver = online();
  driver.subscribe({"t"});
  CHECK(driver.receive(joined({kHello, suback(1, {0})})) ==
        std::vector<Event>{Message{"t", "hi"}, Subscribed{"t", true}});
}

TEST_CASE("unsubscribing is answered silently") {
  Driver driver = online();
  CHECK(driver.unsubscribe({"a"}) == of("\xA2\x05\x00\x01\x00\x01"
                                        "a"s));
  CHECK(driver.receive(unsuback(1)).empty());
  CHECK(driver.next_in() == 20s);
}

TEST_CASE("publishing sends one QoS 0 PUBLISH") { CHECK(online().publish("t", "hi") == kHello); }

TEST_CASE("a stored message is marked") {
  CHECK(online().receive(of("\x31\x05\x00\x01thi"s)) == std::vector<Event>{Message{"t", "hi", true}});
}

TEST_CASE("a message above the bound is counted and the connection lives") {
  Driver driver = online();
  Bytes large{0x30};
  append_remaining_length(large, kMaxRemainingLength + 1);
  large.resize(large.size() + kMaxRemainingLength + 1);
  CHECK(driver.receive(joined({large, kHello})) ==
        std::vector<Event>{MessageTooLarge{kMaxRemainingLength + 1}, Message{"t", "hi"}});
}

TEST_CASE("what cannot be encoded is named, sends nothing and takes no packet id") {
  Driver driver = online();
  Bytes out;
  CHECK(driver.connection.publish(driver.now, "t/#", "p", out) == Outcome::bad_text);
  CHECK(driver.connection.publish(driver.now, "t", std::string(kMaxRemainingLength, 'p'), out) ==
        Outcome::too_large);
  CHECK(driver.connection.subscribe(driver.now, {}, out) == Outcome::bad_text);
  CHECK(driver.connection.unsubscribe(driver.now, {"#/a"}, out) == Outcome::bad_text);
  CHECK(out.empty());
  CHECK(id_in(driver.subscribe({"a"})) == 1);
}

TEST_CASE("disconnecting when accepted sends DISCONNECT and ends the connection") {
  Driver driver = online();
  Bytes out;
  driver.connection.disconnect(out);
  CHECK(out == Bytes{0xE0, 0x00});
  driver.check_over();
}

TEST_CASE("a broken protocol ends the connection with its reason") {
  struct Case {
    Bytes bytes;
    std::string_view why;
  };
  const std::vector<Case> cases = {
      {connack(), "second CONNACK"},
      {connack(5), "second CONNACK"},
      {suback(7, {0}), "SUBACK without its SUBSCRIBE"},
      {suback(2, {0}), "SUBACK without its SUBSCRIBE"},  // that one was an UNSUBSCRIBE
      {suback(1, {0}), "SUBACK with a wrong number of codes"},
      {suback(1, {0, 0, 0}), "SUBACK with a wrong number of codes"},
      {unsuback(7), "UNSUBACK without its UNSUBSCRIBE"},
      {unsuback(1), "UNSUBACK without its UNSUBSCRIBE"},
      {{0x82}, "packet type that a broker may not send"},
      {{0x40}, "packet type that a broker may not send"},
      {{0x32}, "message with a QoS above 0"},
      {of("\x30\x03\x00\x01\xFF"s), "topic is empty, has a wildcard or is not UTF-8"},
  };
  for (const Case& broken : cases) {
    CAPTURE(broken.why);
    Driver driver = online();
    driver.subscribe({"a", "b"});
    driver.unsubscribe({"c"});
    CHECK(driver.receive(joined({kHello, broken.bytes, kHello})) ==
          std::vector<Event>{Message{"t", "hi"}, Broken{broken.why}});
    driver.check_over();
  }
}

TEST_CASE("an answer given twice breaks the protocol") {
  Driver driver = online();
  driver.subscribe({"a"});
  CHECK(driver.receive(joined({suback(1, {0}), suback(1, {0})})) ==
        std::vector<Event>{Subscribed{"a", true}, Broken{"SUBACK without its SUBSCRIBE"}});
}

TEST_CASE("a broker that speaks before CONNACK breaks the protocol") {
  Bytes large{0x30};
  append_remaining_length(large, kMaxRemainingLength + 1);
  large.resize(large.size() + kMaxRemainingLength + 1);
  for (const Bytes& bytes : {kHello, kPingResp, suback(1, {0}), unsuback(1), large}) {
    Driver driver = connecting();
    CHECK(driver.receive(bytes) == std::vector<Event>{Broken{"packet before CONNACK"}});
    driver.check_over();
  }
}

TEST_CASE("a session that we did not ask for breaks the protocol") {
  Driver driver = connecting();
  CHECK(driver.receive({0x20, 0x02, 0x01, 0x00}) ==
        std::vector<Event>{Broken{"CONNACK with a session that we did not ask for"}});
  driver.check_over();
}

TEST_CASE("a conversation cut at any place gives the same events") {
  const Bytes stream = joined({connack(), kHello, kPingResp, kHello, connack(), kHello});
  const std::vector<Event> expected = {Accepted{}, Message{"t", "hi"}, Message{"t", "hi"},
                                       Broken{"second CONNACK"}};
  for (std::size_t cut = 0; cut <= stream.size(); ++cut) {
    CAPTURE(cut);
    Driver driver = connecting();
    std::vector<Event> events;
    driver.connection.receive(driver.now, ByteView(stream).first(cut), events);
    driver.connection.receive(driver.now, ByteView(stream).subspan(cut), events);
    CHECK(events == expected);
  }
}

TEST_CASE("packet ids wrap past 0 and skip those that still wait") {
  Driver driver = online();
  CHECK(id_in(driver.subscribe({"waits"})) == 1);
  for (std::uint32_t expected = 2; expected <= 65535; ++expected) {
    const std::uint16_t id = id_in(driver.subscribe({"a"}));
    REQUIRE(id == expected);
    REQUIRE(driver.receive(suback(id, {0})) == std::vector<Event>{Subscribed{"a", true}});
  }
  CHECK(id_in(driver.subscribe({"a"})) == 2);
  CHECK(id_in(driver.unsubscribe({"a"})) == 3);
  CHECK(driver.receive(suback(1, {0})) == std::vector<Event>{Subscribed{"waits", true}});
}

TEST_CASE("requests that wait for their answers are bounded") {
  Driver driver = online();
  for (std::size_t i = 0; i < Connection::kMaxRequests; i += 2) {
    driver.subscribe({"a"});
    driver.unsubscribe({"a"});
  }
  Bytes out;
  CHECK(driver.connection.subscribe(driver.now, {"a"}, out) == Outcome::too_many_requests);
  CHECK(driver.connection.unsubscribe(driver.now, {"a"}, out) == Outcome::too_many_requests);
  CHECK(out.empty());
  driver.receive(suback(1, {0}));
  CHECK(id_in(driver.subscribe({"a"})) == 65);
}
