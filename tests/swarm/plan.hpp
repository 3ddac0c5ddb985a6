// What is going to happen in one run, drawn from its seed: who does what when, and what goes wrong meanwhile.
// A plan is a list, so that a failing one can be made shorter (shrink.hpp).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "time.hpp"

namespace trtc::swarm {

enum class Kind : std::uint8_t {
  // ---- The users. ----
  call,
  group_call,
  invite,
  join_call,
  accept,
  reject,
  hang_up,
  camera,
  microphone,
  screen,
  switch_media,
  log_out,  ///< and in again after `span`
  // ---- Their tabs. ----
  reload,        ///< the page says goodbye, a new one logs in after `span`
  crash,         ///< without a goodbye; a new one logs in after `span`
  second_login,  ///< another tab of the same user
  // ---- What goes wrong, for a `span`. ----
  loss,
  duplication,
  reordering,
  delay,
  jitter,
  slow_consumer,
  partition,
  drop_socket,
  broker_restart,
  clock_jump,
  clock_rate,
  background,  ///< timers fire once a minute
  denied_devices,
  no_camera,
  unplug_microphone,
  unplug_camera,
  late_devices,
  late_negotiation,
  failed_negotiation,
  blocked_media,
  broken_media,
  failed_media,
  deaf,    ///< connected without RTP
  hidden,  ///< RTP without connected
};

struct Deed {
  Instant at;
  Kind kind = Kind::call;
  std::size_t who = 0;
  std::vector<std::size_t> whom;
  std::int64_t amount = 0;  ///< its unit depends on the kind
  Duration span{0};
};

struct Wishes {
  std::uint64_t seed = 1;
  std::optional<std::size_t> clients;            ///< else drawn: 2 to 50
  std::optional<std::vector<std::size_t>> only;  ///< numbers of the deeds to keep; else all
};

struct Plan {
  std::uint64_t seed = 1;
  std::size_t users = 2;
  Duration trouble{0};  ///< after that nothing goes wrong any more
  std::vector<Deed> deeds;
  std::vector<std::size_t> numbers;  ///< of the deeds in the whole plan
};

Plan draw(const Wishes& wishes);
Plan keep(const Plan& plan, const std::vector<bool>& kept);

const char* name(Kind kind);
std::string name_of(std::size_t user);
std::string text(const Deed& deed);

}  // namespace trtc::swarm
