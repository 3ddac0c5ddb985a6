#include "explore/search.hpp"

#include <algorithm>
#include <chrono>

namespace trtc::explore {
namespace {

using Clock = std::chrono::steady_clock;

/// Fingerprints, and nothing else of the states that have been seen. Open addressing; grows by doubling.
class Seen {
 public:
  Seen() : table_(1U << 16U) {}

  bool insert(std::uint64_t print) {
    if (count_ * 10 >= table_.size() * 7) grow();
    if (!put(print)) return false;
    ++count_;
    return true;
  }
  std::uint64_t size() const { return count_; }
  std::uint64_t bytes() const { return table_.size() * sizeof(std::uint64_t); }

 private:
  bool put(std::uint64_t print) {
    std::size_t at = print & (table_.size() - 1);
    while (table_[at] != 0) {
      if (table_[at] == print) return false;
      at = (at + 1) & (table_.size() - 1);
    }
    table_[at] = print;
    return true;
  }
  void grow() {
    std::vector<std::uint64_t> old(table_.size() * 2);
    old.swap(table_);
    for (const std::uint64_t print : old) {
      if (print != 0) (void)put(print);
    }
  }

  std::vector<std::uint64_t> table_;
  std::uint64_t count_ = 0;
};

/// The same, with the least depth at which a state was met: for the search of the shortest way.
class SeenAt {
 public:
  explicit SeenAt() : table_(1U << 16U) {}
  bool better(std::uint64_t print, std::uint32_t depth) {
    if (count_ * 10 >= table_.size() * 7) grow();
    Entry& entry = find(print);
    if (entry.print == print && entry.depth <= depth) return false;
    count_ += entry.print == 0 ? 1 : 0;
    entry = {print, depth};
    return true;
  }
  std::uint64_t size() const { return count_; }

 private:
  struct Entry {
    std::uint64_t print = 0;
    std::uint32_t depth = 0;
  };
  Entry& find(std::uint64_t print) {
    std::size_t at = print & (table_.size() - 1);
    while (table_[at].print != 0 && table_[at].print != print) at = (at + 1) & (table_.size() - 1);
    return table_[at];
  }
  void grow() {
    std::vector<Entry> old(table_.size() * 2);
    old.swap(table_);
    for (const Entry& one : old) {
      if (one.print != 0) find(one.print) = one;
    }
  }
  std::vector<Entry> table_;
  std::uint64_t count_ = 0;
};

struct Frame {
  World world;
  std::vector<Choice> choices;
  std::size_t next = 0;
};

/// No story in these worlds needs so many steps.
constexpr std::size_t longest = 3000;

std::vector<Choice> path_of(const std::vector<Frame>& stack) {
  std::vector<Choice> path;
  for (const Frame& frame : stack) path.push_back(frame.choices[frame.next - 1]);
  return path;
}

/// What is wrong with this state that has just been met for the first time.
std::string judge(const World& world, std::uint64_t print, const Options& options, Result& result) {
  if (is_quiet(world)) {
    ++result.quiet;
    return check_quiet(world);
  }
  if (options.settle_each == 0 || (print >> 20U) % options.settle_each != 0) return {};
  ++result.settled;
  std::string trouble = lead_to_the_end(world, nullptr);
  result.calm_end = !trouble.empty();
  return trouble;
}

void dive(const Setup& setup, const Options& options, Result& result) {
  Seen seen;
  std::vector<Frame> stack;
  stack.push_back({begin(setup), {}, 0});
  seen.insert(fingerprint(stack.back().world));
  choices_of(stack.back().world, stack.back().choices);
  result.closed = true;
  while (!stack.empty()) {
    Frame& top = stack.back();
    if (top.next == top.choices.size()) {
      stack.pop_back();
      continue;
    }
    const Choice choice = top.choices[top.next++];
    World world = top.world;
    ++result.steps;
    result.trouble = apply(world, choice);
    if (result.trouble.empty()) {
      const std::uint64_t print = fingerprint(world);
      if (!seen.insert(print)) continue;
      result.trouble = judge(world, print, options, result);
    }
    if (!result.trouble.empty()) {
      result.path = path_of(stack);
      result.closed = false;
      break;
    }
    if (options.states != 0 && seen.size() >= options.states) {
      result.closed = false;
      break;
    }
    stack.push_back({std::move(world), {}, 0});
    if (stack.size() > longest) {
      result.trouble = "goes on without an end";
      result.path = path_of({stack.begin(), stack.end() - 1});
      result.closed = false;
      break;
    }
    choices_of(stack.back().world, stack.back().choices);
    result.depth = std::max(result.depth, static_cast<std::uint32_t>(stack.size()));
  }
  result.states = seen.size();
  result.bytes = seen.bytes();
}

/// Looks for trouble within `limit` steps. True: found, or given up.
bool dive_to(const Setup& setup, const Options& options, std::uint32_t limit, Clock::time_point end,
             Result& result) {
  SeenAt seen;
  std::vector<Frame> stack;
  stack.push_back({begin(setup), {}, 0});
  (void)seen.better(fingerprint(stack.back().world), 0);
  choices_of(stack.back().world, stack.back().choices);
  while (!stack.empty()) {
    Frame& top = stack.back();
    if (top.next == top.choices.size() || stack.size() > limit) {
      stack.pop_back();
      continue;
    }
    const Choice choice = top.choices[top.next++];
    World world = top.world;
    if (Clock::now() > end) return true;
    Result found;
    found.trouble = apply(world, choice);
    if (found.trouble.empty()) {
      const std::uint64_t print = fingerprint(world);
      if (!seen.better(print, static_cast<std::uint32_t>(stack.size()))) continue;
      // Only what is met at the limit is new to this round.
      if (stack.size() == limit) {
        Options all = options;
        all.settle_each = result.calm_end ? 1 : 0;
        found.trouble = judge(world, print, all, found);
      }
    }
    if (!found.trouble.empty()) {
      result.trouble = found.trouble;
      result.path = path_of(stack);
      result.calm_end = found.calm_end;
      result.shortest = true;
      return true;
    }
    if (stack.size() == limit) continue;
    stack.push_back({std::move(world), {}, 0});
    choices_of(stack.back().world, stack.back().choices);
  }
  return false;
}

/// One step more each time: the first way that is found is a shortest one.
void shorten(const Setup& setup, const Options& options, Result& result) {
  const auto end = Clock::now() + options.shorten;
  for (std::uint32_t limit = 1; limit < result.path.size(); ++limit) {
    if (dive_to(setup, options, limit, end, result)) return;
  }
  result.shortest = true;
}

}  // namespace

std::string lead_to_the_end(World world, Trace* trace) {
  constexpr std::size_t most_steps = 1500;
  std::vector<Choice> choices;
  for (std::size_t step = 0; step < most_steps; ++step) {
    if (is_quiet(world)) return check_quiet(world);
    choices_of(world, choices, true);
    if (choices.empty()) return "nothing can happen, and not everything is settled";
    if (std::string trouble = apply(world, choices.front(), trace); !trouble.empty()) return trouble;
  }
  return "does not come to rest by itself";
}

Result search(const Setup& setup, const Options& options) {
  const auto started = Clock::now();
  Result result;
  dive(setup, options, result);
  result.seconds = std::chrono::duration<double>(Clock::now() - started).count();
  if (!result.trouble.empty()) shorten(setup, options, result);
  return result;
}

}  // namespace trtc::explore
