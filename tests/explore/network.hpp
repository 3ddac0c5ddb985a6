// What is on its way: publications as the engines wrote them, JSON inside MQTT, read once for those who look.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "bytes.hpp"
#include "signaling/message.hpp"

namespace trtc::explore {

struct Packet {
  enum class Kind : std::uint8_t { inbox, presence, group } kind = Kind::inbox;
  Bytes frame;  ///< the PUBLISH, as it reaches its receiver
  std::string topic;
  UserId from;
  UserId to;  ///< of an inbox
  Envelope envelope;
  Presence presence;

  bool is_ack() const;
};
using PacketPtr = std::shared_ptr<const Packet>;

/// On its way to one place.
struct Flight {
  PacketPtr packet;
  std::uint8_t from = 0;
  std::uint8_t to = 0;
};

/// What a client has written to its socket, packet by packet.
struct Written {
  std::uint8_t type = 0;  ///< of MQTT 3.1.1, table 2.1
  std::uint16_t id = 0;   ///< of SUBSCRIBE and UNSUBSCRIBE
  std::uint32_t filters = 0;
  PacketPtr publication;  ///< PUBLISH, or the will inside CONNECT
};
std::vector<Written> read_written(const Bytes& bytes);

/// The broker's answers.
Bytes connack();
Bytes suback(std::uint16_t id, std::uint32_t filters);
Bytes unsuback(std::uint16_t id);
Bytes pingresp();

/// A message's name and what sets it apart, for diagrams.
std::string title(const Packet& packet);

}  // namespace trtc::explore
