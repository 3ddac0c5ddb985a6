// The explorer's key to the core: everything that an engine remembers, to be read and compared; and chance,
// which is scripted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine.hpp"

namespace trtc {

struct Inspection {
  using OutboxEntry = Outbox::Entry;
  using Contact = PostOffice::Contact;
  using Acks = PostOffice::Acks;
  using Group = Groups::Group;
  using Online = Transport::Online;
  using Waiting = Transport::Waiting;

  static const call::State& call(const Engine& engine) { return engine.call_; }
  static const session::State& session(const Engine& engine) { return engine.session_; }
  static session::State& session(Engine& engine) { return engine.session_; }
  static const std::vector<OutboxEntry>& outbox(const Engine& engine) {
    return engine.post_.outbox_.entries_;
  }
  static const std::vector<Acks>& acks(const Engine& engine) { return engine.post_.acks_; }
  static const std::vector<Contact>& contacts(const Engine& engine) { return engine.post_.contacts_; }
  static const SessionId& self(const Engine& engine) { return engine.post_.session_; }
  static const std::vector<History::Past>& history(const Engine& engine) { return engine.history_.calls_; }
  static const std::vector<Group>& groups(const Engine& engine) { return engine.groups_.groups_; }
  static std::size_t queued(const Engine& engine) { return engine.queue_.size(); }
  static const std::vector<std::string>& topics(const Engine& engine) { return engine.transport_.watched_; }
  static bool up(const Engine& engine) { return engine.transport_.up(); }
  static std::uint32_t connection(const Engine& engine) { return engine.transport_.connection_; }
  static unsigned failures(const Engine& engine) { return engine.transport_.failures_; }
  static std::size_t transport_state(const Engine& engine) { return engine.transport_.state_.index(); }
  static Waiting* waiting(Engine& engine) { return std::get_if<Waiting>(&engine.transport_.state_); }
  static const Waiting* waiting(const Engine& engine) {
    return std::get_if<Waiting>(&engine.transport_.state_);
  }

  /// Whether the message has been seen by this engine: it would be taken for a duplicate.
  static bool seen(const Engine& engine, const UserId& user, const SessionId& session, std::uint32_t seq) {
    for (const auto& sender : engine.post_.duplicates_.senders_) {
      if (sender.session != session || sender.user != user) continue;
      if (seq > sender.highest) return false;
      const std::uint32_t age = sender.highest - seq;
      return age >= Duplicates::window || sender.seen.test(age);
    }
    return false;
  }

  /// The next draws are multiples of `step`, so that every jitter of the outbox is zero.
  static void script(Engine& engine, std::uint32_t first, std::uint32_t step) {
    for (std::uint32_t& word : engine.random_.block_) word = first, first += step;
    engine.random_.used_ = 0;
  }
  static std::size_t drawn(const Engine& engine) { return engine.random_.used_; }
};

}  // namespace trtc
