// Where two calls meet: busy, glare, recall. Pure questions with one answer each; arrivals.cpp acts on them.
#pragma once

#include "call/state.hpp"

namespace trtc::call {

enum class Collision : std::uint8_t {
  busy,    ///< somebody else has our line: tell the caller
  theirs,  ///< glare, and their call is the one that lives: ours becomes an answer to it
  ours,    ///< glare, and our call lives: theirs becomes an answer to it, over there
  newer,   ///< the same inviter has given up the call that we know and calls anew: ring for the new one
  stale,   ///< an invite from before what we know already: it can only be a late copy
};

/// Glare (D15 of the behaviour document): of two calls that crossed, the one with the lower id lives.
Collision glare(const CallId& ours, const CallId& theirs);

/// Before our invite is out nobody knows our call, so theirs lives whatever its id.
Collision collide(const Capturing& state, const Arrival& arrival);
Collision collide(const Offering& state, const Arrival& arrival);

/// A second invite of the inviter whose call we are answering. An inviter has one call at a time.
Collision collide(const CallInfo& info, const Invitation& invitation, const Arrival& arrival);

/// Our invitation is out and crosses theirs; or a member of our call invites us to another one: it has lost
/// or left ours
/// ("recall").
Collision collide(const InCall& state, const Arrival& arrival);

}  // namespace trtc::call
