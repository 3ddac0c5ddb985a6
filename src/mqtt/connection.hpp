// One MQTT connection from CONNECT to the end of its socket. Time and bytes come in as arguments; bytes to
// send are appended to `out`, news for the owner to `events`.
//
//   Fresh ──open──► Connecting ──CONNACK 0──► Online ──┐
//     │                 │ CONNACK 1..                  │ disconnect, violation, silence
//     └─────────────────┴──────────► Over ◄────────────┘
//
// Nothing but CONNECT is sent before the broker accepts. Over is final: the owner closes the socket and makes
// a new object for the next one; whatever is asked or received until then changes nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "bytes.hpp"
#include "mqtt/encode.hpp"
#include "mqtt/packet.hpp"
#include "mqtt/parser.hpp"
#include "mqtt/patience.hpp"
#include "time.hpp"

namespace trtc {
struct Checkpoint;
}

namespace trtc::mqtt {

/// From here on subscribe, unsubscribe and publish work.
struct Accepted {
  friend bool operator==(const Accepted&, const Accepted&) = default;
};
/// The broker does not want this client: a CONNACK code other than 0. The connection is over.
struct Refused {
  std::uint8_t code = 0;
  friend bool operator==(const Refused&, const Refused&) = default;
};
/// One for each filter asked for, in the order asked. Some brokers grant and then deliver nothing.
struct Subscribed {
  std::string filter;
  bool granted = false;
  friend bool operator==(const Subscribed&, const Subscribed&) = default;
};
struct Message {
  std::string topic;
  std::string payload;
  bool retained = false;
  friend bool operator==(const Message&, const Message&) = default;
};
/// Somebody sent us more than kMaxRemainingLength; it was skipped.
struct MessageTooLarge {
  std::uint32_t bytes = 0;
  friend bool operator==(const MessageTooLarge&, const MessageTooLarge&) = default;
};
/// The broker broke the protocol or did not answer in time. The connection is over. The text outlives
/// everything.
struct Broken {
  std::string_view why;
  friend bool operator==(const Broken&, const Broken&) = default;
};
using Event = std::variant<Accepted, Refused, Subscribed, Message, MessageTooLarge, Broken>;

class Connection {
 public:
  static constexpr std::size_t kMaxRequests = 64;

  explicit Connection(ConnectOptions options);

  /// The socket is open: sends CONNECT. Only the first call does anything. If it cannot be encoded, nothing
  /// is sent and the connection is over.
  Outcome open(Instant now, Bytes& out);

  /// Nothing a broker sends needs an answer at QoS 0, hence no `out`.
  void receive(Instant now, ByteView bytes, std::vector<Event>& events);

  /// All filters travel in one packet.
  Outcome subscribe(Instant now, const std::vector<std::string>& filters, Bytes& out);
  Outcome unsubscribe(Instant now, const std::vector<std::string>& filters, Bytes& out);
  Outcome publish(Instant now, std::string_view topic, std::string_view payload, Bytes& out);

  /// Ends cleanly: the broker drops the will [MQTT-3.14.4-3]. Sends nothing unless accepted.
  void disconnect(Bytes& out);

  /// When to call time_passed next. Calling it late or for nothing does no harm.
  std::optional<Instant> next_deadline() const;
  void time_passed(Instant now, Bytes& out, std::vector<Event>& events);

 private:
  friend struct trtc::Checkpoint;
  struct Request {
    enum class Kind : std::uint8_t { subscribe, unsubscribe };
    Kind kind;
    std::uint16_t id;
    Patience patience;
    std::vector<std::string> filters;
  };
  struct Fresh {
    ConnectOptions options;
  };
  struct Connecting {
    Duration keep_alive;
    Instant last_sent;
    Patience connack;
  };
  struct Online {
    Duration keep_alive;
    Instant last_sent;
    std::optional<Patience> pingresp;
    std::vector<Request> requests;
    std::uint16_t last_id = 0;

    std::optional<Instant> ping_due() const;
    std::uint16_t free_id() const;
    std::optional<Request> take_request(Request::Kind kind, std::uint16_t id);
  };
  struct Over {};

  void on(const ConnAck& packet, std::vector<Event>& events);
  void on(const SubAck& packet, std::vector<Event>& events);
  void on(const UnsubAck& packet, std::vector<Event>& events);
  void on(Publish& packet, std::vector<Event>& events);
  void on(const PingResp& packet, std::vector<Event>& events);
  void on(const Oversized& packet, std::vector<Event>& events);

  Outcome request(Instant now, Request::Kind kind, const std::vector<std::string>& filters, Bytes& out);
  Online* online_or_break(std::vector<Event>& events);
  std::optional<std::string_view> overdue(Instant now);
  void break_off(std::string_view why, std::vector<Event>& events);

  Parser parser_;
  std::variant<Fresh, Connecting, Online, Over> state_;
};

}  // namespace trtc::mqtt
