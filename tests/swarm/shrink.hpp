// Makes a failing plan shorter while it still fails.
#pragma once

#include <functional>

#include "swarm/plan.hpp"

namespace trtc::swarm {

/// Drops deeds in ever smaller groups (delta debugging) as long as `fails` holds for what is left; runs at
/// most `budget` of them.
Plan shrink(Plan plan, const std::function<bool(const Plan&)>& fails, std::size_t budget);

}  // namespace trtc::swarm
