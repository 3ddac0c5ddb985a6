// expect: UserIdTag
// Whoever makes a user of a text says so: UserId(text).
#include <string>

#include "effect.hpp"

trtc::Effect left(const trtc::CallId& call, const std::string& user) {
  return trtc::effect::UserLeft{call, user};
}
