#pragma once

#include <string>

#include "explore/stage.hpp"

namespace trtc::explore {

/// Answers what is wrong with what it did; empty if nothing is.
std::string deliver(World& world, Stage& stage, const Flight& flight);

}  // namespace trtc::explore
