// Messages to JSON and back: protocol, sections 3 and 5.
#include "signaling/codec.hpp"

#include <doctest/doctest.h>

#include <string>

#include "signaling/messages.hpp"

using namespace trtc;
using sample::json;
using sample::reread;
using sample::wire;

namespace {

json presence() { return json::parse(encode(Presence{sample::from, 4294967295, true}), nullptr, false); }

std::string reread_presence(const std::string& payload) {
  const auto decoded = decode_presence(payload);
  if (const auto* unreadable = std::get_if<Unreadable>(&decoded)) return std::string(unreadable->why);
  return encode(std::get<Presence>(decoded));
}
std::string reread_presence(const json& payload) { return reread_presence(payload.dump()); }

}  // namespace

TEST_CASE("every message survives the way to text and back") {
  for (const message::Body& body : sample::bodies()) {
    const std::string text = encode(Envelope{sample::call, sample::from, sample::to, 17, body});
    CHECK(reread(text) == text);
  }
}

TEST_CASE("an envelope looks as the protocol says") {
  CHECK(encode(Envelope{sample::call, sample::from, sample::to, 17, message::Reject{CancelReason::busy}}) ==
        R"({"v":1,"type":"reject","call":"0f8fad5b-d9cb-469f-a165-70867728950e",)"
        R"("from":"00112233445566778899aabbccddeeff","seq":17,)"
        R"("to":"ffeeddccbbaa99887766554433221100","body":{"reason":"busy"}})");
}

TEST_CASE("what is decoded is what was meant") {
  const auto decoded =
      decode_envelope(encode(Envelope{sample::call, sample::from, {}, 17, sample::invite()}));
  REQUIRE(std::holds_alternative<Envelope>(decoded));
  const Envelope& envelope = std::get<Envelope>(decoded);
  CHECK(envelope.call == sample::call);
  CHECK(envelope.from == sample::from);
  CHECK(envelope.to.empty());
  CHECK(envelope.seq == 17);
  REQUIRE(std::holds_alternative<message::Invite>(envelope.body));
  const auto& invite = std::get<message::Invite>(envelope.body);
  CHECK(invite.media == MediaType::video);
  CHECK(invite.room == 4294967295);
  CHECK(invite.group);
  CHECK(invite.group_id == "g");
  CHECK(invite.invitees == std::vector{UserId("bob"), UserId("-_C")});
  CHECK(invite.ring == 30s);
  CHECK(invite.user_data == sample::tricky);
  CHECK(invite.exchange == 3);
  CHECK(invite.offer == "v=0\r\n");
}

TEST_CASE("a message for every session has no addressee") {
  json message = wire(message::Ringing{});
  message.erase("to");
  CHECK(reread(message) == encode(Envelope{sample::call, sample::from, {}, 17, message::Ringing{}}));
}

TEST_CASE("members that we do not know are ignored") {
  for (const message::Body& body : sample::bodies()) {
    json message = wire(body);
    const std::string expected = reread(message);
    message["later"] = {1, {{"deep", true}}};
    message["body"]["later"] = "x";
    CHECK(reread(message) == expected);
  }
}

TEST_CASE("a type that a later version may know is readable, whatever its body") {
  json message = wire(message::Unknown{});
  message["type"] = "hologram";
  message["body"] = {{"reason", 7}};
  CHECK(reread(message) == encode(Envelope{sample::call, sample::from, sample::to, 17, message::Unknown{}}));
}

TEST_CASE("another version of the protocol is not read") {
  for (const json& version :
       {json(0), json(2), json("1"), json(1.0), json(-1), json(nullptr), json(4294967297)}) {
    json message = wire(message::Ringing{});
    message["v"] = version;
    CHECK(reread(message) == "other protocol version");
  }
  json message = wire(message::Ringing{});
  message.erase("v");
  CHECK(reread(message) == "other protocol version");
}

TEST_CASE("every word of an enumeration is read, and no other") {
  const std::string reasons[] = {
      "cancelled",          "rejected",   "busy",       "no_answer",   "answered_elsewhere",
      "rejected_elsewhere", "kicked_out", "logged_out", "unreachable", "failed"};
  for (const std::string& reason : reasons) {
    json message = wire(message::Ended{});
    message["body"]["reason"] = reason;
    CHECK(json::parse(reread(message))["body"]["reason"] == reason);
  }
  for (const std::string phase : {"login", "resume", "settled"}) {
    json message = wire(message::Claim{});
    message["body"]["phase"] = phase;
    CHECK(json::parse(reread(message))["body"]["phase"] == phase);
  }
  for (const std::string foreign : {"", "Busy", "busy ", "hologram", "0"}) {
    for (const auto& [body, member] : {std::pair<message::Body, const char*>{message::Ended{}, "reason"},
                                       {message::Claim{}, "phase"},
                                       {sample::invite(), "media"}}) {
      json message = wire(body);
      message["body"][member] = foreign;
      CHECK(reread(message) == "bad body");
    }
  }
}

TEST_CASE("presence survives the way to text and back") {
  for (const bool here : {true, false}) {
    const std::string text = encode(Presence{sample::from, 4294967295, here});
    CHECK(reread_presence(text) == text);
  }
  CHECK(encode(Presence{sample::from, 3, false}) ==
        R"({"v":1,"type":"gone","from":"00112233445566778899aabbccddeeff","connection":3})");
}

TEST_CASE("presence with a member that is missing, of another type or out of bounds is not read") {
  const json good = presence();
  for (const auto& [member, value] : good.items()) {
    json without = good;
    without.erase(member);
    CHECK(reread_presence(without) == "bad presence");
    for (const json& foreign : {json(nullptr), json(true), json(-1), json(1.5), json("x"), json::array(),
                                json::object(), json(4294967296)}) {
      json changed = good;
      changed[member] = foreign;
      CAPTURE(changed.dump());
      CHECK(reread_presence(changed) == "bad presence");
    }
  }
  json other = presence();
  other["v"] = 2;
  CHECK(reread_presence(other) == "bad presence");
}

TEST_CASE("presence that is not a JSON object is not read") {
  for (const std::string text : {"", "[]", "1", "{", "\xff"}) {
    CHECK(reread_presence(text) == "not a JSON object within the bounds");
  }
}

TEST_CASE("a message is no presence and a presence is no message") {
  CHECK(reread_presence(wire(message::Ringing{})) == "bad presence");
  CHECK(reread(presence()) == "bad envelope");
}
