// What everybody in the call knows about everybody who was invited to it. Each inviter is the authority about
// those it has invited and tells the members; who has entered or left, every member sees for itself.
#pragma once

#include "call/state.hpp"

namespace trtc::call {

/// Entries that are kept; of more nobody is told.
inline constexpr std::size_t max_roster = 64;

/// Writes a line; without `by` it is our own decision or sight. True where it says something new.
bool note(std::vector<RosterLine>& roster, const UserId& user, RosterStatus status, const SessionId& by = {},
          std::uint32_t seq = 0);

/// The application sees the roster; only in group calls there is more to it than other events tell.
void show_roster(const InCall& state, Commands& out);

/// Our own decision: written down, shown, and told to the members, in a group also to those who still ring.
void decide(InCall& state, const std::vector<UserId>& users, RosterStatus status, Commands& out);

/// A newcomer hears who is still ringing on our behalf.
void share_pending(const InCall& state, const Link& with, Commands& out);

/// The inviter has gone, and its open invitations with it.
void cancel_lines_of(InCall& state, const SessionId& inviter);

/// Behaviour document, section 5.9: in a call of a group everybody hears what an invitee has answered, not
/// only the inviter.
void announce(const CallInfo& info, const RosterEntry& entry, Commands& out);

}  // namespace trtc::call
