// Who may do what, as web/server/src/auth/acl.ts decides it (protocol, section 2), with the applications and
// groups of the server's own settings file.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ids.hpp"

namespace trtc::broker {

struct Settings {
  /// SDKAppID and the keys that may have signed its UserSigs.
  std::map<std::uint32_t, std::vector<std::string>> apps;
  /// Nothing: everybody belongs to every group. Else those that are listed, and nobody to any other.
  std::optional<std::map<std::string, std::set<std::string>>> groups;
  std::uint64_t clock_skew = 10;  ///< seconds
};

/// Reads `apps` (an object of SDKAppIDs; of each a key, a list of keys or an object of names and keys),
/// `groups` and `clockSkewSeconds` out of the file's text; other settings are the server's. What is wrong
/// goes to `problem`, which quotes nothing.
std::optional<Settings> read_settings(std::string_view text, std::string& problem);

/// An account of one of the applications.
struct Member {
  std::uint32_t app = 0;
  UserId user;
  Account account;
};

std::optional<Member> member_of(const Settings& settings, std::string_view user_name);

/// `{account}_{session}`, the session being 32 lower-case hexadecimal digits.
bool owns_client_id(const Member& member, std::string_view client_id);

bool may_publish(const Settings& settings, const Member& member, std::string_view topic);
bool may_subscribe(const Settings& settings, const Member& member, std::string_view filter);
/// A message on its way to a subscriber.
bool may_read(const Settings& settings, const Member& member, std::string_view topic);

}  // namespace trtc::broker
