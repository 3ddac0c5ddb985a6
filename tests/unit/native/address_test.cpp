// Where the native host finds a server.
#include "native/address.hpp"

#include <doctest/doctest.h>

#include <string>

using trtc::native::parse_address;

TEST_CASE("each scheme has its transport, its port and its TLS") {
  const auto web = parse_address("wss://call.example.com/mqtt?node=1");
  REQUIRE(web);
  CHECK((web->tls && web->web));
  CHECK(web->authority() == "call.example.com:443");
  CHECK(web->path == "/mqtt?node=1");
  CHECK(parse_address("ws://h/mqtt")->port == "80");
  const auto plain = parse_address("mqtt://h");
  REQUIRE(plain);
  CHECK((!plain->tls && !plain->web));
  CHECK(plain->port == "1883");
  CHECK(parse_address("mqtts://h")->port == "8883");
  CHECK(parse_address("ws://h:8080")->path == "/");
}

TEST_CASE("an IPv6 address stands in brackets") {
  const auto address = parse_address("ws://[::1]:8080/mqtt");
  REQUIRE(address);
  CHECK(address->host == "::1");
  CHECK(address->port == "8080");
  CHECK(address->authority() == "[::1]:8080");
  CHECK(parse_address("ws://[::1]/")->port == "80");
}

TEST_CASE("what is no address of a server is refused") {
  for (const char* const wrong :
       {"", "mqtt", "http://h/mqtt", "ws://", "ws:///mqtt", "ws://h:/", "ws://h:port/", "ws://h:123456/",
        "ws://[::1", "ws://[::1]x/", "ws://user:secret@h/", "ws://h/a b", "ws://h\r\nX: y/",
        "ws://h/\r\nX: y"}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_address(wrong));
  }
}
