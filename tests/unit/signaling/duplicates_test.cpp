// What has been seen before, and the outcomes of calls that are over: two bounded memories.
#include "signaling/duplicates.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "signaling/history.hpp"

using namespace trtc;

namespace {

SessionId nth_session(std::size_t number) { return SessionId("session " + std::to_string(number)); }
CallId nth_call(std::size_t number) { return CallId("call " + std::to_string(number)); }

/// Which of these numbers are new, in this order.
std::vector<bool> fresh(Duplicates& duplicates, const std::vector<std::uint32_t>& seqs) {
  std::vector<bool> out;
  for (const std::uint32_t seq : seqs)
    out.push_back(duplicates.first_sight(UserId("bob"), nth_session(0), seq));
  return out;
}

constexpr auto window = static_cast<std::uint32_t>(Duplicates::window);

}  // namespace

TEST_CASE("a message is new once") {
  Duplicates d;
  CHECK(fresh(d, {1, 1, 2, 1, 2}) == std::vector<bool>{true, false, true, false, false});
}

TEST_CASE("messages that come in another order are new once each") {
  Duplicates d;
  CHECK(fresh(d, {5, 3, 4, 1, 2, 5, 4, 3, 2, 1}) ==
        std::vector<bool>{true, true, true, true, true, false, false, false, false, false});
}

TEST_CASE("the window ends exactly where it says") {
  Duplicates d;
  CHECK(fresh(d, {1000, 1000 - window + 1, 1000 - window, 1000 - window + 1}) ==
        std::vector<bool>{true, true, false, false});
}

TEST_CASE("numbers older than the window count as seen, even if they never were") {
  Duplicates d;
  CHECK(fresh(d, {1000, 1, 743, 744, 745}) == std::vector<bool>{true, false, false, false, true});
}

TEST_CASE("what was seen stays seen while the window moves, up to its edge") {
  Duplicates d;
  CHECK(fresh(d, {10, 10 + window - 1, 10, 11}) == std::vector<bool>{true, true, false, true});
  CHECK(fresh(d, {10 + window, 11, 10}) == std::vector<bool>{true, false, false});
}

TEST_CASE("a leap of a window or more forgets nothing that it should refuse") {
  for (const std::uint32_t leap : {window - 1, window, window + 1, 10 * window}) {
    CAPTURE(leap);
    Duplicates d;
    CHECK(fresh(d, {7, 7 + leap, 7 + leap, 7}) == std::vector<bool>{true, true, false, false});
  }
}

TEST_CASE("the greatest number does not wrap around") {
  Duplicates d;
  CHECK(fresh(d, {4294967295U, 0, 4294967295U, 4294967294U}) == std::vector<bool>{true, false, false, true});
}

TEST_CASE("each session has its own numbers") {
  Duplicates d;
  CHECK(d.first_sight(UserId("bob"), nth_session(1), 1));
  CHECK(d.first_sight(UserId("bob"), nth_session(2), 1));
  CHECK_FALSE(d.first_sight(UserId("bob"), nth_session(1), 1));
}

TEST_CASE("the session heard of longest ago is forgotten, no other") {
  Duplicates d;
  for (std::size_t i = 0; i < Duplicates::sessions; ++i)
    CHECK(d.first_sight(UserId("bob"), nth_session(i), 1));
  CHECK_FALSE(d.first_sight(UserId("bob"), nth_session(0), 1));  // hearing of it again makes it the youngest
  CHECK(d.first_sight(UserId("bob"), nth_session(100), 1));      // session 1 goes
  CHECK_FALSE(d.first_sight(UserId("bob"), nth_session(0), 1));
  CHECK_FALSE(d.first_sight(UserId("bob"), nth_session(2), 1));
  CHECK(d.first_sight(UserId("bob"), nth_session(1), 1));
}

TEST_CASE("the first outcome of a call stands") {
  History history;
  CHECK_FALSE(history.outcome(nth_call(1)));
  history.remember({nth_call(1), CancelReason::busy, {}, 0});
  history.remember({nth_call(1), CancelReason::cancelled, {}, 0});
  CHECK(history.outcome(nth_call(1)) == CancelReason::busy);
  CHECK_FALSE(history.outcome(nth_call(2)));
}

TEST_CASE("the oldest of too many outcomes is forgotten") {
  History history;
  for (std::size_t i = 0; i < History::capacity; ++i)
    history.remember({nth_call(i), CancelReason::rejected, {}, 0});
  CHECK(history.outcome(nth_call(0)) == CancelReason::rejected);
  history.remember({nth_call(History::capacity), CancelReason::failed, {}, 0});
  CHECK_FALSE(history.outcome(nth_call(0)));
  CHECK(history.outcome(nth_call(1)) == CancelReason::rejected);
  CHECK(history.outcome(nth_call(History::capacity)) == CancelReason::failed);
}
