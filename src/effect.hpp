// Everything the core can ask of its host. A batch is executed in order and completely before the next input.
// A JSON object of the boundary carries the struct's name as "type" and its members by name
// (bindings/wire_input.cpp, wire_effects.cpp).
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "bytes.hpp"
#include "error.hpp"
#include "ids.hpp"
#include "media.hpp"

namespace trtc {

/// What the user of a session can see of it.
enum class SessionStatus : std::uint8_t { logged_out, connecting, online, reconnecting, kicked_out };

/// What the user of a call can see of it.
enum class CallStatus : std::uint8_t { idle, dialing, inviting, ringing, accepting, in_call };

/// Whether we invited or were invited.
enum class CallRole : std::uint8_t { inviter, invitee };

/// Why a call ended before it was connected (ON_CALL_CANCELED).
enum class CancelReason : std::uint8_t {
  cancelled,           ///< the inviter gave up
  rejected,            ///< the callee declined
  busy,                ///< the callee is in another call
  no_answer,           ///< the deadline passed
  answered_elsewhere,  ///< another session of the callee took it
  rejected_elsewhere,  ///< another session of the callee declined it
  kicked_out,          ///< this session was replaced by a newer login
  logged_out,          ///< this session ended while ringing
  unreachable,         ///< the other side vanished
  failed,              ///< devices or negotiation failed
};

/// What became of somebody's invitation, as the one who invited tells it.
enum class RosterStatus : std::uint8_t {
  inviting,  ///< the invitation is on its way
  ringing,   ///< it has reached a device
  joined,
  left,
  rejected,
  busy,
  no_answer,
  cancelled,
};

/// Somebody who was invited to the call or takes part in it.
struct RosterEntry {
  UserId user;
  RosterStatus status = RosterStatus::inviting;
};

/// The facts of a call that most events repeat.
struct CallInfo {
  CallId call;
  std::uint32_t room = 0;
  MediaType media = MediaType::audio;
  CallRole role = CallRole::inviter;
  UserId inviter;
  std::vector<UserId> invitees;
  bool group = false;
  std::string group_id;
  std::string user_data;
  Profile inviter_profile;
  std::uint32_t attempt = 0;  ///< which of the inviter's invitations brought us here; not on the boundary
};

}  // namespace trtc

