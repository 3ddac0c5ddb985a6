// Times of many, and what is said about them.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "json_text.hpp"

namespace trtc::load {

using Clock = std::chrono::steady_clock;

class Times {
 public:
  void add(Clock::duration time) {
    values_.push_back(std::chrono::duration_cast<std::chrono::microseconds>(time).count());
  }

  /// Members `<name>_p50_us` and `<name>_p99_us`; 0 where there is no time at all.
  void write(JsonObject& out, const std::string& name) {
    out.number((name + "_p50_us").c_str(), percentile(50));
    out.number((name + "_p99_us").c_str(), percentile(99));
  }

 private:
  std::uint32_t percentile(std::size_t percent) {
    if (values_.empty()) return 0;
    std::sort(values_.begin(), values_.end());
    return static_cast<std::uint32_t>(values_[(values_.size() - 1) * percent / 100]);
  }

  std::vector<std::int64_t> values_;
};

}  // namespace trtc::load
