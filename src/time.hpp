// Time as the core sees it: a number the host hands in. There is no clock in here.
#pragma once

#include <chrono>
#include <cstdint>

namespace trtc {

using Duration = std::chrono::duration<std::int64_t, std::milli>;

/// Names the host's monotonic clock without being able to read it.
struct HostClock {};

/// Milliseconds since an origin that only the host knows (performance.now() in browsers).
using Instant = std::chrono::time_point<HostClock, Duration>;

using namespace std::chrono_literals;

}  // namespace trtc
