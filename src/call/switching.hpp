// Audio call ↔ video call, between two. Either side decides for both, as in the original; the other side
// follows without asking its user, which for a video call means that its camera opens.
#pragma once

#include "call/state.hpp"

namespace trtc::call {

/// Whether the one who says so is ahead of what we know.
bool is_newer(const MediaVersion& known, const MediaVersion& heard);

/// The other side's word.
void hear_switch(Context& context, InCall& state, MediaType media, const MediaVersion& version,
                 Commands& out);

/// The camera that was opened for a switch of ours is there. False: there is nothing to switch any more.
bool complete_switch(Context& context, InCall& state, Commands& out);

}  // namespace trtc::call
