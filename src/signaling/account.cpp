#include "signaling/account.hpp"

#include <algorithm>
#include <string>

namespace trtc {
namespace {

constexpr std::size_t max_user_id = 32;
constexpr std::size_t max_group_id = 48;

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool stands_for_itself(char c) { return is_lower(c) || is_digit(c) || c == '_'; }

std::string encode(std::string_view id) {
  std::string out;
  for (const char c : id) {
    if (is_upper(c)) {
      out += {'-', static_cast<char>(c - 'A' + 'a')};
    } else if (c == '-') {
      out += "--";
    } else if (c == '@') {
      out += "-0";
    } else if (c == '#') {
      out += "-1";
    } else {
      out += c;
    }
  }
  return out;
}

std::optional<std::string> decode(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (stands_for_itself(text[i])) {
      out += text[i];
      continue;
    }
    if (text[i] != '-' || ++i == text.size()) return std::nullopt;
    if (text[i] == '-') {
      out += '-';
    } else if (is_lower(text[i])) {
      out += static_cast<char>(text[i] - 'a' + 'A');
    } else if (text[i] == '0' || text[i] == '1') {
      out += text[i] == '0' ? '@' : '#';
    } else {
      return std::nullopt;
    }
  }
  return out;
}

bool is_id(std::string_view text, std::size_t max, std::string_view others) {
  return !text.empty() && text.size() <= max && std::all_of(text.begin(), text.end(), [&](char c) {
    return stands_for_itself(c) || is_upper(c) || others.find(c) != std::string_view::npos;
  });
}

Account level_of(std::uint32_t app, std::string_view id) {
  return Account(std::to_string(app) + '_' + encode(id));
}

std::optional<std::string> id_of(std::uint32_t app, std::string_view level) {
  const std::string prefix = std::to_string(app) + '_';
  if (level.substr(0, prefix.size()) != prefix) return std::nullopt;
  return decode(level.substr(prefix.size()));
}

}  // namespace

bool is_user_id(std::string_view text) { return is_id(text, max_user_id, "-"); }
bool is_group_id(std::string_view text) { return is_id(text, max_group_id, "-@#"); }

Account account_of(std::uint32_t app, const UserId& user) { return level_of(app, user.text); }
Account group_account_of(std::uint32_t app, std::string_view group) { return level_of(app, group); }

std::optional<UserId> user_of(std::uint32_t app, std::string_view account) {
  auto user = id_of(app, account);
  if (!user || !is_user_id(*user)) return std::nullopt;
  return UserId(std::move(*user));
}
std::optional<std::string> group_of(std::uint32_t app, std::string_view account) {
  auto group = id_of(app, account);
  if (!group || !is_group_id(*group)) return std::nullopt;
  return group;
}

}  // namespace trtc
