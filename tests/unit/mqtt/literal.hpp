// A string literal as the bytes of a packet.
#pragma once

#include <string>

#include "bytes.hpp"

namespace trtc::mqtt {

inline Bytes of(const std::string& text) { return {text.begin(), text.end()}; }

}  // namespace trtc::mqtt
