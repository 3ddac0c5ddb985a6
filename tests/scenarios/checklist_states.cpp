// One trouble in every state that a call can be in.
#include <functional>

#include "scenarios/scene.hpp"

using namespace trtc;
using namespace trtc::sim;

namespace {

/// A state, and the verb that leads from the one before it.
struct Reached {
  CallStatus alice;
  CallStatus bob;
  std::function<void(Scene&)> lead;
};

/// Every pair of states of a call between two, from the first click to the conversation.
const std::vector<Reached> states{
    {CallStatus::dialing, CallStatus::idle,
     [](Scene& s) { s("alice").call("bob", MediaType::audio), s.run(10ms); }},
    {CallStatus::inviting, CallStatus::idle,
     [](Scene& s) {
       s.hold({"invite", "", ""}), s("alice").call("bob", MediaType::audio), s.run(100ms);
     }},
    {CallStatus::inviting, CallStatus::ringing, [](Scene& s) { s.ring("alice", "bob"); }},
    {CallStatus::inviting, CallStatus::accepting,
     [](Scene& s) { s.ring("alice", "bob"), s("bob").accept(), s.run(10ms); }},
    {CallStatus::in_call, CallStatus::accepting,
     [](Scene& s) {
       s.ring("alice", "bob"), s.hold({"confirm", "", ""}), s("bob").accept(), s.run(100ms);
     }},
    {CallStatus::in_call, CallStatus::in_call, [](Scene& s) { s.talk("alice", "bob"); }}};

void in_every_state(const std::function<void(Scene&, const Reached&)>& trouble) {
  for (const Reached& state : states) {
    CAPTURE(static_cast<int>(state.alice));
    CAPTURE(static_cast<int>(state.bob));
    Scene s{"alice", "bob"};
    state.lead(s);
    REQUIRE(s("alice").status() == state.alice);
    REQUIRE(s("bob").status() == state.bob);
    s.forget();
    trouble(s, state);
  }
}

}  // namespace

TEST_CASE("checklist: signaling is lost and restored in every state, and the call gets where it was going") {
  for (const char* const victim : {"alice", "bob"}) {
    in_every_state([victim](Scene& s, const Reached&) {
      s(victim).drop_socket();
      s.release();
      s.run(3s);
      if (s("bob").status() == CallStatus::ringing) s("bob").accept();
      s.run(5s);
      s.talk_on({"alice", "bob"});
      s("alice").hang_up();
      s.run(2s);
      s.forget();
      s.is_over();
    });
  }
}

TEST_CASE("checklist: logout in every state ends the call on both sides") {
  for (const char* const leaver : {"alice", "bob"}) {
    in_every_state([leaver](Scene& s, const Reached&) {
      CHECK(s(leaver).outcome(s(leaver).logout()) == "nothing");
      CHECK(s(leaver).status() == CallStatus::idle);
      s.release();
      s.run(2s);
      const std::string other = std::string(leaver) == "alice" ? "bob" : "alice";
      if (other == "alice" && s("alice").status() == CallStatus::inviting)
        s("alice").hang_up();  // bob was idle
      s.run(2s);
      s.forget();
      s.is_over();
    });
  }
}

TEST_CASE("checklist: the page is closed in every state, and the other side is told within two seconds") {
  for (const char* const leaver : {"alice", "bob"}) {
    in_every_state([leaver](Scene& s, const Reached& state) {
      s(leaver).close_page();
      s.release();
      s.run(1900ms);
      const std::string other = std::string(leaver) == "alice" ? "bob" : "alice";
      const bool in_call = state.alice == CallStatus::in_call;
      if (in_call) CHECK(s(other).quiet());
      s.run(40s);  // an invitation that nobody hears ends at its deadline, a ring after its grace
      s.forget();
      s.is_over();
    });
  }
}

TEST_CASE("checklist: the tab crashes in every state, and the other side is told") {
  for (const char* const leaver : {"alice", "bob"}) {
    in_every_state([leaver](Scene& s, const Reached&) {
      s(leaver).crash();
      s.release();
      s.run(60s);
      s.forget();
      s.is_over();
    });
  }
}

TEST_CASE("checklist: hangup in every state ends the call on both sides") {
  for (const char* const leaver : {"alice", "bob"}) {
    in_every_state([leaver](Scene& s, const Reached& state) {
      s(leaver).hang_up();
      s.release();
      s.run(3s);
      const bool nothing_to_leave = std::string(leaver) == "bob" && state.bob == CallStatus::idle;
      if (nothing_to_leave) s("bob").hang_up(), s("alice").hang_up();
      s.run(2s);
      s.forget();
      s.is_over();
    });
  }
}

TEST_CASE("checklist: login twice") {
  Scene s{"alice", "bob"};
  s.talk("alice", "bob");
  CHECK(s("alice").outcome(s("alice").login()) == "logged in again");
  s.run(1s);
  s.saw({{"alice", ""}, {"bob", ""}});
  s.talk_on({"alice", "bob"});
}

TEST_CASE("checklist: calls before login, and while it is under way") {
  Scene s{"bob"};
  Client& alice = s.add("alice");
  CHECK(alice.outcome(alice.call("bob")) == "NOT_LOGGED_IN");
  alice.login();
  const OpId early = alice.call("bob", MediaType::audio);
  s.run(1s);
  CHECK(alice.outcome(early) == "placed");
  CHECK(alice.events() == "Ready\n");
  s.saw({{"bob", "Invited alice audio"}});
}
