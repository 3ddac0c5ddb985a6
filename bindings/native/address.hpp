// Where a server is: the addresses that the core hands to its host, and those of plain MQTT.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace trtc::native {

struct Address {
  bool tls = false;
  bool web = true;  ///< MQTT inside a WebSocket; else straight over TCP
  std::string host;
  std::string port;
  std::string path;  ///< of the WebSocket, with its query

  /// As in a Host header (RFC 9110, section 7.2).
  std::string authority() const;
};

/// `ws://host[:port]/path`, `wss://…` (ports 80 and 443), `mqtt://host[:port]`, `mqtts://…` (1883 and 8883).
/// Nothing for anything else; names and passwords in addresses are not taken.
std::optional<Address> parse_address(std::string_view url);

}  // namespace trtc::native
