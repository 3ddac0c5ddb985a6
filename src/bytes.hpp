#pragma once

#include <cstdint>
#include <vector>

namespace trtc {

using Bytes = std::vector<std::uint8_t>;

}  // namespace trtc
