// One user: an engine, its sockets and its clock, on the loop of this process.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>

#include "engine.hpp"
#include "native/network.hpp"
#include "native/no_media.hpp"

namespace trtc::native {

/// 32 bytes of the system's randomness.
Seed random_seed();

class Client {
 public:
  /// An input and what has followed from it. A verb submitted from here waits for its turn.
  using Told = std::function<void(const Input&, const Effects&)>;

  Client(Network& network, Config config, NoMedia media, Told told);
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  ~Client();

  /// A verb of the user, or a fact of the world.
  void submit(Input input);
  const Engine& engine() const { return engine_; }

 private:
  void execute(const Effect& effect);
  void arm();

  Network& network_;
  Engine engine_;
  NoMedia media_;
  Told told_;
  std::map<SocketId, std::shared_ptr<Connection>> connections_;
  boost::asio::steady_timer timer_;
  std::optional<Instant> armed_;
  std::deque<Input> queue_;
  bool busy_ = false;
};

}  // namespace trtc::native
