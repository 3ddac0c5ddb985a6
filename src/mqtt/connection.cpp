#include "mqtt/connection.hpp"

#include <algorithm>
#include <utility>

namespace trtc::mqtt {
namespace {

// We ping after a third of the keep-alive without sending. A throttled background tab runs timers once a
// minute, so with 60 s the ping leaves after 20 to 80 s of silence, within the 90 s after which the broker
// hangs up [MQTT-3.1.2-24]. Half would mean 30 to 90 s, and lose that race.
constexpr int kPingsPerKeepAlive = 3;

void keep_earlier(std::optional<Instant>& earliest, std::optional<Instant> other) {
  if (other && (!earliest || *other < *earliest)) earliest = other;
}

}  // namespace

Connection::Connection(ConnectOptions options) : state_(Fresh{std::move(options)}) {}

Outcome Connection::open(Instant now, Bytes& out) {
  const auto* fresh = std::get_if<Fresh>(&state_);
  if (fresh == nullptr) return Outcome::not_connected;
  const Outcome outcome = append_connect(out, fresh->options);
  const Duration keep_alive = std::chrono::seconds(fresh->options.keep_alive_s);
  if (outcome == Outcome::done) {
    state_ = Connecting{keep_alive, now, Patience(now)};
  } else {
    state_ = Over{};
  }
  return outcome;
}

void Connection::receive(Instant now, ByteView bytes, std::vector<Event>& events) {
  if (std::holds_alternative<Fresh>(state_)) return;
  // Any byte excuses a late PINGRESP, which a slow link delivers behind the messages before it. This cannot
  // go on for ever on a connection that only works one way: the broker hangs up when it stops hearing our
  // pings.
  auto* online = std::get_if<Online>(&state_);
  if (online != nullptr && online->pingresp && !bytes.empty()) online->pingresp->heard_from(now);

  while (!std::holds_alternative<Over>(state_)) {
    std::optional<Packet> packet = parser_.next(bytes);
    if (!packet) break;
    std::visit([&](auto& kind) { on(kind, events); }, *packet);
  }
  if (const auto reason = parser_.malformed()) break_off(text_of(*reason), events);
}

void Connection::on(const ConnAck& packet, std::vector<Event>& events) {
  const auto* connecting = std::get_if<Connecting>(&state_);
  if (connecting == nullptr) return break_off("second CONNACK", events);
  if (packet.code != kConnectAccepted) {
    state_ = Over{};
    events.push_back(Refused{packet.code});
    return;
  }
  // [MQTT-3.2.2-1]: we always ask for a clean session.
  if (packet.session_present) return break_off("CONNACK with a session that we did not ask for", events);
  state_ = Online{connecting->keep_alive, connecting->last_sent, std::nullopt, {}};
  events.push_back(Accepted{});
}

void Connection::on(const SubAck& packet, std::vector<Event>& events) {
  Online* online = online_or_break(events);
  if (online == nullptr) return;
  std::optional<Request> request = online->take_request(Request::Kind::subscribe, packet.id);
  if (!request) return break_off("SUBACK without its SUBSCRIBE", events);
  if (request->filters.size() != packet.codes.size()) {
    return break_off("SUBACK with a wrong number of codes", events);
  }
  for (std::size_t i = 0; i < packet.codes.size(); ++i) {
    events.push_back(Subscribed{std::move(request->filters[i]), !is_refusal(packet.codes[i])});
  }
}

void Connection::on(const UnsubAck& packet, std::vector<Event>& events) {
  Online* online = online_or_break(events);
  if (online == nullptr) return;
  if (!online->take_request(Request::Kind::unsubscribe, packet.id)) {
    break_off("UNSUBACK without its UNSUBSCRIBE", events);
  }
}

void Connection::on(Publish& packet, std::vector<Event>& events) {
  if (online_or_break(events) == nullptr) return;
  events.push_back(Message{std::move(packet.topic), std::move(packet.payload), packet.retained});
}

// One that nobody waits for is legal: with a short keep-alive two pings may be under way.
void Connection::on(const PingResp&, std::vector<Event>& events) {
  if (Online* online = online_or_break(events)) online->pingresp.reset();
}

void Connection::on(const Oversized& packet, std::vector<Event>& events) {
  if (online_or_break(events) == nullptr) return;
  events.push_back(MessageTooLarge{packet.remaining_length});
}

Outcome Connection::subscribe(Instant now, const std::vector<std::string>& filters, Bytes& out) {
  return request(now, Request::Kind::subscribe, filters, out);
}

Outcome Connection::unsubscribe(Instant now, const std::vector<std::string>& filters, Bytes& out) {
  return request(now, Request::Kind::unsubscribe, filters, out);
}

Outcome Connection::request(Instant now, Request::Kind kind, const std::vector<std::string>& filters,
                            Bytes& out) {
  auto* online = std::get_if<Online>(&state_);
  if (online == nullptr) return Outcome::not_connected;
  if (online->requests.size() >= kMaxRequests) return Outcome::too_many_requests;

  const std::uint16_t id = online->free_id();
  const auto append = kind == Request::Kind::subscribe ? append_subscribe : append_unsubscribe;
  if (const Outcome outcome = append(out, id, filters); outcome != Outcome::done) return outcome;
  online->last_id = id;
  online->last_sent = now;
  online->requests.push_back(Request{kind, id, Patience(now), filters});
  return Outcome::done;
}

Outcome Connection::publish(Instant now, std::string_view topic, std::string_view payload, Bytes& out) {
  auto* online = std::get_if<Online>(&state_);
  if (online == nullptr) return Outcome::not_connected;
  const Outcome outcome = append_publish(out, topic, payload);
  if (outcome == Outcome::done) online->last_sent = now;
  return outcome;
}

void Connection::disconnect(Bytes& out) {
  if (std::holds_alternative<Online>(state_)) append_disconnect(out);
  state_ = Over{};
}

std::optional<Instant> Connection::next_deadline() const {
  if (const auto* connecting = std::get_if<Connecting>(&state_)) return connecting->connack.due();
  const auto* online = std::get_if<Online>(&state_);
  if (online == nullptr) return std::nullopt;
  std::optional<Instant> earliest = online->ping_due();
  if (online->pingresp) keep_earlier(earliest, online->pingresp->due());
  for (const Request& request : online->requests) keep_earlier(earliest, request.patience.due());
  return earliest;
}

void Connection::time_passed(Instant now, Bytes& out, std::vector<Event>& events) {
  if (const auto why = overdue(now)) return break_off(*why, events);
  auto* online = std::get_if<Online>(&state_);
  if (online == nullptr) return;
  const std::optional<Instant> ping = online->ping_due();
  if (!ping || now < *ping) return;
  append_pingreq(out);
  online->last_sent = now;
  // The wait starts with the ping that really left, not with the one that was due. A second ping does not
  // restart it: otherwise a short keep-alive would never find a dead connection.
  if (!online->pingresp) online->pingresp = Patience(now);
}

std::optional<std::string_view> Connection::overdue(Instant now) {
  if (auto* connecting = std::get_if<Connecting>(&state_)) {
    if (connecting->connack.is_spent(now)) return "no CONNACK in time";
  }
  auto* online = std::get_if<Online>(&state_);
  if (online == nullptr) return std::nullopt;
  if (online->pingresp && online->pingresp->is_spent(now)) return "no PINGRESP in time";
  for (Request& request : online->requests) {
    if (!request.patience.is_spent(now)) continue;
    return request.kind == Request::Kind::subscribe ? "no SUBACK in time" : "no UNSUBACK in time";
  }
  return std::nullopt;
}

// The first packet of a broker is CONNACK [MQTT-3.2.0-1].
Connection::Online* Connection::online_or_break(std::vector<Event>& events) {
  auto* online = std::get_if<Online>(&state_);
  if (online == nullptr) break_off("packet before CONNACK", events);
  return online;
}

void Connection::break_off(std::string_view why, std::vector<Event>& events) {
  if (std::holds_alternative<Over>(state_)) return;
  state_ = Over{};
  events.push_back(Broken{why});
}

std::optional<Instant> Connection::Online::ping_due() const {
  if (keep_alive == Duration::zero()) return std::nullopt;
  return last_sent + keep_alive / kPingsPerKeepAlive;
}

// Never 0 and never one whose answer is still to come [MQTT-2.3.1-1, MQTT-2.3.1-2]. Ends because kMaxRequests
// is far below the number of ids.
std::uint16_t Connection::Online::free_id() const {
  const auto taken = [this](std::uint16_t id) {
    return id == 0 ||
           std::any_of(requests.begin(), requests.end(), [id](const Request& r) { return r.id == id; });
  };
  std::uint16_t id = last_id;
  do {
    ++id;
  } while (taken(id));
  return id;
}

std::optional<Connection::Request> Connection::Online::take_request(Request::Kind kind, std::uint16_t id) {
  const auto found = std::find_if(requests.begin(), requests.end(),
                                  [&](const Request& r) { return r.kind == kind && r.id == id; });
  if (found == requests.end()) return std::nullopt;
  Request request = std::move(*found);
  requests.erase(found);
  return request;
}

}  // namespace trtc::mqtt
