// When does whose UserSig end? Mosquitto asks for topics, but never again for the login.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace trtc::broker {

class Sessions {
 public:
  /// @param connection names the connection as long as it is open; never looked into
  /// @param ends seconds since 1970
  void opened(const void* connection, std::string client_id, std::uint64_t ends) {
    closed(connection);
    open_[connection] = by_end_.emplace(ends, Session{connection, std::move(client_id)});
  }

  void closed(const void* connection) {
    const auto found = open_.find(connection);
    if (found == open_.end()) return;
    by_end_.erase(found->second);
    open_.erase(found);
  }

  /// The client ids of those that have ended; they are told once.
  std::vector<std::string> ended(std::uint64_t now) {
    std::vector<std::string> client_ids;
    while (!by_end_.empty() && by_end_.begin()->first <= now) {
      client_ids.push_back(by_end_.begin()->second.client_id);
      closed(by_end_.begin()->second.connection);
    }
    return client_ids;
  }

 private:
  struct Session {
    const void* connection;
    std::string client_id;
  };
  using ByEnd = std::multimap<std::uint64_t, Session>;
  ByEnd by_end_;
  std::unordered_map<const void*, ByEnd::iterator> open_;
};

}  // namespace trtc::broker
