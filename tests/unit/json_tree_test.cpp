// JSON that came from outside: what is kept of it, and what is refused as a whole.
#include "json_tree.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

using namespace trtc;

namespace {

/// A tree as text, so that a whole one can be compared: n, t, f, 12, "text", ?, [..], {name:..}.
std::string shown(const Json& json) {
  std::string out;
  switch (json.kind) {
    case Json::Kind::null:
      return "n";
    case Json::Kind::boolean:
      return json.boolean ? "t" : "f";
    case Json::Kind::number:
      return std::to_string(json.number);
    case Json::Kind::text:
      return '"' + json.text + '"';
    case Json::Kind::other:
      return "?";
    case Json::Kind::array:
    case Json::Kind::object:
      break;
  }
  for (const auto& [name, value] : json.members) {
    out += (out.empty() ? "" : ",") + (json.is(Json::Kind::object) ? name + ':' : name) + shown(value);
  }
  return json.is(Json::Kind::array) ? '[' + out + ']' : '{' + out + '}';
}

std::string tree(const std::string& text, std::size_t max_depth = 8) {
  const auto json = parse_json(text, max_depth);
  return json ? shown(*json) : "refused";
}

/// Of two members of one name nlohmann's tree keeps the last.
bool repeats_a_name(const Json& json) {
  const auto& members = json.members;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (repeats_a_name(members[i].value)) return true;
    if (json.is(Json::Kind::object) && json.find(members[i].name) != &members[i].value) return true;
  }
  return false;
}

/// The same of nlohmann's own tree.
std::string shown(const nlohmann::ordered_json& json) {
  if (json.is_null()) return "n";
  if (json.is_boolean()) return json.get<bool>() ? "t" : "f";
  if (json.is_number_unsigned()) return std::to_string(json.get<std::uint64_t>());
  if (json.is_number()) return "?";
  if (json.is_string()) return '"' + json.get<std::string>() + '"';
  std::string out;
  for (const auto& [name, value] : json.items()) {
    out += (out.empty() ? "" : ",") + (json.is_object() ? name + ':' : "") + shown(value);
  }
  return json.is_array() ? '[' + out + ']' : '{' + out + '}';
}

/// A few bytes of it become others, are left out, or come again from elsewhere in it.
std::string mangled(std::string text, std::mt19937& random) {
  static const std::string bytes = R"({}[]:,"\/ub0123456789eE+-.tfn x)"
                                   "\x80\xc3\xed\xff\n\x01";
  const auto up_to = [&](std::size_t bound) { return random() % (bound + 1); };
  for (std::size_t edits = up_to(3); edits > 0 && !text.empty(); --edits) {
    const std::size_t at = up_to(text.size() - 1);
    if (const auto what = up_to(2); what == 0) {
      text[at] = bytes[up_to(bytes.size() - 1)];
    } else if (what == 1) {
      text.erase(at, 1 + up_to(2));
    } else {
      text.insert(at, text.substr(up_to(text.size() - 1), 1 + up_to(6)));
    }
  }
  return text;
}

std::string nested(std::size_t depth, const std::string& open, const std::string& close) {
  std::string text;
  for (std::size_t i = 0; i < depth; ++i) text += open;
  text += "1";
  for (std::size_t i = 0; i < depth; ++i) text += close;
  return text;
}

}  // namespace

TEST_CASE("every kind of value is told apart") {
  CHECK(tree(R"({"a":null,"b":true,"c":false,"d":7,"e":"x","f":[],"g":{}})") ==
        "{a:n,b:t,c:f,d:7,e:\"x\",f:[],g:{}}");
  CHECK(tree(" [ 1 , [ 2 , { \"k\" : \"v\" } ] , 3 ] ") == "[1,[2,{k:\"v\"}],3]");
}

TEST_CASE("a value alone is a tree too") {
  CHECK(tree("null") == "n");
  CHECK(tree("true") == "t");
  CHECK(tree("12") == "12");
  CHECK(tree("\"\"") == "\"\"");
}

TEST_CASE("a number is whole and not negative, everything else is other") {
  CHECK(tree("[0,4294967296,18446744073709551615]") == "[0,4294967296,18446744073709551615]");
  CHECK(tree("[-1,-0,0.5,1.0,1e2,1E-2,18446744073709551616]") == "[?,?,?,?,?,?,?]");
}

TEST_CASE("numbers that no double holds and numbers that are not JSON are refused") {
  for (const char* text : {"1e999", "-1e999", "01", "+1", "1.", ".5", "0x10", "NaN", "Infinity", "-", "1e"}) {
    CAPTURE(text);
    CHECK(tree(text) == "refused");
  }
}

