// What is not an input is refused as a whole, whatever is wrong with it: nothing of it reaches the engine.
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "golden.hpp"
#include "wire.hpp"

using namespace trtc;
using golden::json;

namespace {

/// Values of which no member of any input can be.
std::vector<json> foreign_to(const json& value) {
  std::vector<json> all{nullptr, json::object(), json::array({1})};
  if (!value.is_string()) all.emplace_back("1");
  if (!value.is_boolean()) all.emplace_back(true);
  if (!value.is_number()) all.emplace_back(1);
  if (value.is_number()) {
    // Beyond 32 bits, beyond 64 bits, below 0, and what JavaScript makes of a division.
    all.insert(all.end(), {4294967296, -1, 0.5, 1e300, -0.0});
  }
  return all;
}

bool is_word(const std::string& type, const std::string& path) {
  return path == "/kind" || path == "/state" || (type == "Call" && path == "/media") ||
         (type == "MediaFailed" && path == "/error");
}

bool refused(const json& object) { return !wire::parse_input(object.dump()); }

}  // namespace

TEST_CASE("a member of another type, or a number that does not fit, makes an input unreadable") {
  for (const std::string& line : golden::lines("inputs.jsonl")) {
    const json object = golden::parsed(line);
    const json leaves = object.flatten();
    for (const auto& [path, value] : leaves.items()) {
      for (const json& foreign : foreign_to(value)) {
        json changed = object;
        changed[json::json_pointer(path)] = foreign;
        CAPTURE(changed.dump());
        CHECK(refused(changed));
      }
    }
  }
}

TEST_CASE("a word that its enumeration does not have makes an input unreadable") {
  int tried = 0;
  for (const std::string& line : golden::lines("inputs.jsonl")) {
    const json object = golden::parsed(line);
    const json leaves = object.flatten();
    for (const auto& [path, value] : leaves.items()) {
      if (!is_word(object["type"].get<std::string>(), path)) continue;
      for (const char* word : {"", "Audio", "audio ", "new", "0"}) {
        json changed = object;
        changed[json::json_pointer(path)] = word;
        CAPTURE(changed.dump());
        CHECK(refused(changed));
        ++tried;
      }
    }
  }
  CHECK(tried > 0);
}

TEST_CASE("16-bit members end at 65535") {
  CHECK(wire::parse_input(R"({"type":"SocketClosed","socket":1,"code":65535})"));
  CHECK_FALSE(wire::parse_input(R"({"type":"SocketClosed","socket":1,"code":65536})"));
  CHECK(wire::parse_input(R"({"type":"CandidatesFound","peer":1,"candidates":[{"line":65535}]})"));
  CHECK_FALSE(wire::parse_input(R"({"type":"CandidatesFound","peer":1,"candidates":[{"line":65536}]})"));
}

TEST_CASE("numbers beyond 64 bits are refused, in every spelling") {
  for (const char* number : {"18446744073709551616", "99999999999999999999999999", "1e400",
                             "-99999999999999999999", "1.0", "1e0", "01", "+1", "0x1", "NaN", "Infinity"}) {
    const std::string line = std::string(R"({"type":"HangUp","op":)") + number + '}';
    CAPTURE(line);
    CHECK_FALSE(wire::parse_input(line));
  }
}

TEST_CASE("an absent member has the default of its struct") {
  const auto call = wire::parse_input(R"({"type":"Call","op":1,"user":"bob"})");
  REQUIRE(call);
  const auto& read = std::get<input::Call>(*call);
  CHECK(read.media == MediaType::audio);
  CHECK(read.timeout == 30s);
  CHECK(read.user_data.empty());
  CHECK(read.room == 0);
  const auto reject = wire::parse_input(R"({"type":"Reject"})");
  REQUIRE(reject);
  CHECK(std::get<input::Reject>(*reject).op == OpId{0});
  CHECK_FALSE(std::get<input::Reject>(*reject).busy);
  const auto failed = wire::parse_input(R"({"type":"MediaFailed","capture":1})");
  REQUIRE(failed);
  CHECK(std::get<input::MediaFailed>(*failed).error == MediaError::unknown);
  const auto found = wire::parse_input(R"({"type":"CandidatesFound","candidates":[{}]})");
  REQUIRE(found);
  CHECK(std::get<input::CandidatesFound>(*found).candidates == std::vector<Candidate>(1));
  const auto profile = wire::parse_input(R"({"type":"SetVideoProfile","profile":{"height":360}})");
  REQUIRE(profile);
  CHECK(std::get<input::SetVideoProfile>(*profile).profile.width == 640);
  CHECK(std::get<input::SetVideoProfile>(*profile).profile.height == 360);
}

TEST_CASE("only the profile and the list of candidates may not be absent") {
  for (const std::string& line : golden::lines("inputs.jsonl")) {
    const json object = golden::parsed(line);
    for (const auto& [member, value] : object.items()) {
      if (member == "type") continue;
      json without = object;
      without.erase(member);
      CAPTURE(without.dump());
      CHECK(refused(without) == (member == "profile" || member == "candidates"));
    }
  }
}

