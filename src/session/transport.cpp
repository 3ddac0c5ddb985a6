#include "session/transport.hpp"

#include <algorithm>
#include <utility>

#include "signaling/codec.hpp"
#include "signaling/topics.hpp"

namespace trtc {
namespace {

constexpr unsigned steepest = 5;  // doublings, to longest_pause

// Full jitter above half of the step, so that a restarted broker is not met by everybody at once.
Duration pause_after(unsigned rounds, Random& random) {
  const Duration step =
      std::min(Transport::longest_pause, Transport::first_pause * (1 << std::min(rounds, steepest)));
  const auto half = static_cast<std::uint32_t>(step.count() / 2);
  return Duration(half + random.below(half + 1));
}

// Keep-alive is long because a background tab may run timers once a minute only (protocol, section 1).
constexpr std::uint16_t keep_alive_s = 60;

constexpr std::uint16_t close_try_later = 1013;
constexpr std::uint16_t close_replaced = 4001;
constexpr std::uint16_t close_expired = 4002;

// RabbitMQ and NATS refuse a login by closing the WebSocket instead of answering CONNECT.
bool is_refusal(std::uint16_t code) { return code == 1002 || code == 1008; }

}  // namespace

void Transport::start(Instant now, Credentials credentials, Random& random, Effects& effects) {
  if (last_socket_ == 0) shuffle(random);
  credentials_ = std::move(credentials);
  failures_ = 0, connection_ = 0;
  watched_.clear();
  open(now, effects);
}

void Transport::stop(bool clean, Effects& effects) {
  if (mqtt::Connection* const connection = mqtt(); connection != nullptr && clean)
    connection->disconnect(out_);
  close(effects);
  credentials_ = {};
  watched_.clear();
  state_ = Stopped{};
}

mqtt::Connection* Transport::mqtt() {
  if (auto* greeting = std::get_if<Greeting>(&state_)) return &greeting->mqtt;
  if (auto* online = std::get_if<Online>(&state_)) return &online->mqtt;
  return nullptr;
}

std::optional<SocketId> Transport::socket() const {
  if (const auto* opening = std::get_if<Opening>(&state_)) return opening->socket;
  if (const auto* greeting = std::get_if<Greeting>(&state_)) return greeting->socket;
  if (const auto* online = std::get_if<Online>(&state_)) return online->socket;
  return std::nullopt;
}

mqtt::ConnectOptions Transport::options() const {
  mqtt::ConnectOptions options;
  options.client_id = credentials_.account.text + '_' + credentials_.session.text;
  options.user_name = credentials_.account.text;
  options.password = credentials_.user_sig;
  options.keep_alive_s = keep_alive_s;
  options.will = mqtt::Will{topic::presence(credentials_.account),
                            encode(Presence{credentials_.session, connection_, false})};
  return options;
}

void Transport::shuffle(Random& random) {
  for (std::size_t left = servers_.size(); left > 1; --left)
    std::swap(servers_[left - 1], servers_[random.below(static_cast<std::uint32_t>(left))]);
}

void Transport::open(Instant now, Effects& effects) {
  const SocketId socket{++last_socket_};
  ++connection_;
  state_ = Opening{socket, now + (servers_.size() > 1 && rounds() == 0 ? first_look : open_timeout)};
  effects.push_back(effect::OpenSocket{socket, servers_.empty() ? std::string() : servers_[server_]});
}

void Transport::close(Effects& effects) {
  const auto id = socket();
  flush(effects);
  if (id) effects.push_back(effect::CloseSocket{*id});
  state_ = Stopped{};
}

void Transport::retry(Instant now, Random& random, Events& events) {
  const bool was_up = up();
  out_.clear();
  if (servers_.size() > 1) server_ = (server_ + 1) % servers_.size();
  state_ = Waiting{now + pause_after(was_up ? 0 : rounds(), random)};
  failures_ = was_up ? 1 : failures_ + 1;
  events.push_back(transport::Down{was_up});
}

void Transport::fail(Instant now, Random& random, Effects& effects, Events& events) {
  if (const auto id = socket()) effects.push_back(effect::CloseSocket{*id});
  retry(now, random, events);
}

void Transport::refuse(std::string why, Effects& effects, Events& events) {
  out_.clear();
  close(effects);
  events.push_back(transport::Refused{std::move(why)});
}

void Transport::publish(Instant now, std::string_view topic, std::string_view payload) {
  if (auto* online = std::get_if<Online>(&state_)) (void)online->mqtt.publish(now, topic, payload, out_);
}

void Transport::watch(Instant now, const std::string& topic) {
  if (std::find(watched_.begin(), watched_.end(), topic) != watched_.end()) return;
  watched_.push_back(topic);
  if (auto* online = std::get_if<Online>(&state_)) (void)online->mqtt.subscribe(now, {topic}, out_);
}

void Transport::unwatch(Instant now, const std::string& topic) {
  const auto at = std::find(watched_.begin(), watched_.end(), topic);
  if (at == watched_.end()) return;
  watched_.erase(at);
  if (auto* online = std::get_if<Online>(&state_)) (void)online->mqtt.unsubscribe(now, {topic}, out_);
}

void Transport::handle(Instant now, const input::SocketOpened& input, Effects& effects) {
  const auto* opening = std::get_if<Opening>(&state_);
  if (opening == nullptr || opening->socket != input.socket) return;
  Greeting greeting{opening->socket, mqtt::Connection(options())};
  (void)greeting.mqtt.open(now, out_);
  state_ = std::move(greeting);
  flush(effects);
}

void Transport::handle(Instant now, const input::SocketReceived& input, Random& random, Effects& effects,
                       Events& events) {
  mqtt::Connection* const connection = mqtt();
  if (connection == nullptr || socket() != input.socket) return;
  std::vector<mqtt::Event> heard;
  connection->receive(now, input.bytes, heard);
  for (mqtt::Event& event : heard) hear(now, std::move(event), random, effects, events);
}

void Transport::handle(Instant now, const input::SocketClosed& input, Random& random, Effects& effects,
                       Events& events) {
  if (socket() != input.socket) return;
  if (input.code == close_replaced || input.code == close_expired) {
    out_.clear();
    state_ = Stopped{};
    if (input.code == close_replaced) {
      events.push_back(transport::Replaced{});
    } else {
      events.push_back(transport::Expired{});
    }
  } else if (std::holds_alternative<Greeting>(state_) && is_refusal(input.code)) {
    state_ = Stopped{};
    refuse("closed with code " + std::to_string(input.code) + ' ' + input.reason, effects, events);
  } else {
    // The server is too busy to let anybody in; where there is another one, that is tried first.
    if (input.code == close_try_later && servers_.size() < 2) failures_ = steepest;
    retry(now, random, events);
  }
}

void Transport::handle(Instant now, const input::NetworkChanged& input, Effects& effects) {
  if (input.online && std::holds_alternative<Waiting>(state_)) open(now, effects);
}

void Transport::handle(Instant now, const input::TimePassed&, Random& random, Effects& effects,
                       Events& events) {
  if (const auto* waiting = std::get_if<Waiting>(&state_)) {
    if (now >= waiting->until) open(now, effects);
  } else if (const auto* opening = std::get_if<Opening>(&state_)) {
    if (now >= opening->until) fail(now, random, effects, events);
  } else if (mqtt::Connection* const connection = mqtt()) {
    std::vector<mqtt::Event> heard;
    connection->time_passed(now, out_, heard);
    for (mqtt::Event& event : heard) hear(now, std::move(event), random, effects, events);
  }
}

void Transport::hear(Instant now, mqtt::Event event, Random& random, Effects& effects, Events& events) {
  if (auto* message = std::get_if<mqtt::Message>(&event)) {
    // Nobody of us publishes retained messages, and one would ring again at every login.
    if (message->retained) return;
    events.push_back(transport::Received{std::move(message->topic), std::move(message->payload)});
  } else if (std::holds_alternative<mqtt::Accepted>(event)) {
    std::vector<std::string> filters{topic::inbox_filter(credentials_.account)};
    filters.insert(filters.end(), watched_.begin(), watched_.end());
    (void)mqtt()->subscribe(now, filters, out_);
  } else if (const auto* refused = std::get_if<mqtt::Refused>(&event)) {
    // 4 and 5 concern the user; 1, 2 and 3 the server's mood (MQTT 3.1.1, table 3.1).
    if (refused->code == 4 || refused->code == 5) {
      refuse("CONNACK " + std::to_string(refused->code), effects, events);
    } else {
      fail(now, random, effects, events);
    }
  } else if (const auto* subscribed = std::get_if<mqtt::Subscribed>(&event)) {
    if (subscribed->filter != topic::inbox_filter(credentials_.account)) {
      events.push_back(transport::Subscribed{subscribed->filter, subscribed->granted});
      return;
    }
    auto* greeting = std::get_if<Greeting>(&state_);
    if (greeting == nullptr) return;
    if (!subscribed->granted) return refuse("the inbox was refused", effects, events);
    state_ = Online{greeting->socket, std::move(greeting->mqtt)};
    failures_ = 0;
    events.push_back(transport::Up{connection_});
  } else if (std::holds_alternative<mqtt::Broken>(event)) {
    fail(now, random, effects, events);
  }
}

void Transport::flush(Effects& effects) {
  const auto id = socket();
  if (id && !out_.empty()) effects.push_back(effect::SendBytes{*id, std::move(out_)});
  out_ = {};
}

std::optional<Instant> Transport::next_deadline() const {
  if (const auto* waiting = std::get_if<Waiting>(&state_)) return waiting->until;
  if (const auto* opening = std::get_if<Opening>(&state_)) return opening->until;
  if (const auto* greeting = std::get_if<Greeting>(&state_)) return greeting->mqtt.next_deadline();
  if (const auto* online = std::get_if<Online>(&state_)) return online->mqtt.next_deadline();
  return std::nullopt;
}

}  // namespace trtc
