// Effects as lines of text.
#pragma once

#include <string>

#include "effect.hpp"

namespace trtc::sim {

/// The application's view of an effect; empty for everything that is not an event.
std::string event_text(const Effect& effect);
/// " bob:ringing carol:joined"; an event in a group only.
std::string roster_text(const effect::RosterChanged& changed);
std::string result_text(const effect::Result& result);

}  // namespace trtc::sim
