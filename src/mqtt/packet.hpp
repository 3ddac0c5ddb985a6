// What a broker says to us, as values. What we say to a broker is in encode.hpp.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace trtc::mqtt {

/// The largest remaining length we send or keep: an envelope of 64 KiB and generous room for its topic.
/// One number for both directions, because the clients at the other end run the same code.
inline constexpr std::uint32_t kMaxRemainingLength = 64 * 1024 + 1024;

/// CONNACK return codes (section 3.2.2.3). Brokers answer a wrong password with either of the last two.
inline constexpr std::uint8_t kConnectAccepted = 0;
inline constexpr std::uint8_t kBadProtocolVersion = 1;
inline constexpr std::uint8_t kClientIdRejected = 2;
inline constexpr std::uint8_t kServerUnavailable = 3;
inline constexpr std::uint8_t kBadUserNameOrPassword = 4;
inline constexpr std::uint8_t kNotAuthorized = 5;

struct ConnAck {
  bool session_present = false;
  std::uint8_t code = 0;
  friend bool operator==(const ConnAck&, const ConnAck&) = default;
};

/// One code per filter of the SUBSCRIBE, in its order [MQTT-3.9.3-1].
struct SubAck {
  std::uint16_t id = 0;
  std::vector<std::uint8_t> codes;
  friend bool operator==(const SubAck&, const SubAck&) = default;
};

struct UnsubAck {
  std::uint16_t id = 0;
  friend bool operator==(const UnsubAck&, const UnsubAck&) = default;
};

struct Publish {
  std::string topic;
  std::string payload;
  /// The broker had stored it, so its age is unknown [MQTT-3.3.1-8].
  bool retained = false;
  friend bool operator==(const Publish&, const Publish&) = default;
};

struct PingResp {
  friend bool operator==(const PingResp&, const PingResp&) = default;
};

/// A PUBLISH above the bound, skipped without being kept. Not an error of the connection: otherwise whoever
/// may write to our inbox could cut us off at will by sending large messages.
struct Oversized {
  std::uint32_t remaining_length = 0;
  friend bool operator==(const Oversized&, const Oversized&) = default;
};

using Packet = std::variant<ConnAck, SubAck, UnsubAck, Publish, PingResp, Oversized>;

/// ejabberd answers a forbidden filter with 0x87, a code of MQTT 5, so everything from 0x80 up is a refusal.
constexpr bool is_refusal(std::uint8_t suback_code) { return suback_code >= 0x80; }

}  // namespace trtc::mqtt
