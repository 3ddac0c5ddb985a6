#include "mqtt/decode.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "mqtt/text.hpp"

namespace trtc::mqtt {
namespace {

using Decoded = std::variant<Packet, Malformed>;

enum Type : unsigned { connack = 2, publish = 3, suback = 9, unsuback = 11, pingresp = 13 };

constexpr unsigned kRetain = 0x01;
constexpr unsigned kQosMask = 0x06;
constexpr unsigned kDuplicate = 0x08;
constexpr unsigned kSessionPresent = 0x01;
constexpr std::uint8_t kHighestQos = 2;

unsigned type_of(std::uint8_t first) { return first >> 4; }
unsigned flags_of(std::uint8_t first) { return first & 0x0F; }

std::uint16_t u16(ByteView bytes) { return static_cast<std::uint16_t>(bytes[0] << 8 | bytes[1]); }

std::string text(ByteView bytes) { return {bytes.begin(), bytes.end()}; }

// An unknown code still says "refused", and the owner learns more from it than from a framing error.
Decoded decode_connack(ByteView body) {
  if ((body[0] & ~kSessionPresent) != 0) return Malformed::reserved_bits;
  const ConnAck packet{(body[0] & kSessionPresent) != 0, body[1]};
  if (packet.session_present && packet.code != kConnectAccepted) return Malformed::session_of_a_refused;
  return Packet(packet);
}

Decoded decode_suback(ByteView body) {
  SubAck packet{u16(body), Bytes(body.begin() + 2, body.end())};
  if (packet.id == 0) return Malformed::zero_packet_id;
  const bool known = std::all_of(packet.codes.begin(), packet.codes.end(),
                                 [](std::uint8_t code) { return code <= kHighestQos || is_refusal(code); });
  if (!known) return Malformed::reserved_code;
  return Packet(std::move(packet));
}

Decoded decode_unsuback(ByteView body) {
  const UnsubAck packet{u16(body)};
  if (packet.id == 0) return Malformed::zero_packet_id;
  return Packet(packet);
}

Decoded decode_publish(unsigned flags, ByteView body) {
  const std::size_t topic_length = u16(body);
  const ByteView rest = body.subspan(2);
  if (topic_length > rest.size()) return Malformed::topic_overrun;
  Publish packet{text(rest.first(topic_length)), text(rest.subspan(topic_length)), (flags & kRetain) != 0};
  if (!is_topic_name(packet.topic)) return Malformed::bad_topic;
  return Packet(std::move(packet));
}

}  // namespace

bool is_publish(std::uint8_t first) { return type_of(first) == publish; }

std::optional<Malformed> check_first_byte(std::uint8_t first) {
  const unsigned flags = flags_of(first);
  switch (type_of(first)) {
    case publish:
      if ((flags & kQosMask) != 0) return Malformed::unasked_qos;
      if ((flags & kDuplicate) != 0) return Malformed::duplicate_of_qos_0;
      return std::nullopt;
    case connack:
    case suback:
    case unsuback:
    case pingresp:
      if (flags != 0) return Malformed::reserved_flags;
      return std::nullopt;
    default:
      return Malformed::unexpected_type;
  }
}

std::optional<Malformed> check_length(std::uint8_t first, std::uint32_t length) {
  const auto fits = [&] {
    switch (type_of(first)) {
      case connack:
      case unsuback:
        return length == 2;
      case suback:
        return length >= 3;
      case publish:
        return length >= 2;
      default:
        return length == 0;
    }
  };
  if (!fits()) return Malformed::wrong_length;
  return std::nullopt;
}

Decoded decode(std::uint8_t first, ByteView body) {
  switch (type_of(first)) {
    case connack:
      return decode_connack(body);
    case suback:
      return decode_suback(body);
    case unsuback:
      return decode_unsuback(body);
    case publish:
      return decode_publish(flags_of(first), body);
    default:
      return Packet(PingResp{});
  }
}

}  // namespace trtc::mqtt
