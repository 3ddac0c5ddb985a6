#pragma once

#include <string>

#include "explore/world.hpp"

namespace trtc::explore {

/// A sequence diagram: one column a page, one line a message that arrives or does not, a choice, or an event.
std::string diagram(const World& world, const Trace& trace);

}  // namespace trtc::explore