namespace trtc::effect {

// ---- The socket. ----

struct OpenSocket {
  SocketId socket;
  std::string url;
};

struct SendBytes {
  SocketId socket;
  Bytes bytes;  ///< on the boundary: an index for Engine::output()
};

struct CloseSocket {
  SocketId socket;
};

// ---- Devices. ----

/// Open devices; answered by MediaOpened or MediaFailed with the same number. What is open already stays.
struct OpenMedia {
  CaptureId capture;
  bool microphone = false;
  bool camera = false;
  VideoProfile profile;
};

/// Stop every local track and forget any capture under way.
struct CloseMedia {};

/// Stop the camera's track, forget a capture of it that is under way, and send no picture.
struct CloseCamera {};

/// Silence or open the microphone's track without stopping it.
struct MuteMicrophone {
  bool muted = false;
};

/// Share the screen; answered by MediaOpened (all of it false) or MediaFailed. Its picture takes the camera's
/// place.
struct OpenScreen {
  CaptureId capture;
};

/// Share it no longer, forget a choice that is under way; the camera's picture comes back where there is one.
struct CloseScreen {};

/// What the picture may cost for each receiver (call/mesh.hpp).
struct LimitVideo {
  std::uint32_t bitrate = 0;  ///< kbit/s
  std::uint32_t scale = 100;  ///< percent by which its sides shrink: 200 = half as wide and high
};

// ---- Peer connections. ----

/// A new connection to `user`, with one audio and one video transceiver where we offer. Nothing is sent yet.
struct CreatePeer {
  PeerId peer;
  UserId user;
  bool offerer = false;
};

/// Create and set a local offer; answered by OfferCreated or NegotiationFailed.
struct CreateOffer {
  PeerId peer;
  NegotiationId negotiation;
  bool ice_restart = false;
};

/// Apply a remote offer, create and set the answer; answered by AnswerCreated or NegotiationFailed.
struct CreateAnswer {
  PeerId peer;
  NegotiationId negotiation;
  std::string sdp;  ///< the offer
};

/// Apply the remote answer; a failure is reported by NegotiationFailed.
struct ApplyAnswer {
  PeerId peer;
  NegotiationId negotiation;
  std::string sdp;
};

/// Remote candidates; only sent after the remote description they belong to.
struct AddCandidates {
  PeerId peer;
  std::vector<Candidate> candidates;
};

/// Attach the local tracks, now and whenever they change: the peer is a member of the call.
struct StartSending {
  PeerId peer;
};

struct ClosePeer {
  PeerId peer;
};

// ---- Answers to the application's promises. ----

struct LoggedIn {
  bool repeated = false;
};
struct CallPlaced {
  CallId call;
  UserId user;
  std::uint32_t room = 0;
  MediaType media = MediaType::audio;
  Sending sending;
};
struct GroupCallPlaced {
  CallId call;
  std::vector<UserId> users;
  std::uint32_t room = 0;
  MediaType media = MediaType::audio;
  Sending sending;
  std::string group_id;
  bool added = false;  ///< to the call that was going on
};
struct CallAccepted {
  CallId call;
  UserId inviter;
  std::uint32_t room = 0;
  MediaType media = MediaType::audio;
  Sending sending;
};
struct CallRejected {
  CallId call;
  UserId inviter;
};
struct HungUp {
  std::vector<CallId> cancelled;  ///< invitations that were still unanswered
};
/// openCamera, closeCamera, setMicMute: whether there was a device to act on.
struct Toggled {
  bool done = false;
};
struct Nothing {};

using Result =
    std::variant<Nothing, LoggedIn, CallPlaced, GroupCallPlaced, CallAccepted, CallRejected, HungUp, Toggled>;

struct Done {
  OpId op;
  Result result;
};

struct Failed {
  OpId op;
  Error error;
};

// ---- Events of the application, in the order in which it must see them. ----

struct StatusChanged {
  SessionStatus session = SessionStatus::logged_out;
  CallStatus call = CallStatus::idle;
};
struct Ready {};      // SDK_READY
struct KickedOut {};  // KICKED_OUT
struct Invited {
  CallInfo call;
};  // INVITED, ON_CALL_RECEIVED
struct UserAccepted {
  CallId call;
  UserId user;
};  // USER_ACCEPT
struct UserEntered {
  CallId call;
  UserId user;
  Profile profile;
};  // USER_ENTER
struct UserLeft {
  CallId call;
  UserId user;
};  // USER_LEAVE
struct VideoAvailable {
  UserId user;
  bool available = false;
};  // USER_VIDEO_AVAILABLE
struct AudioAvailable {
  UserId user;
  bool available = false;
};  // USER_AUDIO_AVAILABLE
struct ScreenAvailable {
  UserId user;
  bool available = false;
};  // USER_SCREEN_AVAILABLE
/// Our own screen is shared no longer, though the call goes on and stopScreenShare() was not called.
struct ScreenStopped {};  // SCREEN_SHARE_STOPPED
/// Everybody who was invited or takes part, without ourselves.
struct RosterChanged {
  CallInfo call;
  std::vector<RosterEntry> roster;
};  // GROUP_CALL_INVITEE_LIST_UPDATE, of a group
struct MediaTypeChanged {
  CallInfo call;
  MediaType from = MediaType::audio;
};  // CALL_TYPE_CHANGED
struct InviteRejected {
  CallInfo call;
  UserId user;
};  // REJECT
struct LineBusy {
  CallInfo call;
  UserId user;
};  // LINE_BUSY
struct NoResponse {
  CallInfo call;
  std::vector<UserId> users;
};  // NO_RESP
struct CallTimedOut {
  CallInfo call;
  std::vector<UserId> users;
};  // CALLING_TIMEOUT
/// ON_CALL_CANCELED on both sides; CALLING_CANCEL too where `told` (the callee of a call that was taken
/// back).
struct CallCancelled {
  CallInfo call;
  UserId user;
  CancelReason reason = CancelReason::cancelled;
  bool told = false;
};
struct CallBegan {
  CallInfo call;
};  // ON_CALL_BEGIN
/// CALLING_END. `seconds` of talk, 0 if never connected.
struct CallEnded {
  CallInfo call;
  UserId user;
  std::uint32_t seconds = 0;
};
/// The signaling connection went away or came back (CONNECTION_STATE_CHANGED).
struct SignalingChanged {
  bool connected = false;
};
/// The media connection to a user went away or came back (USER_CONNECTION_STATE_CHANGED).
struct UserConnectionChanged {
  UserId user;
  ConnectionState state = ConnectionState::connecting;
};
struct Errored {
  Error error;
};  // ERROR

/// An input or a message was ignored, and why. For the log and the trace, never for the application.
struct Ignored {
  std::string why;
  std::string what;
};

}  // namespace trtc::effect

namespace trtc {

using Effect =
    std::variant<effect::OpenSocket, effect::SendBytes, effect::CloseSocket, effect::OpenMedia,
                 effect::CloseMedia, effect::CloseCamera, effect::MuteMicrophone, effect::OpenScreen,
                 effect::CloseScreen, effect::LimitVideo, effect::CreatePeer, effect::CreateOffer,
                 effect::CreateAnswer, effect::ApplyAnswer, effect::AddCandidates, effect::StartSending,
                 effect::ClosePeer, effect::Done, effect::Failed, effect::StatusChanged, effect::Ready,
                 effect::KickedOut, effect::Invited, effect::UserAccepted, effect::UserEntered,
                 effect::UserLeft, effect::VideoAvailable, effect::AudioAvailable, effect::ScreenAvailable,
                 effect::ScreenStopped, effect::RosterChanged, effect::MediaTypeChanged,
                 effect::InviteRejected, effect::LineBusy, effect::NoResponse, effect::CallTimedOut,
                 effect::CallCancelled, effect::CallBegan, effect::CallEnded, effect::SignalingChanged,
                 effect::UserConnectionChanged, effect::Errored, effect::Ignored>;

using Effects = std::vector<Effect>;

}  // namespace trtc
