// Runs a trace through the core that this program was compiled with.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bytes.hpp"
#include "effect.hpp"
#include "replay/trace.hpp"

namespace trtc::replay {

/// What followed from one line.
struct Step {
  const Line* line = nullptr;
  std::string effects;         ///< as JSON
  std::vector<Bytes> outputs;  ///< of its SendBytes, in order
  std::uint32_t digest = 0;
};

struct Run {
  std::vector<Step> steps;
  /// The first step that was run; those before it have no effects, because the beginning of the trace was
  /// dropped. All of them, where there is no rest to begin with.
  std::size_t first = 0;
  /// What this core remembers at each rest of the trace, as the rest's line; the trace's own where it began
  /// there.
  std::vector<std::string> rests;
  /// The first step whose digest is not the recorded one: this core does something else, or the line is not
  /// what was recorded. Digests go on from each other, so nothing can be said about what follows.
  std::optional<std::size_t> diverged;
  /// The first rest at which this core remembers something else, or with which it cannot begin.
  std::optional<std::size_t> unlike;

  bool identical() const { return !diverged && !unlike; }
};

/// The trace must outlive the result.
Run run(const Trace& trace);

}  // namespace trtc::replay
