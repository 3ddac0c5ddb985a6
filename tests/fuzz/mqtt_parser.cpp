// The first byte says how many bytes of piece sizes follow; the rest is what a broker sends. Cut into those
// pieces or handed over whole, it must mean the same, and no more than one packet may ever be kept.
#include "mqtt/parser.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <utility>
#include <vector>

namespace {

using namespace trtc;
using namespace trtc::mqtt;

// Small, so that inputs of a few hundred bytes reach both sides of it.
constexpr std::uint32_t kMax = 200;

void require(bool condition) {
  if (!condition) std::abort();
}

void feed(Parser& parser, ByteView input, std::vector<Packet>& packets) {
  while (auto packet = parser.next(input)) packets.push_back(*std::move(packet));
  require(input.empty() || parser.malformed());
  require(parser.buffered() <= kMax);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const ByteView input(data + 1, size - 1);
  const ByteView cuts = input.first(std::min<std::size_t>(data[0], input.size()));
  const ByteView stream = input.subspan(cuts.size());

  Parser at_once(kMax);
  std::vector<Packet> expected;
  feed(at_once, stream, expected);

  Parser in_pieces(kMax);
  std::vector<Packet> packets;
  ByteView rest = stream;
  for (const std::uint8_t cut : cuts) {
    const ByteView piece = rest.first(std::min<std::size_t>(cut, rest.size()));
    feed(in_pieces, piece, packets);
    rest = rest.subspan(piece.size());
  }
  feed(in_pieces, rest, packets);

  require(packets == expected);
  require(in_pieces.malformed() == at_once.malformed());
  require(in_pieces.buffered() == at_once.buffered());
  return 0;
}
