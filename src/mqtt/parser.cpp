#include "mqtt/parser.hpp"

#include <algorithm>
#include <utility>

#include "mqtt/decode.hpp"

namespace trtc::mqtt {
namespace {

constexpr unsigned kLastShift = 21;

std::uint8_t take_byte(ByteView& input) {
  const std::uint8_t byte = input.front();
  input = input.subspan(1);
  return byte;
}

ByteView take_up_to(ByteView& input, std::size_t wanted) {
  const ByteView taken = input.first(std::min(wanted, input.size()));
  input = input.subspan(taken.size());
  return taken;
}

}  // namespace

std::optional<Packet> Parser::next(ByteView& input) {
  while (!input.empty() && !malformed()) {
    const auto advance = [&](auto& state) { return step(state, input); };
    if (std::optional<Packet> packet = std::visit(advance, state_)) return packet;
  }
  return std::nullopt;
}

std::optional<Malformed> Parser::malformed() const {
  const auto* failed = std::get_if<Failed>(&state_);
  return failed != nullptr ? std::optional(failed->reason) : std::nullopt;
}

std::size_t Parser::buffered() const {
  const auto* body = std::get_if<InBody>(&state_);
  return body != nullptr ? body->bytes.size() : 0;
}

std::optional<Packet> Parser::step(AtStart&, ByteView& input) {
  const std::uint8_t first = take_byte(input);
  if (const auto reason = check_first_byte(first)) return fail(*reason);
  state_ = InLength{first};
  return std::nullopt;
}

// Longer forms of a small number (0x80 0x00 for 0) are accepted: only MQTT 5 forbids them.
std::optional<Packet> Parser::step(InLength& state, ByteView& input) {
  const std::uint8_t byte = take_byte(input);
  state.value |= static_cast<std::uint32_t>(byte & 0x7F) << state.shift;
  if ((byte & 0x80) == 0) return length_known(state.first, state.value);
  if (state.shift == kLastShift) return fail(Malformed::endless_length);
  state.shift += 7;
  return std::nullopt;
}

std::optional<Packet> Parser::length_known(std::uint8_t first, std::uint32_t length) {
  if (const auto reason = check_length(first, length)) return fail(*reason);
  if (length > max_) {
    if (!is_publish(first)) return fail(Malformed::wrong_length);
    state_ = Skipping{length, length};
    return std::nullopt;
  }
  if (length == 0) return complete(first, {});
  state_ = InBody{first, length, {}};
  return std::nullopt;
}

std::optional<Packet> Parser::step(InBody& state, ByteView& input) {
  const ByteView taken = take_up_to(input, state.length - state.bytes.size());
  state.bytes.insert(state.bytes.end(), taken.begin(), taken.end());
  if (state.bytes.size() < state.length) return std::nullopt;
  const Bytes body = std::move(state.bytes);
  return complete(state.first, body);
}

std::optional<Packet> Parser::step(Skipping& state, ByteView& input) {
  state.left -= static_cast<std::uint32_t>(take_up_to(input, state.left).size());
  if (state.left > 0) return std::nullopt;
  const Oversized packet{state.length};
  state_ = AtStart{};
  return packet;
}

std::optional<Packet> Parser::step(Failed&, ByteView&) { return std::nullopt; }

std::optional<Packet> Parser::complete(std::uint8_t first, ByteView body) {
  auto decoded = decode(first, body);
  if (const auto* reason = std::get_if<Malformed>(&decoded)) return fail(*reason);
  state_ = AtStart{};
  return std::move(*std::get_if<Packet>(&decoded));
}

std::optional<Packet> Parser::fail(Malformed reason) {
  state_ = Failed{reason};
  return std::nullopt;
}

}  // namespace trtc::mqtt
