// The world around a fuzzed engine: it remembers what the engine has asked for, and knows what must hold.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>

#include "../unit/session/broker_bytes.hpp"
#include "engine.hpp"
#include "signaling/codec.hpp"
#include "signaling/topics.hpp"

namespace trtc::fuzz {

inline void require(bool condition) {
  if (!condition) std::abort();
}

/// The bytes of the input, one decision after the other; zeros when they are used up.
class Dice {
 public:
  Dice(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}
  bool more() const { return at_ < size_; }
  std::uint8_t byte() { return more() ? data_[at_++] : 0; }
  std::uint8_t below(std::uint8_t bound) { return static_cast<std::uint8_t>(byte() % bound); }
  bool flip() { return byte() % 2 != 0; }
  Bytes bytes(std::size_t count) {
    Bytes out;
    while (out.size() < count && more()) out.push_back(byte());
    return out;
  }

 private:
  const std::uint8_t* data_;
  std::size_t size_;
  std::size_t at_ = 0;
};

class Stage {
 public:
  Instant now{1000s};
  std::uint32_t socket = 0;
  std::uint32_t capture = 0;
  std::uint32_t peer = 0;
  std::uint32_t negotiation = 0;
  std::string call = "0f8fad5b-d9cb-469f-a165-70867728950e";
  std::string nonce;   ///< of the engine's last question to a group
  std::string secret;  ///< the pass of the call that it has placed

  explicit Stage(bool fast_connect) : engine_(Config{1, {"ws://one", "ws://two"}, Seed{}, fast_connect}) {}

  OpId op() {
    open_.insert(++ops_);
    return {ops_};
  }

  void feed(const Input& input) {
    const Effects effects = engine_.handle(now, input);
    require(effects.size() < 4096);
    for (const Effect& effect : effects) look(effect);
    check();
  }

  /// The host reports the end of a socket: nothing is to be closed any more.
  void closed(SocketId one, std::uint16_t code) {
    sockets_.erase(one.value);
    feed(input::SocketClosed{one, code, {}});
  }

  /// Time goes on, and every deadline in it is met. No state may ask to be woken again and again in the same
  /// instant.
  void pass(Duration duration) {
    constexpr int patience = 8;
    now += duration;
    feed(input::TimePassed{});
    for (int wake_ups = 0; engine_.next_deadline() && *engine_.next_deadline() <= now; ++wake_ups) {
      require(wake_ups < patience);
      feed(input::TimePassed{});
    }
  }

  /// The session ends: every promise has been kept, no call outlives it, and nothing is left to wait for.
  void leave() {
    feed(input::Logout{op()});
    require(engine_.session_status() == SessionStatus::logged_out);
    require(open_.empty());
    require(engine_.call_status() == CallStatus::idle);
    require(!engine_.next_deadline());
  }

  /// The session that the engine has chosen.
  const std::string& session() const { return session_; }

 private:
  void look(const Effect& effect) {
    if (const auto* e = std::get_if<effect::Done>(&effect)) settle(e->op);
    if (const auto* e = std::get_if<effect::Failed>(&effect)) settle(e->op);
    if (const auto* e = std::get_if<effect::OpenSocket>(&effect))
      socket = e->socket.value, sockets_.insert(socket);
    if (const auto* e = std::get_if<effect::CloseSocket>(&effect))
      require(sockets_.erase(e->socket.value) == 1);
    if (const auto* e = std::get_if<effect::OpenMedia>(&effect)) capture = e->capture.value, media_ = true;
    if (const auto* e = std::get_if<effect::OpenScreen>(&effect)) capture = e->capture.value;
    if (std::holds_alternative<effect::CloseMedia>(effect)) media_ = false;
    if (const auto* e = std::get_if<effect::CreatePeer>(&effect))
      require(peers_.insert(peer = e->peer.value).second);
    if (const auto* e = std::get_if<effect::ClosePeer>(&effect)) require(peers_.erase(e->peer.value) == 1);
    if (const auto* e = std::get_if<effect::CreateOffer>(&effect))
      use(e->peer), negotiation = e->negotiation.value;
    if (const auto* e = std::get_if<effect::CreateAnswer>(&effect))
      use(e->peer), negotiation = e->negotiation.value;
    if (const auto* e = std::get_if<effect::ApplyAnswer>(&effect)) use(e->peer);
    if (const auto* e = std::get_if<effect::AddCandidates>(&effect)) use(e->peer);
    if (const auto* e = std::get_if<effect::StartSending>(&effect)) use(e->peer);
    if (const auto* e = std::get_if<effect::Invited>(&effect)) call = e->call.call.text;
    if (const auto* e = std::get_if<effect::SendBytes>(&effect)) listen(e->bytes);
  }

  void settle(OpId one) { require(open_.erase(one.value) == 1); }
  void use(PeerId one) const { require(peers_.count(one.value) == 1); }

  // What the engine says to the broker names its session and the call that it has placed.
  void listen(const Bytes& bytes) {
    for (const std::string& line : broker::said(bytes)) {
      if (line.compare(0, 8, "CONNECT ") == 0) session_ = line.substr(line.find('_', 10) + 1, 32);
      const std::size_t at = line.find(" {");
      if (at == std::string::npos) continue;
      const auto decoded = decode_envelope(line.substr(at + 1));
      const auto* envelope = std::get_if<Envelope>(&decoded);
      if (envelope == nullptr) continue;
      if (const auto* invite = std::get_if<message::Invite>(&envelope->body))
        call = envelope->call.text, secret = invite->pass;
      if (const auto* seek = std::get_if<message::Seek>(&envelope->body)) nonce = seek->nonce;
    }
  }

  void check() const {
    require(peers_.size() <= 15);
    if (engine_.call_status() == CallStatus::idle) require(peers_.empty() && !media_);
  }

  Engine engine_;
  std::set<std::uint32_t> open_;  ///< promises that are not settled
  std::set<std::uint32_t> sockets_;
  std::set<std::uint32_t> peers_;
  bool media_ = false;
  std::uint32_t ops_ = 0;
  std::string session_ = std::string(32, '0');
};

}  // namespace trtc::fuzz
