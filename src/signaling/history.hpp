// The last calls that are over, so that whatever comes late finds out: a cancel that overtook its invite, an
// accept after the deadline. Bounded; the oldest is forgotten.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "effect.hpp"
#include "ids.hpp"
#include "signaling/message.hpp"

namespace trtc {

class History {
 public:
  static constexpr std::size_t capacity = 64;

  struct Past {
    CallId call;
    CancelReason reason = CancelReason::cancelled;
    UserId inviter;                        ///< whose invitation it was, where it was one
    std::uint32_t attempt = 0;             ///< which of them
    std::vector<message::Seat> members{};  ///< with whom we were in it when it ended
    std::vector<message::Seat> parted{};   ///< and before
    SessionId session{};                   ///< of a cancel that came without its invite, and its number there
    std::uint32_t seq = 0;
  };

 private:
  template <class Calls>
  static auto find(Calls& calls, const CallId& call) {
    return std::find_if(calls.begin(), calls.end(), [&](const Past& past) { return past.call == call; });
  }

 public:
  /// The first outcome stands; what may ring again does not.
  void remember(const Past& past) {
    const auto known = find(calls_, past.call);
    if (known != calls_.end()) {
      if (past.attempt > known->attempt) known->inviter = past.inviter, known->attempt = past.attempt;
      if (past.seq != 0) known->session = past.session, known->seq = past.seq;
      return;
    }
    if (calls_.size() == capacity) calls_.erase(calls_.begin());
    calls_.push_back(past);
  }

  std::size_t size() const { return calls_.size(); }

  std::optional<CancelReason> outcome(const CallId& call) const {
    const auto known = find(calls_, call);
    if (known == calls_.end()) return std::nullopt;
    return known->reason;
  }

  /// With whom we were in it when it ended.
  std::vector<message::Seat> members(const CallId& call) const {
    const auto known = find(calls_, call);
    return known == calls_.end() ? std::vector<message::Seat>() : known->members;
  }

  /// Whether we have ever been in it with this session.
  bool met(const CallId& call, const message::Seat& seat) const {
    const auto known = find(calls_, call);
    if (known == calls_.end()) return false;
    const auto has = [&seat](const std::vector<message::Seat>& seats) {
      return std::any_of(seats.begin(), seats.end(), [&seat](const message::Seat& one) {
        return one.user == seat.user && one.session == seat.session;
      });
    };
    return has(known->members) || has(known->parted);
  }

  /// Whether an invitation to a call that is over here is a later one than that which was answered: people
  /// are invited again to a group call that goes on without them.
  bool invited_anew(const CallId& call, const UserId& inviter, std::uint32_t attempt,
                    const SessionId& session, std::uint32_t seq) const {
    const auto known = find(calls_, call);
    if (known == calls_.end() || (known->session == session && seq < known->seq)) return false;
    return known->inviter != inviter || attempt > known->attempt;
  }

 private:
  friend struct Checkpoint;
  friend struct Inspection;  // tests/explore
  std::vector<Past> calls_;
};

}  // namespace trtc
