// The words of the boundary's enumerations, in the order of their enumerators.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "effect.hpp"
#include "media.hpp"

namespace trtc::wire {

/// MediaType begins at 1, as TRTCCalling.CALL_TYPE does.
inline constexpr std::array<std::string_view, 3> media_types{"", "audio", "video"};
inline constexpr std::array<std::string_view, 3> track_kinds{"audio", "video", "screen"};
inline constexpr std::array<std::string_view, 5> media_errors{"permission_denied", "not_found", "in_use",
                                                              "insecure", "unknown"};
inline constexpr std::array<std::string_view, 4> connection_states{"connecting", "connected", "disconnected",
                                                                   "failed"};
inline constexpr std::array<std::string_view, 5> session_statuses{"logged_out", "connecting", "online",
                                                                  "reconnecting", "kicked_out"};
inline constexpr std::array<std::string_view, 6> call_statuses{"idle",    "dialing",   "inviting",
                                                               "ringing", "accepting", "in_call"};
inline constexpr std::array<std::string_view, 2> call_roles{"inviter", "invitee"};
inline constexpr std::array<std::string_view, 10> cancel_reasons{
    "cancelled",          "rejected",   "busy",       "no_answer",   "answered_elsewhere",
    "rejected_elsewhere", "kicked_out", "logged_out", "unreachable", "failed"};

inline constexpr std::array<std::string_view, 8> roster_statuses{
    "inviting", "ringing", "joined", "left", "rejected", "busy", "no_answer", "cancelled"};

template <class Enum, std::size_t size>
constexpr std::string_view word(const std::array<std::string_view, size>& words, Enum value) {
  return words[static_cast<std::size_t>(value)];
}

template <class Enum, std::size_t size>
std::optional<Enum> value_of(const std::array<std::string_view, size>& words, std::string_view text) {
  for (std::size_t i = 0; i < size; ++i) {
    if (!words[i].empty() && words[i] == text) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace trtc::wire
