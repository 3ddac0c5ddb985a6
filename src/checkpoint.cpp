#include "checkpoint.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <type_traits>
#include <utility>
#include <vector>

#include "json_text.hpp"

namespace trtc {
namespace {

/// A damaged file must not make the reader take all memory.
constexpr std::int64_t longest_list = 4096;

// Not inlined: they are called from everywhere below, and the Wasm module has to be small.
class Writer {
 public:
  static constexpr bool reads = false;
  Writer(std::string& state, std::string& texts) : state_(state), texts_(texts) {}
  [[gnu::noinline]] void number(std::int64_t value) { state_.next() += std::to_string(value); }
  [[gnu::noinline]] void name(const std::string& value) { append_json_string(state_.next(), value); }
  void text(const std::string& value) { append_json_string(texts_.next(), value); }

 private:
  JsonArray state_;
  JsonArray texts_;
};

class Reader {
 public:
  static constexpr bool reads = true;
  explicit Reader(Archive& archive) : archive_(archive) {}
  void number(std::int64_t& value) { value = archive_.number(); }
  void name(std::string& value) { value = archive_.name(); }
  void text(std::string& value) { value = archive_.text(); }

 private:
  Archive& archive_;
};

}  // namespace

// The key to everything private, and the way through it, the same for who writes and who reads. Every class
// is taken apart by a structured binding: a member that is added and forgotten here does not compile.
struct Checkpoint {
  static bool possible(const Engine& engine);

  template <class Archive>
  class Walk;
};

template <class Archive>
class Checkpoint::Walk {
 public:
  explicit Walk(Archive& archive) : archive_(archive) {}

  void engine(Engine& engine) {
    auto& [config, random, now, effects, session, transport, post, self, call, numbers, history, profile,
           self_info, groups, queue, watched, told] = engine;
    static_cast<void>(config), static_cast<void>(effects), static_cast<void>(call), static_cast<void>(queue);
    all(random, now, self, history, profile, numbers, groups, watched);
    part(inside<session::Online>(session));
    part(post);
    part(transport);
    all(told.session, told.call);
    archive_.text(self_info.nick);
    archive_.text(self_info.avatar);
  }

 private:
  template <class... Parts>
  void all(Parts&... parts) {
    (part(parts), ...);
  }

  // ---- Values. ----

  template <class Value>
  requires(std::is_integral_v<Value> || std::is_enum_v<Value>) void part(Value& value) {
    auto number = static_cast<std::int64_t>(value);
    archive_.number(number);
    value = static_cast<Value>(number);
  }
  void part(std::string& name) { archive_.name(name); }
  template <class Tag>
  void part(Name<Tag>& name) {
    archive_.name(name.text);
  }
  void part(Instant& at) {
    std::int64_t number = at.time_since_epoch().count();
    archive_.number(number);
    at = Instant(Duration(number));
  }
  void part(Duration& duration) {
    std::int64_t number = duration.count();
    archive_.number(number);
    duration = Duration(number);
  }
  template <std::size_t size>
  void part(std::array<std::uint32_t, size>& words) {
    for (std::uint32_t& word : words) part(word);
  }
  template <std::size_t size>
  void part(std::bitset<size>& bits) {
    for (std::size_t at = 0; at < size; at += 32) {
      std::int64_t word = 0;
      for (std::size_t i = 0; i < 32; ++i) word |= std::int64_t{bits[at + i]} << i;
      archive_.number(word);
      for (std::size_t i = 0; i < 32; ++i) bits[at + i] = (word >> i & 1) != 0;
    }
  }
  template <class Element>
  void part(std::vector<Element>& list) {
    auto count = static_cast<std::int64_t>(list.size());
    archive_.number(count);
    if constexpr (Archive::reads)
      list.resize(static_cast<std::size_t>(std::clamp<std::int64_t>(count, 0, longest_list)));
    for (Element& element : list) part(element);
  }
  /// The alternative that every connected and idle engine is in.
  template <class State, class Variant>
  static State& inside(Variant& variant, State fresh = State()) {
    if constexpr (Archive::reads) variant = std::move(fresh);
    return *std::get_if<State>(&variant);
  }

