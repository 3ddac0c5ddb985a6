#include "signaling/account.hpp"

#include <algorithm>
#include <string>

namespace trtc {
namespace {

constexpr std::size_t max_user_id = 32;

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool stands_for_itself(char c) { return is_lower(c) || is_digit(c) || c == '_'; }

std::string encode(std::string_view user) {
  std::string out;
  for (const char c : user) {
    if (is_upper(c)) {
      out += {'-', static_cast<char>(c - 'A' + 'a')};
    } else if (c == '-') {
      out += "--";
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
    } else {
      return std::nullopt;
    }
  }
  return out;
}

}  // namespace

bool is_user_id(std::string_view text) {
  return !text.empty() && text.size() <= max_user_id && std::all_of(text.begin(), text.end(), [](char c) {
    return stands_for_itself(c) || is_upper(c) || c == '-';
  });
}

Account account_of(std::uint32_t app, const UserId& user) {
  return Account(std::to_string(app) + '_' + encode(user.text));
}

std::optional<UserId> user_of(std::uint32_t app, std::string_view account) {
  const std::string prefix = std::to_string(app) + '_';
  if (account.substr(0, prefix.size()) != prefix) return std::nullopt;
  auto user = decode(account.substr(prefix.size()));
  if (!user || !is_user_id(*user)) return std::nullopt;
  return UserId(std::move(*user));
}

}  // namespace trtc
