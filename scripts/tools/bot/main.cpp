// trtc-bot: a headless caller for acceptance tests of a deployment; see --help.
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "bot/bot.hpp"
#include "bot/journal.hpp"
#include "bot/plan.hpp"

namespace {

const char* environment(const char* name) { return std::getenv(name); }

}  // namespace

int main(int argc, char** argv) {
  using namespace trtc::bot;
  Plan plan;
  if (const auto refusal = read_plan(std::vector<std::string>(argv + 1, argv + argc), environment, plan)) {
    if (refusal->why.empty()) {
      std::fputs(help, stdout);
      return 0;
    }
    std::fprintf(stderr, "trtc-bot: %s (try --help)\n", refusal->why.c_str());
    return static_cast<int>(Status::bad_arguments);
  }
  trtc::native::Network network;
  Journal journal;
  return static_cast<int>(Bot(network, plan, journal).run());
}
