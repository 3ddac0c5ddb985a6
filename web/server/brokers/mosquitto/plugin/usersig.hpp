// Verifies a UserSig (TLSSigAPIv2), as web/server/src/auth/usersig.ts does: base64 with other letters, of
// zlib, of JSON, with an HMAC-SHA256 over some of its fields. Every byte of it comes from whoever wants to be
// let in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace trtc::broker {

struct UserSig {
  std::string user;
  std::uint64_t app = 0;
  std::uint64_t time = 0;    ///< seconds since 1970
  std::uint64_t expire = 0;  ///< seconds
  std::optional<std::string> user_buf;
  std::string signature;  ///< as base64
};

/// Nothing where the text is not a UserSig.
std::optional<UserSig> read_user_sig(std::string_view text);

struct Verdict {
  enum class Kind : std::uint8_t { genuine, malformed, wrong_app, wrong_user, wrong_signature, expired };
  Kind kind = Kind::malformed;
  std::uint64_t expires_at = 0;  ///< of a genuine one: seconds since 1970
};

/// Is `text` the UserSig of `user` at the application `app`, signed with one of `keys`?
/// @param now seconds since 1970
/// @param skew seconds that it may be used after its end
Verdict verify_user_sig(std::string_view text, std::uint64_t app, std::string_view user,
                        const std::vector<std::string>& keys, std::uint64_t now, std::uint64_t skew);

/// For the log.
std::string_view words_of(Verdict::Kind kind);

}  // namespace trtc::broker
