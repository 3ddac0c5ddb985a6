// A model of an MQTT 3.1.1 broker that speaks real bytes: enough to carry calls, with every fault that the
// protocol has to survive. It routes by exact topic and by a trailing "+", enforces the topic rule of
// protocol section 2, and publishes wills.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "bytes.hpp"

namespace trtc::sim {

/// One socket of one client, as the broker numbers it.
using Link = std::uint32_t;

class Broker {
 public:
  /// Bytes for a client; the world delays them.
  std::function<void(Link, Bytes)> send;
  /// The broker closes the socket with a WebSocket code.
  std::function<void(Link, std::uint16_t)> close;
  /// Every publication on its way to one receiver; false drops it.
  std::function<bool(const std::string& topic, const std::string& payload)> pass = [](auto&, auto&) {
    return true;
  };

  /// Carries a publication that has passed to one receiver; the default sends it once and at once.
  std::function<void(Link, const std::string& topic, const std::string& payload, const Bytes& packet)>
      deliver = [this](Link link, auto&, auto&, const Bytes& packet) { send(link, packet); };

  /// Who may hear a group; everybody may hear the rest that the core asks for.
  std::function<bool(const std::string& user, const std::string& filter)> may_subscribe = [](auto&, auto&) {
    return true;
  };

  void opened(Link link) { clients_[link]; }
  void received(Link link, const Bytes& bytes);
  /// The socket is gone without DISCONNECT: the will is published.
  void lost(Link link);
  /// The process dies: nobody gets a will.
  void crash() { clients_.clear(), subscriptions_.clear(); }

  std::size_t logins() const { return logins_; }

 private:
  struct Client {
    Bytes buffer;
    std::string user;
    std::vector<std::string> filters;
    std::optional<std::pair<std::string, std::string>> will;
  };

  void packet(Link link, std::uint8_t header, const Bytes& body);
  void connect(Link link, const Bytes& body);
  void subscribe(Link link, const Bytes& body);
  void unsubscribe(Link link, const Bytes& body);
  void publish(const std::string& user, const std::string& topic, const std::string& payload);

  void forget(Link link);
  std::vector<Link> receivers(const std::string& topic) const;

  std::map<Link, Client> clients_;
  std::map<std::string, std::set<Link>, std::less<>> subscriptions_;  ///< by filter
  std::size_t logins_ = 0;
};

}  // namespace trtc::sim
