#include "replay/run.hpp"

#include <utility>

#include "wire.hpp"

namespace trtc::replay {
namespace {

std::string_view text_of(const Bytes& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Step step(Engine& engine, const Line& line, std::uint32_t seed) {
  Step step{&line, {}, {}, digest(line.text, seed)};
  Effects effects = engine.handle(line.at, line.input);
  for (Effect& effect : effects) {
    if (auto* send = std::get_if<effect::SendBytes>(&effect)) step.outputs.push_back(std::move(send->bytes));
  }
  step.effects = wire::dump_effects(effects);
  step.digest = digest(step.effects, step.digest);
  for (const Bytes& output : step.outputs) step.digest = digest(text_of(output), step.digest);
  return step;
}

}  // namespace

Run run(const Trace& trace) {
  Run run;
  Engine engine(trace.config);
  std::uint32_t seed = digest(trace.header);
  for (const Line& line : trace.lines) {
    if (trace.dropped > 0) {
      run.steps.push_back({&line, "[]", {}, 0});
      continue;
    }
    run.steps.push_back(step(engine, line, seed));
    seed = run.steps.back().digest;
    if (line.digest && *line.digest != seed && !run.diverged) run.diverged = run.steps.size() - 1;
  }
  return run;
}

}  // namespace trtc::replay
