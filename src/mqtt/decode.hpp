// The meaning of one packet's bytes, apart from where the stream was cut (parser.hpp).
#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "bytes.hpp"
#include "mqtt/malformed.hpp"
#include "mqtt/packet.hpp"

namespace trtc::mqtt {

/// Judges type and flags, so that a stream that is not MQTT is refused at its first byte.
std::optional<Malformed> check_first_byte(std::uint8_t first);

/// Judges the length before anything is kept for it. `first` has passed check_first_byte.
std::optional<Malformed> check_length(std::uint8_t first, std::uint32_t length);

bool is_publish(std::uint8_t first);

/// `first` and the length of `body` have passed the checks above.
std::variant<Packet, Malformed> decode(std::uint8_t first, ByteView body);

}  // namespace trtc::mqtt
