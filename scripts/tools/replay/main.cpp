// Replays traces of the SDK's flight recorder; see --help.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "replay/diagram.hpp"
#include "replay/regression.hpp"
#include "replay/run.hpp"
#include "replay/story.hpp"
#include "replay/trace.hpp"

namespace trtc::replay {
namespace {

constexpr const char* help =
    R"(Replays what exportTrace() has written, in the core of this tree, and draws it.

usage: scripts/replay [--all] [--call ID] [--write-test OUT | --accept] FILE...

  FILE...           traces of one or more participants, drawn side by side: messages are matched by their call, sender and
                    number, and the clocks set so that none arrives before it left
  --all             with acknowledgements, candidates, claims and reports of the browser
  --call ID         only the call whose id begins so
  --write-test OUT  also write the one FILE as a regression test, with the digests of this core; tests/traces/NAME.jsonl is
                    where the unit tests look
  --accept          the same over the FILEs themselves, which are such tests: what this core does now is right

Exit status: 0 every trace replays identically, 1 one does not, 2 one cannot be read.
)";

struct Arguments {
  DiagramOptions options;
  std::string test;
  bool accept = false;
  std::vector<std::string> files;
};

bool read_arguments(const std::vector<std::string>& given, Arguments& out) {
  for (std::size_t i = 0; i < given.size(); ++i) {
    const std::string& one = given[i];
    const bool has_value = i + 1 < given.size();
    if (one == "--all") {
      out.options.all = true;
    } else if (one == "--accept") {
      out.accept = true;
    } else if (one == "--call" && has_value) {
      out.options.call = given[++i];
    } else if (one == "--write-test" && has_value) {
      out.test = given[++i];
    } else if (one.starts_with("-")) {
      return false;
    } else {
      out.files.push_back(one);
    }
  }
  return !out.files.empty() && (out.test.empty() || out.files.size() == 1);
}

struct Loaded {
  std::string name;
  Trace trace;
  Run run;
};

/// Nothing where it cannot be read, which has been said then.
std::unique_ptr<Loaded> load(const std::string& name) {
  std::ifstream file(name, std::ios::binary);
  if (!file.good()) {
    std::fprintf(stderr, "%s: cannot be opened\n", name.c_str());
    return nullptr;
  }
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  auto read = read_trace(text);
  if (const auto* const malformed = std::get_if<Malformed>(&read)) {
    std::fprintf(stderr, "%s: %s\n", name.c_str(), malformed->why.c_str());
    return nullptr;
  }
  auto loaded = std::make_unique<Loaded>(Loaded{name, std::move(std::get<Trace>(read)), {}});
  loaded->run = run(loaded->trace);
  return loaded;
}

void report(const Loaded& loaded) {
  const std::size_t count = loaded.trace.lines.size();
  std::printf("%s: ", loaded.name.c_str());
  const std::size_t first = loaded.run.first;
  if (loaded.trace.dropped + first > 0)
    std::printf("%llu inputs in the beginning were too much to keep%s; ",
                static_cast<unsigned long long>(loaded.trace.dropped + first), first > 0 ? " or to run" : "");
  if (loaded.run.unlike) {
    std::printf(
        "DIFFERENT: in front of line %zu this core remembers something else\n"
        "  Either the trace comes from another version of the core, or the line has been changed.\n",
        loaded.trace.rests[*loaded.run.unlike].number);
  } else if (loaded.run.diverged) {
    const Step& step = loaded.run.steps[*loaded.run.diverged];
    std::printf("DIFFERENT from input %zu of %zu on\n  line %zu: %s}\n  this core answers: %s\n",
                *loaded.run.diverged + 1, count, step.line->number, step.line->text.c_str(),
                step.effects.c_str());
    std::printf(
        "  Either the trace comes from another version of the core, or this line has been changed.\n");
  } else if (count > 0 && first == count) {
    std::printf("it can be drawn, without what was sent, but not run\n");
  } else {
    std::printf("identical, %zu inputs\n", count - first);
  }
  if (count > 0 && !loaded.trace.lines.back().digest)
    std::printf("  The last input crashed the core where it was recorded; here it was answered.\n");
}

bool write(const std::string& name, const Loaded& loaded) {
  std::ofstream file(name, std::ios::binary);
  file << regression_test(loaded.trace, loaded.run);
  file.close();
  if (!file.good()) std::fprintf(stderr, "%s: cannot be written\n", name.c_str());
  return file.good();
}

int replay(const Arguments& arguments) {
  int status = 0;
  std::vector<std::unique_ptr<Loaded>> all;
  for (const std::string& name : arguments.files) {
    all.push_back(load(name));
    if (!all.back()) return 2;
  }
  std::vector<Told> told;
  for (const auto& loaded : all) {
    report(*loaded);
    if (!loaded->run.identical() ||
        (loaded->run.first > 0 && loaded->run.first == loaded->trace.lines.size()))
      status = 1;
    told.push_back({story_of(loaded->trace, loaded->run), loaded->trace.clock});
  }
  if (arguments.accept) {
    for (const auto& loaded : all) {
      if (!write(loaded->name, *loaded)) return 2;
    }
    return 0;
  }
  std::printf("\n%s", diagram(told, arguments.options).c_str());
  if (!arguments.test.empty() && !write(arguments.test, *all.front())) return 2;
  return status;
}

}  // namespace
}  // namespace trtc::replay

int main(int count, char** given) {
  trtc::replay::Arguments arguments;
  const std::vector<std::string> words(given + 1, given + count);
  if (words.size() == 1 && words[0] == "--help") return std::fputs(trtc::replay::help, stdout) < 0 ? 1 : 0;
  if (!trtc::replay::read_arguments(words, arguments)) {
    std::fputs(trtc::replay::help, stderr);
    return 2;
  }
  return trtc::replay::replay(arguments);
}
