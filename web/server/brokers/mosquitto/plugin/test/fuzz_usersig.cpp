// What anybody may send as a password, and what an operator may write into the settings file.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "rules.hpp"
#include "usersig.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  trtc::broker::verify_user_sig(text, 1, "alice", {"key"}, 1, 1);
  std::string problem;
  const auto settings = trtc::broker::read_settings(text, problem);
  if (!settings) return 0;
  const auto member = trtc::broker::member_of(*settings, "1_alice");
  if (member) trtc::broker::may_subscribe(*settings, *member, text);
  return 0;
}
