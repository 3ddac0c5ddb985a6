#include "swarm/plan.hpp"

#include <algorithm>
#include <array>

#include "sim/dice.hpp"

namespace trtc::swarm {
namespace {

using sim::Dice;

struct Row {
  Kind kind;
  const char* name;
  std::uint32_t weight;         ///< among its kind: verbs or faults
  std::int64_t least, most;     ///< of the amount
  std::int64_t brief, lasting;  ///< ms of the span
};

constexpr Kind first_fault = Kind::log_out;

// Verbs first, then what goes wrong.
constexpr std::array<Row, 39> rows{{
    {Kind::call, "call", 40, 0, 99, 0, 0},  // amount: chooses media and timeout
    {Kind::group_call, "groupCall", 20, 0, 99, 0, 0},
    {Kind::invite, "inviteUser", 10, 0, 99, 0, 0},
    {Kind::join_call, "joinInGroupCall", 8, 0, 99, 0, 0},
    {Kind::accept, "accept", 4, 0, 0, 0, 0},
    {Kind::reject, "reject", 2, 0, 1, 0, 0},
    {Kind::hang_up, "hangup", 14, 0, 0, 0, 0},
    {Kind::camera, "camera", 5, 0, 1, 0, 0},
    {Kind::microphone, "microphone", 4, 0, 1, 0, 0},
    {Kind::screen, "screen", 3, 0, 1, 0, 0},
    {Kind::switch_media, "switch", 6, 1, 2, 0, 0},
    {Kind::log_out, "logout", 3, 0, 0, 10, 8000},
    {Kind::reload, "reload", 6, 0, 0, 50, 5000},
    {Kind::crash, "crash", 6, 0, 0, 50, 20000},
    {Kind::second_login, "second login", 4, 0, 0, 0, 0},
    {Kind::loss, "loss", 8, 5, 70, 500, 30000},  // per cent
    {Kind::duplication, "duplication", 6, 5, 70, 500, 30000},
    {Kind::reordering, "reordering", 6, 20, 4000, 500, 30000},  // ms at most
    {Kind::delay, "delay", 6, 20, 3000, 500, 20000},            // ms each way
    {Kind::jitter, "jitter", 5, 20, 2000, 500, 20000},
    {Kind::slow_consumer, "slow consumer", 4, 20, 400, 500, 15000},  // ms a packet
    {Kind::partition, "partition", 8, 0, 0, 200, 100000},
    {Kind::drop_socket, "socket drops", 6, 0, 0, 0, 6000},  // offline for the span
    {Kind::broker_restart, "broker restarts", 3, 0, 0, 50, 15000},
    {Kind::clock_jump, "clock jumps", 4, -2000, 60000, 0, 0},     // ms
    {Kind::clock_rate, "clock rate", 3, 800, 1250, 5000, 60000},  // thousandths
    {Kind::background, "background", 5, 0, 0, 5000, 100000},
    {Kind::denied_devices, "devices denied", 3, 0, 0, 1000, 20000},
    {Kind::no_camera, "no camera", 3, 0, 0, 1000, 20000},
    {Kind::unplug_microphone, "microphone unplugged", 3, 0, 0, 500, 20000},
    {Kind::unplug_camera, "camera unplugged", 2, 0, 0, 0, 0},
    {Kind::late_devices, "late devices", 4, 100, 15000, 1000, 30000},  // ms
    {Kind::late_negotiation, "late negotiation", 4, 50, 8000, 1000, 30000},
    {Kind::failed_negotiation, "negotiation fails", 2, 0, 0, 500, 5000},
    {Kind::blocked_media, "media blocked", 4, 0, 0, 500, 60000},
    {Kind::broken_media, "media breaks", 5, 0, 0, 500, 20000},
    {Kind::failed_media, "media fails", 4, 0, 0, 0, 0},
    {Kind::deaf, "connected without RTP", 3, 0, 0, 500, 30000},
    {Kind::hidden, "RTP without connected", 3, 0, 0, 500, 30000},
}};

const Row& row_of(Kind kind) { return rows[static_cast<std::size_t>(kind)]; }

std::size_t draw_users(Dice& dice) {
  const std::uint32_t sort = dice.below(100);
  if (sort < 35) return 2;
  if (sort < 60) return static_cast<std::size_t>(dice.between(3, 4));
  if (sort < 85) return static_cast<std::size_t>(dice.between(5, 9));
  return static_cast<std::size_t>(dice.between(10, 50));
}

/// Some others, without repetition; most runs are about few, so that their calls meet.
std::vector<std::size_t> draw_others(Dice& dice, std::size_t users, std::size_t self, std::size_t most) {
  std::vector<std::size_t> out;
  const std::size_t wanted = 1 + dice.below(static_cast<std::uint32_t>(most));
  for (std::size_t tries = 0; tries < 4 * wanted && out.size() < wanted; ++tries) {
    const std::size_t one = dice.below(static_cast<std::uint32_t>(users));
    if (one != self && std::find(out.begin(), out.end(), one) == out.end()) out.push_back(one);
  }
  if (out.empty()) out.push_back(self == 0 ? 1 : 0);
  return out;
}

Kind draw_kind(Dice& dice, const std::vector<Kind>& kinds) {
  std::uint32_t total = 0;
  for (const Kind kind : kinds) total += row_of(kind).weight;
  std::uint32_t at = dice.below(total);
  for (const Kind kind : kinds) {
    if (at < row_of(kind).weight) return kind;
    at -= row_of(kind).weight;
  }
  return kinds.back();
}

Deed draw_deed(Dice& dice, Kind kind, const Plan& plan) {
  const Row& row = row_of(kind);
  Deed deed;
  deed.at = Instant(Duration(dice.between(2000, plan.trouble.count())));
  deed.kind = kind;
  deed.who = dice.below(static_cast<std::uint32_t>(plan.users));
  const bool several = kind == Kind::group_call || kind == Kind::invite;
  if (several) deed.whom = draw_others(dice, plan.users, deed.who, std::min<std::size_t>(plan.users - 1, 4));
  if (kind == Kind::call) deed.whom = draw_others(dice, plan.users, deed.who, 1);
  deed.amount = dice.between(row.least, row.most);
  const auto end = std::max<std::int64_t>(plan.trouble.count() - deed.at.time_since_epoch().count(), 1);
  deed.span = Duration(std::min(dice.between(row.brief, row.lasting), end));
  return deed;
}

/// Each run has a taste of its own: a few kinds of trouble, not a little of everything.
std::vector<Kind> draw_tastes(Dice& dice) {
  std::vector<Kind> out;
  const std::uint32_t share = 5 + dice.below(50);
  for (const Row& row : rows) {
    if (row.kind >= first_fault && dice.chance(share)) out.push_back(row.kind);
  }
  return out;
}

}  // namespace

Plan draw(const Wishes& wishes) {
  Dice dice(wishes.seed);
  Plan plan;
  plan.seed = wishes.seed;
  const std::size_t drawn = draw_users(dice);
  plan.users = wishes.clients.value_or(drawn);
  plan.trouble = Duration(dice.between(30'000, 180'000));
  std::vector<Kind> verbs;
  for (const Row& row : rows) {
    if (row.kind < first_fault) verbs.push_back(row.kind);
  }
  const std::vector<Kind> tastes = draw_tastes(dice);
  const auto seconds = static_cast<std::size_t>(plan.trouble.count() / 1000);
  const std::size_t acts = seconds * plan.users / static_cast<std::size_t>(dice.between(5, 25));
  const std::size_t faults = seconds * plan.users / static_cast<std::size_t>(dice.between(10, 80));
  for (std::size_t i = 0; i < acts; ++i) plan.deeds.push_back(draw_deed(dice, draw_kind(dice, verbs), plan));
  for (std::size_t i = 0; i < faults && !tastes.empty(); ++i)
    plan.deeds.push_back(draw_deed(dice, draw_kind(dice, tastes), plan));
  std::stable_sort(plan.deeds.begin(), plan.deeds.end(),
                   [](const Deed& a, const Deed& b) { return a.at < b.at; });
  for (std::size_t i = 0; i < plan.deeds.size(); ++i) plan.numbers.push_back(i);
  if (!wishes.only) return plan;
  std::vector<bool> kept(plan.deeds.size(), false);
  for (const std::size_t number : *wishes.only) {
    if (number < kept.size()) kept[number] = true;
  }
  return keep(plan, kept);
}

Plan keep(const Plan& plan, const std::vector<bool>& kept) {
  Plan out{plan.seed, plan.users, plan.trouble, {}, {}};
  for (std::size_t i = 0; i < plan.deeds.size(); ++i) {
    if (kept[i]) out.deeds.push_back(plan.deeds[i]), out.numbers.push_back(plan.numbers[i]);
  }
  return out;
}

const char* name(Kind kind) { return row_of(kind).name; }

std::string name_of(std::size_t user) {
  constexpr std::array<const char*, 8> names{"alice", "bob",   "carol", "dave",
                                             "erin",  "frank", "grace", "heidi"};
  return user < names.size() ? names[user] : "u" + std::to_string(user);
}

std::string text(const Deed& deed) {
  std::string out = name_of(deed.who) + ": " + name(deed.kind);
  for (const std::size_t other : deed.whom) out += ' ' + name_of(other);
  if (row_of(deed.kind).most != 0) out += ' ' + std::to_string(deed.amount);
  if (deed.span > Duration(0)) out += " for " + std::to_string(deed.span.count()) + " ms";
  return out;
}

}  // namespace trtc::swarm
