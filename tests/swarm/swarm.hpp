// One run of a plan: trouble first, then calm, then everybody hangs up.
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "sim/world.hpp"
#include "swarm/plan.hpp"
#include "swarm/story.hpp"
#include "swarm/witness.hpp"

namespace trtc::swarm {

/// So long after the last fault everybody is idle, or in one call with the others in it.
inline constexpr Duration settle_bound = 100s;
/// So long after everybody has hung up nothing is left of any call: a goodbye is repeated for 30 s.
inline constexpr Duration wind_down = 45s;

struct Verdict {
  std::vector<std::string> complaints;
  std::string sort;                ///< what the first one is about
  std::set<std::size_t> involved;  ///< users that the first complaint is about
  Duration simulated{0};
  Duration settled{0};  ///< after the last fault
  std::uint64_t inputs = 0;
  std::size_t calls = 0;  ///< that began
};

class Swarm {
 public:
  Swarm(const Plan& plan, bool tell);
  Verdict run();
  const Story& story() const { return story_; }

 private:
  struct Tab {
    std::size_t user = 0;
    sim::Client* client = nullptr;
    std::unique_ptr<Witness> witness;
    std::uint64_t inputs_before = 0;  ///< at the last look
    std::size_t wakes_before = 0;
    std::optional<Instant> unheard_since;  ///< whom it calls could ring, and does not
    Instant away_at{};                     ///< was not online then
    Instant silent_at{};                   ///< was calling nobody then
  };
  struct Fault {
    int count = 0;
    std::int64_t amount = 0;
  };
  struct User {
    std::vector<std::size_t> tabs;
    sim::Dice dice{0};
    Instant away_until{};  ///< does not log in before
    std::uint32_t invited = 0;
    std::vector<Fault> faults;
    Instant late_until{};      ///< its timers may still be late
    Instant troubled_until{};  ///< what was in its way may still have consequences
    Duration jumped{0};
  };

  // ---- swarm.cpp: the course of a run ----
  void trouble();
  void calm();
  void wind_up();
  void look();
  Tab* current(std::size_t user);
  bool usable(const Tab& tab) const;
  void open_tab(std::size_t user);
  void complain(std::size_t user, const std::string& what);
  std::string sort_of(const std::string& what) const;
  void involve(std::size_t user);
  void note(std::size_t user, const std::string& what) { story_.note(world_.now(), user, what); }

  // ---- deeds.cpp: what users and the world do ----
  void act(const Deed& deed);
  void say(Tab& tab, const Deed& deed);
  void tab_deed(const Deed& deed);
  void begin(const Deed& deed);
  void end(const Deed& deed);
  void once(const Deed& deed, sim::Client& client);
  void apply(std::size_t user);
  bool active(std::size_t user, Kind kind) const;
  bool troubled(std::size_t user) const;
  std::int64_t amount(std::size_t user, Kind kind) const;
  void react(Tab& tab, const Effects& effects);
  void deliver(sim::Link link, const std::string& topic, const std::string& payload, const Bytes& packet);
  std::string names(const std::vector<std::size_t>& users) const;

  // ---- judge.cpp: what no tab can see alone ----
  std::vector<std::string> disagreements();
  void compare(Tab& tab, std::vector<std::string>& out);
  bool alike(const std::set<std::string>& ours, const std::set<std::string>& others, Tab& we, Tab& they);
  void check_rings(Tab& tab);
  void check_ring_ends(Tab& tab, const Effects& effects);
  void check_arrival(Tab& tab);
  void check_bounds(Tab& tab);
  void check_confirmed(Tab& tab, const Effects& effects);
  void check_outcomes();
  void check_empty();
  std::optional<Duration> ring_time(const CallInfo& info) const;

  Plan plan_;
  sim::World world_;
  Story story_;
  std::vector<User> users_;
  std::vector<std::unique_ptr<Tab>> tabs_;
  Verdict verdict_;
  std::map<std::string, std::uint32_t> confirmed_;  ///< by call, callee and invitation: the tab
  bool calm_ = false;
};

}  // namespace trtc::swarm
