// One pair of participants: the peer connection between them, what was agreed over it, and how healthy it is.
//
// Who offers is fixed for the life of a link (the inviter to its invitee), and one audio and one video
// transceiver exist from the start, so offers never cross: no rollback, no polite peer. The answerer that
// needs an ICE restart asks for it (message::Restart).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "call/command.hpp"
#include "ids.hpp"
#include "media.hpp"
#include "signaling/message.hpp"
#include "time.hpp"

namespace trtc::call {

/// Local answer to "how is the media doing"; see health.hpp.
struct Health {
  ConnectionState state = ConnectionState::connecting;
  bool expected = false;  ///< both are members: being unconnected is trouble now
  bool flowing = false;   ///< RTP arrives
  bool flowed = false;    ///< it did at least once
  bool connected_once = false;
  std::optional<Instant> gone_since;  ///< signaling witness: the peer's session said goodbye, or its will did
  std::optional<Instant> quiet_since;   ///< no RTP since
  std::optional<Instant> look_at;       ///< when to ask again whether the peer has left
  std::optional<Instant> broken_since;  ///< first witness of trouble that is not over
  std::optional<Instant> act_at;        ///< next rung of the ladder
  unsigned attempts = 0;                ///< rungs taken since `broken_since`
};

struct Link {
  UserId user;
  SessionId session;  ///< the remote session; empty until one has answered
  PeerId peer;
  bool offerer = false;
  bool sending = false;  ///< local tracks are attached

  std::uint32_t exchange = 0;  ///< number of the offer under way or in force
  NegotiationId negotiation;   ///< the same, as the host knows it
  enum class Phase : std::uint8_t { making, awaiting_answer, stable } phase = Phase::making;
  bool fresh = true;  ///< the offer belongs to a new peer connection

  std::vector<Candidate> local;  ///< candidates of this exchange, for sessions that turn up later
  struct Early {
    SessionId session;
    std::uint32_t exchange = 0;
    std::vector<Candidate> list;
  };
  std::vector<Early> early;  ///< remote candidates that overtook their description

  bool relay_missed = false;  ///< the application has been told
  Health health;
};

/// Bounds of what a peer can make us keep.
inline constexpr std::size_t max_local_candidates = 128;
inline constexpr std::size_t max_early = 32;

// ---- Setting up. ----

/// Offerer: a new peer connection and its first offer.
Link dial(Context& context, const UserId& user, Commands& out);

/// Answerer: a new peer connection for a received offer.
Link answer(Context& context, const UserId& user, const SessionId& session, std::uint32_t exchange,
            const std::string& offer, Commands& out);

/// Answerer in a group: the peer offers once it knows that we are in the call.
Link expect_offer(const UserId& user, const SessionId& session);

/// Attach the local tracks: the peer is a member of the call.
void start_sending(Link& link, Commands& out);

/// Our candidates for one session that rings.
void send_candidates(const Link& link, const CallId& call, const SessionId& session, Commands& out);

// ---- What the host reports. `true` where it concerned this link; else it is stale. ----

bool offer_created(Link& link, const CallId& call, const input::OfferCreated& input, Commands& out);
bool answer_created(Link& link, const CallId& call, const input::AnswerCreated& input, Commands& out);
bool candidates_found(Link& link, const CallId& call, const input::CandidatesFound& input,
                      const std::vector<SessionId>& receivers, Commands& out);

// ---- What the peer says. `false`: stale or not for us. ----

bool heard_description(Context& context, Link& link, const SessionId& from,
                       const message::Description& description, Commands& out);
bool heard_candidates(Link& link, const SessionId& from, const message::Candidates& candidates,
                      Commands& out);
bool heard_restart(Context& context, Link& link, const SessionId& from, const message::Restart& restart,
                   Commands& out);

// ---- Repair. ----

/// Offerer: a new exchange, as an ICE restart or (`fresh`) over a new peer connection.
void renew(Context& context, Link& link, bool fresh, Commands& out);

}  // namespace trtc::call
