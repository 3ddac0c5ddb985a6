// The command: scripts/swarm --help says what it takes, README.md beside this what it does.
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "swarm/shrink.hpp"
#include "swarm/swarm.hpp"

namespace {

using namespace trtc::swarm;
using Clock = std::chrono::steady_clock;

struct Settings {
  Wishes wishes;
  std::uint64_t seeds = 100;
  double minutes = 0;
  unsigned jobs = 0;
  bool log = false;
  bool everybody = false;
  bool keep_going = false;
};

constexpr std::size_t enough_failures = 10;
constexpr std::size_t shrink_budget = 400;

struct Totals {
  std::atomic<bool> stop{false};
  std::size_t runs = 0, failures = 0, calls = 0;
  std::uint64_t inputs = 0;
  double simulated = 0;
  trtc::Duration settled{0};
};

/// "3,7,9-12"
std::vector<std::size_t> numbers(const std::string& text) {
  std::vector<std::size_t> out;
  const char* at = text.c_str();
  while (*at != '\0') {
    char* end = nullptr;
    const std::size_t first = std::strtoull(at, &end, 10);
    if (end == at) break;
    const std::size_t last = *end == '-' ? std::strtoull(end + 1, &end, 10) : first;
    for (std::size_t one = first; one <= last; ++one) out.push_back(one);
    at = *end == ',' ? end + 1 : end;
  }
  return out;
}

std::string text_of(const std::vector<std::size_t>& list) {
  std::string out;
  for (const std::size_t one : list) out += (out.empty() ? "" : ",") + std::to_string(one);
  return out;
}

[[noreturn]] void wrong(const std::string& what) {
  std::fprintf(stderr, "swarm: %s (try --help)\n", what.c_str());
  std::exit(2);
}

Settings parse(int count, char** words) {
  Settings out;
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    const auto value = [&]() -> std::string {
      if (i + 1 >= count) wrong(word + " needs a value");
      return words[++i];
    };
    const auto number = [&] { return std::strtoull(value().c_str(), nullptr, 10); };
    if (word == "--seed") {
      out.wishes.seed = number();
    } else if (word == "--seeds") {
      out.seeds = number();
    } else if (word == "--clients") {
      out.wishes.clients = number();
      if (*out.wishes.clients < 2 || *out.wishes.clients > 50) wrong("--clients takes 2 to 50");
    } else if (word == "--minutes") {
      out.minutes = std::strtod(value().c_str(), nullptr);
    } else if (word == "--jobs") {
      out.jobs = static_cast<unsigned>(number());
    } else if (word == "--only") {
      out.wishes.only = numbers(value());
    } else if (word == "--log") {
      out.log = true;
    } else if (word == "--everybody") {
      out.everybody = true;
    } else if (word == "--keep-going") {
      out.keep_going = true;
    } else {
      wrong("unknown option " + word);
    }
  }
  if (out.jobs == 0) out.jobs = std::max(1u, std::thread::hardware_concurrency());
  return out;
}

int replay(const Settings& settings) {
  const Plan plan = draw(settings.wishes);
  Swarm swarm(plan, true);
  const Verdict verdict = swarm.run();
  std::set<std::size_t> users = settings.everybody ? std::set<std::size_t>{} : verdict.involved;
  std::vector<std::string> names;
  for (std::size_t user = 0; user < plan.users; ++user) names.push_back(name_of(user));
  if (users.empty()) {
    for (std::size_t user = 0; user < plan.users; ++user) users.insert(user);
  }
  std::printf("%s", swarm.story().text(users, names).c_str());
  for (const std::string& one : verdict.complaints) std::printf("%s\n", one.c_str());
  if (verdict.complaints.empty())
    std::printf("ok      seed %llu\n", static_cast<unsigned long long>(plan.seed));
  return verdict.complaints.empty() ? 0 : 1;
}

void report(const Settings& settings, std::uint64_t seed, const Verdict& verdict) {
  Wishes wishes = settings.wishes;
  wishes.seed = seed;
  const Plan whole = draw(wishes);
  const auto fails = [&](const Plan& plan) { return Swarm(plan, false).run().sort == verdict.sort; };
  const Plan plan = shrink(whole, fails, shrink_budget);
  std::string text = "FAILED  seed " + std::to_string(seed) + ": " + verdict.complaints.front() +
                     "\n        with " + std::to_string(plan.deeds.size()) + " of " +
                     std::to_string(whole.deeds.size()) + " deeds: ";
  text += Swarm(plan, false).run().complaints.front() + '\n';
  for (const Deed& deed : plan.deeds)
    text += "          " + std::to_string(deed.at.time_since_epoch().count()) + " ms  " +
            trtc::swarm::text(deed) + '\n';
  text += "        scripts/swarm --seed " + std::to_string(seed);
  if (wishes.clients) text += " --clients " + std::to_string(*wishes.clients);
  text += " --only " + (plan.numbers.empty() ? std::string("none") : text_of(plan.numbers)) + " --log\n";
  std::printf("%s", text.c_str());
  std::fflush(stdout);
}

void work(const Settings& settings, Clock::time_point end, std::atomic<std::uint64_t>& next,
          std::mutex& mutex, Totals& totals) {
  for (;;) {
    const std::uint64_t number = next++;
    if (totals.stop || (settings.minutes > 0 ? Clock::now() >= end : number >= settings.seeds)) return;
    Wishes wishes = settings.wishes;
    wishes.seed += number;
    const Verdict verdict = Swarm(draw(wishes), false).run();
    const std::lock_guard lock(mutex);
    ++totals.runs;
    totals.calls += verdict.calls, totals.inputs += verdict.inputs;
    totals.simulated += static_cast<double>(verdict.simulated.count()) / 1000;
    totals.settled = std::max(totals.settled, verdict.settled);
    if (verdict.complaints.empty()) continue;
    ++totals.failures;
    report(settings, wishes.seed, verdict);
    if (!settings.keep_going && totals.failures >= enough_failures) totals.stop = true;
  }
}

}  // namespace

int main(int count, char** words) {
  const Settings settings = parse(count, words);
  if (settings.log) return replay(settings);
  const auto start = Clock::now();
  const auto end = start + std::chrono::duration_cast<Clock::duration>(
                               std::chrono::duration<double, std::ratio<60>>(settings.minutes));
  std::atomic<std::uint64_t> next{0};
  std::mutex mutex;
  Totals totals;
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < settings.jobs; ++i)
    threads.emplace_back([&] { work(settings, end, next, mutex, totals); });
  for (std::thread& thread : threads) thread.join();
  const double real = std::chrono::duration<double>(Clock::now() - start).count();
  std::printf("%zu runs, %zu calls, %llu inputs; settled at most %.0f s after the last fault\n", totals.runs,
              totals.calls, static_cast<unsigned long long>(totals.inputs),
              static_cast<double>(totals.settled.count()) / 1000);
  const double busy = static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
  std::printf("%.0f s of simulated time in %.1f s: %.0f x real time; %.0f x on one processor of its own\n",
              totals.simulated, real, totals.simulated / real, totals.simulated / busy);
  if (totals.failures == 0)
    std::printf("ok      %zu seeds from %llu on\n", totals.runs,
                static_cast<unsigned long long>(settings.wishes.seed));
  return totals.failures == 0 ? 0 : 1;
}
