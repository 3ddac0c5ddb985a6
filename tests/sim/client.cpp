#include "sim/client.hpp"

#include <algorithm>
#include <utility>

#include "error.hpp"
#include "sim/describe.hpp"
#include "sim/world.hpp"

namespace trtc::sim {
namespace {

Seed seed_of(std::uint32_t number, std::uint64_t salt) {
  Seed seed{};
  for (unsigned i = 0; i < 4; ++i) seed[i] = static_cast<std::uint8_t>(number >> (8 * i));
  for (unsigned i = 0; i < 8; ++i) seed[4 + i] = static_cast<std::uint8_t>(salt >> (8 * i));
  return seed;
}

}  // namespace

Client::Client(World& world, std::string user, std::uint32_t number, std::uint64_t salt)
    : world_(world),
      user_(std::move(user)),
      number_(number),
      config_{1400000000, {"ws://broker/mqtt"}, seed_of(number, salt), false},
      engine_(std::make_unique<Engine>(config_)),
      dice_(salt * 1000 + number) {}

template <class Verb, class... Parts>
OpId Client::ask(Parts&&... parts) {
  const OpId op{++ops_};
  feed(Verb{op, std::forward<Parts>(parts)...});
  return op;
}

OpId Client::login(const std::string& sig) { return ask<input::Login>(user_, sig); }
OpId Client::logout() { return ask<input::Logout>(); }
OpId Client::call(const std::string& user, MediaType media, Duration timeout) {
  return ask<input::Call>(user, media, timeout, "data", 0u);
}
OpId Client::group_call(const std::vector<std::string>& users, const std::string& group, MediaType media,
                        Duration timeout) {
  return ask<input::GroupCall>(users, media, timeout, "data", 0u, group);
}
OpId Client::invite(const std::vector<std::string>& users, Duration timeout) {
  return ask<input::InviteUsers>(users, timeout);
}
OpId Client::join_call(const std::string& group, MediaType media) {
  return ask<input::JoinGroupCall>(media, group, 0u);
}
OpId Client::join_group(const std::string& group) { return ask<input::JoinGroup>(group); }
OpId Client::quit_group(const std::string& group) { return ask<input::QuitGroup>(group); }
OpId Client::screen(bool on) { return ask<input::SetScreen>(on); }
OpId Client::switch_to(MediaType media) { return ask<input::SwitchMedia>(media); }
OpId Client::accept(const std::string& call) { return ask<input::Accept>(call); }
OpId Client::reject(bool busy, const std::string& call) { return ask<input::Reject>(call, busy); }
OpId Client::hang_up() { return ask<input::HangUp>(); }
OpId Client::camera(bool on) { return ask<input::SetCamera>(on); }
OpId Client::microphone(bool on) { return ask<input::SetMicrophone>(on); }

void Client::close_page() {
  feed(input::PageClosed{});
  crash();
}

void Client::crash() {
  alive_ = false;
  for (const auto& [id, peer] : std::map(peers_)) end_consent(id);
  peers_.clear();
  planned_.reset();
  world_.media_moved_ = true;
  if (std::exchange(socket_, std::nullopt)) lose_link();
}

std::string Client::events() const {
  std::string out;
  for (const std::string& event : events_) out += event + '\n';
  return out;
}

std::string Client::outcome(OpId op) const {
  const auto at = outcomes_.find(op.value);
  return at == outcomes_.end() ? std::string() : at->second;
}

bool Client::quiet() const {
  return status() == CallStatus::idle && !microphone_ && !camera_ && !screen_ && peers_.empty();
}

bool Client::hears(const std::string& user) const {
  return std::any_of(peers_.begin(), peers_.end(),
                     [&](const auto& entry) { return entry.second.user == user && entry.second.flowing; });
}

std::vector<std::string> Client::receivers() const {
  std::vector<std::string> out;
  for (const auto& [id, peer] : peers_) {
    if (peer.sending) out.push_back(peer.user);
  }
  return out;
}

Instant Client::engine_time() const { return clock.at(world_.now()); }

void Client::feed(const Input& input) {
  if (std::holds_alternative<input::TimePassed>(input)) ++wake_ups_;
  if (!alive_) return;
  const Effects effects = engine_->handle(clock.at(world_.now()), input);
  for (const Effect& effect : effects) {
    describe(effect);
    std::visit([this](const auto& one) { perform(one); }, effect);
  }
  world_.plan(*this);
  if (watch) watch(input, effects);
  if (world_.between_batches) world_.between_batches(engine_, config_);
}

void Client::describe(const Effect& effect) {
  if (std::holds_alternative<effect::Ignored>(effect)) ++ignored_;
  if (const auto* changed = std::get_if<effect::RosterChanged>(&effect)) roster_ = roster_text(*changed);
  if (const auto* invited = std::get_if<effect::Invited>(&effect)) {
    last_invite_ = invited->call.call.text;
    last_inviter_profile_ = invited->call.inviter_profile;
  }
  if (!records_events) return;
  if (const auto* done = std::get_if<effect::Done>(&effect)) {
    outcomes_[done->op.value] += result_text(done->result);
  } else if (const auto* failed = std::get_if<effect::Failed>(&effect)) {
    outcomes_[failed->op.value] += trtc::describe(failed->error.code).name;
  } else if (const std::string text = event_text(effect); !text.empty()) {
    events_.push_back(text);
  }
}

// A throttled tab's timers wait for the next slot.
Instant Client::timer(Instant at) const {
  if (throttle <= Duration(0)) return at;
  const auto slot = throttle.count();
  return Instant(Duration((at.time_since_epoch().count() + slot - 1) / slot * slot));
}

void Client::clock_changed() {
  if (alive_) world_.plan(*this);
}

// ---- The path to the broker. ----

void Client::carry(Way& way, Duration latency, std::function<void()> arrive) {
  if (cut_) return way.held.push_back(std::move(arrive));
  const auto more = weather.jitter > Duration(0) ? dice_.between(0, weather.jitter.count()) : 0;
  const Instant soonest = world_.now() + latency + weather.delay + Duration(more);
  way.free = std::max(soonest, &way == &down_ ? way.free + weather.pace : way.free);
  ++way.waiting;
  world_.agenda_.add(way.free, [&way, arrive = std::move(arrive)] {
    --way.waiting;
    arrive();
  });
}

void Client::cut(bool now) {
  if (cut_ == now) return;
  cut_ = now;
  ++cuts_;
  if (!cut_) {
    for (Way* way : {&up_, &down_}) {
      for (auto& arrive : std::exchange(way->held, {})) carry(*way, world_.latency, std::move(arrive));
    }
    return;
  }
  // MQTT 3.1.1, section 3.1.2.10: the broker waits one and a half times the keep-alive.
  world_.later(90s, [this, link = link_, cuts = cuts_] {
    if (cuts == cuts_) world_.broker_.lost(link);
  });
}

/// The broker finds the socket gone.
void Client::lose_link() {
  carry(up_, world_.latency, [this, link = link_] { world_.broker_.lost(link); });
}

void Client::drop_socket(std::uint16_t code) {
  if (!socket_) return;
  const SocketId socket{*std::exchange(socket_, std::nullopt)};
  lose_link();
  feed(input::SocketClosed{socket, code, {}});
}

void Client::perform(const effect::OpenSocket& open) {
  opening_ = open.socket.value;
  carry(up_, world_.latency, [this, socket = open.socket] {
    if (!alive_ || opening_ != socket.value) return;
    opening_.reset();
    if (!online || !world_.broker_up_) return feed(input::SocketClosed{socket, 1006, {}});
    socket_ = socket.value;
    link_ = static_cast<Link>(world_.links_.size());
    world_.links_.push_back(this);
    world_.broker_.opened(link_);
    feed(input::SocketOpened{socket});
  });
}
void Client::perform(const effect::SendBytes& send) {
  if (!socket_ || *socket_ != send.socket.value) return;
  carry(up_, world_.latency,
        [this, link = link_, bytes = send.bytes] { world_.broker_.received(link, bytes); });
}
void Client::perform(const effect::CloseSocket& close) {
  if (opening_ == close.socket.value) opening_.reset();
  if (!socket_ || *socket_ != close.socket.value) return;
  socket_.reset();
  carry(up_, world_.latency + 1ms, [this, link = link_] { world_.broker_.lost(link); });
}

}  // namespace trtc::sim
