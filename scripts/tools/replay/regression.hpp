// A trace as a regression test: tests/replay replays every file of tests/traces. It is the trace with the
// digests of the core that has written it, and below them the events that the application saw, so that a
// change of them shows in a diff.
#pragma once

#include <optional>
#include <string>

#include "replay/run.hpp"

namespace trtc::replay {

std::string regression_test(const Trace& trace, const Run& run);

/// The first thing that is not as the file says; nothing: all is.
std::optional<std::string> difference(const Trace& trace, const Run& run);

}  // namespace trtc::replay
