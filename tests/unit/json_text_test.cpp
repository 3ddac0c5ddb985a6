// Whatever is written must be JSON that others read back, whatever bytes the text holds.
#include "json_text.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

using namespace trtc;
using nlohmann::json;

namespace {

const std::string bad = "\xef\xbf\xbd";  // U+FFFD

std::string written(const std::string& text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

std::string times(int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += bad;
  return out;
}

/// The value that another parser reads.
std::string read_back(const std::string& text) {
  const json value = json::parse(written(text), nullptr, false);
  REQUIRE(value.is_string());
  return value.get<std::string>();
}

struct Malformed {
  const char* what;
  std::string bytes;
};

/// Every way in which bytes fail to be UTF-8 (Unicode 15, table 3-7).
const std::vector<Malformed> malformed{
    {"a continuation alone", "\x80"},
    {"the last continuation alone", "\xbf"},
    {"overlong two bytes", "\xc0\x80"},
    {"overlong slash", "\xc1\xaf"},
    {"two bytes cut short", "\xc3"},
    {"overlong three bytes", "\xe0\x9f\xbf"},
    {"three bytes cut after one", "\xe2"},
    {"three bytes cut after two", "\xe2\x82"},
    {"a high surrogate", "\xed\xa0\x80"},
    {"a low surrogate", "\xed\xbf\xbf"},
    {"a surrogate pair (CESU-8)", "\xed\xa0\xbd\xed\xb3\x9e"},
    {"overlong four bytes", "\xf0\x8f\xbf\xbf"},
    {"four bytes cut after one", "\xf0"},
    {"four bytes cut after two", "\xf0\x9f"},
    {"four bytes cut after three", "\xf0\x9f\x93"},
    {"above U+10FFFF", "\xf4\x90\x80\x80"},
    {"five bytes", "\xf8\x88\x80\x80\x80"},
    {"FE and FF", "\xfe\xff"},
};

/// The first and last character of every length, and around the holes.
const std::vector<std::string> well_formed{
    "",
    "\x7f",
    "\xc2\x80",
    "\xdf\xbf",
    "\xe0\xa0\x80",
    "\xed\x9f\xbf",
    "\xee\x80\x80",
    "\xef\xbf\xbf",
    "\xf0\x90\x80\x80",
    "\xf4\x8f\xbf\xbf",
    "\xe2\x80\xa8",
    "Bób ☎ 📞",
    std::string(1, '\0'),
    "a\"b\\c/d",
};

}  // namespace

TEST_CASE("quotes and backslashes are escaped, a slash is not") {
  CHECK(written("a\"b\\c/d") == "\"a\\\"b\\\\c/d\"");
  CHECK(written("") == "\"\"");
}

TEST_CASE("every control character is escaped, DEL is not one") {
  for (int c = 0; c < 0x20; ++c) {
    constexpr char digits[] = "0123456789abcdef";
    const std::string expected = std::string("\"\\u00") + digits[c >> 4] + digits[c & 15] + '"';
    CHECK(written(std::string(1, static_cast<char>(c))) == expected);
  }
  CHECK(written("\x7f") == "\"\x7f\"");
}

TEST_CASE("every malformed byte becomes one U+FFFD") {
  for (const Malformed& one : malformed) {
    CAPTURE(one.what);
    CHECK(written(one.bytes) == '"' + times(static_cast<int>(one.bytes.size())) + '"');
  }
}

TEST_CASE("what follows malformed bytes is kept") {
  for (const Malformed& one : malformed) {
    CAPTURE(one.what);
    const std::string expected = "a" + times(static_cast<int>(one.bytes.size())) + "\"é";
    CHECK(read_back("a" + one.bytes + "\"é") == expected);
  }
}

TEST_CASE("well-formed text survives a round trip through another parser") {
  for (const std::string& text : well_formed) CHECK(read_back(text) == text);
}

TEST_CASE("every pair of bytes can be written and read") {
  for (int high = 0; high < 256; ++high) {
    std::string all;
    for (int low = 0; low < 256; ++low) all += {static_cast<char>(high), static_cast<char>(low), '.'};
    CHECK(json::accept(written(all)));
  }
}

TEST_CASE("objects and arrays put their commas where they belong") {
  std::string text;
  {
    JsonObject object(text);
    object.text("a", "x").number("b", 4294967295).flag("c", true).flag("d", false);
    {
      JsonArray list(object.member("list"));
      list.next() += "1";
      append_json_string(list.next(), "two");
      JsonObject inner(list.next());
      inner.number("n", 0);
    }
    JsonArray empty(object.member("none"));
  }
  CHECK(text == R"({"a":"x","b":4294967295,"c":true,"d":false,"list":[1,"two",{"n":0}],"none":[]})");
}

TEST_CASE("an empty object and a key that needs escaping are JSON too") {
  std::string text;
  {
    JsonObject object(text);
    JsonObject inner(object.member("a\"\n\xff"));
  }
  CHECK(text == "{\"a\\\"\\u000a" + bad + "\":{}}");
}
