// The session: one login of one SDK object.
//
//   LoggedOut ──login──► Connecting ──up──► Online ──down──► Reconnecting
//       ▲                    │                │  ▲                │
//       │◄───refused,────────┘                │  └──────up────────┘
//       │    no server for 15 s               │
//       │◄───logout, page closed (from every state)
//   KickedOut ◄── a newer login of the account, or the UserSig ran out (from Online and Reconnecting)
#pragma once

#include <variant>
#include <vector>

#include "effect.hpp"
#include "ids.hpp"
#include "input.hpp"
#include "machine.hpp"
#include "random.hpp"
#include "session/transport.hpp"
#include "signaling/message.hpp"
#include "time.hpp"

namespace trtc::session {

/// Who we are, for as long as the session lives.
struct Identity {
  UserId user;
  Account account;
  SessionId session;
};

struct LoggedOut {};

struct Connecting {
  Identity self;
  std::string user_sig;
  std::vector<OpId> ops;  ///< every login() that waits; a second one for the same user joins the first
  Instant deadline;
};

struct Online {
  Identity self;
  message::Claim claim;
  Instant settled_at;  ///< when the claim stops being a fresh one
  Instant claim_at;    ///< when it is repeated
};

struct Reconnecting {
  Identity self;
  message::Claim claim;
};

struct KickedOut {};

using State = std::variant<LoggedOut, Connecting, Online, Reconnecting, KickedOut>;

/// Another session of our account speaks (the broker guarantees that it is our account).
struct ForeignClaim {
  message::Claim claim;
};

/// The inputs of the table.
using Inputs =
    TypeList<input::Login, input::Logout, input::PageClosed, input::TimePassed, transport::Up,
             transport::Down, transport::Refused, transport::Replaced, transport::Expired, ForeignClaim>;

// ---- What the session asks of the engine. ----

struct Connect {
  Credentials credentials;
};
struct Disconnect {
  bool clean = true;  ///< say goodbye, so that peers need not wait for a will that will not come
};
struct SayClaim {
  message::Claim claim;
};
struct SayHere {};
/// The call cannot go on without a session.
struct EndCall {
  CancelReason reason = CancelReason::logged_out;
  bool page_closed = false;  ///< the page may be back in a moment: an invitation is not declined
};

using Command = std::variant<Effect, Connect, Disconnect, SayClaim, SayHere, EndCall>;
using Commands = std::list<Command>;

/// What a cell answers: the next state (none: stay) and what to do, in order. Its members are defined out of
/// line: a state is large, and every cell of the table makes and destroys one of these.
struct Step {
  Step();
  Step(std::optional<State> next_state, Commands what_to_do);
  Step(Step&&) noexcept;
  Step& operator=(Step&&) noexcept;
  ~Step();

  std::optional<State> next;
  Commands commands;
};

struct Context {
  Instant now;
  std::uint32_t app = 0;
  Random& random;
};

/// login() gives up after so long; reconnecting never does.
inline constexpr Duration login_timeout = 15s;

}  // namespace trtc::session