TEST_CASE("what is not JSON is refused") {
  for (const std::string text : {"",
                                 " ",
                                 "{",
                                 "}",
                                 "[1",
                                 "[1,]",
                                 "{\"a\"}",
                                 "{\"a\":}",
                                 "{\"a\":1,}",
                                 "{a:1}",
                                 "{'a':1}",
                                 "[1] [2]",
                                 "1 x",
                                 "\"",
                                 "\"\n\"",
                                 "\"\\x\"",
                                 "\"\\ud800\"",
                                 "\"\\udc00\\ud800\"",
                                 "\"\xff\"",
                                 "\"\xed\xa0\x80\"",
                                 "tru",
                                 "nul",
                                 "/**/1",
                                 "\xff\xfe"}) {
    CAPTURE(text);
    CHECK(tree(text) == "refused");
  }
  CHECK(tree(std::string("[\0]", 3)) == "refused");
}

TEST_CASE("escapes and surrogate pairs are decoded") {
  CHECK(tree(R"("\u0041\n\"\\\/\ud83d\udcde\u0000")") ==
        "\"A\n\"\\/\xf0\x9f\x93\x9e" + std::string(1, '\0') + '"');
}

TEST_CASE("nesting is allowed up to the bound and not above it") {
  CHECK(tree(nested(4, "[", "]"), 4) == "[[[[1]]]]");
  CHECK(tree(nested(5, "[", "]"), 4) == "refused");
  CHECK(tree(nested(4, "{\"a\":", "}"), 4) == "{a:{a:{a:{a:1}}}}");
  CHECK(tree(nested(5, "{\"a\":", "}"), 4) == "refused");
  CHECK(tree("1", 0) == "1");
  CHECK(tree("[]", 0) == "refused");
}

TEST_CASE("depth is not width: what was closed does not count") {
  CHECK(tree("[[1],[2],[[3]]]", 3) == "[[1],[2],[[3]]]");
}

TEST_CASE("a bomb of brackets is refused at the bound, finished or not") {
  CHECK(tree(std::string(1000000, '['), 6) == "refused");
  CHECK(tree(nested(100000, "[", "]"), 6) == "refused");
  CHECK(tree("{\"type\":" + nested(100000, "{\"a\":", "}") + "}", 6) == "refused");
}

TEST_CASE("of two members with one name the first is found, and both are kept") {
  const auto found = parse_json(R"({"a":1,"b":2,"a":3})", 1);
  REQUIRE(found);
  CHECK(shown(*found) == "{a:1,b:2,a:3}");
  REQUIRE(found->find("a") != nullptr);
  CHECK(found->find("a")->number == 1);
  CHECK(found->find("c") == nullptr);
  CHECK(found->find("") == nullptr);
}

TEST_CASE("nothing is found in what is no object") {
  CHECK(parse_json("7", 1)->find("a") == nullptr);
  CHECK(parse_json("\"a\"", 1)->find("a") == nullptr);
}

TEST_CASE("a NUL ends no text: what holds one is not JSON") {
  using namespace std::string_literals;
  for (const std::string& text : {"1\0"s, "1\0garbage"s, "\0"s, "\0 1"s, "{\"a\":1}\0"s, "\"a\0b\""s})
    CHECK(tree(text) == "refused");
  CHECK(tree("\"\\u0000\"") == std::string("\"\0\"", 3));
}

TEST_CASE("whatever text there is, nlohmann's parser accepts the same and sees the same in it") {
  const std::vector<std::string> seeds{
      R"({"type":"Call","op":12,"users":["a","b"],"deep":{"x":[{"y":null}]},"on":true,"off":false})",
      R"([0,-1,1.5,1e3,18446744073709551615,18446744073709551616,-9223372036854775809,1e400])",
      "{\"t\":\"\\u0041\\ud83d\\udcde\\n \xc3\xa9 \xed\x95\x9c \xf0\x9f\x93\x9e\",\"\":\"\"}",
      "\xef\xbb\xbf [ {} , [] , \"\" ] ", R"("\"\\\/\b\f\r\t")"};
  std::mt19937 random(1);
  std::size_t accepted = 0;
  for (int round = 0; round < 4000; ++round) {
    for (const std::string& seed : seeds) {
      const std::string text = mangled(seed, random);
      CAPTURE(text);
      const auto theirs = nlohmann::ordered_json::parse(text, nullptr, /*allow_exceptions=*/false);
      const auto ours = parse_json(text, 64);
      REQUIRE(ours.has_value() == !theirs.is_discarded());
      if (!ours || repeats_a_name(*ours)) continue;
      ++accepted;
      REQUIRE(shown(*ours) == shown(theirs));
    }
  }
  CHECK(accepted > 4000);
}
