#include "sim/broker.hpp"

#include <algorithm>

namespace trtc::sim {
namespace {

struct Cursor {
  const Bytes& bytes;
  std::size_t at = 0;

  std::uint8_t byte() { return bytes[at++]; }
  std::uint16_t number() {
    const std::uint16_t high = byte();
    return static_cast<std::uint16_t>(high << 8 | byte());
  }
  std::string text() {
    const std::size_t size = number();
    std::string out(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                    bytes.begin() + static_cast<std::ptrdiff_t>(at + size));
    at += size;
    return out;
  }
  std::string rest() { return {bytes.begin() + static_cast<std::ptrdiff_t>(at), bytes.end()}; }
  bool more() const { return at < bytes.size(); }
};

Bytes framed(std::uint8_t header, const Bytes& body) {
  Bytes out{header};
  std::size_t size = body.size();
  do {
    const auto digit = static_cast<std::uint8_t>(size % 128);
    size /= 128;
    out.push_back(static_cast<std::uint8_t>(digit | (size > 0 ? 0x80 : 0)));
  } while (size > 0);
  out.insert(out.end(), body.begin(), body.end());
  return out;
}

bool may_publish(const std::string& user, const std::string& topic) {
  if (topic == "trtc/v1/on/" + user) return true;
  const std::string tail = "/" + user;
  const bool shared = topic.compare(0, 11, "trtc/v1/in/") == 0 || topic.compare(0, 14, "trtc/v1/group/") == 0;
  return shared && topic.size() > tail.size() &&
         topic.compare(topic.size() - tail.size(), tail.size(), tail) == 0;
}

void unsubscribed(std::map<std::string, std::set<Link>, std::less<>>& all, const std::string& filter,
                  Link link) {
  const auto at = all.find(filter);
  if (at == all.end()) return;
  at->second.erase(link);
  if (at->second.empty()) all.erase(at);
}

}  // namespace

void Broker::received(Link link, const Bytes& bytes) {
  if (clients_.count(link) == 0) return close(link, 1006);
  Bytes& buffer = clients_[link].buffer;
  buffer.insert(buffer.end(), bytes.begin(), bytes.end());
  while (clients_.count(link) != 0) {
    Bytes& rest = clients_[link].buffer;
    std::size_t size = 0;
    std::size_t at = 1;
    unsigned shift = 0;
    while (at < rest.size() && (rest[at] & 0x80) != 0)
      size |= static_cast<std::size_t>(rest[at++] & 0x7f) << shift, shift += 7;
    if (at >= rest.size()) return;
    size |= static_cast<std::size_t>(rest[at++]) << shift;
    if (rest.size() < at + size) return;
    const std::uint8_t header = rest[0];
    const Bytes body(rest.begin() + static_cast<std::ptrdiff_t>(at),
                     rest.begin() + static_cast<std::ptrdiff_t>(at + size));
    rest.erase(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(at + size));
    packet(link, header, body);
  }
}

void Broker::packet(Link link, std::uint8_t header, const Bytes& body) {
  switch (header >> 4) {
    case 1:
      return connect(link, body);
    case 3: {
      Cursor in{body};
      const std::string topic = in.text();
      return publish(clients_[link].user, topic, in.rest());
    }
    case 8:
      return subscribe(link, body);
    case 10:
      return unsubscribe(link, body);
    case 12:
      return send(link, framed(0xd0, {}));
    case 14:
      forget(link);
      return close(link, 1000);
    default:
      return close(link, 1002);
  }
}

void Broker::connect(Link link, const Bytes& body) {
  Cursor in{body};
  (void)in.text();
  (void)in.byte();
  const std::uint8_t flags = in.byte();
  (void)in.number();
  (void)in.text();
  Client& client = clients_[link];
  if ((flags & 4) != 0) {
    const std::string topic = in.text();
    client.will = {topic, in.text()};
  }
  client.user = in.text();
  const bool welcome = in.text() != "forged";
  if (welcome) ++logins_;
  send(link, framed(0x20, {0, static_cast<std::uint8_t>(welcome ? 0 : 5)}));
  if (welcome) return;
  forget(link);
  close(link, 1000);
}

void Broker::subscribe(Link link, const Bytes& body) {
  Cursor in{body};
  const std::uint16_t id = in.number();
  Bytes codes{static_cast<std::uint8_t>(id >> 8), static_cast<std::uint8_t>(id & 255)};
  while (in.more()) {
    const std::string filter = in.text();
    (void)in.byte();
    const bool granted = may_subscribe(clients_[link].user, filter);
    if (granted) clients_[link].filters.push_back(filter), subscriptions_[filter].insert(link);
    codes.push_back(granted ? 0 : 0x80);
  }
  send(link, framed(0x90, codes));
}

void Broker::unsubscribe(Link link, const Bytes& body) {
  Cursor in{body};
  const std::uint16_t id = in.number();
  std::vector<std::string>& filters = clients_[link].filters;
  while (in.more()) {
    const std::string filter = in.text();
    filters.erase(std::remove(filters.begin(), filters.end(), filter), filters.end());
    unsubscribed(subscriptions_, filter, link);
  }
  send(link, framed(0xb0, {static_cast<std::uint8_t>(id >> 8), static_cast<std::uint8_t>(id & 255)}));
}

void Broker::publish(const std::string& user, const std::string& topic, const std::string& payload) {
  if (!may_publish(user, topic)) return;
  Bytes body{static_cast<std::uint8_t>(topic.size() >> 8), static_cast<std::uint8_t>(topic.size() & 255)};
  body.insert(body.end(), topic.begin(), topic.end());
  body.insert(body.end(), payload.begin(), payload.end());
  for (const Link link : receivers(topic)) {
    if (pass(topic, payload)) deliver(link, topic, payload, framed(0x30, body));
  }
}

// The core's filters are whole topics, or end in the one level that names the sender.
std::vector<Link> Broker::receivers(const std::string& topic) const {
  std::set<Link> found;
  const auto add = [&](const std::string& filter) {
    const auto at = subscriptions_.find(filter);
    if (at != subscriptions_.end()) found.insert(at->second.begin(), at->second.end());
  };
  add(topic);
  add(topic.substr(0, topic.rfind('/') + 1) + '+');
  return {found.begin(), found.end()};
}

void Broker::forget(Link link) {
  const auto at = clients_.find(link);
  if (at == clients_.end()) return;
  for (const std::string& filter : at->second.filters) unsubscribed(subscriptions_, filter, link);
  clients_.erase(at);
}

void Broker::lost(Link link) {
  const auto at = clients_.find(link);
  if (at == clients_.end()) return;
  const Client client = at->second;
  forget(link);
  if (client.will) publish(client.user, client.will->first, client.will->second);
}

}  // namespace trtc::sim
