// Drives one connection through the states its tests name, on a clock they move.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "mqtt/connection.hpp"

namespace trtc::mqtt {

inline ConnectOptions options_with(std::uint16_t keep_alive_s) { return {"id", "", "", keep_alive_s, {}}; }

inline Bytes connack(std::uint8_t code = 0) { return {0x20, 0x02, 0x00, code}; }
inline Bytes suback(std::uint16_t id, const std::vector<std::uint8_t>& codes) {
  Bytes bytes{0x90, static_cast<std::uint8_t>(codes.size() + 2), static_cast<std::uint8_t>(id >> 8),
              static_cast<std::uint8_t>(id & 0xFF)};
  bytes.insert(bytes.end(), codes.begin(), codes.end());
  return bytes;
}
inline Bytes unsuback(std::uint16_t id) {
  return {0xB0, 0x02, static_cast<std::uint8_t>(id >> 8), static_cast<std::uint8_t>(id & 0xFF)};
}
inline const Bytes kPingReq = {0xC0, 0x00};
inline const Bytes kPingResp = {0xD0, 0x00};

struct Driver {
  Instant now{1000s};
  Connection connection;

  explicit Driver(std::uint16_t keep_alive_s = 60) : connection(options_with(keep_alive_s)) {}

  std::vector<Event> receive(const Bytes& bytes) {
    std::vector<Event> events;
    connection.receive(now, bytes, events);
    return events;
  }

  /// What the timer sends and reports, called right now.
  std::pair<Bytes, std::vector<Event>> tick() {
    std::pair<Bytes, std::vector<Event>> result;
    connection.time_passed(now, result.first, result.second);
    return result;
  }

  std::pair<Bytes, std::vector<Event>> tick_after(Duration duration) {
    now += duration;
    return tick();
  }

  Bytes subscribe(const std::vector<std::string>& filters) {
    Bytes out;
    CHECK(connection.subscribe(now, filters, out) == Outcome::done);
    return out;
  }

  Bytes unsubscribe(const std::vector<std::string>& filters) {
    Bytes out;
    CHECK(connection.unsubscribe(now, filters, out) == Outcome::done);
    return out;
  }

  Bytes publish(const std::string& topic = "t", const std::string& payload = "p") {
    Bytes out;
    CHECK(connection.publish(now, topic, payload, out) == Outcome::done);
    return out;
  }

  std::optional<Duration> next_in() const {
    const auto deadline = connection.next_deadline();
    return deadline ? std::optional(*deadline - now) : std::nullopt;
  }

  void check_over() {
    CHECK(next_in() == std::nullopt);
    Bytes out;
    CHECK(connection.open(now, out) == Outcome::not_connected);
    CHECK(connection.publish(now, "t", "p", out) == Outcome::not_connected);
    CHECK(connection.subscribe(now, {"t"}, out) == Outcome::not_connected);
    CHECK(connection.unsubscribe(now, {"t"}, out) == Outcome::not_connected);
    connection.disconnect(out);
    CHECK(out.empty());
    CHECK(receive(connack()).empty());
    CHECK(receive({0xFF}).empty());
    CHECK(tick_after(1h) == std::pair<Bytes, std::vector<Event>>{});
  }
};

inline Driver connecting(std::uint16_t keep_alive_s = 60) {
  Driver driver(keep_alive_s);
  Bytes out;
  CHECK(driver.connection.open(driver.now, out) == Outcome::done);
  return driver;
}

inline Driver online(std::uint16_t keep_alive_s = 60) {
  Driver driver = connecting(keep_alive_s);
  CHECK(driver.receive(connack()) == std::vector<Event>{Accepted{}});
  return driver;
}

inline std::pair<Bytes, std::vector<Event>> silence() { return {}; }
inline std::pair<Bytes, std::vector<Event>> sends(const Bytes& bytes) { return {bytes, {}}; }
inline std::pair<Bytes, std::vector<Event>> breaks(std::string_view why) { return {{}, {Broken{why}}}; }

}  // namespace trtc::mqtt
