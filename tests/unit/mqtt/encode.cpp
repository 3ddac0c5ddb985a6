#include "mqtt/encode.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>

#include "literal.hpp"
#include "mqtt/packet.hpp"

using namespace trtc;
using namespace trtc::mqtt;
using namespace std::string_literals;

namespace {

Bytes length_bytes(std::uint32_t length) {
  Bytes out;
  append_remaining_length(out, length);
  return out;
}

// The largest payload that a topic of one character leaves room for.
constexpr std::size_t kRoom = kMaxRemainingLength - 3;

}  // namespace

TEST_CASE("the remaining length changes its size at the boundaries of table 2.4") {
  CHECK(length_bytes(0) == Bytes{0x00});
  CHECK(length_bytes(64) == Bytes{0x40});
  CHECK(length_bytes(127) == Bytes{0x7F});
  CHECK(length_bytes(128) == Bytes{0x80, 0x01});
  CHECK(length_bytes(321) == Bytes{0xC1, 0x02});
  CHECK(length_bytes(16383) == Bytes{0xFF, 0x7F});
  CHECK(length_bytes(16384) == Bytes{0x80, 0x80, 0x01});
  CHECK(length_bytes(2097151) == Bytes{0xFF, 0xFF, 0x7F});
  CHECK(length_bytes(2097152) == Bytes{0x80, 0x80, 0x80, 0x01});
  CHECK(length_bytes(268435455) == Bytes{0xFF, 0xFF, 0xFF, 0x7F});
}

TEST_CASE("CONNECT without will and credentials") {
  Bytes out;
  CHECK(append_connect(out, {"abc", "", "", 60, {}}) == Outcome::done);
  CHECK(out == of("\x10\x0F\x00\x04MQTT\x04\x02\x00\x3C\x00\x03"
                  "abc"s));
}

TEST_CASE("CONNECT with will and credentials, byte for byte") {
  Bytes out{0xEE};
  CHECK(append_connect(out, {"id", "user", "p\0w"s, 0x1234, Will{"w/t", "bye\xFF"}}) == Outcome::done);
  const std::string expected =
      "\xEE\x10\x24"s      // what was there stays; CONNECT of 36 bytes
      "\x00\x04MQTT\x04"s  // protocol name and level
      "\xC6\x12\x34"s      // user name, password, will QoS 0 not retained, clean session; keep-alive
      "\x00\x02id"s        // [MQTT-3.1.3-1]: client id, will topic, will message, user name, password
      "\x00\x03w/t"s       //
      "\x00\x04"s
      "bye\xFF"s        // a will message may be any bytes
      "\x00\x04user"s   //
      "\x00\x03p\0w"s;  // and so may a password
  CHECK(out == of(expected));
}

TEST_CASE("CONNECT never carries a password without a user name") {
  Bytes out;
  CHECK(append_connect(out, {"a", "", "secret", 60, {}}) == Outcome::done);
  CHECK(out == of("\x10\x0D\x00\x04MQTT\x04\x02\x00\x3C\x00\x01"
                  "a"s));
}

TEST_CASE("CONNECT with a user name carries an empty password too") {
  Bytes out;
  CHECK(append_connect(out, {"", "u", "", 0, {}}) == Outcome::done);
  CHECK(out == of("\x10\x11\x00\x04MQTT\x04\xC2\x00\x00\x00\x00\x00\x01u\x00\x00"s));
}

TEST_CASE("CONNECT with a field that cannot be encoded writes nothing") {
  const std::string long_field(65536, 'x');
  const std::vector<std::pair<ConnectOptions, Outcome>> cases = {
      {{"\xFF", "u", "p", 60, {}}, Outcome::bad_text},
      {{"a\0b"s, "u", "p", 60, {}}, Outcome::bad_text},
      {{"a", "\xC0\x80", "p", 60, {}}, Outcome::bad_text},
      {{"a", "u", "p", 60, Will{"", ""}}, Outcome::bad_text},
      {{"a", "u", "p", 60, Will{"w/+", ""}}, Outcome::bad_text},
      {{long_field, "u", "p", 60, {}}, Outcome::too_large},
      {{"a", long_field, "p", 60, {}}, Outcome::too_large},
      {{"a", "u", long_field, 60, {}}, Outcome::too_large},
      {{"a", "u", "p", 60, Will{long_field, ""}}, Outcome::too_large},
      {{"a", "u", "p", 60, Will{"w", long_field}}, Outcome::too_large},
      {{"a", std::string(40000, 'u'), std::string(40000, 'p'), 60, {}}, Outcome::too_large},
  };
  for (const auto& [options, expected] : cases) {
    Bytes out;
    CHECK(append_connect(out, options) == expected);
    CHECK(out.empty());
  }
}

