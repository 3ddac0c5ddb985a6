#include "mqtt/parser.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "literal.hpp"
#include "mqtt/encode.hpp"

using namespace trtc;
using namespace trtc::mqtt;
using namespace std::string_literals;

namespace {

struct Result {
  std::vector<Packet> packets;
  std::optional<Malformed> malformed;
  friend bool operator==(const Result&, const Result&) = default;
};

void feed(Parser& parser, ByteView input, Result& result) {
  while (auto packet = parser.next(input)) result.packets.push_back(*std::move(packet));
  result.malformed = parser.malformed();
  // Whatever is not consumed was not understood.
  if (!result.malformed) CHECK(input.empty());
}

Result parse(const Bytes& input, std::size_t piece, std::uint32_t max = kMaxRemainingLength) {
  Parser parser(max);
  Result result;
  for (std::size_t at = 0; at < input.size(); at += piece) {
    feed(parser, ByteView(input).subspan(at, std::min(piece, input.size() - at)), result);
    CHECK(parser.buffered() <= max);
  }
  return result;
}

Result parse(const Bytes& input) { return parse(input, input.size()); }

Bytes publish(const std::string& topic, const std::string& payload) {
  Bytes out;
  CHECK(append_publish(out, topic, payload) == Outcome::done);
  return out;
}

// One of each, with a length of two bytes among them, and a PUBLISH above a bound of 400.
Bytes busy_stream() {
  Bytes stream = of("\x20\x02\x00\x00"s);
  const auto add = [&stream](const Bytes& more) { stream.insert(stream.end(), more.begin(), more.end()); };
  add(of("\x90\x05\x00\x01\x00\x80\x87"s));
  add(
      of("\x31\x05\x00\x01"
         "a{}"s));
  add(publish("t/\xC3\xA9", std::string(300, 'p')));
  add(publish("large", std::string(500, 'p')));
  add(of("\xD0\x00\xB0\x02\x12\x34"s));
  return stream;
}

const std::vector<Packet> kBusyPackets = {
    ConnAck{false, 0},        SubAck{1, {0x00, 0x80, 0x87}},
    Publish{"a", "{}", true}, Publish{"t/\xC3\xA9", std::string(300, 'p')},
    Oversized{507},           PingResp{},
    UnsubAck{0x1234}};

}  // namespace

TEST_CASE("joined packets come out one by one") {
  CHECK(parse(busy_stream(), 100000, 400) == Result{kBusyPackets, {}});
}

TEST_CASE("a stream in pieces of any size gives the same packets") {
  const Bytes stream = busy_stream();
  for (std::size_t piece = 1; piece < stream.size(); ++piece) {
    CAPTURE(piece);
    CHECK(parse(stream, piece, 400) == Result{kBusyPackets, {}});
  }
}

TEST_CASE("a stream cut at any one place gives the same packets") {
  const Bytes stream = busy_stream();
  for (std::size_t cut = 0; cut <= stream.size(); ++cut) {
    CAPTURE(cut);
    Parser parser(400);
    Result result;
    feed(parser, ByteView(stream).first(cut), result);
    feed(parser, ByteView(stream).subspan(cut), result);
    CHECK(result == Result{kBusyPackets, {}});
  }
}

TEST_CASE("a packet cut short is awaited, not reported") {
  CHECK(parse(of("\x20\x02\x00"s)) == Result{});
  CHECK(parse(of("\x30\xFF"s)) == Result{});
  CHECK(parse({}) == Result{});
}

TEST_CASE("remaining lengths of one to three bytes are read back") {
  for (const std::size_t remaining : {3u, 127u, 128u, 16383u, 16384u, kMaxRemainingLength}) {
    CAPTURE(remaining);
    const std::string payload(remaining - 3, 'p');
    CHECK(parse(publish("a", payload)) == Result{{Publish{"a", payload}}, {}});
  }
}

TEST_CASE("a remaining length in a longer form than necessary is accepted") {
  CHECK(parse(of("\xD0\x80\x80\x80\x00"s)) == Result{{PingResp{}}, {}});
}

TEST_CASE("a large PUBLISH is skipped without being kept, and what follows is understood") {
  Parser parser(100);
  Result result;
  Bytes header{0x30};
  append_remaining_length(header, 268435455);
  feed(parser, header, result);
  const Bytes chunk(1u << 20, 0x30);
  for (std::uint32_t left = 268435455; left > 0;) {
    const std::size_t size = std::min<std::size_t>(left, chunk.size());
    feed(parser, ByteView(chunk).first(size), result);
    CHECK(parser.buffered() == 0);
    left -= static_cast<std::uint32_t>(size);
  }
  feed(parser, of("\xD0\x00"s), result);
  CHECK(result == Result{{Oversized{268435455}, PingResp{}}, {}});
}

TEST_CASE("the bound is the last length that is kept") {
  const Bytes at_bound = publish("a", std::string(97, 'p'));
  const Bytes above = publish("a", std::string(98, 'p'));
  CHECK(parse(at_bound, 1000, 100) == Result{{Publish{"a", std::string(97, 'p')}}, {}});
  CHECK(parse(above, 1000, 100) == Result{{Oversized{101}}, {}});
}

TEST_CASE("CONNACK codes are handed on, even those the specification does not know") {
  for (int code : {1, 2, 3, 4, 5, 6, 0x87, 0xFF}) {
    CHECK(parse(Bytes{0x20, 0x02, 0x00, static_cast<std::uint8_t>(code)}) ==
          Result{{ConnAck{false, static_cast<std::uint8_t>(code)}}, {}});
  }
  CHECK(parse(Bytes{0x20, 0x02, 0x01, 0x00}) == Result{{ConnAck{true, 0}}, {}});
}

