// Camera, microphone and screen while a call has devices. The others are told what we send, never what we
// capture.
#pragma once

#include <vector>

#include "call/state.hpp"

namespace trtc::call {

Devices::Opening* opening_of(Devices& devices, TrackKind kind);

/// Opens a device that is not being opened yet.
Devices::Opening& open_device(Context& context, Devices& devices, TrackKind kind, std::vector<OpId> ops,
                              Commands& out);

/// The call has no picture (any more).
void drop_pictures(Devices& devices, Commands& out);

/// Whoever is in the call with us hears what has changed.
void tell_state(InCall& state, Commands& out);
void tell_state(Joining& state, Commands& out);

}  // namespace trtc::call
