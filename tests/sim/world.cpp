#include "sim/world.hpp"

#include <algorithm>

namespace trtc::sim {

World::World() {
  broker_.send = [this](Link link, Bytes bytes) {
    later(latency, [this, link, bytes] {
      if (Client* const client = owner(link)) client->feed(input::SocketReceived{{*client->socket_}, bytes});
    });
  };
  broker_.close = [this](Link link, std::uint16_t code) {
    later(latency, [this, link, code] {
      Client* const client = owner(link);
      if (client == nullptr) return;
      const SocketId socket{*client->socket_};
      client->socket_.reset();
      client->feed(input::SocketClosed{socket, code, {}});
    });
  };
}

Client& World::add(const std::string& user) {
  clients_.push_back(std::make_unique<Client>(*this, user, static_cast<std::uint8_t>(clients_.size() + 1)));
  return *clients_.back();
}

Client* World::owner(Link link) {
  for (const auto& client : clients_) {
    if (client->alive_ && client->socket_ && client->link_ == link) return client.get();
  }
  return nullptr;
}

void World::later(Duration delay, std::function<void()> what) {
  agenda_.push_back({now_ + delay, order_++, std::move(what)});
}

void World::run(Duration duration) {
  const Instant end = now_ + duration;
  for (;;) {
    check_media();
    const auto next = std::min_element(agenda_.begin(), agenda_.end(), [](const Event& a, const Event& b) {
      return a.at != b.at ? a.at < b.at : a.order < b.order;
    });
    Client* sleeper = nullptr;
    std::optional<Instant> wake;
    for (const auto& client : clients_) {
      const auto deadline = client->deadline();
      if (deadline && (!wake || *deadline < *wake)) wake = deadline, sleeper = client.get();
    }
    const bool event_first = next != agenda_.end() && (!wake || next->at <= *wake);
    if (event_first && next->at <= end) {
      const Event event = *next;
      agenda_.erase(next);
      now_ = std::max(now_, event.at);
      event.what();
    } else if (!event_first && wake && *wake <= end) {
      now_ = std::max(now_, *wake);
      sleeper->feed(input::TimePassed{});
    } else {
      break;
    }
  }
  now_ = end;
}

void World::stop_broker() {
  broker_up_ = false;
  broker_.crash();
  for (const auto& client : clients_) {
    if (client->alive_) client->drop_socket();
  }
}

// RTP flows from a peer connection that sends to its counterpart, while both are connected.
void World::check_media() {
  for (const auto& client : clients_) {
    if (!client->alive_) continue;
    for (auto& [id, peer] : client->peers_) {
      bool flowing = false;
      if (peer.other != nullptr && peer.other->alive_ && peer.state == ConnectionState::connected &&
          !peer.broken) {
        const auto other = peer.other->peers_.find(peer.other_peer);
        flowing = other != peer.other->peers_.end() && other->second.sending && !other->second.broken &&
                  other->second.state == ConnectionState::connected;
      }
      if (flowing == peer.flowing) continue;
      peer.flowing = flowing;
      const PeerId number{id};
      Client* const owner = client.get();
      // Browsers' counters are read twice a second.
      later(flowing ? 20ms : 500ms, [owner, number, flowing] {
        if (owner->alive_ && owner->peers_.count(number.value) != 0)
          owner->feed(input::MediaFlowChanged{number, flowing});
      });
    }
  }
}

}  // namespace trtc::sim
