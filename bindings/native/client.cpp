#include "native/client.hpp"

#include <openssl/rand.h>

#include <chrono>
#include <cstdlib>
#include <utility>

namespace trtc::native {
namespace {

using Clock = std::chrono::steady_clock;

Instant now() { return Instant(std::chrono::duration_cast<Duration>(Clock::now().time_since_epoch())); }

/// Rounded up: a timer that fires early would fire again at once.
Clock::time_point after(Instant at) { return Clock::time_point(at.time_since_epoch() + Duration(1)); }

}  // namespace

Seed random_seed() {
  Seed seed{};
  if (RAND_bytes(seed.data(), static_cast<int>(seed.size())) != 1) std::abort();
  return seed;
}

Client::Client(Network& network, Config config, NoMedia media, Told told)
    : network_(network),
      engine_(std::move(config)),
      media_(std::move(media)),
      told_(std::move(told)),
      timer_(network.loop) {}

Client::~Client() {
  for (const auto& [socket, connection] : connections_) connection->close();
}

void Client::submit(Input input) {
  queue_.push_back(std::move(input));
  if (busy_) return;
  busy_ = true;
  while (!queue_.empty()) {
    const Input next = std::move(queue_.front());
    queue_.pop_front();
    const Effects effects = engine_.handle(now(), next);
    for (const Effect& effect : effects) execute(effect);
    told_(next, effects);
  }
  busy_ = false;
  arm();
}

void Client::execute(const Effect& effect) {
  if (const auto* open = std::get_if<effect::OpenSocket>(&effect)) {
    const SocketId socket = open->socket;
    auto connection = connect(network_, socket, open->url, [this, socket](Input input) {
      if (std::holds_alternative<input::SocketClosed>(input)) connections_.erase(socket);
      submit(std::move(input));
    });
    if (connection) connections_.emplace(socket, std::move(connection));
  } else if (const auto* send = std::get_if<effect::SendBytes>(&effect)) {
    if (const auto at = connections_.find(send->socket); at != connections_.end())
      at->second->send(send->bytes);
  } else if (const auto* close = std::get_if<effect::CloseSocket>(&effect)) {
    const auto at = connections_.find(close->socket);
    if (at == connections_.end()) return;
    at->second->close();
    connections_.erase(at);
  } else {
    for (Input& report : media_.answer(effect)) queue_.push_back(std::move(report));
  }
}

/// A deadline that has moved away is found out when the old one passes: most do, again and again.
void Client::arm() {
  const auto next = engine_.next_deadline();
  if (!next) {
    armed_.reset();
    timer_.cancel();
    return;
  }
  if (armed_ && *armed_ <= *next) return;
  armed_ = next;
  timer_.expires_at(after(*next));
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (error) return;
    armed_.reset();
    submit(input::TimePassed{});
  });
}

}  // namespace trtc::native
