// Who may keep an account: one session at a time, the newest login, on brokers that tell nobody about a
// takeover (protocol, sections 1 and 5). Sessions talk about it over the account's own inbox.
//
//   newcomer                    the one that was there
//      | claim {login} ------------> |   a login: answer, so that it can outbid us
//      | <----------- claim {settled, epoch n}
//      | claim {settled, epoch n+1} -> |   outbid: KICKED_OUT
//
// No wall clock is compared, so a device whose clock is wrong can still log in. Two logins at the same moment
// compare nonces. A session that reconnects and finds another one settled was replaced while it was away.
#pragma once

#include <cstdint>

#include "signaling/message.hpp"

namespace trtc::claim {

/// A session is settled so long after its (re)connection; until then its claim counts as being made just now.
inline constexpr Duration contention = 2s;
/// A lost claim is healed by the next one.
inline constexpr Duration repeat = 45s;

enum class Verdict : std::uint8_t {
  ignore,  ///< nothing to do
  answer,  ///< publish our claim, so that the other side can decide
  outbid,  ///< settle with an epoch above theirs and publish it
  yield,   ///< we were replaced
};

Verdict judge(const message::Claim& own, const message::Claim& theirs);

}  // namespace trtc::claim
