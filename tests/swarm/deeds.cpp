// What the users and the world do.
#include <algorithm>
#include <string>

#include "swarm/swarm.hpp"

namespace trtc::swarm {
namespace {

std::size_t index_of(Kind kind) { return static_cast<std::size_t>(kind); }

/// Most rings end by themselves.
Duration timeout_of(std::int64_t amount) {
  if (amount % 20 == 0) return 0s;
  return amount % 3 == 0 ? 5s : amount % 3 == 1 ? 15s : 30s;
}
MediaType media_of(std::int64_t amount) { return amount % 2 == 0 ? MediaType::video : MediaType::audio; }

/// "type":"accept" of a message, or what else it is.
std::string type_of(const std::string& topic, const std::string& payload) {
  const std::string key = "\"type\":\"";
  const std::size_t at = payload.find(key);
  if (at == std::string::npos) return topic.find("/on/") != std::string::npos ? "presence" : "?";
  const std::size_t from = at + key.size();
  std::string out = payload.substr(from, payload.find('"', from) - from);
  if (topic.find("/group/") != std::string::npos) out += " (group)";
  for (const char* field : {"\"reason\":\"", "\"list\":"}) {
    const std::size_t found = payload.find(field);
    if (found == std::string::npos || out == "candidates") continue;
    const std::size_t start = found + std::string(field).size();
    out += ' ' + payload.substr(start, payload.find_first_of("}\"", start) - start);
    break;
  }
  return out;
}

/// So long after a fault of the path or of the clock a message may still be missed. What was lost is sent
/// again within 4.4 s; whoever was cut off is back within 8 s, and a ring waits 10 s.
Duration aftermath(Kind kind) {
  if (kind < Kind::loss || kind > Kind::background) return 0s;
  if (kind == Kind::loss || kind == Kind::duplication) return 6s;
  if (kind == Kind::slow_consumer) return 45s;
  return kind == Kind::background ? 75s : 20s;
}

}  // namespace

void Swarm::act(const Deed& deed) {
  note(deed.who, "# " + text(deed));
  if (deed.kind < Kind::log_out) {
    if (Tab* const tab = current(deed.who)) say(*tab, deed);
  } else if (deed.kind <= Kind::second_login) {
    tab_deed(deed);
  } else {
    begin(deed);
  }
}

void Swarm::say(Tab& tab, const Deed& deed) {
  sim::Client& client = *tab.client;
  std::vector<std::string> whom;
  for (const std::size_t user : deed.whom) whom.push_back(name_of(user));
  const MediaType media = media_of(deed.amount);
  switch (deed.kind) {
    case Kind::call:
      return void(client.call(whom.front(), media, timeout_of(deed.amount)));
    case Kind::group_call:
      return void(client.group_call(whom, deed.amount < 40 ? "g1" : "", media, timeout_of(deed.amount)));
    case Kind::invite:
      return void(client.invite(whom, timeout_of(deed.amount)));
    case Kind::join_call:
      return void(client.join_call("g1", media));
    case Kind::accept:
      return void(client.accept());
    case Kind::reject:
      return void(client.reject(deed.amount == 1));
    case Kind::hang_up:
      return void(client.hang_up());
    case Kind::camera:
      return void(client.camera(deed.amount == 1));
    case Kind::microphone:
      return void(client.microphone(deed.amount == 1));
    case Kind::screen:
      return void(client.screen(deed.amount == 1));
    default:
      return void(client.switch_to(static_cast<MediaType>(deed.amount)));
  }
}

void Swarm::tab_deed(const Deed& deed) {
  User& user = users_[deed.who];
  Tab* const tab = current(deed.who);
  if (deed.kind == Kind::second_login) {
    if (user.tabs.size() < 12) open_tab(deed.who);
    return;
  }
  if (tab == nullptr) return;
  user.away_until = world_.now() + deed.span;
  if (deed.kind == Kind::log_out) return void(tab->client->logout());
  if (deed.kind == Kind::reload) {
    tab->client->close_page();
  } else {
    tab->client->crash();
  }
}

void Swarm::begin(const Deed& deed) {
  if (deed.kind == Kind::broker_restart) {
    world_.stop_broker();
    world_.later(deed.span, [this] { world_.start_broker(); });
    for (User& user : users_)
      user.troubled_until = std::max(user.troubled_until, world_.now() + deed.span + aftermath(deed.kind));
    return;
  }
  Fault& fault = users_[deed.who].faults[index_of(deed.kind)];
  ++fault.count;
  fault.amount = deed.amount;
  apply(deed.who);
  for (const std::size_t index : users_[deed.who].tabs) {
    if (tabs_[index]->client->alive()) once(deed, *tabs_[index]->client);
  }
  world_.later(deed.span, [this, &deed] { end(deed); });
}

void Swarm::end(const Deed& deed) {
  note(deed.who, "# no more: " + std::string(name(deed.kind)));
  User& user = users_[deed.who];
  --user.faults[index_of(deed.kind)].count;
  user.troubled_until = std::max(user.troubled_until, world_.now() + aftermath(deed.kind));
  apply(deed.who);
  for (const std::size_t index : users_[deed.who].tabs) {
    sim::Client& client = *tabs_[index]->client;
    if (!client.alive()) continue;
    if (deed.kind == Kind::broken_media) client.heal_media();
    if (deed.kind == Kind::unplug_microphone || deed.kind == Kind::denied_devices) client.plug(true);
  }
}

void Swarm::once(const Deed& deed, sim::Client& client) {
  User& user = users_[deed.who];
  switch (deed.kind) {
    case Kind::drop_socket:
      return client.drop_socket();
    case Kind::clock_jump:
      user.jumped += Duration(std::abs(deed.amount));
      client.clock.jump(Duration(deed.amount));
      return client.clock_changed();
    case Kind::unplug_microphone:
      client.denied = MediaError::not_found;
      return client.unplug_microphone();
    case Kind::unplug_camera:
      return client.unplug_camera();
    case Kind::broken_media:
      return client.break_media();
    case Kind::failed_media:
      return client.fail_media();
    default:
      return;
  }
}

bool Swarm::active(std::size_t user, Kind kind) const {
  return users_[user].faults[index_of(kind)].count > 0;
}
/// Whether something is, or was a moment ago, between the user and the others.
bool Swarm::troubled(std::size_t user) const {
  const auto& faults = users_[user].faults;
  for (std::size_t kind = index_of(Kind::loss); kind <= index_of(Kind::background); ++kind) {
    if (faults[kind].count > 0) return true;
  }
  return world_.now() < users_[user].troubled_until;
}
std::int64_t Swarm::amount(std::size_t user, Kind kind) const {
  const Fault& fault = users_[user].faults[index_of(kind)];
  return fault.count > 0 ? fault.amount : 0;
}

/// Brings the tabs of a user in line with what is wrong at the moment.
void Swarm::apply(std::size_t user) {
  for (const std::size_t index : users_[user].tabs) {
    sim::Client& client = *tabs_[index]->client;
    if (!client.alive()) continue;
    client.weather = {Duration(amount(user, Kind::delay)), Duration(amount(user, Kind::jitter)),
                      Duration(amount(user, Kind::slow_consumer))};
    client.online = !active(user, Kind::drop_socket);
    client.denied.reset();
    if (active(user, Kind::denied_devices)) client.denied = MediaError::permission_denied;
    if (active(user, Kind::unplug_microphone)) client.denied = MediaError::not_found;
    client.camera_missing = active(user, Kind::no_camera);
    client.capture_time = 50ms + Duration(amount(user, Kind::late_devices));
    client.negotiation_time = 2ms + Duration(amount(user, Kind::late_negotiation));
    client.negotiation_fails = active(user, Kind::failed_negotiation);
    client.media_blocked = active(user, Kind::blocked_media);
    client.set_deaf(active(user, Kind::deaf));
    client.hide_connections(active(user, Kind::hidden));
    client.cut(active(user, Kind::partition));
    const std::int64_t rate = amount(user, Kind::clock_rate);
    client.clock.set_rate(world_.now(), rate == 0 ? 1000 : static_cast<int>(rate));
    if (client.throttle > 0s) users_[user].late_until = world_.now() + 65s;
    client.throttle = active(user, Kind::background) ? 60s : 0s;
    client.clock_changed();
  }
}

/// What the application does when the phone rings.
void Swarm::react(Tab& tab, const Effects& effects) {
  for (const Effect& effect : effects) {
    const auto* const invited = std::get_if<effect::Invited>(&effect);
    if (invited == nullptr) continue;
    sim::Dice dice(plan_.seed * 4096 + tab.user * 64 + ++users_[tab.user].invited);
    const std::uint32_t mood = dice.below(100);
    if (mood >= 85) continue;  // nobody is at the phone
    const Duration pause(dice.below(3) == 0 ? dice.between(0, 50) : dice.between(50, 8000));
    const bool twice = dice.chance(15);
    world_.later(pause, [this, &tab, mood, twice, call = invited->call.call.text] {
      if (!usable(tab) || tab.witness->call() != call || tab.client->status() != CallStatus::ringing) return;
      note(tab.user, mood < 65 ? "accept()" : mood < 80 ? "reject()" : "hangup()");
      if (mood < 65)
        tab.client->accept(call);
      else if (mood < 80)
        tab.client->reject(mood % 3 == 0, call);
      else
        tab.client->hang_up();
      if (mood < 65 && twice) tab.client->accept(call);
    });
  }
}

/// The broker's last metre: a publication is lost, late, or comes twice.
void Swarm::deliver(sim::Link link, const std::string& topic, const std::string& payload,
                    const Bytes& packet) {
  sim::Client* const client = world_.owner(link);
  if (client == nullptr) return;
  const std::size_t to = tabs_[client->number() - 1]->user;
  sim::Dice& dice = users_[to].dice;
  const bool lost = dice.chance(static_cast<std::uint32_t>(amount(to, Kind::loss)));
  if (story_.wanted()) {
    const std::string account = topic.substr(topic.rfind('_') + 1);
    std::size_t from = 0;
    while (from < users_.size() && name_of(from) != account) ++from;
    story_.arrow(world_.now(), from, to, type_of(topic, payload), lost);
  }
  if (lost) return;
  const std::int64_t late = amount(to, Kind::reordering);
  const Duration wait(late > 0 && dice.chance(50) ? dice.between(1, late) : 0);
  const auto send = [this, link, packet] { world_.broker().send(link, packet); };
  if (wait > Duration(0))
    world_.later(wait, send);
  else
    send();
  if (dice.chance(static_cast<std::uint32_t>(amount(to, Kind::duplication))))
    world_.later(Duration(dice.between(0, 3000)), send);
}

}  // namespace trtc::swarm
