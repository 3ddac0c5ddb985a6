// What members tell of those whom they have invited.
#include "call/roster.hpp"

#include <doctest/doctest.h>

#include <string>

#include "call/pair.hpp"
#include "call/state.hpp"

using namespace trtc;
using namespace trtc::call;

namespace {

struct Book : Surroundings {
  std::vector<RosterLine> roster;
  CallInfo info;

  bool hears(const UserId& user, RosterStatus status, const SessionId& by, std::uint32_t seq) {
    return hear(roster, info, {user, status}, by, seq, out);
  }
};

}  // namespace

TEST_CASE("of one inviter the later word about somebody counts, whichever comes first") {
  Book b;
  CHECK(b.hears(carol, RosterStatus::rejected, phone, 7));
  CHECK_FALSE(b.hears(carol, RosterStatus::ringing, phone, 6));
  CHECK_FALSE(b.hears(carol, RosterStatus::inviting, phone, 7));
  REQUIRE(b.roster.size() == 1);
  CHECK(b.roster[0].entry.status == RosterStatus::rejected);
  CHECK(b.hears(carol, RosterStatus::inviting, phone, 8));
  CHECK(b.roster[0].entry.status == RosterStatus::inviting);
}

TEST_CASE("the numbers of two inviters are not compared") {
  Book b;
  b.hears(carol, RosterStatus::rejected, phone, 7);
  CHECK(b.hears(carol, RosterStatus::inviting, tablet, 2));
  CHECK(b.roster[0].entry.status == RosterStatus::inviting);
}

TEST_CASE("only so many names are kept, and a known one can still be corrected") {
  Book b;
  for (std::uint32_t i = 0; i < 200; ++i) {
    CHECK(b.hears(UserId("guest" + std::to_string(i)), RosterStatus::inviting, phone, i + 1) ==
          (i < max_roster));
  }
  CHECK(b.roster.size() == max_roster);
  CHECK(b.hears(UserId("guest0"), RosterStatus::joined, phone, 1000));
}
