// The explorer's command line; scripts/explore --help explains it.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "explore/diagram.hpp"
#include "explore/search.hpp"
#include "explore/self_test.hpp"
#include "explore/world.hpp"

namespace trtc::explore {
namespace {

struct Run {
  std::vector<const Setup*> setups;
  Options options;
  unsigned threads = 2;
  std::string replay;
  bool whole = false;  ///< each world as far as its row says
};

/// A path as it can be typed: the names of its choices.
std::string names_of(const Setup& setup, const std::vector<Choice>& path) {
  World world = begin(setup);
  std::string out;
  for (const Choice& choice : path) {
    out += (out.empty() ? "" : " ") + name_of(world, choice);
    (void)apply(world, choice);
  }
  return out;
}

void show(const Setup& setup, const std::vector<Choice>& path, bool to_the_end) {
  World world = begin(setup);
  Trace trace;
  for (const Choice& choice : path) (void)apply(world, choice, &trace);
  if (to_the_end) {
    trace.push_back({Line::Kind::event, 0, 0, {}, "(left alone from here)"});
    (void)lead_to_the_end(world, &trace);
    if (trace.size() > 400) trace.resize(400);
  }
  std::printf("%s", diagram(world, trace).c_str());
}

void report(const Setup& setup, const Result& result) {
  std::printf("%-8s %-22s %10llu states %11llu steps  depth %4u  %7llu quiet  %6.1f s  %4llu MB  %s\n",
              result.trouble.empty() ? "ok" : "FAILED", setup.name.c_str(),
              static_cast<unsigned long long>(result.states), static_cast<unsigned long long>(result.steps),
              result.depth, static_cast<unsigned long long>(result.quiet), result.seconds,
              static_cast<unsigned long long>(result.bytes >> 20U), result.closed ? "closed" : "bounded");
  if (!result.trouble.empty()) {
    std::printf("\n%s (%zu steps%s)\n\n", result.trouble.c_str(), result.path.size(),
                result.shortest ? ", a shortest way" : "; shorter ways may exist");
    show(setup, result.path, result.calm_end);
    std::printf("\nscripts/explore --world %s --replay '%s'\n\n", setup.name.c_str(),
                names_of(setup, result.path).c_str());
  }
  std::fflush(stdout);
}

int replay(const Setup& setup, const std::string& text) {
  World world = begin(setup);
  Trace trace;
  std::string trouble;
  std::istringstream in(text);
  std::vector<Choice> choices;
  for (std::string name; in >> name && trouble.empty();) {
    choices_of(world, choices);
    const Choice* found = nullptr;
    for (const Choice& choice : choices) {
      if (name_of(world, choice) == name) found = &choice;
    }
    if (found == nullptr) {
      std::printf("%s\n'%s' is not among what may happen now:", diagram(world, trace).c_str(), name.c_str());
      for (const Choice& choice : choices) std::printf(" %s", name_of(world, choice).c_str());
      std::printf("\n");
      return 2;
    }
    trouble = apply(world, Choice(*found), &trace);
  }
  if (trouble.empty()) {
    trace.push_back({Line::Kind::event, 0, 0, {}, "(left alone from here)"});
    trouble = lead_to_the_end(world, &trace);
  }
  std::printf("%s\n%s\n", diagram(world, trace).c_str(),
              trouble.empty() ? "everything holds" : trouble.c_str());
  return trouble.empty() ? 0 : 1;
}

int explore(const Run& run) {
  std::mutex mutex;
  std::size_t next = 0;
  std::uint64_t states = 0, steps = 0, bytes = 0;
  unsigned failures = 0, closed = 0;
  const auto started = std::chrono::steady_clock::now();
  const auto work = [&] {
    for (;;) {
      const Setup* setup = nullptr;
      {
        const std::lock_guard lock(mutex);
        if (next == run.setups.size()) return;
        setup = run.setups[next++];
      }
      Options options = run.options;
      if (run.whole) options.states = setup->states;
      const Result result = search(*setup, options);
      const std::lock_guard lock(mutex);
      report(*setup, result);
      states += result.states, steps += result.steps, bytes = std::max(bytes, result.bytes);
      failures += result.trouble.empty() ? 0 : 1;
      closed += result.closed ? 1 : 0;
    }
  };
  std::vector<std::thread> threads;
  for (unsigned i = 1; i < run.threads; ++i) threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  std::printf("%llu distinct states, %llu steps, %u of %zu worlds closed, %.1f s\n",
              static_cast<unsigned long long>(states), static_cast<unsigned long long>(steps), closed,
              run.setups.size(), seconds);
  return failures == 0 ? 0 : 1;
}

const Setup* find(const std::string& name) {
  for (const Setup& setup : worlds()) {
    if (setup.name == name) return &setup;
  }
  std::fprintf(stderr, "no world is called %s\n", name.c_str());
  std::exit(2);
}

int list() {
  for (const Setup& setup : worlds()) std::printf("%-22s %s\n", setup.name.c_str(), setup.what.c_str());
  return 0;
}

int run_command(int count, char** arguments) {
  Run run;
  for (int i = 1; i < count; ++i) {
    const std::string option = arguments[i];
    const char* const value = i + 1 < count ? arguments[i + 1] : "";
    if (option == "--list") return list();
    if (option == "--long") run.whole = true;
    if (option == "--world") run.setups.push_back(find(value)), ++i;
    if (option == "--states") run.options.states = std::strtoull(value, nullptr, 10), ++i;
    if (option == "--settle") run.options.settle_each = static_cast<std::uint32_t>(std::atoi(value)), ++i;
    if (option == "--threads") run.threads = static_cast<unsigned>(std::atoi(value)), ++i;
    if (option == "--replay") run.replay = value, ++i;
    if (option == "--shorten") run.options.shorten = std::chrono::seconds(std::atoi(value)), ++i;
  }
  if (!run.replay.empty() && run.setups.size() == 1) return replay(*run.setups.front(), run.replay);
  if (run.setups.empty()) {
    for (const Setup& setup : worlds()) run.setups.push_back(&setup);
  }
  const bool fine = test_the_checker();
  return std::max(explore(run), fine ? 0 : 1);
}

}  // namespace
}  // namespace trtc::explore

int main(int count, char** arguments) { return trtc::explore::run_command(count, arguments); }
