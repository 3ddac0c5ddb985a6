// Stories side by side as a sequence diagram, one row a moment.
#pragma once

#include <string>
#include <vector>

#include "replay/story.hpp"

namespace trtc::replay {

struct Told {
  Story story;
  std::int64_t clock = 0;  ///< of Trace
};

struct DiagramOptions {
  bool all = false;  ///< with housekeeping
  std::string call;  ///< only what names this call (or begins of its id); empty: everything
};

/// Messages are matched by what is the same at both ends, and the clocks are set so that nothing arrives
/// before it left.
std::string diagram(const std::vector<Told>& told, const DiagramOptions& options);

}  // namespace trtc::replay
