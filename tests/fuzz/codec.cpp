// What a peer sends, as one message or one presence. Whatever is readable must mean the same after it was
// written again, unless writing makes it longer than a payload may be (escapes take more room than what they
// stand for).
#include "signaling/codec.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <variant>

namespace {

using namespace trtc;

void require(bool condition) {
  if (!condition) std::abort();
}

template <class One, class Decode>
void check(std::string_view payload, Decode decode) {
  const auto decoded = decode(payload);
  const One* const one = std::get_if<One>(&decoded);
  if (one == nullptr) return require(!std::get<Unreadable>(decoded).why.empty());
  const std::string text = encode(*one);
  if (text.size() > bound::payload) return;
  const auto again = decode(text);
  require(std::holds_alternative<One>(again));
  require(encode(std::get<One>(again)) == text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view payload(reinterpret_cast<const char*>(data), size);
  check<Envelope>(payload, decode_envelope);
  check<Presence>(payload, decode_presence);
  return 0;
}
