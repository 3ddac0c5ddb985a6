#include "usersig.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <zlib.h>

#include <algorithm>
#include <array>

#include "json_tree.hpp"

namespace trtc::broker {
namespace {

constexpr std::size_t longest_text = 4096;
constexpr std::size_t largest_document = 8192;
/// About 30 000 years: sums of two fit everywhere.
constexpr std::uint64_t largest_seconds = 1'000'000'000'000;

/// The bytes behind base64 that has `*`, `-` and `_` for `+`, `/` and `=`.
std::optional<std::string> decode_base64(std::string_view text) {
  if (text.empty() || text.size() > longest_text) return std::nullopt;
  std::string plain(text);
  for (char& c : plain)
    c = c == '*' ? '+' : c == '-' ? '/' : c == '_' ? '=' : c == '+' || c == '/' || c == '=' ? '\0' : c;
  const std::size_t end = plain.find_last_not_of('=');
  if (end == std::string::npos || plain.size() - end > 3 || plain.find('=') < end) return std::nullopt;
  plain.resize(end + 1);
  const std::size_t padding = (4 - plain.size() % 4) % 4;
  if (padding == 3) return std::nullopt;
  plain.append(padding, '=');
  std::string bytes(plain.size() / 4 * 3, '\0');
  const auto* source = reinterpret_cast<const unsigned char*>(plain.data());
  auto* target = reinterpret_cast<unsigned char*>(bytes.data());
  // It skips blanks at both ends, which are no letters of a UserSig.
  const bool all_letters = plain.find_first_of(std::string_view(" \t\r\n\v\f\0", 7)) == std::string::npos;
  const int size = all_letters ? EVP_DecodeBlock(target, source, static_cast<int>(plain.size())) : -1;
  if (size != static_cast<int>(bytes.size())) return std::nullopt;
  bytes.resize(bytes.size() - padding);
  return bytes;
}

std::optional<std::string> inflate_document(const std::string& bytes) {
  std::string document(largest_document, '\0');
  uLongf size = document.size();
  const auto* source = reinterpret_cast<const Bytef*>(bytes.data());
  if (uncompress(reinterpret_cast<Bytef*>(document.data()), &size, source, bytes.size()) != Z_OK)
    return std::nullopt;
  document.resize(size);
  return document;
}

std::optional<std::string> text_of(const Json& document, std::string_view name) {
  const Json* value = document.find(name);
  if (!value || !value->is(Json::Kind::text)) return std::nullopt;
  return value->text;
}

/// Signers in loosely typed languages write numbers as texts when they were given texts.
std::optional<std::uint64_t> count_of(const Json& document, std::string_view name) {
  const Json* value = document.find(name);
  if (!value) return std::nullopt;
  std::uint64_t number = value->number;
  if (value->is(Json::Kind::text)) {
    const std::string& digits = value->text;
    const bool canonical = !digits.empty() && digits.size() <= 13 && (digits[0] != '0' || digits.size() == 1);
    if (!canonical || !std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
      return std::nullopt;
    number = std::stoull(digits);
  } else if (!value->is(Json::Kind::number)) {
    return std::nullopt;
  }
  if (number > largest_seconds) return std::nullopt;
  return number;
}

std::string signature_of(const UserSig& sig, const std::string& key) {
  std::string text = "TLS.identifier:" + sig.user + "\nTLS.sdkappid:" + std::to_string(sig.app) +
                     "\nTLS.time:" + std::to_string(sig.time) + "\nTLS.expire:" + std::to_string(sig.expire) +
                     '\n';
  if (sig.user_buf) text += "TLS.userbuf:" + *sig.user_buf + '\n';
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (!HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
            reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(), &size))
    return {};
  std::array<unsigned char, std::size_t{2} * EVP_MAX_MD_SIZE> base64{};
  const int length = EVP_EncodeBlock(base64.data(), digest.data(), static_cast<int>(size));
  return std::string(reinterpret_cast<const char*>(base64.data()), static_cast<std::size_t>(length));
}

/// In a time that does not tell where they differ.
bool equal(const std::string& a, const std::string& b) {
  return !a.empty() && a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace

std::optional<UserSig> read_user_sig(std::string_view text) {
  const auto bytes = decode_base64(text);
  const auto document = bytes ? inflate_document(*bytes) : std::nullopt;
  const auto json = document ? parse_json(*document, 2) : std::nullopt;
  if (!json || text_of(*json, "TLS.ver") != "2.0") return std::nullopt;
  const auto user = text_of(*json, "TLS.identifier");
  const auto signature = text_of(*json, "TLS.sig");
  const auto app = count_of(*json, "TLS.sdkappid");
  const auto time = count_of(*json, "TLS.time");
  const auto expire = count_of(*json, "TLS.expire");
  if (!user || !signature || !app || !time || !expire) return std::nullopt;
  const auto user_buf = text_of(*json, "TLS.userbuf");
  if (!user_buf && json->find("TLS.userbuf")) return std::nullopt;
  return UserSig{*user, *app, *time, *expire, user_buf, *signature};
}

Verdict verify_user_sig(std::string_view text, std::uint64_t app, std::string_view user,
                        const std::vector<std::string>& keys, std::uint64_t now, std::uint64_t skew) {
  const auto sig = read_user_sig(text);
  if (!sig) return {Verdict::Kind::malformed};
  if (sig->app != app) return {Verdict::Kind::wrong_app};
  if (sig->user != user) return {Verdict::Kind::wrong_user};
  bool genuine = false;
  for (const std::string& key : keys) genuine |= equal(sig->signature, signature_of(*sig, key));
  if (!genuine) return {Verdict::Kind::wrong_signature};
  const std::uint64_t end = sig->time + sig->expire;
  if (end + skew <= now) return {Verdict::Kind::expired};
  return {Verdict::Kind::genuine, end};
}

std::string_view words_of(Verdict::Kind kind) {
  switch (kind) {
    case Verdict::Kind::genuine:
      return "genuine";
    case Verdict::Kind::malformed:
      return "malformed";
    case Verdict::Kind::wrong_app:
      return "of another application";
    case Verdict::Kind::wrong_user:
      return "of another user";
    case Verdict::Kind::wrong_signature:
      return "wrong signature";
    case Verdict::Kind::expired:
      return "expired";
  }
  return "";
}

}  // namespace trtc::broker
