// Messages as they look on the wire: one good sample of each, and JSON to spoil.
#pragma once

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "signaling/codec.hpp"

namespace trtc::sample {

using nlohmann::json;

inline const CallId call{"0f8fad5b-d9cb-469f-a165-70867728950e"};
inline const SessionId from{"00112233445566778899aabbccddeeff"};
inline const SessionId to{"ffeeddccbbaa99887766554433221100"};
inline const std::string tricky = "{\"nick\":\"Bób ☎ 📞\",\"line\":\"a\\b\r\n\u2028\"}";

inline message::Invite invite() {
  return {MediaType::video, 4294967295, true,      "g", {UserId("bob"), UserId("-_C")},       30000ms,
          tricky,           3,          "v=0\r\n", 7,   {"Älice", "https://a.example/p.png"}, from.text,
          to.text};
}

inline message::Hello hello(Sending sending) { return {sending, {"Älice", "https://a.example/p.png"}}; }

/// One of every type, each member different from its default.
inline std::vector<message::Body> bodies() {
  using namespace message;
  return {invite(),
          Ringing{},
          Accept{hello({true, false, false})},
          Confirm{hello({false, true, true}), MediaType::video, 3, {{UserId("bob"), from}}},
          Join{hello({true, true, false}), from.text, {{UserId("bob"), from}}},
          Seek{4711, to.text},
          Reject{CancelReason::busy},
          Cancel{CancelReason::answered_elsewhere},
          Ended{CancelReason::unreachable},
          Description{true, 7, true, "v=0\r\n"},
          Candidates{9, {{"candidate:1 1 udp 1 192.0.2.7 9 typ host", "0", 0, "u"}, {"", "1", 65535, ""}}},
          Restart{4294967295, true},
          State{{true, true, true}},
          Roster{{{UserId("bob"), RosterStatus::joined, true, from, 4294967295},
                  {UserId("carol"), RosterStatus::no_answer}}},
          MediaSwitch{MediaType::video, 4294967295},
          Leave{4294967295, {{UserId("bob"), from}}},
          Claim{4, 5, Claim::Phase::settled},
          Ack{{0, 1, 4294967295}},
          Unknown{}};
}

inline json wire(const message::Body& body) {
  return json::parse(encode(Envelope{call, from, to, 17, body}), nullptr, false);
}

/// The decoded message written again, or why it was refused.
inline std::string reread(const std::string& payload) {
  const auto decoded = decode_envelope(payload);
  if (const auto* unreadable = std::get_if<Unreadable>(&decoded)) return std::string(unreadable->why);
  return encode(std::get<Envelope>(decoded));
}
inline std::string reread(const json& payload) { return reread(payload.dump()); }

inline bool readable(const json& payload) {
  return std::holds_alternative<Envelope>(decode_envelope(payload.dump()));
}

}  // namespace trtc::sample
