// A broker's packets, and what a client's bytes say, so that a test can play the broker by hand.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bytes.hpp"

namespace trtc::broker {

/// One packet with its length in front (MQTT 3.1.1, section 2.2).
inline Bytes packet(std::uint8_t header, const std::string& body) {
  Bytes out{header};
  std::size_t size = body.size();
  do {
    const auto digit = static_cast<std::uint8_t>(size % 128);
    size /= 128;
    out.push_back(static_cast<std::uint8_t>(digit | (size > 0 ? 0x80 : 0)));
  } while (size > 0);
  out.insert(out.end(), body.begin(), body.end());
  return out;
}

inline std::string pair(std::uint16_t value) {
  return {static_cast<char>(value >> 8), static_cast<char>(value & 255)};
}

inline Bytes connack(std::uint8_t code = 0) { return packet(0x20, {'\0', static_cast<char>(code)}); }
inline Bytes suback(std::uint16_t id, std::vector<std::uint8_t> codes = {0}) {
  return packet(0x90, pair(id) + std::string(codes.begin(), codes.end()));
}
inline Bytes unsuback(std::uint16_t id) { return packet(0xb0, pair(id)); }
inline Bytes publish(const std::string& topic, const std::string& payload, bool retained = false) {
  return packet(retained ? 0x31 : 0x30, pair(static_cast<std::uint16_t>(topic.size())) + topic + payload);
}

inline Bytes operator+(Bytes a, const Bytes& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

/// What a client says: "CONNECT <client id> <user> <will topic> <will>", "SUBSCRIBE <id> <filters>",
/// "UNSUBSCRIBE <id> <filters>", "PUBLISH <topic> <payload>", "PING", "DISCONNECT".
inline std::vector<std::string> said(const Bytes& bytes) {
  std::vector<std::string> out;
  std::size_t at = 0;
  const auto number = [&] {
    const auto high = bytes[at++];
    return static_cast<std::size_t>(high << 8 | bytes[at++]);
  };
  const auto take = [&](std::size_t size) {
    const std::string text(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                           bytes.begin() + static_cast<std::ptrdiff_t>(at + size));
    at += size;
    return text;
  };
  while (at < bytes.size()) {
    const int type = bytes[at++] >> 4;
    std::size_t size = 0;
    for (unsigned shift = 0;; shift += 7) {
      size |= static_cast<std::size_t>(bytes[at] & 0x7f) << shift;
      if ((bytes[at++] & 0x80) == 0) break;
    }
    const std::size_t end = at + size;
    std::string line;
    if (type == 1) {
      at += 10;  // MQTT, 4, flags, keep-alive: tests/unit/mqtt looks at them
      line = "CONNECT " + take(number());
      const std::string topic = take(number());
      const std::string will = take(number());
      line += ' ' + take(number()) + ' ' + topic + ' ' + will;
      (void)take(number());
    } else if (type == 3) {
      line = "PUBLISH " + take(number()) + ' ';
      line += take(end - at);
    } else if (type == 8 || type == 10) {
      line = (type == 8 ? "SUBSCRIBE " : "UNSUBSCRIBE ") + std::to_string(number());
      while (at < end) {
        line += ' ' + take(number());
        if (type == 8) ++at;
      }
    } else {
      line = type == 12 ? "PING" : type == 14 ? "DISCONNECT" : "?";
    }
    at = end;
    out.push_back(line);
  }
  return out;
}

}  // namespace trtc::broker
