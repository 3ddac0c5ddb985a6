// What everybody in the call knows about everybody who was invited to it. Each inviter is the authority about
// those it has invited and tells the members; who has entered or left, every member sees for itself. So two
// tell of one user, and their words may come in any order:
//
//   - of one inviter the later word counts, by its number;
//   - "joined" names the session and the message with which it entered: of a stay that we have seen end it is
//     no news;
//   - "ringing" comes after "inviting", so it brings nobody back who has left.
#pragma once

#include "call/state.hpp"

namespace trtc::call {

/// Entries that are kept; of more nobody is told.
inline constexpr std::size_t max_roster = 64;

/// Whether an invitation waits for its answer.
bool is_pending(RosterStatus status);

/// Writes down what we have decided or seen. True where it says something new.
bool note(std::vector<RosterLine>& roster, const UserId& user, RosterStatus status);
/// We have seen this session leave; `until`: the number of its last message that counts.
void note_left(std::vector<RosterLine>& roster, const UserId& user, const SessionId& session,
               std::uint32_t until);

/// Whether this is a stay that we have seen end, and nothing was heard of the user since.
bool has_left(const std::vector<RosterLine>& roster, const message::Seat& seat);

/// Writes down what another member tells, and tells the application where it is news. True if it is.
bool hear(std::vector<RosterLine>& roster, const CallInfo& info, const message::Fate& fate,
          const SessionId& by, std::uint32_t seq, Commands& out);

/// Behaviour document, section 5.9: in a call of a group everybody hears that an invitee has accepted, not
/// only the inviter. Whether its entry is what tells us: the inviter's word may come first, or later.
bool accepts(InCall& state, const UserId& user);

/// The application sees the roster; only in group calls there is more to it than other events tell.
void show_roster(const InCall& state, Commands& out);

/// Our own decision: written down, shown, and told to the members, in a group also to those who still ring.
void decide(InCall& state, const std::vector<UserId>& users, RosterStatus status, Commands& out);

/// A newcomer hears who is still ringing on our behalf.
void share_pending(const InCall& state, const Link& with, Commands& out);

/// The inviter has gone, and its open invitations with it.
void cancel_lines_of(InCall& state, const SessionId& inviter);

}  // namespace trtc::call
