// Who is in the call with us, whatever the others say and in whatever order.
#include "call/mesh.hpp"

#include <doctest/doctest.h>

#include <string>

#include "call/pair.hpp"
#include "call/state.hpp"
#include "call/transitions.hpp"

using namespace trtc;
using namespace trtc::call;

namespace {

/// Alice talks to Bob, whose phone entered with its fifth message.
struct Talk : Surroundings {
  InCall state;

  Talk() {
    state.info.call = the_call;
    state.since = now;
    Link link = expect_offer(bob, phone);
    link.peer = {1};
    numbers.peer = 1;
    state.members.push_back({link, 5, {}, 5});
  }
  Step leave(std::uint32_t seq) {
    const message::Leave goodbye{};
    Context c = context();
    return on(c, state, Heard<message::Leave>{bob, phone, seq, goodbye});
  }
  static std::size_t closed(const Commands& commands, PeerId peer) {
    std::size_t found = 0;
    for (const Command& command : commands) {
      const auto* const effect = std::get_if<Effect>(&command);
      if (effect != nullptr && line(*effect) == "close " + number(peer.value)) ++found;
    }
    return found;
  }
};

}  // namespace

TEST_CASE("a goodbye that was said before the member came back does not throw it out") {
  Talk t;
  CHECK_FALSE(t.leave(4).next);
  const Step step = t.leave(6);
  REQUIRE(step.next);
  CHECK(status(*step.next) == CallStatus::idle);
}

TEST_CASE("what a member said of its devices before it said something newer is no news") {
  Talk t;
  const message::State camera_on{{true, true, false}};
  Context c = t.context();
  CHECK_FALSE(on(c, t.state, Heard<message::State>{bob, phone, 5, camera_on}).next);
  CHECK(on(c, t.state, Heard<message::State>{bob, phone, 6, camera_on}).next);
}

TEST_CASE("whoever comes back with another session takes its own place") {
  Talk t;
  Context c = t.context();
  welcome(c, t.state, {bob, tablet, 1, {}, {}}, t.out);
  REQUIRE(t.state.members.size() == 1);
  CHECK(t.state.members[0].link.session == tablet);
  CHECK(Talk::closed(t.out, {1}) == 1);
}

TEST_CASE("only so many of those that a member names are greeted") {
  Talk t;
  std::vector<message::Seat> named;
  for (int i = 0; i < 100; ++i) named.push_back({UserId("guest" + std::to_string(i)), phone});
  Context c = t.context();
  const Step step = greet_all(c, t.state, named, false, {});
  const InCall& next = std::get<InCall>(*step.next);
  CHECK(next.members.size() + next.greeted.size() == most_others);
  CHECK(step.commands.size() == next.greeted.size());
  // A newcomer that finds so many is one too many itself.
  CHECK(std::holds_alternative<Idle>(*greet_all(c, t.state, named, true, {}).next));
}

TEST_CASE("only so many who greet us are let in, and the others are told that there is no room") {
  Talk t;
  for (int i = 0; i < 100; ++i) {
    Context c = t.context();
    welcome(c, t.state, {UserId("guest" + std::to_string(i)), phone, 1, {}, {}}, t.out);
  }
  CHECK(t.state.members.size() == most_others);
  std::size_t turned_away = 0;
  for (const Command& command : t.out) {
    const auto* const letter = std::get_if<Send>(&command);
    if (letter != nullptr && std::holds_alternative<message::Cancel>(letter->letter.body)) ++turned_away;
  }
  CHECK(turned_away == 100 - (most_others - 1));
}

TEST_CASE("the connection that was prepared for somebody who never entered is closed") {
  Talk t;
  Link link = expect_offer(UserId("carol"), tablet);
  link.peer = {2};
  t.state.greeted.push_back({link, t.now + greet_timeout, {}});
  std::size_t closed = 0;
  for (int i = 0; i < 10 && !t.state.greeted.empty(); ++i) {
    t.now = t.state.greeted[0].deadline;
    Context c = t.context();
    Step step = on(c, t.state, input::TimePassed{});
    closed += Talk::closed(step.commands, {2});
    REQUIRE(step.next);
    t.state = std::get<InCall>(*step.next);
  }
  CHECK(t.state.greeted.empty());
  CHECK(closed == 1);
  CHECK(t.state.members.size() == 1);
}
