// A small world in virtual time: clients with the real engine, a modelled broker that carries real MQTT
// bytes, and fakes for devices and peer connections that behave as browsers do. Everything is deterministic.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "sim/agenda.hpp"
#include "sim/broker.hpp"
#include "sim/client.hpp"

namespace trtc::sim {

class World {
 public:
  /// A slow consumer's publications beyond this are dropped by the broker.
  static constexpr std::size_t queue_limit = 100;

  explicit World(std::uint64_t salt = 0);

  Client& add(const std::string& user);
  Broker& broker() { return broker_; }
  Instant now() const { return now_; }

  /// Lets virtual time pass, and everything that happens in it.
  void run(Duration duration);
  void later(Duration delay, std::function<void()> what) { agenda_.add(now_ + delay, std::move(what)); }

  /// The broker's process is down: sockets drop, none opens.
  void stop_broker();
  void start_broker() { broker_up_ = true; }
  bool broker_up() const { return broker_up_; }

  /// The tab that has this socket open, or null.
  Client* owner(Link link) const;

  /// After each batch of every tab, which may get another engine that remembers the same.
  std::function<void(std::unique_ptr<Engine>&, const Config&)> between_batches;

  Duration latency = 5ms;  ///< one way, client to broker

 private:
  friend class Client;
  void plan(Client& client);
  bool step(Instant end);
  void check_media();
  void check_media(Client& client);

  std::uint64_t salt_;
  Instant now_{};
  Agenda<std::function<void()>> agenda_;
  Agenda<Client*> wakes_;  ///< one that its client has planned anew since is void
  Broker broker_;
  bool broker_up_ = true;
  bool media_moved_ = false;
  std::vector<Client*> links_{nullptr};  ///< who opened which
  std::vector<std::unique_ptr<Client>> clients_;
};

}  // namespace trtc::sim
