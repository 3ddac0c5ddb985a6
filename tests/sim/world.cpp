#include "sim/world.hpp"

#include <algorithm>
#include <utility>

namespace trtc::sim {

World::World(std::uint64_t salt) : salt_(salt) {
  broker_.send = [this](Link link, Bytes bytes) {
    Client* const client = owner(link);
    if (client == nullptr) return;
    const bool publication = bytes[0] >> 4 == 3;
    if (publication && client->down_.waiting >= queue_limit) return;
    client->carry(client->down_, latency, [this, link, bytes = std::move(bytes)] {
      if (Client* const one = owner(link)) one->feed(input::SocketReceived{{*one->socket_}, bytes});
    });
  };
  broker_.close = [this](Link link, std::uint16_t code) {
    Client* const client = owner(link);
    if (client == nullptr) return;
    client->carry(client->down_, latency, [this, link, code] {
      Client* const one = owner(link);
      if (one == nullptr) return;
      const SocketId socket{*std::exchange(one->socket_, std::nullopt)};
      one->feed(input::SocketClosed{socket, code, {}});
    });
  };
}

Client& World::add(const std::string& user) {
  const auto number = static_cast<std::uint32_t>(clients_.size() + 1);
  clients_.push_back(std::make_unique<Client>(*this, user, number, salt_));
  return *clients_.back();
}

Client* World::owner(Link link) const {
  Client* const client = link < links_.size() ? links_[link] : nullptr;
  return client && client->alive_ && client->socket_ && client->link_ == link ? client : nullptr;
}

void World::plan(Client& client) {
  const auto deadline = client.deadline();
  std::optional<Instant> at;
  if (deadline) at = std::max(now_, client.timer(client.clock.world_at(*deadline)));
  if (at == client.planned_) return;
  client.planned_ = at;
  if (at) wakes_.add(*at, &client);
}

void World::run(Duration duration) {
  const Instant end = now_ + duration;
  while (step(end)) {
  }
  now_ = end;
}

// What arrives at the moment of a deadline comes first.
bool World::step(Instant end) {
  if (std::exchange(media_moved_, false)) check_media();
  while (!wakes_.empty() && wakes_.front()->planned_ != wakes_.next()) wakes_.take();
  const bool event = !agenda_.empty() && (wakes_.empty() || agenda_.next() <= wakes_.next());
  if (event && agenda_.next() <= end) {
    now_ = std::max(now_, agenda_.next());
    agenda_.take()();
    return true;
  }
  if (event || wakes_.empty() || wakes_.next() > end) return false;
  now_ = std::max(now_, wakes_.next());
  Client* const client = wakes_.take();
  client->planned_.reset();
  client->feed(input::TimePassed{});
  return true;
}

void World::stop_broker() {
  broker_up_ = false;
  broker_.crash();
  for (const auto& client : clients_) {
    if (client->alive_ && !client->cut_) client->drop_socket();
  }
}

void World::check_media() {
  for (const auto& client : clients_) {
    if (client->alive_) check_media(*client);
  }
}

// RTP flows from a peer connection that sends to its counterpart, while both are connected.
void World::check_media(Client& client) {
  for (auto& [id, peer] : client.peers_) {
    bool flowing = false;
    if (peer.other != nullptr && peer.other->alive_ && peer.state == ConnectionState::connected &&
        !peer.broken && !client.deaf_) {
      const auto other = peer.other->peers_.find(peer.other_peer);
      flowing = other != peer.other->peers_.end() && peer.other->sends(other->second) &&
                !other->second.broken && other->second.state == ConnectionState::connected;
    }
    if (flowing == peer.flowing) continue;
    peer.flowing = flowing;
    Client* const owner = &client;
    // Browsers' counters are read twice a second, by a timer.
    const Instant at = client.timer(now_ + (flowing ? 20ms : 500ms));
    // What they say then, and only what is new: what has come back meanwhile was never missed.
    agenda_.add(at, [owner, number = PeerId{id}] {
      const auto now = owner->peers_.find(number.value);
      if (!owner->alive_ || now == owner->peers_.end() || now->second.measured == now->second.flowing) return;
      now->second.measured = now->second.flowing;
      owner->feed(input::MediaFlowChanged{number, now->second.measured});
    });
  }
}

}  // namespace trtc::sim
