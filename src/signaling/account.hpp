// Account = `{SDKAppID}_{encoded userID}`: the user name at the broker and a topic level. Brokers fold case
// (ejabberd) or treat '.' as a separator (RabbitMQ, NATS), so the userID is written in lower case: a-z, 0-9
// and '_' stand for themselves, an upper-case letter X is "-x", a hyphen is "--". Protocol, section 2. Group
// ids are written in the same way; their '@' is "-0" and their '#' "-1".
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "ids.hpp"

namespace trtc {

/// Whether `text` may be a userID: [A-Za-z0-9_-], 1 to 32 characters (behaviour document, section 9, row 22).
bool is_user_id(std::string_view text);

Account account_of(std::uint32_t app, const UserId& user);

/// Whether `text` may be a group id: [A-Za-z0-9_@#-], 1 to 48 characters.
bool is_group_id(std::string_view text);

/// The group as a topic level of `app`, and back.
Account group_account_of(std::uint32_t app, std::string_view group);
std::optional<std::string> group_of(std::uint32_t app, std::string_view account);

/// The user behind an account of `app`; nothing where the text is not canonical or belongs to another app.
std::optional<UserId> user_of(std::uint32_t app, std::string_view account);

}  // namespace trtc
