// Bytes of a broker in, packets out, wherever the stream was cut.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <variant>

#include "bytes.hpp"
#include "mqtt/malformed.hpp"
#include "mqtt/packet.hpp"

namespace trtc::mqtt {

class Parser {
 public:
  /// A PUBLISH above the bound is skipped, anything else above it is malformed.
  explicit Parser(std::uint32_t max_remaining_length = kMaxRemainingLength) : max_(max_remaining_length) {}

  /// Consumes the front of `input` up to the end of one packet and returns that packet; nothing when all of
  /// `input` is consumed or the stream is malformed. So: call until nothing comes, then ask malformed().
  /// At most one unfinished packet is kept, never more than buffered() <= max_remaining_length bytes.
  std::optional<Packet> next(ByteView& input);

  /// Set once and for ever: after a framing error no later byte has a known meaning.
  std::optional<Malformed> malformed() const;

  std::size_t buffered() const;
  /// Whether the next byte begins a packet.
  bool at_start() const { return std::holds_alternative<AtStart>(state_); }

 private:
  struct AtStart {};
  struct InLength {
    std::uint8_t first = 0;
    std::uint32_t value = 0;
    unsigned shift = 0;
  };
  struct InBody {
    std::uint8_t first = 0;
    std::uint32_t length = 0;
    Bytes bytes;
  };
  struct Skipping {
    std::uint32_t length = 0;
    std::uint32_t left = 0;
  };
  struct Failed {
    Malformed reason;
  };

  // Each consumes at least one byte of a non-empty input and moves to the next state itself.
  std::optional<Packet> step(AtStart& state, ByteView& input);
  std::optional<Packet> step(InLength& state, ByteView& input);
  std::optional<Packet> step(InBody& state, ByteView& input);
  std::optional<Packet> step(Skipping& state, ByteView& input);
  std::optional<Packet> step(Failed& state, ByteView& input);

  std::optional<Packet> length_known(std::uint8_t first, std::uint32_t length);
  std::optional<Packet> complete(std::uint8_t first, ByteView body);
  std::optional<Packet> fail(Malformed reason);

  std::uint32_t max_;
  std::variant<AtStart, InLength, InBody, Skipping, Failed> state_;
};

}  // namespace trtc::mqtt
