#include "mqtt/encode.hpp"

#include <cstddef>

#include "mqtt/packet.hpp"
#include "mqtt/text.hpp"

namespace trtc::mqtt {
namespace {

constexpr std::uint8_t kConnect = 0x10;
constexpr std::uint8_t kPublish = 0x30;
// Bit 1 of these two is reserved and set [MQTT-3.8.1-1, MQTT-3.10.1-1].
constexpr std::uint8_t kSubscribe = 0x82;
constexpr std::uint8_t kUnsubscribe = 0xA2;
constexpr std::uint8_t kPingReq = 0xC0;
constexpr std::uint8_t kDisconnect = 0xE0;

constexpr std::uint8_t kCleanSession = 0x02;
constexpr std::uint8_t kHasWill = 0x04;
constexpr std::uint8_t kHasPassword = 0x40;
constexpr std::uint8_t kHasUserName = 0x80;

constexpr std::string_view kProtocolName = "MQTT";
constexpr std::uint8_t kProtocolLevel = 4;
constexpr std::uint8_t kQos0 = 0;

constexpr std::size_t kPrefix = 2;
constexpr std::size_t kMaxField = 65535;

void append_u16(Bytes& out, std::size_t value) {
  out.push_back(static_cast<std::uint8_t>(value >> 8));
  out.push_back(static_cast<std::uint8_t>(value & 0xFF));
}

void append_raw(Bytes& out, std::string_view bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); }

void append_field(Bytes& out, std::string_view field) {
  append_u16(out, field.size());
  append_raw(out, field);
}

void append_header(Bytes& out, std::uint8_t first, std::size_t remaining) {
  out.push_back(first);
  append_remaining_length(out, static_cast<std::uint32_t>(remaining));
}

std::uint8_t connect_flags(const ConnectOptions& options) {
  unsigned flags = kCleanSession;
  if (options.will) flags |= kHasWill;
  if (!options.user_name.empty()) flags |= kHasUserName | kHasPassword;
  return static_cast<std::uint8_t>(flags);
}

// The payload's order is fixed [MQTT-3.1.3-1].
std::vector<std::string_view> connect_fields(const ConnectOptions& options) {
  std::vector<std::string_view> fields{options.client_id};
  if (options.will) fields.insert(fields.end(), {options.will->topic, options.will->payload});
  if (!options.user_name.empty()) fields.insert(fields.end(), {options.user_name, options.password});
  return fields;
}

// A field that is merely too long is not called bad text, hence the order.
Outcome check_connect(const ConnectOptions& options) {
  for (const std::string_view field : connect_fields(options)) {
    if (field.size() > kMaxField) return Outcome::too_large;
  }
  const bool good_will = !options.will || is_topic_name(options.will->topic);
  return good_will && is_text(options.client_id) && is_text(options.user_name) ? Outcome::done
                                                                               : Outcome::bad_text;
}

// `after_filter` is what follows each filter: the wanted QoS in a SUBSCRIBE, nothing in an UNSUBSCRIBE.
Outcome append_filters(Bytes& out, std::uint8_t first, std::uint16_t packet_id,
                       const std::vector<std::string>& filters, std::string_view after_filter) {
  std::size_t remaining = sizeof packet_id;
  for (const std::string& filter : filters) {
    remaining += kPrefix + filter.size() + after_filter.size();
    if (filter.size() > kMaxField || remaining > kMaxRemainingLength) return Outcome::too_large;
    if (!is_topic_filter(filter)) return Outcome::bad_text;
  }
  // A request without a filter is a protocol violation [MQTT-3.8.3-3, MQTT-3.10.3-2].
  if (filters.empty()) return Outcome::bad_text;

  append_header(out, first, remaining);
  append_u16(out, packet_id);
  for (const std::string& filter : filters) {
    append_field(out, filter);
    append_raw(out, after_filter);
  }
  return Outcome::done;
}

}  // namespace

void append_remaining_length(Bytes& out, std::uint32_t length) {
  while (length > 0x7F) {
    out.push_back(static_cast<std::uint8_t>(0x80 | (length & 0x7F)));
    length >>= 7;
  }
  out.push_back(static_cast<std::uint8_t>(length));
}

Outcome append_connect(Bytes& out, const ConnectOptions& options) {
  if (const Outcome checked = check_connect(options); checked != Outcome::done) return checked;
  const std::vector<std::string_view> fields = connect_fields(options);

  std::size_t remaining = kPrefix + kProtocolName.size() + sizeof kProtocolLevel + sizeof(kCleanSession) +
                          sizeof options.keep_alive_s;
  for (const std::string_view field : fields) remaining += kPrefix + field.size();
  if (remaining > kMaxRemainingLength) return Outcome::too_large;

  append_header(out, kConnect, remaining);
  append_field(out, kProtocolName);
  out.push_back(kProtocolLevel);
  out.push_back(connect_flags(options));
  append_u16(out, options.keep_alive_s);
  for (const std::string_view field : fields) append_field(out, field);
  return Outcome::done;
}

Outcome append_subscribe(Bytes& out, std::uint16_t packet_id, const std::vector<std::string>& filters) {
  static constexpr char qos[] = {kQos0};
  return append_filters(out, kSubscribe, packet_id, filters, std::string_view(qos, sizeof qos));
}

Outcome append_unsubscribe(Bytes& out, std::uint16_t packet_id, const std::vector<std::string>& filters) {
  return append_filters(out, kUnsubscribe, packet_id, filters, {});
}

Outcome append_publish(Bytes& out, std::string_view topic, std::string_view payload) {
  const std::size_t remaining = kPrefix + topic.size() + payload.size();
  if (topic.size() > kMaxField || remaining > kMaxRemainingLength) return Outcome::too_large;
  if (!is_topic_name(topic)) return Outcome::bad_text;

  append_header(out, kPublish, remaining);
  append_field(out, topic);
  append_raw(out, payload);
  return Outcome::done;
}

void append_pingreq(Bytes& out) { append_header(out, kPingReq, 0); }

void append_disconnect(Bytes& out) { append_header(out, kDisconnect, 0); }

}  // namespace trtc::mqtt