TEST_CASE("SUBACK codes are the three QoS levels or a refusal") {
  for (unsigned code = 0; code <= 0xFF; ++code) {
    CAPTURE(code);
    const auto byte = static_cast<std::uint8_t>(code);
    const Result result = parse(Bytes{0x90, 0x03, 0x00, 0x01, byte});
    if (code <= 2 || code >= 0x80) {
      CHECK(result == Result{{SubAck{1, {byte}}}, {}});
    } else {
      CHECK(result == Result{{}, Malformed::reserved_code});
    }
  }
}

TEST_CASE("types that a broker may not send are refused at their first byte") {
  for (unsigned type : {0u, 1u, 4u, 5u, 6u, 7u, 8u, 10u, 12u, 14u, 15u}) {
    CAPTURE(type);
    CHECK(parse(Bytes{static_cast<std::uint8_t>(type << 4)}) == Result{{}, Malformed::unexpected_type});
    CHECK(parse(Bytes{static_cast<std::uint8_t>(type << 4 | 2)}) == Result{{}, Malformed::unexpected_type});
  }
}

TEST_CASE("flags other than RETAIN of a PUBLISH are refused at the first byte") {
  for (unsigned type : {2u, 9u, 11u, 13u}) {
    for (unsigned flags = 1; flags < 16; ++flags) {
      CHECK(parse(Bytes{static_cast<std::uint8_t>(type << 4 | flags)}) ==
            Result{{}, Malformed::reserved_flags});
    }
  }
  for (std::uint8_t first : {0x32, 0x33, 0x34, 0x36, 0x3A, 0x3C, 0x3F}) {
    CHECK(parse(Bytes{first}) == Result{{}, Malformed::unasked_qos});
  }
  CHECK(parse(Bytes{0x38}) == Result{{}, Malformed::duplicate_of_qos_0});
  CHECK(parse(Bytes{0x39}) == Result{{}, Malformed::duplicate_of_qos_0});
}

TEST_CASE("every other malformed packet has its reason") {
  struct Case {
    std::string bytes;
    Malformed reason;
  };
  const std::vector<Case> cases = {
      {"\x30\x80\x80\x80\x80"s, Malformed::endless_length},
      {"\x20\x00"s, Malformed::wrong_length},
      {"\x20\x01"s, Malformed::wrong_length},
      {"\x20\x03"s, Malformed::wrong_length},
      {"\x90\x02"s, Malformed::wrong_length},
      {"\x90\xFF\xFF\x7F"s, Malformed::wrong_length},  // above the bound
      {"\xB0\x01"s, Malformed::wrong_length},
      {"\xB0\x03"s, Malformed::wrong_length},
      {"\xD0\x01"s, Malformed::wrong_length},
      {"\x30\x00"s, Malformed::wrong_length},
      {"\x30\x01"s, Malformed::wrong_length},
      {"\x20\x02\x02\x00"s, Malformed::reserved_bits},
      {"\x20\x02\x81\x00"s, Malformed::reserved_bits},
      {"\x20\x02\x01\x05"s, Malformed::session_of_a_refused},
      {"\x90\x03\x00\x00\x00"s, Malformed::zero_packet_id},
      {"\xB0\x02\x00\x00"s, Malformed::zero_packet_id},
      {"\x90\x04\x00\x01\x00\x03"s, Malformed::reserved_code},
      {"\x30\x03\x00\x02\x61"s, Malformed::topic_overrun},
      {"\x30\x02\xFF\xFF"s, Malformed::topic_overrun},
      {"\x30\x02\x00\x00"s, Malformed::bad_topic},
      {"\x30\x03\x00\x00\x61"s, Malformed::bad_topic},
      {"\x30\x03\x00\x01\x00"s, Malformed::bad_topic},
      {"\x30\x03\x00\x01+"s, Malformed::bad_topic},
      {"\x30\x05\x00\x03\x61/#"s, Malformed::bad_topic},
      {"\x30\x03\x00\x01\xFF"s, Malformed::bad_topic},
  };
  for (const Case& bad : cases) {
    CAPTURE(text_of(bad.reason));
    for (std::size_t piece = 1; piece <= bad.bytes.size(); ++piece) {
      CHECK(parse(of(bad.bytes), piece) == Result{{}, bad.reason});
    }
  }
}

TEST_CASE("packets before a malformed one count, those after it do not") {
  const Bytes stream = of("\xD0\x00\xF0\x00\xD0\x00"s);
  for (std::size_t piece = 1; piece <= stream.size(); ++piece) {
    CHECK(parse(stream, piece) == Result{{PingResp{}}, Malformed::unexpected_type});
  }
}

TEST_CASE("a malformed stream stays malformed, keeps the first reason and nothing else") {
  Parser parser;
  Result result;
  feed(parser, of("\x20\x09"s), result);
  feed(parser, of("\xD0\x00"s), result);
  feed(parser, of("\x38\x00"s), result);
  CHECK(result == Result{{}, Malformed::wrong_length});
  CHECK(parser.buffered() == 0);
}

TEST_CASE("every reason has a text of its own") {
  std::vector<std::string_view> texts;
  for (unsigned reason = 0; reason <= static_cast<unsigned>(Malformed::bad_topic); ++reason) {
    texts.push_back(text_of(static_cast<Malformed>(reason)));
  }
  std::sort(texts.begin(), texts.end());
  CHECK(std::adjacent_find(texts.begin(), texts.end()) == texts.end());
  CHECK(std::find(texts.begin(), texts.end(), "unknown reason") == texts.end());
}
