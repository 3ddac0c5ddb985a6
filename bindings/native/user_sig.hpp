// Signs the token of TLSSigAPIv2, as a back end does: for tools that are trusted with the application's key.
#pragma once

#include <cstdint>
#include <string>

namespace trtc::native {

/// `now`: seconds since 1970; `lifetime`: seconds. web/server/src/auth/usersig.ts verifies it.
std::string sign_user_sig(std::uint32_t sdk_app_id, const std::string& key, const std::string& user,
                          std::uint64_t now, std::uint64_t lifetime);

}  // namespace trtc::native
