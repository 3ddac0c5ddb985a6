// Everything that can happen to the core: what the user wants, and what the world reports.
// A JSON line of the boundary carries the struct's name as "type" and its members by name
// (bindings/wire_input.cpp, wire_effects.cpp).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "bytes.hpp"
#include "ids.hpp"
#include "media.hpp"

namespace trtc::input {

// ---- The user's verbs. Each is answered by exactly one Done or Failed effect with its `op`. ----

/// Log in; the server verifies the UserSig. Answered when calls can be received.
struct Login {
  OpId op;
  std::string user;
  std::string user_sig;
};

/// Leave the current call, say goodbye and close the connection.
struct Logout {
  OpId op;
};

/// Place a one-to-one call. Answered when the invitation has gone out.
struct Call {
  OpId op;
  std::string user;
  MediaType media = MediaType::audio;
  Duration timeout{30000};  ///< how long the callee rings; 0 = for ever
  std::string user_data;    ///< travels with the invitation, at most 4096 bytes
  std::uint32_t room = 0;   ///< 0 = choose one
};

/// Call several people (at most 7). In a call it adds them to that call. With a group id the invitation is
/// one message to the group. Answered when the invitations have gone out.
struct GroupCall {
  OpId op;
  std::vector<std::string> users;
  MediaType media = MediaType::audio;
  Duration timeout{30000};
  std::string user_data;
  std::uint32_t room = 0;
  std::string group_id;  ///< may be empty
};

/// Add people to the call that is going on.
struct InviteUsers {
  OpId op;
  std::vector<std::string> users;
  Duration timeout{30000};
};

/// Enter a call of a group without an invitation. Answered when we are in it.
struct JoinGroupCall {
  OpId op;
  MediaType media = MediaType::audio;
  std::string group_id;
  std::uint32_t room = 0;  ///< 0 = any
};

/// Hear what is sent to a group from now on, or no longer; the server decides who may.
struct JoinGroup {
  OpId op;
  std::string group_id;
};
struct QuitGroup {
  OpId op;
  std::string group_id;
};

/// Answer the ringing call. `call` (an inviteID), where given, must name it.
struct Accept {
  OpId op;
  std::string call;
};

/// Decline the ringing call. `busy` tells the inviter "line busy" instead of "rejected".
struct Reject {
  OpId op;
  std::string call;
  bool busy = false;
};

/// Leave, cancel, abort or decline, whatever the state asks for. Never fails.
struct HangUp {
  OpId op;
};

/// Open or close the camera in a call.
struct SetCamera {
  OpId op;
  bool on = false;
};

/// Mute or unmute the microphone in a call.
struct SetMicrophone {
  OpId op;
  bool on = false;
};

/// Show the screen in place of the camera's picture, or no longer.
struct SetScreen {
  OpId op;
  bool on = false;
};

/// Make an audio call a video call or the reverse, for both sides (one-to-one calls).
struct SwitchMedia {
  OpId op;
  MediaType media = MediaType::audio;
};

/// The capture profile of the next call.
struct SetVideoProfile {
  VideoProfile profile;
};

/// How the others are to see us, from the next call on.
struct SetSelfInfo {
  Profile profile;
};

/// The page goes away: say goodbye as far as one synchronous batch can. The application still hears how its
/// call ended, because a page may come back from the browser's cache.
struct PageClosed {};

// ---- What the world reports. ----

/// The deadline that the engine asked for has passed (or the host just wants to be sure).
struct TimePassed {};

/// The browser believes to be online (again) or not; a hint that only shortens waiting.
struct NetworkChanged {
  bool online = false;
};

struct SocketOpened {
  SocketId socket;
};

struct SocketReceived {
  SocketId socket;
  Bytes bytes;
};

/// Also reported when a socket could not be opened.
struct SocketClosed {
  SocketId socket;
  std::uint16_t code = 0;  ///< WebSocket close code
  std::string reason;
};

/// Devices are open. What was asked for and is false here could not be had (no camera: audio only).
struct MediaOpened {
  CaptureId capture;
  bool microphone = false;
  bool camera = false;
  bool camera_failed = false;  ///< there is a camera, but it could not be opened
};

/// Nothing of what was asked for could be opened.
struct MediaFailed {
  CaptureId capture;
  MediaError error = MediaError::unknown;
  std::string message;
};

/// An open device stopped by itself (unplugged, taken away by the system).
struct TrackEnded {
  TrackKind kind = TrackKind::audio;
};

/// Devices came or went: whether there is at least one now.
struct DevicesChanged {
  bool microphone = false;
  bool camera = false;
};

struct OfferCreated {
  PeerId peer;
  NegotiationId negotiation;
  std::string sdp;
};

struct AnswerCreated {
  PeerId peer;
  NegotiationId negotiation;
  std::string sdp;
};

/// A description could not be made or applied.
struct NegotiationFailed {
  PeerId peer;
  NegotiationId negotiation;
  std::string message;
};

/// Local ICE candidates, batched per task.
struct CandidatesFound {
  PeerId peer;
  std::vector<Candidate> candidates;
};

struct ConnectionChanged {
  PeerId peer;
  ConnectionState state = ConnectionState::connecting;
};

/// Nothing but a relay could connect, and none is to be had: only relays are allowed or the direct paths have
/// failed, and no TURN server has given an address.
struct RelayMissing {
  PeerId peer;
  std::string why;  ///< what the TURN server said, for the developer
};

/// RTP packets began or ceased to come in; measured about twice a second, reported on change only, so that a
/// throttled tab that measures late is never taken for a dead connection.
struct MediaFlowChanged {
  PeerId peer;
  bool flowing = false;
};

}  // namespace trtc::input

namespace trtc {

using Input =
    std::variant<input::Login, input::Logout, input::Call, input::GroupCall, input::InviteUsers,
                 input::JoinGroupCall, input::JoinGroup, input::QuitGroup, input::Accept, input::Reject,
                 input::HangUp, input::SetCamera, input::SetMicrophone, input::SetScreen, input::SwitchMedia,
                 input::SetVideoProfile, input::SetSelfInfo, input::PageClosed, input::TimePassed,
                 input::NetworkChanged, input::SocketOpened, input::SocketReceived, input::SocketClosed,
                 input::MediaOpened, input::MediaFailed, input::TrackEnded, input::DevicesChanged,
                 input::OfferCreated, input::AnswerCreated, input::NegotiationFailed, input::CandidatesFound,
                 input::ConnectionChanged, input::RelayMissing, input::MediaFlowChanged>;

}  // namespace trtc
