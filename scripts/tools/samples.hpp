// Who and what the samples of both machines are about. We are alice; bob is the other side of the call.
#pragma once

#include <string>

#include "ids.hpp"
#include "time.hpp"

namespace trtc::tools::sample {

inline const UserId self{"alice"};
inline const UserId other{"bob"};
inline const UserId stranger{"carol"};

inline const SessionId own_session{"a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1"};
inline const SessionId session{"b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1"};         ///< bob's
inline const SessionId second_session{"b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2"};  ///< bob's, too
inline const SessionId strange_session{"c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1"};

/// Others of a group call.
inline const UserId dave{"dave"};
inline const UserId erin{"erin"};
inline const UserId frank{"frank"};  ///< outside, or about to enter
inline const SessionId daves_session{"d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1"};
inline const SessionId erins_session{"e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1"};
inline const SessionId franks_session{"f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1"};

inline const CallId lower_call{"11111111-0000-4000-8000-000000000000"};
inline const CallId call{"55555555-0000-4000-8000-000000000000"};
inline const CallId higher_call{"99999999-0000-4000-8000-000000000000"};
inline const CallId ended_call{"eeeeeeee-0000-4000-8000-000000000000"};

inline const std::string nonce(32, '9');
inline const std::string pass(32, '7');

inline constexpr OpId op{1};  ///< of the input
inline constexpr OpId op_of_call{2};
inline constexpr OpId op_of_waiting{3};  ///< accept(), or after glare call(): waits for the inviter's word
inline constexpr OpId op_of_camera{4};
inline constexpr OpId op_of_login{5};
inline constexpr OpId op_of_switch{6};
inline constexpr OpId op_of_seek{7};
inline constexpr OpId op_of_screen{8};

inline constexpr CaptureId capture{7};
inline constexpr PeerId peer{5};
inline constexpr NegotiationId negotiation{9};
inline constexpr std::uint32_t exchange = 3;
/// Of the message that made the state what it is.
inline constexpr std::uint32_t seq = 20;

inline constexpr Instant now{100s};

}  // namespace trtc::tools::sample
