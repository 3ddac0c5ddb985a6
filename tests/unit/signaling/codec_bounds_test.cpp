// A message that could not be ours is dropped as a whole: every member, every bound, and what is not JSON at
// all.
#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "signaling/messages.hpp"

using namespace trtc;
using sample::json;
using sample::readable;
using sample::reread;
using sample::wire;

namespace {

std::string letters(std::size_t count) { return std::string(count, 'a'); }

/// Values of which `value` is none.
std::vector<json> foreign_to(const json& value) {
  std::vector<json> all{nullptr, -1, 0.5, 4294967296, 1e300};
  if (!value.is_object()) all.push_back(json::object());
  if (!value.is_array()) all.push_back(json::array());
  if (!value.is_string()) all.emplace_back("1");
  if (!value.is_boolean()) all.emplace_back(true);
  if (!value.is_number()) all.emplace_back(1);
  return all;
}

/// A bound, and a message that meets it with `size` of something.
struct Bound {
  const char* what;
  std::size_t limit;
  std::function<message::Body(std::size_t)> body;
};

message::Candidates candidates(std::size_t count, const Candidate& one) {
  return {1, std::vector<Candidate>(count, one)};
}

const std::vector<Bound> bounds{
    {"group_id", bound::group_id,
     [](std::size_t n) {
       auto m = sample::invite();
       return m.group_id = letters(n), m;
     }},
    {"invitees", bound::invitees,
     [](std::size_t n) {
       auto m = sample::invite();
       return m.invitees.assign(n, UserId("bob")), m;
     }},
    {"an invitee", 32,
     [](std::size_t n) {
       auto m = sample::invite();
       return m.invitees = {UserId(letters(n))}, m;
     }},
    {"user_data", bound::user_data,
     [](std::size_t n) {
       auto m = sample::invite();
       return m.user_data = letters(n), m;
     }},
    {"offer", bound::sdp,
     [](std::size_t n) {
       auto m = sample::invite();
       return m.offer = letters(n), m;
     }},
    {"sdp", bound::sdp,
     [](std::size_t n) {
       return message::Description{true, 1, false, letters(n)};
     }},
    {"candidates", bound::candidates,
     [](std::size_t n) {
       return candidates(n, {"c", "0", 0, "u"});
     }},
    {"candidate", bound::candidate,
     [](std::size_t n) {
       return candidates(1, {letters(n), "0", 0, "u"});
     }},
    {"mid", bound::candidate,
     [](std::size_t n) {
       return candidates(1, {"c", letters(n), 0, "u"});
     }},
    {"fragment", bound::candidate,
     [](std::size_t n) {
       return candidates(1, {"c", "0", 0, letters(n)});
     }},
    {"seats of a leave", bound::seats,
     [](std::size_t n) {
       return message::Leave{1, std::vector<message::Seat>(n, {UserId("bob"), sample::from})};
     }},
    {"acks", bound::acks, [](std::size_t n) { return message::Ack{std::vector<std::uint32_t>(n, 7)}; }},
};

/// A readable message, padded with a member that nobody knows to this many bytes.
std::string padded(std::size_t size) {
  json message = wire(message::Ringing{});
  message["later"] = "";
  message["later"] = letters(size - message.dump().size());
  return message.dump();
}

std::string with_body(const std::string& body) {
  json message = wire(message::Ack{});
  message.erase("body");
  std::string text = message.dump();
  text.pop_back();
  return text + ",\"body\":" + body + '}';
}

const char* const no_object = "not a JSON object within the bounds";

}  // namespace

TEST_CASE("every bound is met at its limit and broken one above it") {
  for (const Bound& one : bounds) {
    CAPTURE(one.what);
    CHECK(readable(wire(one.body(one.limit))));
    CHECK(reread(wire(one.body(one.limit + 1))) == "bad body");
  }
}

TEST_CASE("lists and texts may be empty, an SDP may not") {
  for (const Bound& one : bounds) {
    const std::string what = one.what;
    CAPTURE(what);
    CHECK(readable(wire(one.body(0))) == (what != "sdp" && what != "an invitee"));
  }
}

TEST_CASE("a payload of 64 KiB is read and one byte more is not") {
  CHECK(reread(padded(bound::payload)) == reread(wire(message::Ringing{})));
  CHECK(reread(padded(bound::payload + 1)) == no_object);
}

TEST_CASE("a body with a member missing is not read") {
  for (const message::Body& body : sample::bodies()) {
    const json good = wire(body);
    for (const auto& [member, value] : good["body"].items()) {
      json without = good;
      without["body"].erase(member);
      CAPTURE(without.dump());
      CHECK(reread(without) == "bad body");
    }
  }
}

