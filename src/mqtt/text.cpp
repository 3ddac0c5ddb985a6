#include "mqtt/text.hpp"

#include <cstddef>
#include <cstdint>

namespace trtc::mqtt {
namespace {

constexpr std::size_t kMaxTextBytes = 65535;

bool continues(std::string_view text, std::size_t index, unsigned low = 0x80, unsigned high = 0xBF) {
  if (index >= text.size()) return false;
  const unsigned byte = static_cast<std::uint8_t>(text[index]);
  return low <= byte && byte <= high;
}

// Bytes of the character at the front, 0 where there is none. The narrowed second byte is what keeps out
// overlong forms, surrogates and everything above U+10FFFF (Unicode 15, table 3-7).
std::size_t character_length(std::string_view text) {
  const unsigned lead = static_cast<std::uint8_t>(text.front());
  if (lead == 0) return 0;
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  if (lead < 0xE0) return continues(text, 1) ? 2 : 0;

  const unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (!continues(text, 1, low, high) || !continues(text, 2)) return 0;
  if (lead < 0xF0) return 3;
  return continues(text, 3) ? 4 : 0;
}

bool is_filter_level(std::string_view level, bool last) {
  if (level == "+") return true;
  if (level == "#") return last;
  return level.find_first_of("+#") == std::string_view::npos;
}

}  // namespace

bool is_text(std::string_view text) {
  if (text.size() > kMaxTextBytes) return false;
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

bool is_topic_name(std::string_view topic) {
  return !topic.empty() && topic.find_first_of("+#") == std::string_view::npos && is_text(topic);
}

bool is_topic_filter(std::string_view filter) {
  if (filter.empty() || !is_text(filter)) return false;
  for (;;) {
    const std::size_t slash = filter.find('/');
    const bool last = slash == std::string_view::npos;
    if (!is_filter_level(filter.substr(0, slash), last)) return false;
    if (last) return true;
    filter.remove_prefix(slash + 1);
  }
}

}  // namespace trtc::mqtt
