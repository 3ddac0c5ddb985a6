// Raw bytes of a socket, in the two forms the core uses: owned and borrowed.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace trtc {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

}  // namespace trtc
