// What clients tell each other: protocol, sections 3 and 5. A message is written by the codec and nowhere
// else.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "effect.hpp"
#include "ids.hpp"
#include "media.hpp"
#include "time.hpp"

namespace trtc::message {

/// What everybody who enters a call says of itself.
struct Hello {
  Sending sending;
  Profile profile;
};

/// One session of one user.
struct Seat {
  UserId user;
  SessionId session;
};

/// inviter → every session of an invitee; with a group id also once to the group
struct Invite {
  MediaType media = MediaType::audio;
  std::uint32_t room = 0;
  bool group = false;
  std::string group_id;
  std::vector<UserId> invitees;
  Duration ring{0};  ///< what is left at the moment of sending; 0 = for ever
  std::string user_data;
  std::uint32_t exchange = 0;  ///< of the offer
  std::string offer;           ///< SDP; only between two: in a group members offer once somebody has entered
  std::uint32_t attempt = 0;   ///< an invitation anew has a greater one: it rings again
  Profile profile;             ///< of the inviter
  std::string nonce{};         ///< of the question that this answers (Seek); empty: nobody has asked
  std::string pass{};          ///< of the call: whoever repeats it (Join) was invited
};

/// invitee's session → inviter: the invite has reached a device. Repeated while it rings: proof of life.
struct Ringing {};

/// invitee's session → inviter: the user took the call and the devices are open
struct Accept {
  Hello hello;
};

/// inviter → the session that won; member → newcomer: you are in the call with me
struct Confirm {
  Hello hello;
  MediaType media = MediaType::audio;  ///< of the call at this moment
  std::uint32_t media_version = 0;     ///< see MediaSwitch
  std::vector<Seat> members;           ///< whom to greet too
};

/// newcomer → every other member that it has been told of; likewise between two members who have missed each
/// other
struct Join {
  Hello hello;
  std::string pass{};           ///< as the invitation said it: the call's id alone lets nobody in
  std::vector<Seat> members{};  ///< as in Confirm: whoever is greeted may not know them
};

/// somebody of a group → the group: is there a call in this room? Answered with an invitation.
struct Seek {
  std::uint32_t room = 0;  ///< 0 = any
  std::string nonce{};     ///< only who hears the group can repeat it
};

/// invitee → inviter
struct Reject {
  CancelReason reason = CancelReason::rejected;
};

/// inviter → invitee: the invitation is over
struct Cancel {
  CancelReason reason = CancelReason::cancelled;
};

/// "I am not in that call (any more)": the answer to a message of a call that is over here.
struct Ended {
  CancelReason reason = CancelReason::cancelled;
};

/// SDP. The offerer of a pair is fixed for the whole call, so exchanges are numbered by one side only.
struct Description {
  bool answer = false;
  std::uint32_t exchange = 0;
  bool fresh = false;  ///< an offer of a new peer connection, not of a restarted one
  std::string sdp;
};

struct Candidates {
  std::uint32_t exchange = 0;  ///< whose ICE credentials they belong to
  std::vector<Candidate> list;
};

/// answerer → offerer: the connection of this exchange is broken here, please restart it
struct Restart {
  std::uint32_t exchange = 0;
  bool fresh = false;  ///< with a new peer connection
};

/// member → member: what I send now
struct State {
  Sending sending;
};

/// What became of one invitation.
struct Fate {
  UserId user;
  RosterStatus status = RosterStatus::inviting;
  bool asked = false;       ///< it has looked for the call (Seek): nobody's invitation is accepted or refused
  SessionId session{};      ///< joined: the session that has entered
  std::uint32_t since = 0;  ///< joined: the number of its message that made it a member
};

/// inviter → members, and in a group also those who ring: what became of my invitations
struct Roster {
  std::vector<Fate> list;
};

/// either side → the other: the call is an audio or a video call from now on. Of two that cross, the one with
/// the greater version wins, then the one of the greater user.
struct MediaSwitch {
  MediaType media = MediaType::audio;
  std::uint32_t version = 0;
};

/// member → member: I am leaving
struct Leave {
  std::uint32_t seconds = 0;    ///< talk time as the leaver measured it
  std::vector<Seat> members{};  ///< as in Confirm, for whoever has not heard yet that it was let in
};

/// session → its own account: see claim.hpp
struct Claim {
  std::uint32_t epoch = 0;
  std::uint32_t nonce = 0;
  enum class Phase : std::uint8_t { login, resume, settled } phase = Phase::login;
};

struct Ack {
  std::vector<std::uint32_t> list;
};

/// A type that a later version may know: acknowledged and ignored.
struct Unknown {};

using Body = std::variant<Invite, Ringing, Accept, Confirm, Join, Seek, Reject, Cancel, Ended, Description,
                          Candidates, Restart, State, Roster, MediaSwitch, Leave, Claim, Ack, Unknown>;

}  // namespace trtc::message

namespace trtc {

/// Around every message. Who sent it is not in here: the topic says so, and the broker checked it.
struct Envelope {
  CallId call;
  SessionId from;
  SessionId to;  ///< empty: every session of the account
  std::uint32_t seq = 0;
  message::Body body;
};

/// On the presence topic: last will, goodbye, and hello.
struct Presence {
  SessionId session;
  std::uint32_t connection =
      0;  ///< counts the session's connections: the will of an old one must not hide a new one
  bool here = false;
};

}  // namespace trtc
