// What may happen next, and its name.
#include <algorithm>

#include "explore/inspection.hpp"
#include "explore/names.hpp"
#include "explore/stage.hpp"
#include "explore/world.hpp"
#include "session/deadline.hpp"

namespace trtc::explore {
namespace {

using Kind = Choice::Kind;

constexpr std::array<const char*, verbs> verb_names{
    "call",    "call-audio", "group-call", "call-group", "invite",       "join-call", "accept", "reject",
    "hang-up", "switch",     "camera",     "screen",     "stop-sharing", "logout",    "login",  "close-page"};

bool makes_sense(const Page& page, Verb verb) {
  const CallStatus status = page.engine.call_status();
  const SessionStatus session = page.engine.session_status();
  const bool inside = session == SessionStatus::online || session == SessionStatus::reconnecting;
  if (verb == Verb::login)
    return session == SessionStatus::logged_out || session == SessionStatus::kicked_out;
  if (verb == Verb::close_page) return true;
  if (!inside) return false;
  const bool in = status == CallStatus::in_call || status == CallStatus::inviting;
  const CallInfo* const info = call::info_of(Inspection::call(page.engine));
  switch (verb) {
    case Verb::call:
    case Verb::call_audio:
    case Verb::group_call:
    case Verb::call_group:
    case Verb::join_call:
      return status == CallStatus::idle;
    case Verb::invite:
      return in;
    case Verb::accept:
    case Verb::reject:
      return status == CallStatus::ringing;
    case Verb::hang_up:
      return status != CallStatus::idle;
    case Verb::switch_media:
      return (in || status == CallStatus::ringing) && info != nullptr && !info->group;
    case Verb::camera:
      return in && info != nullptr && info->media == MediaType::video;
    case Verb::screen:
      return in;
    case Verb::stop_sharing:
      return page.screen;
    case Verb::logout:
    case Verb::login:
    case Verb::close_page:
      break;
  }
  return true;
}

void acts(const World& world, std::uint8_t place, std::vector<Choice>& out) {
  const Page& page = *world.pages[place];
  if (world.actions[place] == 0) return;
  for (std::uint8_t verb = 0; verb < verbs; ++verb) {
    if ((world.setup->places[place].may & can(static_cast<Verb>(verb))) == 0) continue;
    if (makes_sense(page, static_cast<Verb>(verb))) out.push_back({Kind::act, place, place, verb});
  }
}

/// What the host of a page has yet to report.
bool reports(const World& world, const Page& page, bool calm, std::vector<Choice>& out) {
  const bool deny = !calm && world.left.deny > 0;
  bool urgent = false;
  for (std::uint8_t i = 0; i < page.peers.size(); ++i) {
    const Peer& peer = page.peers[i];
    const bool making = peer.making != Peer::Making::nothing;
    if (making) out.push_back({Kind::describe, page.place, page.place, i});
    if (peer.gathering) out.push_back({Kind::gather, page.place, page.place, i});
    if (peer.gathering && !peer.slow && !calm && world.left.delay > 0)
      out.push_back({Kind::delay, page.place, page.place, i});
    const Truth truth = truth_of(world, page, peer);
    const bool worse =
        (peer.state == ConnectionState::connected && !truth.connected) || (peer.flowing && !truth.flowing);
    if (worse) out.push_back({Kind::notice, page.place, page.place, i});
    urgent = urgent || making || worse || (peer.gathering && !peer.slow);
  }
  for (std::uint8_t i = 0; i < page.captures.size(); ++i) {
    out.push_back({Kind::open_device, page.place, page.place, i});
    if (deny) out.push_back({Kind::deny_device, page.place, page.place, i});
    urgent = urgent || !world.setup->slow_devices;
  }
  return urgent;
}

void meddle(const World& world, std::uint8_t flight, std::vector<Choice>& out) {
  const Flight& one = world.flights[flight];
  if (world.left.lose > 0) out.push_back({Kind::lose, one.from, one.to, flight});
  if (world.left.hold > 0) out.push_back({Kind::hold, one.from, one.to, flight});
  if (world.left.duplicate > 0) out.push_back({Kind::repeat, one.from, one.to, flight});
}

/// Acknowledgements come before anything else happens: they change nothing but the outbox.
bool acknowledgements(const World& world, bool calm, std::vector<Choice>& out) {
  for (std::uint8_t i = 0; i < world.flights.size(); ++i) {
    const Flight& one = world.flights[i];
    if (!one.packet->is_ack()) continue;
    out.push_back({Kind::acknowledge, one.from, one.to, i});
    if (!calm) meddle(world, i, out);
    return true;
  }
  return false;
}

void deliveries(const World& world, bool calm, std::vector<Choice>& out) {
  std::uint32_t pairs = 0;
  for (std::uint8_t i = 0; i < world.flights.size(); ++i) {
    const Flight& one = world.flights[i];
    const std::uint32_t pair = 1U << (one.from * max_places + one.to);
    if ((pairs & pair) != 0) continue;
    pairs |= pair;
    out.push_back({Kind::deliver, one.from, one.to, i});
    if (!calm) meddle(world, i, out);
  }
  if (calm) return;
  for (std::uint8_t i = 0; i < world.held.size(); ++i)
    out.push_back({Kind::release, world.held[i].from, world.held[i].to, i});
}

void accidents(const World& world, std::uint8_t place, std::vector<Choice>& out) {
  const Page& page = *world.pages[place];
  const auto may = [&](std::uint8_t left, Kind kind) {
    if (left > 0) out.push_back({kind, place, place, 0});
  };
  if (page.socket != 0) may(world.left.disconnect, Kind::disconnect);
  if (!page.offline) may(world.left.outage, Kind::outage);
  may(world.left.crash, Kind::crash);
  const bool connected = std::any_of(page.peers.begin(), page.peers.end(), [](const Peer& peer) {
    return peer.state == ConnectionState::connected && !peer.broken;
  });
  if (connected) may(world.left.path, Kind::break_path);
}

void clocks(const World& world, std::vector<Choice>& out) {
  std::optional<Instant> first;
  std::array<std::optional<Instant>, max_places> deadlines;
  for (std::uint8_t place = 0; place < max_places; ++place) {
    if (!world.pages[place]) continue;
    deadlines[place] = deadline_of(*world.pages[place]);
    if (deadlines[place] && (!first || *deadlines[place] < *first)) first = deadlines[place];
  }
  for (std::uint8_t place = 0; place < max_places; ++place) {
    if (deadlines[place] && *deadlines[place] <= std::max(*first, world.now))
      out.push_back({Kind::time, place, place, 0});
  }
}

}  // namespace

std::optional<Instant> deadline_of(const Page& page) {
  std::optional<Instant> next;
  const auto consider = [&next](std::optional<Instant> at) {
    if (at && (!next || *at < *next)) next = at;
  };
  if (const auto* waiting = Inspection::waiting(page.engine)) consider(waiting->until);
  consider(session::next_deadline(Inspection::session(page.engine)));
  consider(call::next_deadline(Inspection::call(page.engine)));
  if (page.online()) {
    for (const auto& entry : Inspection::outbox(page.engine))
      consider(entry.letter.expires ? std::min(entry.next, *entry.letter.expires) : entry.next);
  }
  constexpr Instant far{Duration{std::int64_t{1} << 40U}};
  return next && *next > far ? std::nullopt : next;
}

void choices_of(const World& world, std::vector<Choice>& out, bool calm) {
  out.clear();
  if (acknowledgements(world, calm, out)) return;
  deliveries(world, calm, out);
  bool urgent = !world.flights.empty();
  for (std::uint8_t place = 0; place < max_places; ++place) {
    if (!world.pages[place]) {
      const bool there = place < world.setup->places.size();
      if (!calm && there && world.left.open > 0) out.push_back({Kind::open, place, place, 0});
      continue;
    }
    const Page& page = *world.pages[place];
    urgent = reports(world, page, calm, out) || urgent;
    if (page.offline) out.push_back({Kind::restore, place, place, 0});
    if (calm) continue;
    acts(world, place, out);
    accidents(world, place, out);
  }
  if (!urgent) clocks(world, out);
}

std::string place_name(const World& world, std::uint8_t place) {
  const auto& places = world.setup->places;
  const std::uint8_t user = places[place].user;
  const auto earlier = std::count_if(places.begin(), places.begin() + place,
                                     [user](const Place& one) { return one.user == user; });
  return users[user] + (earlier > 0 ? std::to_string(earlier + 1) : "");
}

std::string name_of(const World& world, const Choice& choice) {
  constexpr std::array<const char*, 20> kinds{
      "",         "",           "",          "lose:",       "hold:",       "repeat:",     "release:",
      "device:",  "no-device:", "describe:", "notice:",     "time:",       "disconnect:", "outage:",
      "restore:", "crash:",     "open:",     "break-path:", "candidates:", "slow:"};
  const std::string from = place_name(world, choice.from);
  std::string name = kinds[static_cast<std::size_t>(choice.kind)];
  switch (choice.kind) {
    case Kind::act:
      return from + ':' + verb_names[choice.what];
    case Kind::deliver:
    case Kind::acknowledge:
    case Kind::lose:
    case Kind::hold:
    case Kind::repeat:
    case Kind::release: {
      name += from + '>' + place_name(world, choice.to);
      const bool held = choice.kind == Kind::release;
      if (held && choice.what > 0) name += ':' + std::to_string(choice.what);
      const auto& list = held ? world.held : world.flights;
      return list[choice.what].packet->is_ack() ? name + ":ack" : name;
    }
    default:
      name += from;
      return choice.what > 0 ? name + ':' + std::to_string(choice.what) : name;
  }
}

}  // namespace trtc::explore
