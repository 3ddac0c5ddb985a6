#include "mqtt/malformed.hpp"

namespace trtc::mqtt {

std::string_view text_of(Malformed reason) {
  switch (reason) {
    case Malformed::unexpected_type:
      return "packet type that a broker may not send";
    case Malformed::reserved_flags:
      return "reserved flags set";
    case Malformed::duplicate_of_qos_0:
      return "QoS 0 message marked as duplicate";
    case Malformed::unasked_qos:
      return "message with a QoS above 0";
    case Malformed::endless_length:
      return "remaining length of more than four bytes";
    case Malformed::wrong_length:
      return "length does not fit the packet type";
    case Malformed::reserved_bits:
      return "reserved bits set in CONNACK";
    case Malformed::session_of_a_refused:
      return "CONNACK refuses and claims a session";
    case Malformed::zero_packet_id:
      return "answer to packet id 0";
    case Malformed::reserved_code:
      return "reserved return code in SUBACK";
    case Malformed::topic_overrun:
      return "topic longer than its packet";
    case Malformed::bad_topic:
      return "topic is empty, has a wildcard or is not UTF-8";
  }
  return "unknown reason";
}

}  // namespace trtc::mqtt