TEST_CASE("a member that nobody knows is ignored") {
  CHECK(wire::parse_input(R"({"type":"TimePassed","later":{"version":[2]}})"));
}

TEST_CASE("an unknown type is refused, and so is one without a JSON form") {
  for (const char* line :
       {"{}", R"({"type":""})", R"({"type":"login"})", R"({"type":"Login "})", R"({"type":"Ready"})",
        R"({"type":5})", R"({"type":null})", R"({"type":["Login"]})", R"({"op":1})",
        R"({"type":"SocketReceived","socket":1,"bytes":[1]})"}) {
    CAPTURE(line);
    CHECK_FALSE(wire::parse_input(line));
  }
}

TEST_CASE("what is not a JSON object is refused") {
  for (const char* text :
       {"", " ", "null", "true", "1", "\"Login\"", "[]", "{", "}", "{]", "{\"type\"", "{\"type\":}",
        "[{\"type\":\"TimePassed\"}]", "{\"type\":\"TimePassed\"}{}", "{'type':'TimePassed'}",
        "{\"type\":\"TimePassed\",}", "// comment\n{}", "\xFF\xFE{\0}\0"}) {
    CAPTURE(text);
    CHECK_FALSE(wire::parse_input(text));
  }
  CHECK_FALSE(wire::parse_input(std::string(1, '\0')));
  CHECK_FALSE(wire::parse_input("{\"type\":\"Accept\",\"call\":\"\xED\xA0\x80\"}"));
  CHECK_FALSE(wire::parse_input("{\"type\":\"Accept\",\"call\":\"\\ud800\"}"));
}

TEST_CASE("a line that was cut off anywhere is refused") {
  for (const std::string& line : golden::lines("inputs.jsonl")) {
    for (std::size_t size = 0; size < line.size(); ++size)
      CHECK_FALSE(wire::parse_input(line.substr(0, size)));
  }
}

TEST_CASE("nesting without end is refused without a crash") {
  const std::string deep(100000, '[');
  CHECK_FALSE(wire::parse_input(deep));
  CHECK_FALSE(wire::parse_input(deep + std::string(deep.size(), ']')));
  CHECK_FALSE(wire::parse_input(R"({"type":"Accept","call":)" + deep + std::string(deep.size(), ']') + '}'));
}

// ---- The configuration. ----

namespace {

const std::string seed = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1eff";

json good_config() {
  return {{"sdk_app_id", 1400000000},
          {"servers", {"wss://a/mqtt", "wss://b/mqtt"}},
          {"seed", seed},
          {"fast_connect", true}};
}
bool config_refused(const json& object) { return !wire::parse_config(object.dump()); }

}  // namespace

TEST_CASE("a configuration is read member by member") {
  const auto config = wire::parse_config(good_config().dump());
  REQUIRE(config);
  CHECK(config->sdk_app_id == 1400000000);
  CHECK(config->servers == std::vector<std::string>{"wss://a/mqtt", "wss://b/mqtt"});
  CHECK(config->fast_connect);
  CHECK(config->seed[0] == 0x00);
  CHECK(config->seed[10] == 0x0a);
  CHECK(config->seed[31] == 0xff);
}

TEST_CASE("a configuration needs its seed and its servers, the rest has defaults") {
  const auto small = wire::parse_config(R"({"servers":[],"seed":")" + seed + "\"}");
  REQUIRE(small);
  CHECK(small->sdk_app_id == 0);
  CHECK_FALSE(small->fast_connect);
  for (const char* member : {"seed", "servers"}) {
    json without = good_config();
    without.erase(member);
    CAPTURE(member);
    CHECK(config_refused(without));
  }
}

TEST_CASE("a configuration with a member of another type is refused") {
  const json good = good_config();
  for (const auto& [member, value] : good.items()) {
    for (const json& foreign : foreign_to(value)) {
      json changed = good;
      changed[member] = foreign;
      CAPTURE(changed.dump());
      CHECK(config_refused(changed));
    }
  }
  json mixed = good_config();
  mixed["servers"] = {"wss://a/mqtt", 1};
  CHECK(config_refused(mixed));
}

TEST_CASE("a seed is 64 small hexadecimal digits") {
  for (const std::string& wrong :
       {std::string(), seed.substr(1), seed + "0", seed.substr(2), "g" + seed.substr(1), "F" + seed.substr(1),
        " " + seed.substr(1), seed.substr(0, 63) + "\xC3"}) {
    json changed = good_config();
    changed["seed"] = wrong;
    CAPTURE(wrong);
    CHECK_FALSE(wire::parse_config(changed.dump(-1, ' ', false, json::error_handler_t::replace)));
  }
}

TEST_CASE("what is not a JSON object is no configuration") {
  for (const char* text : {"", "null", "[]", "{", "\"x\"", "{}"}) {
    CAPTURE(text);
    CHECK_FALSE(wire::parse_config(text));
  }
}