TEST_CASE("a body with a member of another type is not read, however deep it is") {
  for (const message::Body& body : sample::bodies()) {
    const json good = wire(body);
    const json leaves = good["body"].flatten();
    for (const auto& [path, value] : leaves.items()) {
      if (path.empty()) continue;
      for (const json& foreign : foreign_to(value)) {
        json changed = good;
        changed["body"][json::json_pointer(path)] = foreign;
        CAPTURE(changed.dump());
        CHECK(reread(changed) == "bad body");
      }
    }
  }
}

TEST_CASE("an envelope with a member missing or of another type is not read") {
  for (const char* member : {"type", "call", "from", "seq", "to", "body"}) {
    CAPTURE(member);
    const json good = wire(message::Ringing{});
    if (std::string(member) != "to") {
      json without = good;
      without.erase(member);
      CHECK(reread(without) == "bad envelope");
    }
    for (const json& foreign : foreign_to(good[member])) {
      json changed = good;
      changed[member] = foreign;
      CAPTURE(changed.dump());
      CHECK(reread(changed) == "bad envelope");
    }
  }
}

TEST_CASE("the identities of an envelope have the form that we give them") {
  const auto with = [](const char* member, const std::string& text) {
    json message = wire(message::Ringing{});
    message[member] = text;
    return reread(message);
  };
  const std::string hex31 = sample::from.text.substr(1);
  for (const std::string& text :
       {hex31, hex31 + "00", hex31 + "G", hex31 + "A", hex31 + "-", std::string()}) {
    CAPTURE(text);
    CHECK(with("from", text) == "bad envelope");
  }
  CHECK(with("to", hex31) == "bad envelope");
  CHECK(with("to", hex31 + "00") == "bad envelope");
  CHECK(with("call", letters(37)) == "bad envelope");
  CHECK(with("type", "") == "bad envelope");
  CHECK(with("type", letters(33)) == "bad envelope");
}

TEST_CASE("what is not a JSON object is not read") {
  for (const std::string& text :
       {std::string(), std::string("null"), std::string("[]"), std::string("1"), std::string("\"{}\""),
        std::string("{"), std::string("{}x"), std::string("\xff"), std::string(1, '\0')}) {
    CAPTURE(text);
    CHECK(reread(text) == no_object);
  }
  CHECK(reread(std::string("{}")) == "other protocol version");
}

TEST_CASE("a message cut off anywhere is not read") {
  const std::string text = wire(sample::invite()).dump();
  for (std::size_t size = 0; size < text.size(); ++size) CHECK(reread(text.substr(0, size)) == no_object);
}

TEST_CASE("deep nesting is refused before it costs anything") {
  const std::string deep(30000, '[');
  CHECK(reread(deep) == no_object);
  CHECK(reread(with_body(deep + std::string(30000, ']'))) == no_object);
  CHECK(reread(with_body("{\"list\":[[[[[[1]]]]]]}")) == no_object);
}

TEST_CASE("huge arrays are refused by their length") {
  std::string numbers = "1";
  while (numbers.size() < 60000) numbers += ",1";
  CHECK(reread(with_body("{\"list\":[" + numbers + "]}")) == "bad body");
  std::string objects = "{}";
  while (objects.size() < 60000) objects += ",{}";
  CHECK(reread(with_body("{\"list\":[" + objects + "]}")) == "bad body");
}

TEST_CASE("of two members with one name the first counts") {
  CHECK(reread(with_body(R"({"list":[1]},"body":{"list":"x"})")) == reread(with_body("{\"list\":[1]}")));
  CHECK(reread(with_body(R"({"list":"x","list":[1]})")) == "bad body");
}

TEST_CASE("a nonce and the session of a roster's line are whole or not there, a pass is whole") {
  for (const std::size_t size : {0U, 1U, 31U, 32U, 33U}) {
    CAPTURE(size);
    auto invite = sample::invite();
    invite.nonce = letters(size);
    CHECK(readable(wire(invite)) == (size == 0 || size == 32));
    const SessionId session(letters(size));
    CHECK(readable(wire(message::Roster{{{UserId("bob"), RosterStatus::joined, false, session, 1}}})) ==
          (size == 0 || size == 32));
    CHECK(readable(wire(message::Seek{0, letters(size)})) == (size == 32));
    CHECK(readable(wire(message::Join{{}, letters(size)})) == (size == 32));
    auto passing = sample::invite();
    passing.pass = letters(size);
    CHECK(readable(wire(passing)) == (size == 32));
  }
}
