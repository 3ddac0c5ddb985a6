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
  /// The first step whose digest is not the recorded one: this core does something else, or the line is not
  /// what was recorded. Digests go on from each other, so nothing can be said about what follows.
  std::optional<std::size_t> diverged;
};

/// The trace must outlive the result. Where its beginning was dropped, nothing is run, and the steps have no
/// effects.
Run run(const Trace& trace);

}  // namespace trtc::replay
