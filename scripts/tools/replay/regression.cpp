#include "replay/regression.hpp"

#include <cstdio>

#include "json_text.hpp"
#include "replay/story.hpp"

namespace trtc::replay {
namespace {

std::string hexadecimal(std::uint32_t value) {
  char text[9];
  std::snprintf(text, sizeof text, "%x", value);
  return text;
}

}  // namespace

std::string regression_test(const Trace& trace, const Run& run) {
  std::string text = trace.header + '\n';
  const auto add = [&text](const std::string& line, std::uint32_t digest) {
    text += line + ",\"d\":\"" + hexadecimal(digest) + "\"}\n";
  };
  if (run.first > 0) text += "{\"dropped\":" + std::to_string(trace.dropped + run.first) + "}\n";
  std::size_t rests = 0;
  for (std::size_t i = run.first; i <= run.steps.size(); ++i) {
    for (; rests < trace.rests.size() && trace.rests[rests].before == i; ++rests)
      add(run.rests[rests], digest(run.rests[rests], digest(trace.header)));
    if (i < run.steps.size()) add(run.steps[i].line->text, run.steps[i].digest);
  }
  for (const std::string& event : events_of(run)) {
    JsonObject(text).text("saw", event);
    text += '\n';
  }
  return text;
}

std::optional<std::string> difference(const Trace& trace, const Run& run) {
  const std::vector<std::string> saw = events_of(run);
  for (std::size_t i = 0; i < trace.saw.size(); ++i) {
    const std::string now = i < saw.size() ? saw[i] : "nothing";
    if (now != trace.saw[i]) return "event " + std::to_string(i + 1) + ": " + now + ", not " + trace.saw[i];
  }
  if (!trace.saw.empty() && saw.size() > trace.saw.size()) return "one event more: " + saw[trace.saw.size()];
  if (run.unlike)
    return "line " + std::to_string(trace.rests[*run.unlike].number) +
           ": the core remembers something else there";
  if (!run.diverged) return std::nullopt;
  const Step& step = run.steps[*run.diverged];
  return "line " + std::to_string(step.line->number) + ": " + step.line->text + "} is answered with " +
         step.effects;
}

}  // namespace trtc::replay
