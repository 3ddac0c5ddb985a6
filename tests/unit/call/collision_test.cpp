// Busy, glare and recall as pure questions (call/collision.hpp).
#include "call/collision.hpp"

#include <doctest/doctest.h>

#include <string>

#include "call/pair.hpp"
#include "call/switching.hpp"

using namespace trtc;
using namespace trtc::call;

namespace {

const CallId low{"1"};
const CallId high{"2"};
const message::Invite invite;

Arrival arrival(const UserId& user, const CallId& call = low, const SessionId& session = phone,
                std::uint32_t seq = 5) {
  return {user, session, seq, call, invite};
}

template <class Dialing>
Dialing dialing_bob(const CallId& call = high) {
  Dialing state;
  state.info.call = call;
  state.info.invitees = {bob};
  return state;
}

InCall inviting_bob(const CallId& call = high) {
  auto state = dialing_bob<InCall>(call);
  state.invitees.emplace_back().user = bob;
  return state;
}

InCall in_call_with_bob() {
  InCall state;
  Member& member = state.members.emplace_back();
  member.link.user = bob;
  member.link.session = phone;
  member.since = 10;
  state.since = Instant{};
  return state;
}

}  // namespace

TEST_CASE("of two calls that crossed the lower id lives, and both sides say so") {
  CHECK(glare(low, high) == Collision::ours);
  CHECK(glare(high, low) == Collision::theirs);
  for (const char* a :
       {"00000000-0000-4000-8000-000000000000", "0f8fad5b-d9cb-469f-a165-70867728950e", "ffff"}) {
    for (const char* b : {"0f8fad5b-d9cb-469f-a165-70867728950f", "1", "9"}) {
      CHECK((glare(CallId(a), CallId(b)) == Collision::ours) !=
            (glare(CallId(b), CallId(a)) == Collision::ours));
    }
  }
}

TEST_CASE("an equal id cannot be ours: the other one lives on both sides or on none") {
  CHECK(glare(low, low) == Collision::theirs);
}

TEST_CASE("before our invite is out the callee's call lives, whatever its id") {
  for (const CallId& ours : {CallId("0"), CallId("3")}) {
    CHECK(collide(dialing_bob<Capturing>(ours), arrival(bob)) == Collision::theirs);
    CHECK(collide(dialing_bob<Offering>(ours), arrival(bob)) == Collision::theirs);
  }
}

TEST_CASE("once our invite is out the ids decide") {
  CHECK(collide(inviting_bob(high), arrival(bob, low)) == Collision::theirs);
  CHECK(collide(inviting_bob(low), arrival(bob, high)) == Collision::ours);
}

TEST_CASE("a call to several and a call between two do not become one") {
  InCall group = inviting_bob(high);
  group.info.group = true;
  CHECK(collide(group, arrival(bob, low)) == Collision::busy);
  message::Invite to_several;
  to_several.group = true;
  const Arrival theirs{bob, phone, 5, low, to_several};
  CHECK(collide(inviting_bob(high), theirs) == Collision::busy);
  CHECK(collide(dialing_bob<Capturing>(high), theirs) == Collision::busy);
}

TEST_CASE("whoever else calls meanwhile finds us busy") {
  CHECK(collide(dialing_bob<Capturing>(), arrival(carol)) == Collision::busy);
  CHECK(collide(dialing_bob<Offering>(), arrival(carol)) == Collision::busy);
  CHECK(collide(inviting_bob(), arrival(carol)) == Collision::busy);
  CHECK(collide(in_call_with_bob(), arrival(carol)) == Collision::busy);
  CallInfo info;
  info.inviter = bob;
  CHECK(collide(info, {phone, 5, {}, {}, false, {}, {}, {}}, arrival(carol)) == Collision::busy);
}

TEST_CASE("a second invite of the one who rings is newer if it was written later") {
  CallInfo info;
  info.inviter = bob;
  const Invitation known{phone, 5, {}, {}, false, {}, {}, {}};
  CHECK(collide(info, known, arrival(bob, low, phone, 6)) == Collision::newer);
  CHECK(collide(info, known, arrival(bob, low, phone, 5)) == Collision::stale);
  CHECK(collide(info, known, arrival(bob, low, phone, 4)) == Collision::stale);
  CHECK(collide(info, known, arrival(bob, low, tablet, 1)) == Collision::newer);
}

TEST_CASE("a member that invites anew has lost the call, unless the invite is from before it") {
  CHECK(collide(in_call_with_bob(), arrival(bob, low, phone, 11)) == Collision::newer);
  CHECK(collide(in_call_with_bob(), arrival(bob, low, phone, 10)) == Collision::stale);
  CHECK(collide(in_call_with_bob(), arrival(bob, low, phone, 9)) == Collision::stale);
  CHECK(collide(in_call_with_bob(), arrival(bob, low, tablet, 1)) == Collision::newer);
}

TEST_CASE("of two switches with one number that of the greater user holds, on both sides") {
  CHECK(is_newer({1, alice}, {1, bob}));
  CHECK_FALSE(is_newer({1, bob}, {1, alice}));
  CHECK_FALSE(is_newer({1, bob}, {1, bob}));
  CHECK(is_newer({1, bob}, {2, alice}));
  CHECK_FALSE(is_newer({2, alice}, {1, bob}));
}
