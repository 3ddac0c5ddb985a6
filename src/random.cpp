#include "random.hpp"

namespace trtc {
namespace {

std::uint32_t rotate(std::uint32_t value, int bits) { return (value << bits) | (value >> (32 - bits)); }

void quarter_round(std::array<std::uint32_t, 16>& x, std::size_t a, std::size_t b, std::size_t c,
                   std::size_t d) {
  x[a] += x[b], x[d] = rotate(x[d] ^ x[a], 16);
  x[c] += x[d], x[b] = rotate(x[b] ^ x[c], 12);
  x[a] += x[b], x[d] = rotate(x[d] ^ x[a], 8);
  x[c] += x[d], x[b] = rotate(x[b] ^ x[c], 7);
}

void append_hex(std::string& out, std::uint32_t word) {
  constexpr char digits[] = "0123456789abcdef";
  for (int shift = 28; shift >= 0; shift -= 4) out += digits[(word >> shift) & 15U];
}

}  // namespace

// RFC 8439, section 2.3: four constants, the key, the block counter, the nonce (always zero: one seed, one
// stream).
Random::Random(const Seed& seed) {
  state_ = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};
  for (std::size_t word = 0; word < 8; ++word) {
    for (std::size_t byte = 0; byte < 4; ++byte) {
      state_[4 + word] |= static_cast<std::uint32_t>(seed[word * 4 + byte]) << (8 * byte);
    }
  }
}

void Random::refill() {
  block_ = state_;
  for (int round = 0; round < 10; ++round) {
    quarter_round(block_, 0, 4, 8, 12), quarter_round(block_, 1, 5, 9, 13);
    quarter_round(block_, 2, 6, 10, 14), quarter_round(block_, 3, 7, 11, 15);
    quarter_round(block_, 0, 5, 10, 15), quarter_round(block_, 1, 6, 11, 12);
    quarter_round(block_, 2, 7, 8, 13), quarter_round(block_, 3, 4, 9, 14);
  }
  for (std::size_t word = 0; word < 16; ++word) block_[word] += state_[word];
  ++state_[12];
  used_ = 0;
}

std::uint32_t Random::next() {
  if (used_ == block_.size()) refill();
  return block_[used_++];
}

SessionId Random::session() {
  std::string text;
  for (int word = 0; word < 4; ++word) append_hex(text, next());
  return SessionId(text);
}

CallId Random::call() {
  std::string hex;
  append_hex(hex, next());
  append_hex(hex, (next() & 0xffff0fffU) | 0x4000U);
  append_hex(hex, (next() & 0x3fffffffU) | 0x80000000U);
  append_hex(hex, next());
  return CallId(hex.substr(0, 8) + '-' + hex.substr(8, 4) + '-' + hex.substr(12, 4) + '-' +
                hex.substr(16, 4) + '-' + hex.substr(20));
}

}  // namespace trtc
