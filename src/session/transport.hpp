// Keeps one working MQTT connection while it is wanted: opens sockets, speaks MQTT over them, subscribes, and
// starts again after a loss with a growing pause (protocol, section 7). It knows nothing of calls.
//
// Several servers are nodes of one cluster. Each client has an order of its own, by chance: so they spread
// over the nodes, and those of a node that is lost spread over the others instead of all meeting at the next
// one.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "effect.hpp"
#include "ids.hpp"
#include "input.hpp"
#include "mqtt/connection.hpp"
#include "random.hpp"
#include "time.hpp"

namespace trtc {

/// Whom to connect as.
struct Credentials {
  Account account;
  SessionId session;
  std::string user_sig;
};

namespace transport {

/// The inbox is subscribed: from now on messages arrive. `connection` counts from 1 within the session.
struct Up {
  std::uint32_t connection = 0;
};
/// A connection that was up is gone, or an attempt failed; the next attempt is planned already.
struct Down {
  bool was_up = false;
};
/// The broker does not let this user in (CONNACK 4 or 5, or closed in its place, or the inbox is refused).
struct Refused {
  std::string why;
};
/// The embedded server says that a newer login has taken over (close code 4001).
struct Replaced {};
/// The embedded server says that the UserSig has run out (close code 4002).
struct Expired {};
/// The broker's word about a topic beside the inbox.
struct Subscribed {
  std::string topic;
  bool granted = false;
};
struct Received {
  std::string topic;
  std::string payload;
};

using Event = std::variant<Up, Down, Refused, Replaced, Expired, Subscribed, Received>;

}  // namespace transport

class Transport {
 public:
  static constexpr Duration open_timeout = 10s;
  /// Where there are others, a server that does not answer is left so soon in the first round: a machine that
  /// is gone refuses nothing.
  static constexpr Duration first_look = 3s;
  static constexpr Duration first_pause = 250ms;
  static constexpr Duration longest_pause = 8s;

  explicit Transport(std::vector<std::string> servers) : servers_(std::move(servers)) {}

  /// Connects and stays connected.
  void start(Instant now, Credentials credentials, Random& random, Effects& effects);
  /// Says DISCONNECT (so that no will is published) where `clean`, and closes. Everything is forgotten.
  void stop(bool clean, Effects& effects);

  bool up() const { return std::holds_alternative<Online>(state_); }
  std::uint32_t connection() const { return connection_; }

  /// Ignored while down: whatever must arrive is in the outbox.
  void publish(Instant now, std::string_view topic, std::string_view payload);
  /// Topics beside the inbox; remembered across reconnections.
  void watch(Instant now, const std::string& topic);
  void unwatch(Instant now, const std::string& topic);

  using Events = std::vector<transport::Event>;
  void handle(Instant now, const input::SocketOpened& input, Effects& effects);
  void handle(Instant now, const input::SocketReceived& input, Random& random, Effects& effects,
              Events& events);
  void handle(Instant now, const input::SocketClosed& input, Random& random, Effects& effects,
              Events& events);
  void handle(Instant now, const input::NetworkChanged& input, Effects& effects);
  void handle(Instant now, const input::TimePassed& input, Random& random, Effects& effects, Events& events);

  /// Hands what has been written in this batch to the socket; the engine calls it once at the end of a batch.
  void flush(Effects& effects);

  std::optional<Instant> next_deadline() const;

 private:
  friend struct Checkpoint;
  friend struct Inspection;  // tests/explore
  struct Stopped {};
  struct Waiting {
    Instant until;
  };
  struct Opening {
    SocketId socket;
    Instant until;
  };
  struct Greeting {  // CONNECT or SUBSCRIBE is on its way
    SocketId socket;
    mqtt::Connection mqtt;
  };
  struct Online {
    SocketId socket;
    mqtt::Connection mqtt;
  };
  using State = std::variant<Stopped, Waiting, Opening, Greeting, Online>;

  void shuffle(Random& random);
  void open(Instant now, Effects& effects);
  /// How often each server has failed in turn.
  unsigned rounds() const { return failures_ / std::max(1U, static_cast<unsigned>(servers_.size())); }
  void retry(Instant now, Random& random, Events& events);
  void fail(Instant now, Random& random, Effects& effects, Events& events);
  void refuse(std::string why, Effects& effects, Events& events);
  void hear(Instant now, mqtt::Event event, Random& random, Effects& effects, Events& events);
  mqtt::ConnectOptions options() const;
  mqtt::Connection* mqtt();
  std::optional<SocketId> socket() const;
  void close(Effects& effects);

  std::vector<std::string> servers_;
  std::size_t server_ = 0;
  Credentials credentials_;
  std::vector<std::string> watched_;
  State state_ = Stopped{};
  Bytes out_;
  unsigned failures_ = 0;  ///< since a connection was up
  std::uint32_t connection_ = 0;
  std::uint32_t last_socket_ = 0;
};

}  // namespace trtc