TEST_CASE("SUBSCRIBE asks for QoS 0 on every filter") {
  Bytes out;
  CHECK(append_subscribe(out, 10, {"a/b", "c/+"}) == Outcome::done);
  CHECK(out == of("\x82\x0E\x00\x0A\x00\x03"
                  "a/b\x00\x00\x03"
                  "c/+\x00"s));
}

TEST_CASE("UNSUBSCRIBE is the specification's example") {
  Bytes out;
  CHECK(append_unsubscribe(out, 10, {"a/b", "c/d"}) == Outcome::done);
  CHECK(out == of("\xA2\x0C\x00\x0A\x00\x03"
                  "a/b\x00\x03"
                  "c/d"s));
}

TEST_CASE("SUBSCRIBE and UNSUBSCRIBE refuse no filter, an impossible filter and too much") {
  const std::vector<std::pair<std::vector<std::string>, Outcome>> cases = {
      {{}, Outcome::bad_text},
      {{"a", ""}, Outcome::bad_text},
      {{"a/#/b"}, Outcome::bad_text},
      {{std::string(65536, 'a')}, Outcome::too_large},
      {{std::string(65535, 'a'), std::string(2000, 'a')}, Outcome::too_large},
  };
  for (const auto& [filters, expected] : cases) {
    Bytes out;
    CHECK(append_subscribe(out, 1, filters) == expected);
    CHECK(append_unsubscribe(out, 1, filters) == expected);
    CHECK(out.empty());
  }
}

TEST_CASE("PUBLISH has no packet id, no flags and any payload") {
  Bytes out;
  CHECK(append_publish(out, "a/b", "\x00\xFF{}"s) == Outcome::done);
  CHECK(out == of("\x30\x09\x00\x03"
                  "a/b\x00\xFF{}"s));
}

TEST_CASE("PUBLISH may be empty") {
  Bytes out;
  CHECK(append_publish(out, "a", "") == Outcome::done);
  CHECK(out == of("\x30\x03\x00\x01"
                  "a"s));
}

TEST_CASE("PUBLISH counts its length over one, two and three bytes") {
  for (const auto& [payload, header] :
       std::vector<std::pair<std::size_t, Bytes>>{{124, {0x30, 0x7F}},
                                                  {125, {0x30, 0x80, 0x01}},
                                                  {16380, {0x30, 0xFF, 0x7F}},
                                                  {16381, {0x30, 0x80, 0x80, 0x01}}}) {
    Bytes out;
    CHECK(append_publish(out, "a", std::string(payload, 'p')) == Outcome::done);
    CHECK(Bytes(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(header.size())) == header);
    CHECK(out.size() == header.size() + 3 + payload);
  }
}

TEST_CASE("PUBLISH is refused above the bound and with a topic that is none") {
  Bytes out;
  CHECK(append_publish(out, "a", std::string(kRoom + 1, 'p')) == Outcome::too_large);
  CHECK(append_publish(out, std::string(65536, 'a'), "") == Outcome::too_large);
  CHECK(append_publish(out, "", "p") == Outcome::bad_text);
  CHECK(append_publish(out, "a/+", "p") == Outcome::bad_text);
  CHECK(append_publish(out, "\xED\xA0\x80", "p") == Outcome::bad_text);
  CHECK(out.empty());
  CHECK(append_publish(out, "a", std::string(kRoom, 'p')) == Outcome::done);
}

TEST_CASE("PINGREQ and DISCONNECT are two bytes") {
  Bytes out;
  append_pingreq(out);
  append_disconnect(out);
  CHECK(out == Bytes{0xC0, 0x00, 0xE0, 0x00});
}
