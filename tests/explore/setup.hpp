// What a world is made of, and what may happen in it: everything is bounded, so every world is finite.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "time.hpp"

namespace trtc::explore {

inline constexpr std::size_t max_places = 4;

/// What a user may do. The order is that of the choices.
enum class Verb : std::uint8_t {
  call,        ///< the next user, video
  call_audio,  ///< likewise, audio
  group_call,  ///< all other users, video
  call_group,  ///< all other users, over the group's topic
  invite,      ///< all other users who are not there
  join_call,   ///< of the group
  accept,
  reject,
  hang_up,
  switch_media,  ///< audio ↔ video
  camera,        ///< open it, close it
  screen,        ///< show it, or no longer
  stop_sharing,  ///< the browser's own button
  logout,
  login,
  close_page,  ///< pagehide, and the page is gone
};
inline constexpr std::size_t verbs = 16;
constexpr std::uint32_t can(Verb verb) { return 1U << static_cast<unsigned>(verb); }
template <class... Verbs>
constexpr std::uint32_t can(Verb first, Verbs... more) {
  return can(first) | (can(more) | ... | 0U);
}

/// A tab, or room for one: whose it is, and how often its user may act.
struct Place {
  std::uint8_t user = 0;
  std::uint8_t actions = 0;
  std::uint32_t may = 0;
  bool open = true;  ///< from the beginning, logged in
};

/// How often what may go wrong does so.
struct Faults {
  std::uint8_t lose = 0;        ///< a message on its way to one receiver
  std::uint8_t hold = 0;        ///< a message is overtaken by others, and by time
  std::uint8_t duplicate = 0;   ///< a message comes again later
  std::uint8_t disconnect = 0;  ///< a socket closes; it opens again at the first attempt
  std::uint8_t outage = 0;      ///< a socket closes, and none opens until the network is back
  std::uint8_t crash = 0;       ///< a page is gone without a word
  std::uint8_t open = 0;        ///< a page is opened (again) in an empty place, and logs in
  std::uint8_t deny = 0;        ///< a device cannot be opened
  std::uint8_t path = 0;        ///< the media path of a pair breaks until it is restarted
  std::uint8_t delay = 0;       ///< the candidates of a description take any time
};

/// One world: a row of the table (worlds.cpp).
struct Setup {
  std::string name;
  std::string what;
  std::vector<Place> places;
  Faults faults{};
  Duration ring{30000};
  bool slow_devices = false;   ///< time may pass while a device is being opened
  bool candidates = false;     ///< hosts find one batch of them for each description, and need it to connect
  bool fast_connect = false;   ///< whoever rings answers the offer already
  bool claims = false;         ///< several sessions of a user: claims are repeated as time passes
  bool later_id_wins = false;  ///< the first place draws the greater call ids: glare the other way round
  std::uint64_t states =
      1'000'000;  ///< the long run stops here, if the world has not closed before; 0 = never
};

const std::vector<Setup>& worlds();

}  // namespace trtc::explore
