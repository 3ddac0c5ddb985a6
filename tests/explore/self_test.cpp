#include "explore/self_test.hpp"

#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include "explore/stage.hpp"
#include "explore/world.hpp"

namespace trtc::explore {
namespace {

Setup two() {
  Setup setup;
  setup.name = "self-test";
  setup.places = {{0, 2, can(Verb::call, Verb::hang_up), true}, {1, 2, can(Verb::accept), true}};
  setup.candidates = true;
  return setup;
}

/// Alice calls, and nothing else is decided: bob rings.
World ringing(const Setup& setup) {
  World world = begin(setup);
  (void)apply(world, {Choice::Kind::act, 0, 0, static_cast<std::uint8_t>(Verb::call)});
  std::vector<Choice> choices;
  for (choices_of(world, choices, true); world.pages[1]->engine.call_status() != CallStatus::ringing;
       choices_of(world, choices, true))
    (void)apply(world, choices.front());
  return world;
}

/// Bob accepts, and both are in the call.
World talking(const Setup& setup) {
  World world = ringing(setup);
  (void)apply(world, {Choice::Kind::act, 1, 1, static_cast<std::uint8_t>(Verb::accept)});
  std::vector<Choice> choices;
  for (; !is_quiet(world); (void)apply(world, choices.front())) choices_of(world, choices, true);
  return world;
}

struct Case {
  const char* name;
  std::function<std::string(const Setup&)> verdict;
  bool broken = true;
};

std::string told_twice(const Setup& setup) {
  World world = begin(setup);
  CallInfo info;
  info.call = CallId("00000001-0000-4000-8000-000000000000");
  info.invitees = {UserId("bob")};
  Story& story = Stage(world, nullptr).own(0).story;
  story.take(effect::CallBegan{info});
  story.take(effect::CallEnded{info, UserId("bob"), 1});
  story.take(effect::CallEnded{info, UserId("bob"), 1});
  return check(world);
}

std::string forgotten_promise(const Setup& setup) {
  World world = begin(setup);
  Stage(world, nullptr).own(0).story.asked(OpId{99});
  return check_quiet(world);
}

std::vector<Case> cases() {
  return {
      {"the checker accepts a world in which all is well",
       [](const Setup& setup) { return check(ringing(setup)) + check_quiet(talking(setup)); }, false},
      {"the checker refuses a microphone that is open while idle",
       [](const Setup& setup) {
         World world = begin(setup);
         Stage(world, nullptr).own(0).microphone = true;
         return check(world);
       }},
      {"the checker refuses a peer connection that belongs to nobody",
       [](const Setup& setup) {
         World world = ringing(setup);
         Stage(world, nullptr).own(0).peers.emplace_back().id = PeerId{99};
         return check(world);
       }},
      {"the checker refuses a peer connection of a phone that rings",
       [](const Setup& setup) {
         World world = ringing(setup);
         Stage(world, nullptr).own(1).peers.emplace_back().id = PeerId{99};
         return check(world);
       }},
      {"the checker refuses a microphone of a phone that rings",
       [](const Setup& setup) {
         World world = ringing(setup);
         Stage(world, nullptr).own(1).microphone = true;
         return check(world);
       }},
      {"the checker refuses candidates that have been lost",
       [](const Setup& setup) {
         World world = talking(setup);
         Stage(world, nullptr).own(1).peers.front().reachable = false;
         return check_quiet(world);
       }},
      {"the checker refuses a screen that the application was told of and nobody shows",
       [](const Setup& setup) {
         World world = talking(setup);
         Stage(world, nullptr).own(1).story.take(effect::ScreenAvailable{UserId("alice"), true});
         return check_quiet(world);
       }},
      {"the checker refuses a ring past its deadline",
       [](const Setup& setup) {
         World world = ringing(setup);
         world.now += setup.ring + 10s;
         return check(world);
       }},
      {"the checker refuses an end that is told twice", told_twice},
      {"the checker refuses a promise that never settles", forgotten_promise},
      {"the checker refuses a world that is quiet while somebody rings",
       [](const Setup& setup) { return check_quiet(ringing(setup)); }},
  };
}

}  // namespace

bool test_the_checker() {
  const Setup setup = two();
  bool fine = true;
  for (const Case& one : cases()) {
    const bool good = one.verdict(setup).empty() != one.broken;
    std::printf("%-7s %s\n", good ? "ok" : "FAILED", one.name);
    fine = fine && good;
  }
  return fine;
}

}  // namespace trtc::explore
