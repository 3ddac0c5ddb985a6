// Accounts and the topics made of them: protocol, section 2.
#include "signaling/account.hpp"

#include <doctest/doctest.h>

#include <string>

#include "signaling/topics.hpp"

using namespace trtc;

namespace {

constexpr std::uint32_t sdk_app = 1400000000;
const std::string x32(32, 'x');
const std::string upper32(32, 'X');

/// The user behind an account, or "none".
std::string user(const std::string& account) {
  const auto found = user_of(sdk_app, account);
  return found ? found->text : "none";
}

}  // namespace

TEST_CASE("a userID is 1 to 32 letters, digits, hyphens and underscores") {
  for (const std::string& good : {std::string("a"), std::string("Z9_-"), std::string("-"), x32}) {
    CHECK(is_user_id(good));
  }
  for (const std::string& wrong : {std::string(), x32 + "x", std::string("a b"), std::string("a.b"),
                                   std::string("a/b"), std::string("+"), std::string("#"), std::string("é"),
                                   std::string("a\n"), std::string(1, '\0'), std::string("\x7f")}) {
    CAPTURE(wrong);
    CHECK_FALSE(is_user_id(wrong));
  }
}

TEST_CASE("an account is the app and the userID in lower case") {
  CHECK(account_of(sdk_app, UserId("bob_1")) == Account("1400000000_bob_1"));
  CHECK(account_of(sdk_app, UserId("Bob-B")) == Account("1400000000_-bob---b"));
  CHECK(account_of(0, UserId("a")) == Account("0_a"));
  CHECK(account_of(4294967295, UserId("a")) == Account("4294967295_a"));
}

TEST_CASE("every character of a userID comes back from its account") {
  std::string all;
  for (char c = '0'; c <= '9'; ++c) all += c;
  for (char c = 'a'; c <= 'z'; ++c) all += c;
  for (char c = 'A'; c <= 'Z'; ++c) all += c;
  all += "_-";
  for (const char first : all) {
    for (const char second : all) {
      const std::string name{first, second};
      CHECK(user(account_of(sdk_app, UserId(name)).text) == name);
    }
  }
  CHECK(user(account_of(sdk_app, UserId(upper32)).text) == upper32);
}

TEST_CASE("no two userIDs share an account, not even where case is folded") {
  CHECK(account_of(sdk_app, UserId("Bob")) != account_of(sdk_app, UserId("bob")));
  CHECK(account_of(sdk_app, UserId("-b")) != account_of(sdk_app, UserId("B")));
}

TEST_CASE("what is not the canonical form of an account is refused") {
  for (const std::string text : {"", "1400000000", "1400000000_", "_bob", "bob", "1400000000-bob",
                                 "01400000000_bob", "+1400000000_bob", " 1400000000_bob", "1400000000_Bob",
                                 "1400000000_bob-", "1400000000_b-1", "1400000000_b-_", "1400000000_b-B",
                                 "1400000000_b ob", "1400000000_b/ob", "1400000000_+", "1400000000_#",
                                 "1400000000_b\xc3\xb3"
                                 "b"}) {
    CAPTURE(text);
    CHECK(user(text) == "none");
  }
  CHECK(user(std::string("1400000000_b\0", 13)) == "none");
}

TEST_CASE("32 characters of a userID are accepted and 33 are not, however they are written") {
  CHECK(user("1400000000_" + x32) == x32);
  CHECK(user("1400000000_" + x32 + 'x') == "none");
  std::string escaped;
  for (int i = 0; i < 32; ++i) escaped += "-x";
  CHECK(user("1400000000_" + escaped) == upper32);
  CHECK(user("1400000000_" + escaped + "-x") == "none");
}

TEST_CASE("an account of another app is nobody") {
  CHECK(user("1400000001_bob") == "none");
  CHECK(user("140000000_bob") == "none");
  // The app's digits end at the first underscore.
  CHECK_FALSE(user_of(14, "140_bob"));
  CHECK(user_of(14, "14_0_bob") == UserId("0_bob"));
}

TEST_CASE("topics are those of the protocol") {
  const Account alice("1_alice");
  const Account bob("1_bob");
  CHECK(topic::inbox(bob, alice) == "trtc/v1/in/1_bob/1_alice");
  CHECK(topic::inbox_filter(bob) == "trtc/v1/in/1_bob/+");
  CHECK(topic::presence(bob) == "trtc/v1/on/1_bob");
}

TEST_CASE("the sender is the last level of our own inbox and of nothing else") {
  const Account bob("1_bob");
  CHECK(topic::inbox_sender("trtc/v1/in/1_bob/1_alice", bob) == "1_alice");
  CHECK(topic::inbox_sender("trtc/v1/in/1_bob/", bob) == "");
  CHECK(topic::inbox_sender("trtc/v1/in/1_bob/1_alice/x", bob) == "1_alice/x");  // which is no account
  for (const char* foreign : {"", "trtc/v1/in/1_bo/1_alice", "trtc/v1/in/1_bobby/1_alice", "trtc/v1/in/1_bob",
                              "trtc/v2/in/1_bob/1_alice", "trtc/v1/on/1_bob", "/trtc/v1/in/1_bob/1_alice"}) {
    CAPTURE(foreign);
    CHECK_FALSE(topic::inbox_sender(foreign, bob));
  }
}

TEST_CASE("presence is told on the account's own topic") {
  CHECK(topic::presence_of("trtc/v1/on/1_bob") == "1_bob");
  for (const char* foreign : {"", "trtc/v1/on", "trtc/v1/in/1_bob/1_alice", "trtc/v2/on/1_bob"}) {
    CAPTURE(foreign);
    CHECK_FALSE(topic::presence_of(foreign));
  }
}
