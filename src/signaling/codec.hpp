// Messages to and from JSON text (protocol, section 3). Everything that comes in is bounded and checked here,
// so the call machine never meets a value that it could not have sent itself.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

#include "signaling/message.hpp"

namespace trtc {

namespace bound {
inline constexpr std::size_t payload = 65536;
inline constexpr std::size_t sdp =
    24576;  ///< three times of what browsers write; escaped, an invite stays below `payload`
inline constexpr std::size_t user_data = 4096;
inline constexpr std::size_t group_id = 48;
inline constexpr std::size_t invitees = 64;
inline constexpr std::size_t nick = 128;
inline constexpr std::size_t avatar = 1024;
inline constexpr std::size_t seats = 16;        ///< members named in one message
inline constexpr std::size_t candidates = 32;   ///< in one message
inline constexpr std::size_t candidate = 1024;  ///< bytes of one string of a candidate
inline constexpr std::size_t acks = 64;
}  // namespace bound

/// Why a payload was dropped.
struct Unreadable {
  std::string_view why;
};

std::string encode(const Envelope& envelope);
std::variant<Envelope, Unreadable> decode_envelope(std::string_view payload);

std::string encode(const Presence& presence);
std::variant<Presence, Unreadable> decode_presence(std::string_view payload);

}  // namespace trtc
