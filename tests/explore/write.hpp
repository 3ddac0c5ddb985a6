// The core's own structs, written down.
#pragma once

#include <cstdint>

#include "call/state.hpp"
#include "explore/canonical.hpp"
#include "explore/names.hpp"

namespace trtc::explore {

/// Where numbers come from; each page of each place has its own.
enum class Source : std::uint8_t { peer = 2, negotiation, capture, promise };
inline std::uint64_t source_of(std::uint8_t place, std::uint8_t page, Source source) {
  return static_cast<std::uint64_t>(source) << 56U | static_cast<std::uint64_t>(place) << 8U | page;
}
inline std::uint64_t source_of(const Page& page, Source source) {
  return source_of(page.place, page.number, source);
}
inline std::uint64_t source_of_attempts(const UserId& inviter) {
  return std::uint64_t{9} << 56U | number_of(inviter);
}

void write(Script& script, const Description& description);
/// `from`: who wrote it.
void write(Script& script, const message::Body& body, const UserId& from);
void write(Script& script, const Envelope& envelope, const UserId& from);
void write(Script& script, const Page& page, const call::State& state);

}  // namespace trtc::explore
