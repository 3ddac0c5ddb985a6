#include "signaling/duplicates.hpp"

#include <algorithm>

namespace trtc {

bool Duplicates::first_sight(const UserId& user, const SessionId& from, std::uint32_t seq) {
  const auto at = std::find_if(senders_.begin(), senders_.end(), [&](const Sender& sender) {
    return sender.session == from && sender.user == user;
  });
  if (at == senders_.end()) {
    if (senders_.size() == sessions) senders_.erase(senders_.begin());
    senders_.push_back({user, from, seq, 1});
    return true;
  }
  std::rotate(at, at + 1, senders_.end());
  Sender& sender = senders_.back();
  if (seq > sender.highest) {
    const std::uint32_t step = seq - sender.highest;
    sender.seen = step < window ? sender.seen << step : std::bitset<window>();
    sender.seen.set(0);
    sender.highest = seq;
    return true;
  }
  const std::uint32_t age = sender.highest - seq;
  if (age >= window || sender.seen.test(age)) return false;
  sender.seen.set(age);
  return true;
}

}  // namespace trtc
