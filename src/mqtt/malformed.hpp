// The reasons for which a stream from a broker is refused.
#pragma once

#include <cstdint>
#include <string_view>

namespace trtc::mqtt {

/// Why a stream is not MQTT 3.1.1 as a broker may speak it to a client that only ever uses QoS 0.
enum class Malformed : std::uint8_t {
  unexpected_type,       ///< a type that only clients send, that only QoS 1 and 2 need, or that is reserved
  reserved_flags,        ///< [MQTT-2.2.2-2]
  duplicate_of_qos_0,    ///< [MQTT-3.3.1-2]
  unasked_qos,           ///< we subscribe with QoS 0 only, so nothing may arrive above it [MQTT-3.8.4-6]
  endless_length,        ///< a fifth byte of remaining length (section 2.2.3)
  wrong_length,          ///< the remaining length does not fit the type
  reserved_bits,         ///< CONNACK flags other than session present (section 3.2.2.1)
  session_of_a_refused,  ///< [MQTT-3.2.2-4]
  zero_packet_id,        ///< an answer to an id that cannot have been used [MQTT-2.3.1-1]
  reserved_code,         ///< [MQTT-3.9.3-2]; but see is_refusal
  topic_overrun,         ///< the topic is longer than its packet
  bad_topic,             ///< [MQTT-1.5.3-1, MQTT-1.5.3-2, MQTT-3.3.2-2, MQTT-4.7.3-1]
};

std::string_view text_of(Malformed reason);

}  // namespace trtc::mqtt
