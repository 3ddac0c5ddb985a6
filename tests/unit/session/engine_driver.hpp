// A whole engine whose host, broker and peers are the test: inputs in, effects out as lines of text.
#pragma once

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "engine.hpp"
#include "session/broker_bytes.hpp"
#include "signaling/codec.hpp"
#include "wire.hpp"

namespace trtc {

struct EngineDriver {
  using Lines = std::vector<std::string>;

  Instant now{1000s};
  Engine engine{Config{1, {"ws://one"}, Seed{}, false}};
  std::uint32_t socket = 0;       ///< the latest
  std::uint32_t ops = 0;          ///< the latest
  std::string session;            ///< of the latest CONNECT
  std::vector<std::string> said;  ///< by the client to the broker since the last question

  /// "Done 1 LoggedIn", "Failed 1 NOT_LOGGED_IN", "StatusChanged online idle", ...: everything but the bytes.
  Lines feed(const Input& input) {
    const Effects effects = engine.handle(now, input);
    for (const Effect& effect : effects) {
      if (const auto* send = std::get_if<effect::SendBytes>(&effect)) listen(send->bytes);
    }
    Lines out;
    const auto list = nlohmann::json::parse(wire::dump_effects(effects), nullptr, false);
    for (const auto& one : list) {
      std::string line = one["type"];
      if (line == "SendBytes") continue;
      if (line == "OpenSocket") socket = one["socket"];
      if (one.contains("op")) line += ' ' + one["op"].dump();
      if (one.contains("result")) line += ' ' + one["result"]["type"].get<std::string>();
      if (one.contains("error"))
        line += ' ' + std::string(describe(ErrorCode(one["error"]["code"].get<unsigned>())).name);
      if (one.contains("session"))
        line += ' ' + one["session"].get<std::string>() + ' ' + one["call"].get<std::string>();
      if (one.contains("connected")) line += one["connected"].get<bool>() ? " yes" : " no";
      if (one.contains("why")) line += ' ' + one["why"].get<std::string>();
      out.push_back(line);
    }
    return out;
  }

  Lines login(const std::string& user = "bob", const std::string& sig = "sig") {
    return feed(input::Login{{++ops}, user, sig});
  }
  Lines logout() { return feed(input::Logout{{++ops}}); }
  Lines call(const std::string& user = "alice") {
    return feed(input::Call{{++ops}, user, MediaType::audio, 30s, {}, 0});
  }
  Lines opened() { return feed(input::SocketOpened{{socket}}); }
  Lines received(const Bytes& bytes) { return feed(input::SocketReceived{{socket}, bytes}); }
  Lines closed(std::uint16_t code = 1006) { return feed(input::SocketClosed{{socket}, code, {}}); }
  Lines after(Duration duration) {
    now += duration;
    return feed(input::TimePassed{});
  }
  /// Sleeps until the engine wants something.
  Lines sleep() {
    REQUIRE(engine.next_deadline());
    return after(*engine.next_deadline() - now);
  }

  /// What has been said since the last question.
  Lines heard() { return std::exchange(said, {}); }
  /// Messages of this kind among it, written like "claim {...}".
  std::vector<message::Claim> claims() {
    std::vector<message::Claim> out;
    for (const std::string& line : heard()) {
      const std::size_t at = line.find(" {");
      if (line.compare(0, 8, "PUBLISH ") != 0 || at == std::string::npos) continue;
      const auto decoded = decode_envelope(line.substr(at + 1));
      const auto* envelope = std::get_if<Envelope>(&decoded);
      if (envelope == nullptr) continue;
      if (const auto* claim = std::get_if<message::Claim>(&envelope->body)) out.push_back(*claim);
    }
    return out;
  }

  // ---- States, by the way that leads to them. ----

  void connect(const std::string& user = "bob") {
    login(user);
    opened();
  }
  Lines welcome() {
    received(broker::connack());
    return received(broker::suback(1));
  }
  void go_online(const std::string& user = "bob") {
    connect(user);
    welcome();
    heard();
  }
  void reconnect() {
    closed();
    sleep();
    opened();
    heard();
  }

  /// A message from a peer, or from another session of our own account.
  Bytes mail(const std::string& from, const Envelope& envelope, const std::string& to = "1_bob") const {
    return broker::publish("trtc/v1/in/" + to + '/' + from, encode(envelope));
  }
  Bytes claim(const message::Claim& claim) const {
    return mail("1_bob", {{}, SessionId(std::string(32, 'a')), {}, 0, claim});
  }
  static Envelope invite(const std::string& call = "0f8fad5b-d9cb-469f-a165-70867728950e",
                         std::uint32_t seq = 1) {
    return {CallId(call),
            SessionId(std::string(32, 'b')),
            {},
            seq,
            message::Invite{MediaType::audio,
                            1,
                            false,
                            {},
                            {UserId("bob")},
                            30s,
                            {},
                            1,
                            "v=0",
                            1,
                            {},
                            {},
                            std::string(32, 'd')}};
  }

 private:
  void listen(const Bytes& bytes) {
    for (const std::string& line : broker::said(bytes)) {
      if (line.compare(0, 8, "CONNECT ") == 0) session = line.substr(line.find('_', 10) + 1, 32);
      said.push_back(line);
    }
  }
};

}  // namespace trtc
