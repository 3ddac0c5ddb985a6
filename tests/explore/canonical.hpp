// A world written down so that two worlds with the same future read the same: ids become numbers in the order
// of their first appearance, moments become distances from now, sequence numbers become ranks.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "explore/world.hpp"
#include "ids.hpp"
#include "time.hpp"

namespace trtc::explore {

class Script {
 public:
  explicit Script(Instant now) : now_(now) {}

  void word(std::uint32_t value) { words_.push_back(value); }
  template <class Value>
  requires std::is_enum_v<Value>
  void word(Value value) { word(static_cast<std::uint32_t>(value)); }
  void user(const UserId& user);
  void call(const CallId& id) { name(calls_, id.text); }
  void call(std::uint32_t key) { name_key(calls_, key); }
  void session(const SessionId& id) { name(sessions_, id.text); }

  /// What lies ahead; what is due is due.
  void ahead(std::optional<Instant> at);
  /// What is past, as long as it makes a difference.
  void ago(std::optional<Instant> at, Duration longest);

  /// Numbers of which only identity and order matter, of one source. 0 is none.
  void ranked(std::uint64_t source, std::uint32_t value);
  void seq(const SessionId& session, std::uint32_t value);

  std::size_t known_calls() const { return calls_.size(); }
  bool knows(const CallId& id, std::size_t among) const;

  /// The ranks are known now. The words are complete.
  const std::vector<std::uint32_t>& finish();
  std::uint64_t hash();

 private:
  struct Ranked {
    std::uint64_t source;
    std::uint32_t value;
    std::uint32_t at;
  };
  void name(std::vector<std::uint32_t>& known, const std::string& id);
  void name_key(std::vector<std::uint32_t>& known, std::uint32_t key);

  Instant now_;
  std::vector<std::uint32_t> words_;
  std::vector<std::uint32_t> calls_;
  std::vector<std::uint32_t> sessions_;
  std::vector<Ranked> ranked_;
};

/// Of the call alone, as its machine sees it.
std::uint64_t call_print(const Page& page);

}  // namespace trtc::explore
