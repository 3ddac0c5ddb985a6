// The call, seen from one participant. What is only meaningful in a state lives in that state.
//
//              call()                 devices open            offer made
//   Idle ───────────────► Capturing ───────────────► Offering ────────────► InCall
//     │                        └── groupCall(): no offer ahead ───────────────▲ ▲
//     │ invited            accept()                 devices open   confirmed    │
//     ├─────────► Ringing ──────────► Answering ───────────────► Joining ───────┘
//     │ joinInGroupCall()               ▲ a member invites
//     └─────────► Seeking ──────────────┘
//
// Whoever calls is in the call from then on: who rings and who has entered are lists of InCall (inviting.cpp,
// mesh.cpp). Every state returns to Idle: hang-up, cancel, reject, busy, deadline, failure, leave, end of the
// session. Glare leads from Capturing, Offering and InCall into Answering or Joining (arrivals.cpp).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "call/command.hpp"
#include "call/link.hpp"
#include "effect.hpp"
#include "machine.hpp"

namespace trtc::call {

/// What we capture, and what the others have been told about it.
struct Devices {
  bool microphone = false;
  bool muted = false;
  bool camera = false;
  bool screen = false;
  /// A device is being opened: by a verb, which `ops` wait for, or because another one took its place or went
  /// away.
  struct Opening {
    CaptureId capture;
    TrackKind kind = TrackKind::video;
    std::vector<OpId> ops;
    bool switching = false;  ///< to a video call, once the camera is open (switching.cpp)
  };
  std::vector<Opening> openings;  ///< at most one of a kind
  Sending told;

