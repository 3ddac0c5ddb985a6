// Exhaustive search through the states of a world.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "explore/world.hpp"

namespace trtc::explore {

struct Options {
  std::uint64_t states = 60'000;     ///< stop after so many distinct states; 0 = all
  std::uint32_t settle_each = 64;    ///< of so many states one is led to the end of its story by itself
  std::chrono::seconds shorten{30};  ///< so long a shortest way to a failure is looked for
};

struct Result {
  std::uint64_t states = 0;
  std::uint64_t steps = 0;
  std::uint64_t quiet = 0;    ///< states in which nothing moves any more, so that all must agree
  std::uint64_t settled = 0;  ///< states that were led there
  std::uint32_t depth = 0;
  std::uint64_t bytes = 0;  ///< of the table of fingerprints
  bool closed = false;      ///< every state of this world has been seen
  double seconds = 0;
  std::string trouble;  ///< empty: everything holds
  std::vector<Choice> path;
  bool shortest = false;  ///< no shorter way leads to trouble
  bool calm_end = false;  ///< the trouble shows once the world is left alone at the end of the path
};

Result search(const Setup& setup, const Options& options);

/// From here nobody acts and nothing goes wrong any more: how does it end? `trace` may be null.
std::string lead_to_the_end(World world, Trace* trace);

}  // namespace trtc::explore
