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
  for (const Step& step : run.steps)
    text += step.line->text + ",\"d\":\"" + hexadecimal(step.digest) + "\"}\n";
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
  if (!run.diverged) return std::nullopt;
  const Step& step = run.steps[*run.diverged];
  return "line " + std::to_string(step.line->number) + ": " + step.line->text + "} is answered with " +
         step.effects;
}

}  // namespace trtc::replay
