#pragma once

#include <string>

#include "effect.hpp"

namespace trtc::explore {

/// An event or an answer as the application sees it; empty for what only the host does.
std::string tell(const Effect& effect);

}  // namespace trtc::explore
