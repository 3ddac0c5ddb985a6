#include "explore/network.hpp"

#include <string_view>
#include <unordered_map>
#include <utility>

#include "explore/names.hpp"
#include "machine.hpp"
#include "signaling/account.hpp"
#include "signaling/codec.hpp"
#include "words.hpp"

namespace trtc::explore {
namespace {

struct Cursor {
  const Bytes& bytes;
  std::size_t at = 0;

  std::uint8_t byte() { return bytes[at++]; }
  std::uint16_t number() {
    const std::uint16_t high = byte();
    return static_cast<std::uint16_t>(high << 8U | byte());
  }
  std::string text() { return take(number()); }
  std::string take(std::size_t size) {
    const auto from = bytes.begin() + static_cast<std::ptrdiff_t>(at);
    at += size;
    return {from, from + static_cast<std::ptrdiff_t>(size)};
  }
  std::size_t length() {
    std::size_t size = 0;
    unsigned shift = 0;
    std::uint8_t digit = 0;
    do digit = byte(), size |= static_cast<std::size_t>(digit & 0x7fU) << shift, shift += 7;
    while ((digit & 0x80U) != 0);
    return size;
  }
};

Bytes frame_of(const std::string& topic, const std::string& payload) {
  std::size_t rest = 2 + topic.size() + payload.size();
  Bytes out{0x30};
  do out.push_back(static_cast<std::uint8_t>(rest % 128 | (rest > 127 ? 0x80 : 0))), rest /= 128;
  while (rest > 0);
  out.push_back(static_cast<std::uint8_t>(topic.size() >> 8U));
  out.push_back(static_cast<std::uint8_t>(topic.size()));
  out.insert(out.end(), topic.begin(), topic.end());
  out.insert(out.end(), payload.begin(), payload.end());
  return out;
}

UserId user_at(std::string_view account) { return user_of(app, account).value_or(UserId()); }

// "trtc/v1/in/{to}/{from}", "trtc/v1/on/{from}", "trtc/v1/group/{group}/{from}"
PacketPtr read(std::string topic, const std::string& payload) {
  auto packet = std::make_shared<Packet>();
  packet->frame = frame_of(topic, payload);
  const std::string_view path = std::string_view(topic).substr(8);
  const std::size_t last = path.rfind('/');
  packet->from = user_at(path.substr(last + 1));
  if (path.substr(0, 3) == "on/") {
    packet->kind = Packet::Kind::presence;
    auto decoded = decode_presence(payload);
    packet->presence = std::get<Presence>(decoded);
  } else {
    packet->kind = path.substr(0, 3) == "in/" ? Packet::Kind::inbox : Packet::Kind::group;
    if (packet->kind == Packet::Kind::inbox) packet->to = user_at(path.substr(3, last - 3));
    auto decoded = decode_envelope(payload);
    packet->envelope = std::move(std::get<Envelope>(decoded));
  }
  packet->topic = std::move(topic);
  return packet;
}

/// Most publications have been seen before: reading JSON would cost more than all the rest.
PacketPtr intern(std::string topic, const std::string& payload) {
  constexpr std::size_t capacity = 100'000;
  thread_local std::unordered_map<std::string, PacketPtr> known;
  std::string key = topic + payload;
  const auto at = known.find(key);
  if (at != known.end()) return at->second;
  if (known.size() >= capacity) known.clear();
  return known.emplace(std::move(key), read(std::move(topic), payload)).first->second;
}

Written read_connect(Cursor in) {
  (void)in.text();
  (void)in.byte();
  (void)in.byte();
  (void)in.number();
  (void)in.text();
  std::string topic = in.text();
  return {1, 0, 0, intern(std::move(topic), in.text())};
}

}  // namespace

bool Packet::is_ack() const {
  return kind == Kind::inbox && std::holds_alternative<message::Ack>(envelope.body);
}

std::vector<Written> read_written(const Bytes& bytes) {
  std::vector<Written> out;
  Cursor in{bytes};
  while (in.at < bytes.size()) {
    const auto type = static_cast<std::uint8_t>(in.byte() >> 4U);
    const std::size_t size = in.length();
    const std::size_t end = in.at + size;
    Written one{type, 0, 0, nullptr};
    if (type == 1) {
      one = read_connect(in);
    } else if (type == 3) {
      std::string topic = in.text();
      one.publication = intern(std::move(topic), in.take(end - in.at));
    } else if (type == 8 || type == 10) {
      one.id = in.number();
      for (; in.at < end; ++one.filters) {
        (void)in.text();
        if (type == 8) (void)in.byte();
      }
    }
    in.at = end;
    out.push_back(std::move(one));
  }
  return out;
}

Bytes connack() { return {0x20, 2, 0, 0}; }
Bytes suback(std::uint16_t id, std::uint32_t filters) {
  Bytes out{0x90, static_cast<std::uint8_t>(2 + filters), static_cast<std::uint8_t>(id >> 8U),
            static_cast<std::uint8_t>(id)};
  out.resize(out.size() + filters, 0);
  return out;
}
Bytes unsuback(std::uint16_t id) {
  return {0xb0, 2, static_cast<std::uint8_t>(id >> 8U), static_cast<std::uint8_t>(id)};
}
Bytes pingresp() { return {0xd0, 0}; }

namespace {

std::string word_of(CancelReason reason) { return std::string(wire::word(wire::cancel_reasons, reason)); }

struct Title {
  std::string operator()(const message::Invite& m) const {
    return "invite " + std::string(wire::word(wire::media_types, m.media));
  }
  std::string operator()(const message::Ringing&) const { return "ringing"; }
  std::string operator()(const message::Accept&) const { return "accept"; }
  std::string operator()(const message::Confirm& m) const {
    return m.members.empty() ? "confirm" : "confirm and members";
  }
  std::string operator()(const message::Join&) const { return "join"; }
  std::string operator()(const message::Seek&) const { return "seek"; }
  std::string operator()(const message::Reject& m) const { return "reject " + word_of(m.reason); }
  std::string operator()(const message::Cancel& m) const { return "cancel " + word_of(m.reason); }
  std::string operator()(const message::Ended& m) const { return "ended " + word_of(m.reason); }
  std::string operator()(const message::Description& m) const { return m.answer ? "answer" : "offer"; }
  std::string operator()(const message::Candidates&) const { return "candidates"; }
  std::string operator()(const message::Restart& m) const { return m.fresh ? "restart fresh" : "restart"; }
  std::string operator()(const message::State& m) const {
    return std::string("state") + (m.sending.audio ? " audio" : "") + (m.sending.video ? " video" : "");
  }
  std::string operator()(const message::Roster& m) const {
    std::string out = "roster";
    for (const message::Fate& entry : m.list)
      out += ' ' + entry.user.text + ' ' + std::string(wire::word(wire::roster_statuses, entry.status));
    return out;
  }
  std::string operator()(const message::MediaSwitch& m) const {
    return "media switch " + std::string(wire::word(wire::media_types, m.media));
  }
  std::string operator()(const message::Leave&) const { return "leave"; }
  std::string operator()(const message::Claim& m) const { return "claim " + std::to_string(m.epoch); }
  std::string operator()(const message::Ack&) const { return "ack"; }
  std::string operator()(const message::Unknown&) const { return "unknown"; }
};

}  // namespace

std::string title(const Packet& packet) {
  if (packet.kind == Packet::Kind::presence) return packet.presence.here ? "here" : "gone";
  return match(packet.envelope.body, Title{});
}

}  // namespace trtc::explore
