#include "native/address.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace trtc::native {
namespace {

struct Scheme {
  std::string_view name;
  bool tls;
  bool web;
  std::string_view port;
};

constexpr std::array<Scheme, 4> schemes{{{"ws://", false, true, "80"},
                                         {"wss://", true, true, "443"},
                                         {"mqtt://", false, false, "1883"},
                                         {"mqtts://", true, false, "8883"}}};

bool is_port(std::string_view text) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return !text.empty() && text.size() <= 5 && std::all_of(text.begin(), text.end(), digit);
}

bool is_host(std::string_view text) {
  const auto odd = [](char c) { return c <= ' ' || c == '@' || c == '\\' || c == 0x7F; };
  return !text.empty() && std::none_of(text.begin(), text.end(), odd);
}

/// `host`, `host:port`, `[v6]`, `[v6]:port`.
bool split(std::string_view authority, Address& out) {
  const bool v6 = authority.starts_with('[');
  const std::size_t end = v6 ? authority.find(']') : authority.find(':');
  if (v6 && end == std::string_view::npos) return false;
  out.host = authority.substr(v6 ? 1 : 0, v6 ? end - 1 : end);
  const std::string_view rest =
      end == std::string_view::npos ? std::string_view() : authority.substr(v6 ? end + 1 : end);
  if (!is_host(out.host)) return false;
  if (rest.empty()) return true;
  out.port = rest.substr(1);
  return rest.front() == ':' && is_port(out.port);
}

}  // namespace

std::string Address::authority() const {
  const bool v6 = host.find(':') != std::string::npos;
  return (v6 ? '[' + host + ']' : host) + ':' + port;
}

std::optional<Address> parse_address(std::string_view url) {
  const auto scheme = std::find_if(schemes.begin(), schemes.end(),
                                   [url](const Scheme& one) { return url.starts_with(one.name); });
  if (scheme == schemes.end()) return std::nullopt;
  url.remove_prefix(scheme->name.size());
  const std::size_t slash = std::min(url.find_first_of("/?"), url.size());
  Address out{scheme->tls, scheme->web, {}, std::string(scheme->port), std::string(url.substr(slash))};
  if (!split(url.substr(0, slash), out)) return std::nullopt;
  if (!out.path.starts_with('/')) out.path.insert(0, 1, '/');
  const auto space = [](char c) { return c <= ' ' || c == 0x7F; };
  if (std::any_of(out.path.begin(), out.path.end(), space)) return std::nullopt;
  return out;
}

}  // namespace trtc::native
