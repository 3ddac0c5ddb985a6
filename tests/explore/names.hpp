// Names of a world, short enough to be compared at once: users, and the ids that the core draws.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "ids.hpp"
#include "media.hpp"

namespace trtc::explore {

inline constexpr std::uint32_t app = 1400000000;
inline const std::array<std::string, 3> users{"alice", "bob", "carol"};
inline const std::string group_name = "group";

/// 0, 1, 2 for the users; their first letters differ.
inline std::uint8_t number_of(const UserId& user) {
  return user.empty() ? 7 : static_cast<std::uint8_t>(user.text[0] - 'a');
}

/// Draws are multiples of this: no jitter (10 % of 500, 1000, 2000 and 4000 ms).
inline constexpr std::uint32_t draw_step = 400;
/// Draws of one page's place.
inline constexpr std::uint32_t draws_each = 1U << 19U;

/// The first 32 bits of an id, which are one draw: unique, and ordered as the ids are.
inline std::uint32_t key_of(std::string_view id) {
  std::uint32_t key = 0;
  for (const char digit : id.substr(0, 8)) {
    const auto value = static_cast<std::uint32_t>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
    key = key << 4U | value;
  }
  return key;
}
template <class Id>
std::uint32_t key_of(const Name<Id>& id) {
  return key_of(std::string_view(id.text));
}

/// In whose place it was drawn.
inline std::uint32_t owner_of(std::uint32_t key) { return key / draw_step / draws_each; }

/// A description names the peer connection that made it and the generation of its ICE, and nothing else. So
/// does a candidate.
struct Description {
  std::uint8_t place = 0;
  std::uint8_t page = 0;
  std::uint8_t generation = 0;
  std::uint32_t peer = 0;
};
inline std::string text_of(const Description& one) {
  std::string out;
  for (const std::uint8_t digit : {one.place, one.page, one.generation})
    out += static_cast<char>('0' + digit);
  return out + std::to_string(one.peer);
}
inline Description description_of(std::string_view text) {
  const auto digit = [text](std::size_t at) { return static_cast<std::uint8_t>(text[at] - '0'); };
  Description out{digit(0), digit(1), digit(2), 0};
  for (const char one : text.substr(3)) out.peer = out.peer * 10 + static_cast<std::uint32_t>(one - '0');
  return out;
}

}  // namespace trtc::explore
