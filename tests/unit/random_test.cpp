// The key stream of RFC 8439 with a counter from 0 and the nonce 0: vectors of its appendix A.1.
#include "random.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <vector>

using namespace trtc;

namespace {

std::vector<std::uint32_t> words(Random& random, std::size_t count) {
  std::vector<std::uint32_t> out;
  while (out.size() < count) out.push_back(random.next());
  return out;
}

/// The block with this number, counted from 0.
std::vector<std::uint32_t> block(const Seed& seed, std::size_t number) {
  Random random(seed);
  (void)words(random, 16 * number);
  return words(random, 16);
}

Seed ends_in_one() {
  Seed seed{};
  seed[31] = 1;
  return seed;
}

Seed with_ff_second() {
  Seed seed{};
  seed[1] = 0xff;
  return seed;
}

/// Digits and letters by class, so that a shape can be read: "xxxxxxxx-...".
std::string shape(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    out += hex ? 'x' : c;
  }
  return out;
}

}  // namespace

TEST_CASE("the first block is that of counter 0 and nonce 0") {
  CHECK(block(Seed{}, 0) == std::vector<std::uint32_t>{0xade0b876, 0x903df1a0, 0xe56a5d40, 0x28bd8653,
                                                       0xb819d2bd, 0x1aed8da0, 0xccef36a8, 0xc70d778b,
                                                       0x7c5941da, 0x8d485751, 0x3fe02477, 0x374ad8b8,
                                                       0xf4b8436a, 0x1ca11815, 0x69b687c3, 0x8665eeb2});
}

TEST_CASE("the second block is that of counter 1") {
  CHECK(block(Seed{}, 1) == std::vector<std::uint32_t>{0xbee7079f, 0x7a385155, 0x7c97ba98, 0x0d082d73,
                                                       0xa0290fcb, 0x6965e348, 0x3e53c612, 0xed7aee32,
                                                       0x7621b729, 0x434ee69c, 0xb03371d5, 0xd539d874,
                                                       0x281fed31, 0x45fb0a51, 0x1f0ae1ac, 0x6f4d794b});
}

TEST_CASE("the seed is the key, its words little endian") {
  CHECK(block(ends_in_one(), 1) ==
        std::vector<std::uint32_t>{0x2452eb3a, 0x9249f8ec, 0x8d829d9b, 0xddd4ceb1, 0xe8252083, 0x60818b01,
                                   0xf38422b8, 0x5aaa49c9, 0xbb00ca8e, 0xda3ba7b4, 0xc4b592d1, 0xfdf2732f,
                                   0x4436274e, 0x2561b3c8, 0xebdd4aa6, 0xa0136c00});
  CHECK(block(with_ff_second(), 2) ==
        std::vector<std::uint32_t>{0xfb4dd572, 0x4bc42ef1, 0xdf922636, 0x327f1394, 0xa78dea8f, 0x5e269039,
                                   0xa1bebbc1, 0xcaf09aae, 0xa25ab213, 0x48a6b46c, 0x1b9d9bcb, 0x092c5be6,
                                   0x546ca624, 0x1bec45d5, 0x87f47473, 0x96f0992e});
}

TEST_CASE("one seed gives one stream, another seed another one") {
  Random first(ends_in_one());
  Random second(ends_in_one());
  Random other(with_ff_second());
  const auto stream = words(first, 100);
  CHECK(words(second, 100) == stream);
  CHECK(words(other, 100) != stream);
}

TEST_CASE("below stays below its bound and reaches everything under it") {
  Random random(Seed{});
  std::set<std::uint32_t> seen;
  for (int i = 0; i < 200; ++i) seen.insert(random.below(5));
  CHECK(seen == std::set<std::uint32_t>{0, 1, 2, 3, 4});
  CHECK(random.below(1) == 0);
}

TEST_CASE("a call id is a version 4 UUID in lower case, and its other bits are the stream") {
  // RFC 9562, section 5.4, over the words of the first block.
  CHECK(Random(Seed{}).call() == CallId("ade0b876-903d-41a0-a56a-5d4028bd8653"));
  Random random(ends_in_one());
  for (int i = 0; i < 200; ++i) {
    const std::string call = random.call().text;
    CHECK(shape(call) == "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx");
    CHECK(call[14] == '4');
    CHECK(std::string("89ab").find(call[19]) != std::string::npos);
  }
}

TEST_CASE("a session id is 128 bits in lower-case hexadecimal") {
  CHECK(Random(Seed{}).session() == SessionId("ade0b876903df1a0e56a5d4028bd8653"));
  Random random(ends_in_one());
  std::set<std::string> seen;
  for (int i = 0; i < 200; ++i) {
    const std::string session = random.session().text;
    CHECK(shape(session) == std::string(32, 'x'));
    seen.insert(session);
  }
  CHECK(seen.size() == 200);
}
