#include "native/user_sig.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <zlib.h>

#include <array>
#include <cstdlib>
#include <vector>

#include "bytes.hpp"
#include "json_text.hpp"

namespace trtc::native {
namespace {

std::string base64(ByteView bytes) {
  std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), bytes.data(),
                                   static_cast<int>(bytes.size()));
  out.resize(static_cast<std::size_t>(size));
  return out;
}

std::string hmac_sha256(const std::string& key, const std::string& text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  const auto* data = reinterpret_cast<const unsigned char*>(text.data());
  if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), data, text.size(), digest.data(), &size) ==
      nullptr)
    std::abort();
  return base64(ByteView(digest.data(), size));
}

Bytes deflated(const std::string& text) {
  uLongf size = compressBound(text.size());
  Bytes out(size);
  if (compress(out.data(), &size, reinterpret_cast<const Bytef*>(text.data()), text.size()) != Z_OK)
    std::abort();
  out.resize(size);
  return out;
}

}  // namespace

std::string sign_user_sig(std::uint32_t sdk_app_id, const std::string& key, const std::string& user,
                          std::uint64_t now, std::uint64_t lifetime) {
  const std::string app = std::to_string(sdk_app_id), time = std::to_string(now),
                    expire = std::to_string(lifetime);
  const std::string sig = hmac_sha256(key, "TLS.identifier:" + user + "\nTLS.sdkappid:" + app +
                                               "\nTLS.time:" + time + "\nTLS.expire:" + expire + "\n");
  std::string text;
  {
    JsonObject document(text);
    document.text("TLS.ver", "2.0").text("TLS.identifier", user);
    document.member("TLS.sdkappid") += app;
    document.member("TLS.time") += time;
    document.member("TLS.expire") += expire;
    document.text("TLS.sig", sig);
  }
  std::string token = base64(deflated(text));
  for (char& c : token) c = c == '+' ? '*' : c == '/' ? '-' : c == '=' ? '_' : c;
  return token;
}

}  // namespace trtc::native
