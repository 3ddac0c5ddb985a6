// expect: CallIdTag
// A user where a call belongs, and the other way round.
#include "effect.hpp"

trtc::Effect entered(const trtc::UserId& user, const trtc::CallId& call) {
  return trtc::effect::UserEntered{user, call};
}
