// Invitations that are out. The inviter's record decides: the first of accept, reject, own cancel and own
// deadline wins, and everything later is told that it is over.
#pragma once

#include "call/state.hpp"

namespace trtc::call {

/// What is wrong with what the application passed, if anything.
std::optional<Error> wrong_user(const Context& context, const std::string& user);
std::optional<Error> wrong_invitation(Duration timeout, const std::string& user_data);

/// Only those who are invited now are on its list: whoever has refused or left must not ring again.
message::Invite invite_for(const Context& context, const InCall& state, const Invitee& invitee,
                           std::vector<UserId> list);

/// Takes an invitee off the list, if it is on it: the connection that was offered closes, and no invitation
/// of it is delivered any more. Its sessions that ring are told by whoever knows why.
void drop_invitee(InCall& state, const UserId& user, Commands& out);

/// It is in the call with this session: the others stop ringing, and it is no invitee any more.
void answered_by(InCall& state, const UserId& user, const SessionId& session, Commands& out);

/// The one invitee of a call between two, with the offer inside the invitation.
void invite_with_offer(Context& context, InCall& state, const UserId& user, Duration timeout, Link link,
                       const std::string& offer, Commands& out);

/// A session of the invitee is heard of, for the first time perhaps: the invitation has reached it, and it
/// needs our candidates.
void meet(InCall& state, const UserId& user, const SessionId& session, Commands& out);

/// Invites users who are neither in the call nor invited to it: one message to the group, where the call has
/// one, else one to each.
void invite(Context& context, InCall& state, const std::vector<UserId>& users, Duration timeout,
            Commands& out);

/// Invites somebody who has asked for it, or once more whom an invitation has not reached or not convinced.
void invite_seeker(Context& context, InCall& state, const Sought& sought, Commands& out);

/// What is to be said about an end, in the order in which it must come.
struct Ending {
  Commands letters;
  Commands events;
  UserId decider;  ///< who made it the end
  CancelReason reason = CancelReason::cancelled;
  std::optional<std::uint32_t> seconds;  ///< of talk, as the other side has measured it
};

/// The call goes on, or ends because nobody is left to talk to or to wait for.
Step conclude(Context& context, InCall next, Ending ending);

/// Deadlines of invitations that have passed, and phones that have fallen silent.
void expire(const Context& context, InCall& next, Ending& ending);

}  // namespace trtc::call
