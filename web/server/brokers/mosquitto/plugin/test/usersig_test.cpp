// Verifying UserSigs: the tokens were made with tls-sig-api-v2 and by hand, at the second 1900000000, for
// 3600 s.
#include "usersig.hpp"

#include <doctest/doctest.h>

#include <initializer_list>
#include <string>

using namespace trtc::broker;
using Kind = Verdict::Kind;

namespace {

constexpr std::uint64_t app = 1400000001;
constexpr std::uint64_t made = 1'900'000'000;
const std::string key = "a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4";

const std::string plain =
    "eJyrVgrxCdYrSy1SslIy0jNQ0gHzM1NS80oy0zLBwo45mcmpuoZQqeKU7MSCgswUJStDEwMIMITIlGTmpipZGVpCRQ0g"
    "oqkVBZlFqUpWxmYwkeLMdCUrJR9fY48Ks9AIr7BifZe8HA-D4sT8Ym3PUu2gAB8L-aDk3NSI0IikSGfPbEdbpVoAhGIw"
    "Ig__";
const std::string with_user_buf =
    "eJw1zEsLgkAUBeD-creVzThlONDCooKhRWERtvNxtUtOyfhIiP574OPsznfgfOFy9K0GDUiwLQbTrlOCr4pS6tjLKcYZ"
    "H6YyeYZFQQlIvmB9eL9UpBEkdwdlvWJbkEGQwhmlLtFEdQoSYu02ke*J8ZoykFCrzX5is2x5-uRq-giU0c7hervrXai3"
    "q6YKhPumVqlTVq7h9weaLDgw";
const std::string other_key =
    "eJyrVgrxCdYrSy1SslIy0jNQ0gHzM1NS80oy0zLBwo45mcmpuoZQqeKU7MSCgswUJStDEwMIMITIlGTmpipZGVpCRQ0g"
    "oqkVBZlFqUpWxmYwkeLMdCUrpQIn88jswtygIBNt54g0g-Dc-OTcNEvnVJ*MkIikJH3nKs9AM0ujpOKAIgtbpVoAkK0w"
    "Xw__";
const std::string numbers_as_texts =
    "eJyrVgrxCdYrSy1SslIy0jNQ0gHzM1NS80oy0zLBwo45mcmpuoZQqeKU7MSCgswUJSslQxMDCIDJlWTmpoLELaHiMONS"
    "Kwoyi0AyxmZwseLMdCUrJR9fY48Ks9AIr7BifZe8HA-D4sT8Ym3PUu2gAB8L-aDk3NSI0IikSGfPbEdbpVoAWUYw7g__";
const std::string without_signature =
    "eJyrVgrxCdYrSy1SslIy0jNQ0gHzM1NS80oy0zLBwo45mcmpuoZQqeKU7MSCgswUJSslQxMDCIDJlWTmpoLELaHiMONS"
    "Kwoyi0AyxmZwseLMdCUrJaVaACBGIss_";
const std::string other_version =
    "eJyrVgrxCdYrSy1SslIy1DNQ0gHzM1NS80oy0zLBwo45mcmpuoZQqeKU7MSCgswUkHoTAwiAyZVk5qaCxC2h4jDjUisK"
    "MotAMsZmcLHizHQlKyUfX2OPCrPQCK*wYn2XvBwPw*LE-GJtz1LtoAAfC-2g5NzUiNCIpEhnz2xHW6VaAFilMO0_";
const std::string odd_number =
    "eJyrVgrxCdYrSy1SslIy0jNQ0gHzM1NS80oy0zLBwo45mcmpuoZQqeKU7MSCgswUJSslQxMDCIDJlWTmpipZKRlUmEMF"
    "UisKMotAQsZmBjCzizPTlayUfHyNPSrMQiO8wor1XfJyPAyLE-OLtT1LtYMCfCz0g5JzUyNCI5IinT2zHW2VagFZES-j";
const std::string deep = "eJyLjoYAw1goAAA1QgXy";
const std::string array = "eJyLjgUAARUAuQ__";
const std::string too_large =
    "eJztzMsKglAURuF32dMuZkWU0CBqoGEQ3bBh5SkOaYnHwojePTTrJVrfbK8f9lNW-rJ5V6k40m62pF7eOlSXTB91mUeR"
    "PqiGXU0mPO*SRIfiiN1tfXy3TMeq6IOqf9*pPNFpsXR6v2b0SRzxZx03762D6cZYk0vk2mZ3NTXvVlvM-b61OMQqWAf7"
    "7dg7j4ZSl1wceQAAAAAAAAAAAAAAAAB-QF5v*yzRLA__";
const std::string bomb =
    "eJztwYEAAAAAwyCV*VMe5FUBAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    "AAAAAAAAAAAAAAAAAAAAAAAAAACvBpsYZJk_";

Kind kind(const std::string& text, std::uint64_t now = made, const std::string& user = "Alice-1",
          std::uint64_t of_app = app, std::vector<std::string> keys = {key}) {
  return verify_user_sig(text, of_app, user, keys, now, 10).kind;
}

}  // namespace

TEST_CASE(
    "a UserSig of the user, signed with a key of the application, is genuine until its end and the skew") {
  CHECK(kind(plain) == Kind::genuine);
  CHECK(verify_user_sig(plain, app, "Alice-1", {key}, made, 10).expires_at == made + 3600);
  CHECK(kind(plain, made + 3609) == Kind::genuine);
  CHECK(kind(plain, made + 3610) == Kind::expired);
}

TEST_CASE("the user buffer belongs to what is signed") { CHECK(kind(with_user_buf) == Kind::genuine); }

TEST_CASE("numbers may be written as texts") { CHECK(kind(numbers_as_texts) == Kind::genuine); }

TEST_CASE("any key of the application may have signed, and no other") {
  CHECK(kind(plain, made, "Alice-1", app, {"new", key}) == Kind::genuine);
  CHECK(kind(plain, made, "Alice-1", app, {"new"}) == Kind::wrong_signature);
  CHECK(kind(plain, made, "Alice-1", app, {}) == Kind::wrong_signature);
  CHECK(kind(other_key) == Kind::wrong_signature);
  CHECK(kind(without_signature) == Kind::wrong_signature);
}

TEST_CASE("a UserSig of somebody else, or for another application, is refused") {
  CHECK(kind(plain, made, "bob") == Kind::wrong_user);
  CHECK(kind(plain, made, "alice-1") == Kind::wrong_user);
  CHECK(kind(plain, made, "Alice-1", 7) == Kind::wrong_app);
}

TEST_CASE("what is no UserSig is refused, whatever it is") {
  for (const std::string& text :
       {std::string(), std::string("x"), std::string("____"), std::string("A_B_"), plain + "_A", plain + "!",
        plain + " ", " " + plain, plain.substr(0, plain.size() / 2), std::string(5000, 'A'),
        std::string("eJw+"), std::string("eJw="), std::string("eJw/"), std::string("a\0bc", 4), array,
        other_version, odd_number, deep})
    CHECK(kind(text) == Kind::malformed);
}

TEST_CASE("what inflates to more than a UserSig can be is not read") {
  CHECK(kind(too_large) == Kind::malformed);
  CHECK(kind(bomb) == Kind::malformed);
}
