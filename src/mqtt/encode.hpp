// The packets a client sends, as bytes. Every function either appends one whole packet or nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bytes.hpp"

namespace trtc::mqtt {

/// What became of a request to send something. Everything but `done` has written nothing.
enum class [[nodiscard]] Outcome : std::uint8_t{
    done,
    bad_text,           ///< not UTF-8, a wildcard in a topic, an impossible filter, no filter at all
    too_large,          ///< a field above 65535 bytes or a packet above kMaxRemainingLength
    not_connected,      ///< before the broker accepted us or after the end
    too_many_requests,  ///< too many SUBSCRIBE and UNSUBSCRIBE wait for their answers
};

/// Published by the broker when the socket dies without DISCONNECT. QoS 0, not retained.
struct Will {
  std::string topic;
  std::string payload;
};

struct ConnectOptions {
  std::string client_id;
  /// Empty: no credentials are sent, whatever the password; there is none without a name [MQTT-3.1.2-22].
  std::string user_name;
  std::string password;
  /// 0: no keep-alive, neither side notices a dead connection.
  std::uint16_t keep_alive_s = 60;
  std::optional<Will> will;
};

/// Always asks for a clean session: nothing of an earlier connection is ever delivered.
Outcome append_connect(Bytes& out, const ConnectOptions& options);
/// Asks for QoS 0. The id must not be 0 [MQTT-2.3.1-1].
Outcome append_subscribe(Bytes& out, std::uint16_t packet_id, const std::vector<std::string>& filters);
Outcome append_unsubscribe(Bytes& out, std::uint16_t packet_id, const std::vector<std::string>& filters);
/// QoS 0, not retained.
Outcome append_publish(Bytes& out, std::string_view topic, std::string_view payload);
void append_pingreq(Bytes& out);
void append_disconnect(Bytes& out);

/// Seven bits a byte, the lowest first (section 2.2.3); at most 268435455.
void append_remaining_length(Bytes& out, std::uint32_t length);

}  // namespace trtc::mqtt