  // ---- Parts of an engine. ----

  void part(Random& random) {
    auto& [state, block, used] = random;
    all(state, block, used);
  }
  void part(call::Numbers& numbers) {
    auto& [peer, negotiation, capture, attempt] = numbers;
    all(peer, negotiation, capture, attempt);
  }
  void part(VideoProfile& profile) {
    auto& [width, height, frame_rate, bitrate] = profile;
    all(width, height, frame_rate, bitrate);
  }
  void part(session::Online& online) {
    auto& [self, claim, settled_at, claim_at] = online;
    all(self.user, self.account, self.session, claim.epoch, claim.nonce, claim.phase, settled_at, claim_at);
  }
  void part(message::Seat& seat) {
    auto& [user, session] = seat;
    all(user, session);
  }
  void part(History& history) { part(history.calls_); }
  void part(History::Past& past) {
    auto& [call, reason, inviter, attempt, members, parted, session, seq] = past;
    all(call, reason, inviter, attempt, members, parted, session, seq);
  }
  void part(Groups& groups) { part(groups.groups_); }
  void part(Groups::Group& group) {
    auto& [id, joined, ops] = group;
    static_cast<void>(ops);
    all(id, joined);
  }
  void part(PostOffice& post) {
    auto& [app, user, account, session, outbox, duplicates, acks, to_groups, contacts] = post;
    static_cast<void>(acks), static_cast<void>(to_groups);
    all(app, user, account, session, outbox.last_seq_, duplicates.senders_, contacts);
  }
  void part(Duplicates::Sender& sender) {
    auto& [user, session, highest, seen] = sender;
    all(user, session, highest, seen);
  }
  void part(PostOffice::Contact& contact) {
    auto& [session, connection] = contact;
    all(session, connection);
  }
  void part(Transport& transport) {
    auto& [servers, server, credentials, watched, state, out, failures, connection, last_socket] = transport;
    static_cast<void>(out);
    all(servers, server, credentials.account, credentials.session, watched, failures, connection,
        last_socket);
    archive_.text(credentials.user_sig);
    auto& online = inside<Transport::Online>(state, {{}, mqtt::Connection({})});
    all(online.socket.value);
    auto& mqtt = inside<mqtt::Connection::Online>(online.mqtt.state_);
    all(mqtt.keep_alive, mqtt.last_sent, mqtt.last_id);
  }

  Archive& archive_;
};

bool Checkpoint::possible(const Engine& engine) {
  const auto* const socket = std::get_if<Transport::Online>(&engine.transport_.state_);
  const auto* const mqtt =
      socket == nullptr ? nullptr : std::get_if<mqtt::Connection::Online>(&socket->mqtt.state_);
  const PostOffice& post = engine.post_;
  return mqtt != nullptr && mqtt->requests.empty() && !mqtt->pingresp && socket->mqtt.parser_.at_start() &&
         engine.transport_.out_.empty() && std::holds_alternative<session::Online>(engine.session_) &&
         engine.call_status() == CallStatus::idle && engine.queue_.empty() && post.outbox_.size() == 0 &&
         post.acks_.empty() && post.to_groups_.empty() &&
         std::all_of(engine.groups_.groups_.begin(), engine.groups_.groups_.end(),
                     [](const auto& group) { return group.ops.empty(); });
}

std::string checkpoint(Engine& engine) {
  if (!Checkpoint::possible(engine)) return {};
  std::string state;
  std::string texts;
  {
    Writer writer(state, texts);
    Checkpoint::Walk(writer).engine(engine);
  }
  return "\"state\":" + state + ",\"texts\":" + texts;
}

void restore(Engine& engine, Archive& archive) {
  Reader reader(archive);
  Checkpoint::Walk(reader).engine(engine);
}

}  // namespace trtc