  Sending sending() const { return {microphone && !muted, camera || screen, screen}; }
};

/// A promise that the outcome of the ring settles: of accept(), of joinInGroupCall(), or of call() where
/// glare turned it into an answer.
struct Waiting {
  OpId op;
  bool dialed = false;
};

/// What the other side said about itself in a `state` that overtook the message that makes it a member.
struct Foretold {
  SessionId session;
  std::uint32_t seq = 0;
  Sending sending;
};

/// Which of two media types that crossed holds: the greater number, then the greater user.
struct MediaVersion {
  std::uint32_t number = 0;
  UserId by;
};

/// A line of the roster.
struct RosterLine {
  RosterEntry entry;
  bool ours = false;        ///< it says what we have decided or seen; else what another member has told
  SessionId by{};           ///< who has told us of this user last,
  std::uint32_t seq = 0;    ///<   and the number of that message
  bool asked = false;       ///< it has looked for the call, nobody has called it
  bool accepted = false;    ///< the application has been told that it accepted this invitation
  SessionId left{};         ///< the session of it that we have seen leave,
  std::uint32_t until = 0;  ///<   and the number of the last message that counts
};

/// What the callee knows of the one who calls.
struct Invitation {
  SessionId session;                ///< the inviter's; only this one may take the invitation back
  std::uint32_t seq = 0;            ///< of the invite: orders two invites of one session
  std::optional<Instant> deadline;  ///< none: rings for ever
  std::optional<Instant> gone_at;   ///< the inviter is believed gone, and final from then on
  bool merged = false;              ///< glare: our own dial became this answer
  MediaVersion media;
  std::vector<RosterLine> roster;  ///< as the inviter tells it
  std::string pass;                ///< what members ask of whoever greets them
};

struct Idle {};

/// Caller: devices are being opened; nothing has been sent.
struct Capturing {
  CallInfo info;
  Duration timeout{0};
  OpId op;
  bool several = false;  ///< asked for by groupCall(), which is answered in another form
  CaptureId capture;
};

/// Caller of one user: devices are open, the offer is being made; nothing has been sent.
struct Offering {
  CallInfo info;
  Duration timeout{0};
  OpId op;
  bool several = false;
  Devices devices;
  Link link;
};

/// The group is being asked for its call.
struct Seeking {
  OpId op;
  MediaType media = MediaType::audio;
  std::string group_id;
  std::uint32_t room = 0;  ///< 0 = any
  Instant deadline;
  Instant again_at;
  std::string nonce;  ///< whoever repeats it belongs to the group
};

/// Callee: the user has not decided.
struct Ringing {
  CallInfo info;
  Invitation invitation;
  std::uint32_t exchange = 0;
  std::string offer;               ///< empty in a group call
  std::vector<Link::Early> early;  ///< the inviter's candidates
  std::optional<Link> link;        ///< only with fast_connect
  Instant probe_at;  ///< when `ringing` is repeated: its acknowledgement proves that the inviter lives
};

/// Callee: the user has accepted, devices are being opened; the answer is made and sent meanwhile.
struct Answering {
  CallInfo info;
  Invitation invitation;
  std::vector<Waiting> waiting;
  CaptureId capture;      ///< of our own dial, where glare turned it into this answer
  bool camera = false;    ///< asked for
  bool switched = false;  ///< the inviter has made it a video call since
  Link link;
};

/// A newcomer's greeting that overtook the word of the member who lets us in.
struct EarlyJoin {
  UserId user;
  SessionId session;
  std::uint32_t seq = 0;
  message::Hello hello;
};

/// Callee: `accept` is out, the inviter's word is awaited.
struct Joining {
  CallInfo info;
  Invitation invitation;
  std::vector<Waiting> waiting;
  Devices devices;
  Link link;
  Instant deadline;
  Foretold foretold;
  std::vector<EarlyJoin> early;
};

/// Somebody we have invited. Ours is the authority about the outcome (protocol, section 6).
struct Invitee {
  UserId user;
  std::uint32_t attempt = 0;
  std::optional<Instant> deadline;  ///< none: rings for ever
  Instant again_at;                 ///< so long a phone may be silent before it is invited again
  std::vector<SessionId> ringing;   ///< sessions that the invitation has reached
  std::optional<Link> link;         ///< between two: the offer travels inside the invitation
  std::string offer;
  Foretold foretold;
  bool asked = false;   ///< to be invited (joinInGroupCall()): what becomes of it is its own affair
  std::string nonce{};  ///< of its question, which the invitation answers
};

/// Somebody who is in the call with us.
struct Member {
  Link link;
  std::uint32_t since =
      0;  ///< seq of the message that made it a member: what its session sent before is history
  Sending sending;
  std::uint32_t stated = 0;  ///< seq of the newest `state` heard
};

/// Somebody who is in the call as others say; our greeting is on its way.
struct Greeted {
  Link link;
  Instant deadline;
  Foretold foretold;
  bool entering = false;  ///< it was here before us: whether there is room for us, it says
};

/// We are in the call.
struct InCall {
  CallInfo info;
  MediaVersion media;
  Devices devices;
  std::vector<Invitee> invitees;
  std::vector<Member> members;
  std::vector<Greeted> greeted;
  std::vector<RosterLine> roster;
  std::string pass;                    ///< of the call
  std::optional<Instant> since;        ///< the first member entered
  std::optional<Instant> alone_since;  ///< the last one left, and invitations are still open
  std::uint32_t limit = 1;             ///< members for which the picture's cost was planned last
};

using State = std::variant<Idle, Capturing, Offering, Seeking, Ringing, Answering, Joining, InCall>;

// ---- Inputs that are not the host's. ----

/// A message of the call that we are in. Lives no longer than the envelope that it looks into.
template <class Message>
struct Heard {
  const UserId& user;
  const SessionId& session;
  std::uint32_t seq = 0;
  const Message& message;
};

/// An invitation to another call; likewise.
struct Arrival {
  const UserId& user;
  const SessionId& session;
  std::uint32_t seq = 0;
  const CallId& call;
  const message::Invite& invite;
  bool over_group = false;  ///< heard over the topic of its group, which the broker keeps to the group
};

/// Somebody of a group looks for its call; likewise.
struct Sought {
  const UserId& user;
  const SessionId& session;
  const std::string& group_id;
  std::uint32_t room = 0;
  const std::string& nonce;
};

/// A session of somebody we watch said goodbye, or its will did.
struct PeerGone {
  UserId user;
  SessionId session;
};
struct PeerHere {
  UserId user;
  SessionId session;
};

/// logout(), KICKED_OUT or the end of the page.
struct SessionOver {
  CancelReason reason = CancelReason::logged_out;
  bool page_closed = false;
};

using Inputs =
    TypeList<input::Call, input::GroupCall, input::InviteUsers, input::JoinGroupCall, input::Accept,
             input::Reject, input::HangUp, input::SetCamera, input::SetMicrophone, input::SetScreen,
             input::SwitchMedia, SessionOver, input::MediaOpened, input::MediaFailed, input::TrackEnded,
             input::DevicesChanged, input::OfferCreated, input::AnswerCreated, input::NegotiationFailed,
             input::CandidatesFound, input::ConnectionChanged, input::RelayMissing, input::MediaFlowChanged,
             Arrival, Sought, Heard<message::Invite>, Heard<message::Ringing>, Heard<message::Accept>,
             Heard<message::Confirm>, Heard<message::Join>, Heard<message::Reject>, Heard<message::Cancel>,
             Heard<message::Ended>, Heard<message::Description>, Heard<message::Candidates>,
             Heard<message::Restart>, Heard<message::State>, Heard<message::Roster>,
             Heard<message::MediaSwitch>, Heard<message::Leave>, PeerGone, PeerHere, input::TimePassed>;

/// What a cell answers: the next state (none: stay) and what to do, in order. Its members are defined out of
/// line: a state is large, and every cell of the table makes and destroys one of these.
struct Step {
  Step();
  explicit Step(Commands&& what_to_do);
  Step(State&& next_state, Commands&& what_to_do);
  Step(Step&&) noexcept;
  Step& operator=(Step&&) noexcept;
  ~Step();

