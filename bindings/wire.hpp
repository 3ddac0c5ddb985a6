// Inputs from JSON, effects to JSON: the language of the boundary, compiled natively too so that tests, tools
// and traces speak it. The words are the structs' names and members (src/input.hpp, src/effect.hpp);
// tests/contract freezes them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "effect.hpp"
#include "engine.hpp"
#include "input.hpp"

namespace trtc::wire {

/// Nothing where the text is not an input: an error of the host, never of a peer.
std::optional<Config> parse_config(std::string_view text);
std::optional<Input> parse_input(std::string_view text);

/// One JSON array. The bytes of SendBytes are left out; the member `bytes` counts them from 0 within the
/// batch.
std::string dump_effects(const Effects& effects);

}  // namespace trtc::wire
