// The ladder of a sick connection, and the question whether a member is gone (protocol, sections 6 and 7).
//
//   disconnected, or no RTP from a peer that sends, for 3 s   ─► ICE restart
//   failed for 0.3 s: a peer that hangs up closes its end before its goodbye arrives ─► ICE restart
//   still no better after 5 s                                 ─► second ICE restart
//   still no better after 5 s, and every 8 s from then on     ─► a new peer connection
//   never connected within 30 s, or broken for 60 s           ─► give up: the media path does not exist
//   signaling gone too: a goodbye or a will, and half a second later neither RTP nor a word; or 30 s without
//   RTP and no answer ─► the member left
//
// Before the first RTP its absence is no witness: a connection takes its time, and a router that forgets the
// peer's socket just then brings the will, too. Such a peer has 5 s to come back.
#pragma once

#include <optional>

#include "call/link.hpp"

namespace trtc::call {

namespace patience {
inline constexpr Duration disturbed = 3s;
inline constexpr Duration failed = 300ms;
inline constexpr Duration restart = 5s;
inline constexpr Duration rebuild = 8s;
inline constexpr Duration setup = 30s;
inline constexpr Duration outage = 60s;
inline constexpr Duration farewell = 500ms;
inline constexpr Duration first_farewell = 5s;
inline constexpr Duration silence = 30s;
inline constexpr Duration look_again = 1s;
}  // namespace patience

enum class Verdict : std::uint8_t { alive, left, hopeless };

/// The pair has become members: from now on the connection is expected to come up.
void expect_media(const Context& context, Link& link);

/// A new peer connection has taken the place of an earlier one, which may have been well: it has to come up,
/// and what the earlier one has reported last is no news of it.
void connection_made(const Context& context, Link& link);

/// Signaling says that the peer's session ended, or that it is there.
void peer_gone(const Context& context, Link& link);
void peer_here(Link& link);

/// `peer_sends`: the peer says that it sends something, so that silence means trouble.
bool connection_changed(const Context& context, Link& link, const input::ConnectionChanged& input,
                        bool peer_sends);
bool flow_changed(const Context& context, Link& link, const input::MediaFlowChanged& input, bool peer_sends);

/// Climbs the ladder where it is time to. Renewals go out through `out`.
Verdict tend(Context& context, Link& link, const CallId& call, bool peer_sends, Commands& out);

std::optional<Instant> next_deadline(const Link& link);

}  // namespace trtc::call
