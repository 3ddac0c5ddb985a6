// Traces that browsers have recorded (tests/traces), in this build of the core.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <variant>
#include <vector>

#include "replay/diagram.hpp"
#include "replay/regression.hpp"
#include "replay/run.hpp"
#include "replay/story.hpp"
#include "replay/trace.hpp"

using namespace trtc;
using namespace trtc::replay;

namespace {

std::string file(const std::string& name) {
  std::ifstream stream(std::string(TRTC_TRACES_DIR) + '/' + name, std::ios::binary);
  REQUIRE_MESSAGE(stream.good(), name);
  return {std::istreambuf_iterator<char>(stream), {}};
}

Trace read(const std::string& text) {
  auto result = read_trace(text);
  if (const auto* malformed = std::get_if<Malformed>(&result)) FAIL(malformed->why);
  return std::get<Trace>(std::move(result));
}

std::string why_not(const std::string& text) {
  const auto result = read_trace(text);
  const auto* const malformed = std::get_if<Malformed>(&result);
  return malformed == nullptr ? "a trace" : malformed->why;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

std::size_t position(const std::string& text, const std::string& part) {
  CHECK_MESSAGE(text.find(part) != std::string::npos, part);
  return text.find(part);
}

const std::string header =
    R"({"trace":1,"config":{"sdk_app_id":1,"servers":["ws://x"],"seed":")" + std::string(64, '0') + R"("}})";

}  // namespace

TEST_CASE("what browsers have recorded happens again, bit for bit") {
  for (const char* const name : {"caller.jsonl", "callee.jsonl", "rejected.jsonl"}) {
    const Trace trace = read(file(name));
    REQUIRE(trace.lines.size() > 10);
    REQUIRE(!trace.saw.empty());
    const auto different = difference(trace, run(trace));
    CHECK_MESSAGE(!different, name, ": ", different.value_or(""),
                  "\nIf that is how it should be: scripts/replay --accept FILE...");
  }
}

TEST_CASE("an input that was changed after it was recorded is found") {
  const Trace trace = read(replaced(file("caller.jsonl"), R"("media":"video")", R"("media":"audio")"));
  const Run replayed = run(trace);
  REQUIRE(replayed.diverged);
  CHECK(replayed.steps[*replayed.diverged].line->text.find(R"("type":"Call")") != std::string::npos);
}

TEST_CASE("an input that has no effects is not changed unnoticed either") {
  const std::string changed =
      replaced(file("caller.jsonl"), R"("type":"MediaFlowChanged","peer":1,"flowing":true)",
               R"("type":"MediaFlowChanged","peer":9,"flowing":true)");
  const Run replayed = run(read(changed));
  REQUIRE(replayed.diverged);
}

TEST_CASE("an input that is missing is noticed at the next one") {
  std::string text = file("caller.jsonl");
  const std::size_t at = text.find('\n', text.find("SocketOpened"));
  text.erase(at, text.find('\n', at + 1) - at);
  const Trace trace = read(text);
  const Run replayed = run(trace);
  REQUIRE(replayed.diverged);
  CHECK(replayed.steps[*replayed.diverged].line->number < 6);
}

TEST_CASE("an event that a regression test has not seen is told") {
  const Trace trace = read(replaced(file("caller.jsonl"), R"({"saw":"UserLeft)", R"({"saw":"UserStayed)"));
  CHECK(difference(trace, run(trace)).value_or("").find("UserLeft bob") != std::string::npos);
}

TEST_CASE("a regression test that was written reads as the trace that it was written from") {
  const std::string text = file("callee.jsonl");
  const Trace trace = read(text);
  CHECK(regression_test(trace, run(trace)) == text);
}

TEST_CASE("a line without a digest is the one that crashed the core, and nothing follows it") {
  const std::string crash = header + "\n" + R"({"t":5,"in":{"type":"TimePassed"}})" + "\n";
  const Trace trace = read(crash);
  REQUIRE(trace.lines.size() == 1);
  CHECK(!trace.lines[0].digest);
  CHECK(!run(trace).diverged);
  CHECK(why_not(crash + R"({"t":6,"in":{"type":"TimePassed"},"d":"1"})")
            .starts_with("line 3: something follows"));
}

TEST_CASE("bytes of the socket are one character each") {
  const Trace trace = read(header + "\n" + R"({"t":5,"socket":3,"bytes":"A\u0000ÿ\u00c2","d":"1"})");
  const auto& received = std::get<input::SocketReceived>(trace.lines[0].input);
  CHECK(received.socket.value == 3);
  CHECK(received.bytes == Bytes{0x41, 0, 0xff, 0xc2});
}

TEST_CASE("what is no trace is refused with its line and the reason") {
  CHECK(why_not("") == "it is empty");
  CHECK(why_not("hello").starts_with("line 1: it is not a trace"));
  CHECK(why_not("[]").starts_with("line 1: it is not a trace"));
  CHECK(why_not(R"({"trace":2})") == "line 1: it is not a trace of version 1");
  CHECK(why_not(R"({"trace":1})").starts_with("line 1: the configuration"));
  CHECK(why_not(R"({"trace":1,"config":{"seed":"00"}})").starts_with("line 1: the configuration"));
  for (const auto& [line, why] : std::vector<std::pair<std::string, std::string>>{
           {R"({"t":5,"in":{"type":"Ti)", "a JSON object is expected; the file may have been cut off"},
           {R"({"in":{"type":"TimePassed"},"d":"1"})", "the time \"t\" is missing"},
           {R"({"t":-5,"in":{"type":"TimePassed"},"d":"1"})", "the time \"t\" is missing"},
           {R"({"t":5,"in":{"type":"Nonsense"},"d":"1"})", "the core has no such input"},
           {R"({"t":5,"socket":1,"bytes":"한","d":"1"})", "the core has no such input"},
           {R"({"t":5,"bytes":"","d":"1"})", "the core has no such input"},
           {R"({"t":5,"in":{"type":"TimePassed"},"d":"123456789"})",
            "the digest \"d\" is not a number of 32 bits in hexadecimal"},
       }) {
    CHECK(why_not(header + "\n\n" + line) == "line 3: " + why);
  }
}

TEST_CASE("two traces of a call are drawn as one diagram: messages leave before they arrive") {
  std::vector<Told> told;
  for (const char* const name : {"caller.jsonl", "callee.jsonl"}) {
    const Trace trace = read(file(name));
    told.push_back({story_of(trace, run(trace)), trace.clock});
  }
  // However wrong a clock is.
  told[1].clock += 3600000;
  const std::string drawn = diagram(told, {});
  std::size_t last = 0;
  for (const char* const part : {"> Call ", "invite video +", "Invited", "ringing +", "> Accept", "answer +",
                                 "accept +", "UserAccepted", "confirm video +", "> SetCamera",
                                 "state audio no video", "> HangUp", "leave +", "UserLeft alice"}) {
    const std::size_t at = position(drawn, part);
    CHECK_MESSAGE(at >= last, part, " comes too early in\n", drawn);
    last = at;
  }
  CHECK(drawn.find(" ms  │╌") == std::string::npos);
  CHECK(drawn.find("+-") == std::string::npos);
  CHECK(drawn.find("candidates") == std::string::npos);
  CHECK(diagram(told, {true, {}}).find("candidates") != std::string::npos);
  CHECK(diagram(told, {false, "no such call"}) == "nothing to draw\n");
}

TEST_CASE("a message that the other trace has not got is drawn as lost") {
  const Trace caller = read(file("caller.jsonl"));
  Trace callee = read(file("callee.jsonl"));
  std::erase_if(callee.lines,
                [](const Line& line) { return line.text.find(R"(\"confirm\")") != std::string::npos; });
  const std::string drawn = diagram(
      {{story_of(caller, run(caller)), caller.clock}, {story_of(callee, run(callee)), callee.clock}}, {});
  const std::size_t confirm = position(drawn, "confirm");
  CHECK(drawn.substr(confirm, drawn.find('\n', confirm) - confirm).find("×") != std::string::npos);
}
