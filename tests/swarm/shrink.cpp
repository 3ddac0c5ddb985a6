#include "swarm/shrink.hpp"

#include <algorithm>

namespace trtc::swarm {

Plan shrink(Plan plan, const std::function<bool(const Plan&)>& fails, std::size_t budget) {
  for (std::size_t size = std::max<std::size_t>(plan.deeds.size() / 2, 1); budget > 0;) {
    bool shorter = false;
    // From the end: what comes late is the least likely to have caused anything.
    for (std::size_t end = plan.deeds.size(); end > 0 && budget > 0;) {
      const std::size_t begin = end > size ? end - size : 0;
      std::vector<bool> kept(plan.deeds.size(), true);
      std::fill(kept.begin() + static_cast<std::ptrdiff_t>(begin),
                kept.begin() + static_cast<std::ptrdiff_t>(end), false);
      Plan candidate = keep(plan, kept);
      --budget;
      if (fails(candidate)) plan = std::move(candidate), shorter = true;
      end = begin;
    }
    if (size == 1 && !shorter) break;
    size = std::max<std::size_t>(size / 2, 1);
  }
  return plan;
}

}  // namespace trtc::swarm
