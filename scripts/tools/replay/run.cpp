#include "replay/run.hpp"

#include <utility>

#include "checkpoint.hpp"
#include "replay/restore.hpp"
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

class Runner {
 public:
  explicit Runner(const Trace& trace) : trace_(trace), start_(digest(trace.header)), seed_(start_) {
    if (trace.dropped == 0) engine_.emplace(trace.config);
  }

  Run run() {
    std::size_t rests = 0;
    for (std::size_t i = 0; i <= trace_.lines.size(); ++i) {
      while (rests < trace_.rests.size() && trace_.rests[rests].before == i) rest(rests++);
      if (i < trace_.lines.size()) line(trace_.lines[i]);
    }
    return std::move(run_);
  }

 private:
  void line(const Line& line) {
    if (!engine_) {
      run_.steps.push_back({&line, "[]", {}, 0});
      ++run_.first;
      return;
    }
    run_.steps.push_back(step(*engine_, line, seed_));
    seed_ = run_.steps.back().digest;
    if (line.digest && *line.digest != seed_ && !run_.diverged) run_.diverged = run_.steps.size() - 1;
  }

  void rest(std::size_t index) {
    const Rest& rest = trace_.rests[index];
    // As it is written, where it says the same: what was redacted is followed by white space.
    run_.rests.push_back(rest.text);
    bool alike = false;
    if (engine_) {
      alike = remembers(*engine_, rest.text + '}');
      if (!alike) run_.rests.back() = '{' + checkpoint(*engine_);
    } else {
      engine_.emplace(trace_.config);
      alike = restore(*engine_, rest.text + '}');
      if (!alike) engine_.reset();
    }
    seed_ = digest(run_.rests.back(), start_);
    if ((!alike || (rest.digest && digest(rest.text, start_) != *rest.digest)) && !run_.unlike)
      run_.unlike = index;
  }

  const Trace& trace_;
  std::uint32_t start_;
  std::uint32_t seed_;
  std::optional<Engine> engine_;
  Run run_;
};

}  // namespace

Run run(const Trace& trace) { return Runner(trace).run(); }

}  // namespace trtc::replay
