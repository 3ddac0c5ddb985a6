// Drives one Transport by hand: the host below it and the broker behind that are the test.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "session/broker_bytes.hpp"
#include "session/transport.hpp"

namespace trtc {

using Lines = std::vector<std::string>;

struct TransportDriver {
  Instant now{1000s};
  Random random{Seed{}};
  Transport transport;
  std::uint32_t socket = 0;  ///< the latest
  std::string url;           ///< where it leads

  explicit TransportDriver(std::vector<std::string> servers = {"ws://one"}) : transport(std::move(servers)) {}

  /// Effects and events of one step, a line each.
  Lines told(Effects effects, const Transport::Events& events = {}) {
    transport.flush(effects);
    Lines out;
    for (const Effect& effect : effects) {
      if (const auto* open = std::get_if<effect::OpenSocket>(&effect)) {
        socket = open->socket.value, url = open->url;
        out.push_back("open " + std::to_string(socket) + ' ' + open->url);
      } else if (const auto* close = std::get_if<effect::CloseSocket>(&effect)) {
        out.push_back("close " + std::to_string(close->socket.value));
      } else if (const auto* send = std::get_if<effect::SendBytes>(&effect)) {
        for (const std::string& line : broker::said(send->bytes)) out.push_back(line);
      }
    }
    for (const transport::Event& event : events) out.push_back(name(event));
    return out;
  }

  static std::string name(const transport::Event& event) {
    if (const auto* up = std::get_if<transport::Up>(&event)) return "up " + std::to_string(up->connection);
    if (const auto* down = std::get_if<transport::Down>(&event)) return down->was_up ? "down" : "down again";
    if (const auto* refused = std::get_if<transport::Refused>(&event)) return "refused: " + refused->why;
    if (std::holds_alternative<transport::Replaced>(event)) return "replaced";
    if (std::holds_alternative<transport::Expired>(event)) return "expired";
    if (const auto* answer = std::get_if<transport::Subscribed>(&event))
      return (answer->granted ? "granted " : "refused ") + answer->topic;
    const auto& received = std::get<transport::Received>(event);
    return "received " + received.topic + ' ' + received.payload;
  }

  Lines start() {
    Effects effects;
    transport.start(now, {Account("1_bob"), SessionId("s"), "sig"}, random, effects);
    return told(std::move(effects));
  }
  Lines stop(bool clean) {
    Effects effects;
    transport.stop(clean, effects);
    return told(std::move(effects));
  }
  Lines opened(std::uint32_t which) {
    Effects effects;
    transport.handle(now, input::SocketOpened{{which}}, effects);
    return told(std::move(effects));
  }
  Lines opened() { return opened(socket); }
  Lines received(const Bytes& bytes, std::uint32_t which) {
    Effects effects;
    Transport::Events events;
    transport.handle(now, input::SocketReceived{{which}, bytes}, random, effects, events);
    return told(std::move(effects), events);
  }
  Lines received(const Bytes& bytes) { return received(bytes, socket); }
  Lines closed(std::uint16_t code, std::uint32_t which) {
    Effects effects;
    Transport::Events events;
    transport.handle(now, input::SocketClosed{{which}, code, "bye"}, random, effects, events);
    return told(std::move(effects), events);
  }
  Lines closed(std::uint16_t code = 1006) { return closed(code, socket); }
  Lines network(bool online) {
    Effects effects;
    transport.handle(now, input::NetworkChanged{online}, effects);
    return told(std::move(effects));
  }
  Lines time_passed() {
    Effects effects;
    Transport::Events events;
    transport.handle(now, input::TimePassed{}, random, effects, events);
    return told(std::move(effects), events);
  }
  Lines after(Duration duration) {
    now += duration;
    return time_passed();
  }
  Lines watch(const std::string& topic) {
    transport.watch(now, topic);
    return told({});
  }
  Lines unwatch(const std::string& topic) {
    transport.unwatch(now, topic);
    return told({});
  }

  std::optional<Duration> next_in() const {
    const auto next = transport.next_deadline();
    return next ? std::optional(*next - now) : std::nullopt;
  }
  /// Sleeps until the transport wants something.
  Lines sleep() {
    REQUIRE(next_in());
    return after(*next_in());
  }

  // ---- States, by the way that leads to them. ----

  void greet() {
    start();
    CHECK(opened().size() == 1);
  }
  void go_online() {
    greet();
    CHECK(received(broker::connack()).size() == 1);
    CHECK(received(broker::suback(1)) == Lines{"up 1"});
  }
  /// From a socket that is being opened to online.
  Lines come_up() {
    opened();
    received(broker::connack());
    return received(broker::suback(1, std::vector<std::uint8_t>(filters, 0)));
  }
  std::size_t filters = 1;  ///< in the SUBSCRIBE that answers CONNACK
};

}  // namespace trtc
