// What the SDK's flight recorder has written (web/sdk/src/trace/recorder.ts), read and checked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine.hpp"
#include "input.hpp"

namespace trtc::replay {

/// One input. `text` is the line up to the comma before its digest.
struct Line {
  std::size_t number = 0;  ///< in the file, from 1
  Instant at{};
  std::string text;
  Input input;
  std::optional<std::uint32_t> digest;  ///< none: the core crashed on it
};

/// What the engine remembered in front of a line (src/checkpoint.hpp). The digests begin anew behind it.
struct Rest {
  std::size_t before = 0;  ///< index in Trace::lines
  std::size_t number = 0;  ///< in the file, from 1
  std::string text;        ///< the line up to the comma before its digest
  std::optional<std::uint32_t> digest;
};

struct Trace {
  std::string header;  ///< the line itself
  Config config;
  std::int64_t clock = 0;  ///< the clock's zero, in milliseconds since 1970
  std::uint64_t dropped =
      0;  ///< lines in the beginning that were too much: it can be run from the first rest
  std::vector<Line> lines;
  std::vector<Rest> rests;
  std::vector<std::string> saw;  ///< what a regression test expects (regression.hpp)
};

/// Why a text is not a trace, with the number of the line.
struct Malformed {
  std::string why;
};

std::variant<Trace, Malformed> read_trace(std::string_view text);

/// FNV-1a with 32 bits, going on from `seed`.
inline constexpr std::uint32_t digest_start = 0x811c9dc5;
std::uint32_t digest(std::string_view text, std::uint32_t seed = digest_start);

}  // namespace trtc::replay
