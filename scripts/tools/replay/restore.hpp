// An engine as a trace's checkpoint describes it (src/checkpoint.hpp).
#pragma once

#include <string>

#include "engine.hpp"

namespace trtc::replay {

/// Replaces what a new engine remembers. False: the text is not of a checkpoint of this core, and the engine
/// is of no use.
bool restore(Engine& engine, const std::string& checkpoint);

/// Whether the engine remembers just what the text says.
bool remembers(Engine& engine, const std::string& checkpoint);

}  // namespace trtc::replay