  std::optional<State> next;
  Commands commands;
};

Step to(Idle next, Commands&& commands = {});
Step to(Capturing&& next, Commands&& commands = {});
Step to(Offering&& next, Commands&& commands = {});
Step to(Seeking&& next, Commands&& commands = {});
Step to(Ringing&& next, Commands&& commands = {});
Step to(Answering&& next, Commands&& commands = {});
Step to(Joining&& next, Commands&& commands = {});
Step to(InCall&& next, Commands&& commands = {});
Step to(State&& next, Commands&& commands);
Step stay(Commands&& commands);

// ---- Durations that are nobody's setting. ----

/// Joining waits so long for the inviter's word.
inline constexpr Duration confirm_timeout = 30s;
/// An inviter who seems gone may come back for so long before the ring ends.
inline constexpr Duration ring_grace = 10s;
/// `ringing` is repeated so often.
inline constexpr Duration ring_probe = 15s;
/// Whoever is not heard of for so long may have lost the invitation together with its session. Longer than
/// four losses of `ringing` take.
inline constexpr Duration ring_again = ring_probe + 8s;
/// A callee's own clock may be late by so much before it ends a ring without the inviter's word.
inline constexpr Duration answer_slack = 2s;
/// Sessions of one callee that may ring at once.
inline constexpr std::size_t max_ringing = 8;
/// Promises of one kind that may wait for the same outcome.
inline constexpr std::size_t max_waiting = 16;
/// joinInGroupCall() asks the group so often and so long.
inline constexpr Duration seek_again = 1s;
inline constexpr Duration seek_timeout = 10s;
/// A member that others named, and that does not greet back for so long, is not in the call.
inline constexpr Duration greet_timeout = 30s;

// ---- Read-only questions. ----

CallStatus status(const State& state);
/// The call that messages are about, or null.
const CallInfo* info_of(const State& state);
/// Whose presence matters now.
std::vector<UserId> watched(const State& state);
std::optional<Instant> next_deadline(const State& state);

}  // namespace trtc::call
