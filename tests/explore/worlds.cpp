// The table of worlds. Each is small enough to be seen as a whole, or bounded by a number of states; together
// they cover every kind of step and every kind of accident.
#include "explore/setup.hpp"

namespace trtc::explore {
namespace {

constexpr std::uint32_t caller = can(Verb::call, Verb::hang_up);
constexpr std::uint32_t callee = can(Verb::accept, Verb::reject, Verb::hang_up);
constexpr std::uint32_t both = can(Verb::call, Verb::accept, Verb::reject, Verb::hang_up);

std::vector<Setup> pairs() {
  return {
      {.name = "pair",
       .what = "one calls, the other answers, or not; nothing goes wrong",
       .places = {{0, 3, caller}, {1, 3, callee}},
       .faults = {}},
      {.name = "pair-loss",
       .what = "two messages are lost",
       .places = {{0, 2, caller}, {1, 2, callee}},
       .faults = {.lose = 2}},
      {.name = "pair-late",
       .what = "one message is overtaken, one comes twice",
       .places = {{0, 2, caller}, {1, 2, callee}},
       .faults = {.hold = 1, .duplicate = 1}},
      {.name = "pair-late-2",
       .what = "two messages are overtaken",
       .places = {{0, 2, caller}, {1, 2, callee}},
       .faults = {.hold = 2}},
      {.name = "pair-mixed",
       .what = "one message is lost, one comes twice, and one socket closes",
       .places = {{0, 2, caller}, {1, 2, callee}},
       .faults = {.lose = 1, .duplicate = 1, .disconnect = 1}},
      {.name = "pair-sockets",
       .what = "two sockets close",
       .places = {{0, 2, caller}, {1, 2, callee}},
       .faults = {.disconnect = 2}},
      {.name = "pair-outage",
       .what = "the network of one is away for any time",
       .places = {{0, 2, caller}, {1, 2, callee}},
       .faults = {.outage = 1}},
      {.name = "pair-crash",
       .what = "a page crashes, a page is opened again",
       .places = {{0, 2, caller}, {1, 2, callee}},
       .faults = {.crash = 1, .open = 1}},
      {.name = "pair-crash-loss",
       .what = "a page crashes and a message is lost",
       .places = {{0, 2, caller}, {1, 2, callee}},
       .faults = {.lose = 1, .crash = 1}},
      {.name = "pair-leave",
       .what = "logout, login, a page that is closed and opened again",
       .places = {{0, 3, caller | can(Verb::logout, Verb::login, Verb::close_page)},
                  {1, 3, callee | can(Verb::logout, Verb::login, Verb::close_page)}},
       .faults = {.open = 1}},
      {.name = "pair-devices",
       .what = "devices take their time, or are denied",
       .places = {{0, 2, caller}, {1, 2, callee}},
       .faults = {.deny = 1},
       .slow_devices = true},
      {.name = "pair-path",
       .what = "the media path breaks twice",
       .places = {{0, 2, caller}, {1, 2, callee}},
       .faults = {.path = 2}},
      {.name = "pair-switch",
       .what = "both switch between audio and video, and open and close cameras",
       .places = {{0, 4, caller | can(Verb::switch_media, Verb::camera)},
                  {1, 4, callee | can(Verb::switch_media, Verb::camera)}},
       .faults = {}},
      {.name = "pair-switch-late",
       .what = "both switch, and a message is overtaken",
       .places = {{0, 3, caller | can(Verb::switch_media)}, {1, 3, callee | can(Verb::switch_media)}},
       .faults = {.hold = 1}},
  };
}

std::vector<Setup> media() {
  constexpr std::uint32_t shows = can(Verb::screen, Verb::stop_sharing);
  const std::vector<Place> short_call = {{0, 2, caller}, {1, 2, callee}};
  return {
      {.name = "candidates",
       .what = "hosts find candidates; nothing goes wrong",
       .places = short_call,
       .candidates = true},
      {.name = "candidates-loss",
       .what = "the same, and a message is lost",
       .places = short_call,
       .faults = {.lose = 1},
       .candidates = true},
      {.name = "candidates-late",
       .what = "the same, and a message is overtaken",
       .places = short_call,
       .faults = {.hold = 1},
       .candidates = true},
      {.name = "candidates-mixed",
       .what = "one message is overtaken, one comes twice",
       .places = short_call,
       .faults = {.hold = 1, .duplicate = 1},
       .candidates = true},
      {.name = "candidates-path",
       .what = "they take their time, and the media path breaks",
       .places = short_call,
       .faults = {.path = 1, .delay = 1},
       .candidates = true},
      {.name = "candidates-path-late",
       .what = "the same, and a message is overtaken",
       .places = short_call,
       .faults = {.hold = 1, .path = 1, .delay = 1},
       .candidates = true},
      {.name = "fast",
       .what = "fast_connect: whoever rings answers the offer already",
       .places = short_call,
       .candidates = true,
       .fast_connect = true},
      {.name = "fast-loss",
       .what = "the same, and a message is lost",
       .places = short_call,
       .faults = {.lose = 1},
       .candidates = true,
       .fast_connect = true},
      {.name = "fast-late",
       .what = "the same, and a message is overtaken",
       .places = short_call,
       .faults = {.hold = 1},
       .candidates = true,
       .fast_connect = true},
      {.name = "screen",
       .what = "both share their screens, by the API and by the browser's button, or are denied",
       .places = {{0, 4, caller | shows}, {1, 4, callee | shows}},
       .faults = {.deny = 1}},
      {.name = "screen-late",
       .what = "one shares the screen, and a message is overtaken",
       .places = {{0, 4, can(Verb::call) | shows}, {1, 2, callee | can(Verb::screen)}},
       .faults = {.hold = 1}},
      {.name = "screen-switch",
       .what = "one shares the screen while both switch between audio and video",
       .places = {{0, 3, can(Verb::call, Verb::switch_media)},
                  {1, 4, callee | can(Verb::screen, Verb::switch_media)}},
       .slow_devices = true},
  };
}

std::vector<Setup> crossings() {
  return {
      {.name = "glare",
       .what = "both call each other, and call again",
       .places = {{0, 3, both}, {1, 3, both}},
       .faults = {}},
      {.name = "glare-other",
       .what = "the same, and the other's call ids are the lower ones",
       .places = {{0, 3, both}, {1, 3, both}},
       .faults = {},
       .later_id_wins = true},
      {.name = "glare-loss",
       .what = "both call, and a message is lost",
       .places = {{0, 2, both}, {1, 2, both}},
       .faults = {.lose = 1}},
      {.name = "glare-late",
       .what = "both call, and a message is overtaken",
       .places = {{0, 2, both}, {1, 2, both}},
       .faults = {.hold = 1}},
      {.name = "glare-crash",
       .what = "both call, a page crashes, and comes back",
       .places = {{0, 2, both}, {1, 2, both}},
       .faults = {.crash = 1, .open = 1}},
      {.name = "redial-late",
       .what = "calls one after the other, and two messages of an earlier one come late",
       .places = {{0, 4, caller}, {1, 2, callee}},
       .faults = {.hold = 2}},
  };
}

std::vector<Setup> sessions() {
  const Place second{1, 1, callee, false};
  return {
      {.name = "two-sessions",
       .what = "the callee logs in a second time while it rings",
       .places = {{0, 2, caller}, {1, 1, callee}, second},
       .faults = {.open = 1},
       .claims = true},
      {.name = "two-sessions-loss",
       .what = "the same, and a message is lost",
       .places = {{0, 2, caller}, {1, 1, callee}, second},
       .faults = {.lose = 1, .open = 1},
       .claims = true},
      {.name = "two-sessions-late",
       .what = "the same, and a message is overtaken",
       .places = {{0, 2, caller}, {1, 1, callee}, second},
       .faults = {.hold = 1, .open = 1},
       .claims = true},
  };
}

std::vector<Setup> groups() {
  constexpr std::uint32_t inviter = can(Verb::group_call, Verb::hang_up);
  constexpr std::uint32_t answer = can(Verb::accept, Verb::hang_up);
  return {
      {.name = "group",
       .what = "one calls two others",
       .places = {{0, 2, inviter}, {1, 2, callee}, {2, 2, callee}},
       .faults = {}},
      {.name = "group-loss",
       .what = "one calls two others, and a message is lost",
       .places = {{0, 1, inviter}, {1, 1, answer}, {2, 1, answer}},
       .faults = {.lose = 1}},
      {.name = "group-invite",
       .what = "somebody is added to a call of two",
       .places = {{0, 2, can(Verb::call, Verb::hang_up)}, {1, 2, answer | can(Verb::invite)}, {2, 2, callee}},
       .faults = {}},
      {.name = "group-topic",
       .what = "a call over the group's topic",
       .places = {{0, 2, can(Verb::call_group, Verb::hang_up)}, {1, 2, callee}, {2, 2, callee}},
       .faults = {}},
      {.name = "group-seek",
       .what = "one enters the group's call without an invitation",
       .places = {{0, 2, can(Verb::call_group, Verb::hang_up)},
                  {1, 1, answer},
                  {2, 2, can(Verb::join_call, Verb::reject, Verb::hang_up)}},
       .faults = {}},
  };
}

std::vector<Setup> table() {
  std::vector<Setup> all;
  for (auto* part : {&pairs, &media, &crossings, &sessions, &groups}) {
    for (Setup& setup : (*part)()) all.push_back(std::move(setup));
  }
  return all;
}

}  // namespace

const std::vector<Setup>& worlds() {
  static const std::vector<Setup> all = table();
  return all;
}

}  // namespace trtc::explore
