// The ways into answering a call.
#pragma once

#include "call/state.hpp"

namespace trtc::call {

/// The user (or glare) takes the call: opens the devices and answers meanwhile.
/// `devices`, `capture`: what our own dial has open already or is opening; glare opens nothing more, so
/// nobody who dialed an audio call finds the camera on. `early`: the inviter's candidates so far.
struct Taking {
  CallInfo info;
  Invitation invitation;
  std::vector<Waiting> waiting;
  bool camera = true;  ///< may be opened for a video call
  std::optional<Devices> devices;
  std::optional<CaptureId> capture;
  std::optional<Link> link;  ///< warmed up while ringing
  std::uint32_t exchange = 0;
  std::string offer;  ///< none: the inviter offers once it has confirmed
  std::vector<Link::Early> early;
};
State take(Context& context, Taking taking, Commands& out);

/// What an invite says, as the facts of a call here.
CallInfo info_from(const Arrival& arrival);
Invitation invitation_from(const Context& context, const Arrival& arrival);

/// The ring is over on the callee's side, by somebody else's doing; the application is told why.
void ring_over(Context& context, const CallInfo& info, CancelReason reason, Commands& out);

}  // namespace trtc::call
