#include "swarm/swarm.hpp"

#include <algorithm>
#include <cctype>

#include "sim/describe.hpp"

namespace trtc::swarm {

Swarm::Swarm(const Plan& plan, bool tell) : plan_(plan), world_(plan.seed), story_(tell) {
  users_.resize(plan.users);
  for (std::size_t i = 0; i < users_.size(); ++i) {
    users_[i].dice = sim::Dice(plan.seed * 64 + i);
    users_[i].faults.resize(static_cast<std::size_t>(Kind::hidden) + 1);
    users_[i].away_until = Instant(Duration(users_[i].dice.between(0, 1500)));
    open_tab(i);
  }
  world_.broker().deliver = [this](sim::Link link, const std::string& topic, const std::string& payload,
                                   const Bytes& packet) { deliver(link, topic, payload, packet); };
}

Verdict Swarm::run() {
  trouble();
  calm();
  wind_up();
  verdict_.simulated = world_.now().time_since_epoch();
  for (const auto& tab : tabs_) {
    verdict_.inputs += tab->witness->inputs();
    for (const Record& record : tab->witness->records()) verdict_.calls += record.began;
  }
  return verdict_;
}

void Swarm::trouble() {
  for (const Deed& deed : plan_.deeds) {
    world_.later(deed.at - Instant{}, [this, &deed] { act(deed); });
  }
  while (world_.now() < Instant(plan_.trouble) && verdict_.complaints.empty()) look();
}

void Swarm::calm() {
  if (!verdict_.complaints.empty()) return;
  calm_ = true;
  const Instant began = world_.now();
  for (const auto& tab : tabs_) {
    // Nobody waits for ever at a phone that rings for ever.
    const auto ring = tab->witness->rings().find(tab->witness->call());
    if (usable(*tab) && ring != tab->witness->rings().end() && ring->second == Duration(0))
      tab->client->hang_up();
  }
  std::vector<std::string> differences;
  while (world_.now() < began + settle_bound && verdict_.complaints.empty()) {
    look();
    differences = disagreements();
    if (!differences.empty()) verdict_.settled = world_.now() - began;
  }
  verdict_.involved.clear();
  if (!verdict_.complaints.empty() || differences.empty()) return;
  (void)disagreements();  // names the users
  for (const std::string& difference : differences) complain(users_.size(), "not settled: " + difference);
}

void Swarm::wind_up() {
  if (!verdict_.complaints.empty()) return;
  for (const auto& tab : tabs_) {
    if (usable(*tab) && tab->client->status() != CallStatus::idle) tab->client->hang_up();
  }
  const Instant end = world_.now() + wind_down;
  while (world_.now() < end && verdict_.complaints.empty()) look();
  if (!verdict_.complaints.empty()) return;
  check_empty();
  check_outcomes();
}

/// A second passes, and everybody is looked at.
void Swarm::look() {
  for (std::size_t user = 0; user < users_.size(); ++user) {
    const bool away = world_.now() < users_[user].away_until;
    if (current(user) == nullptr && !away) open_tab(user);
    for (const std::size_t index : users_[user].tabs) {
      Tab& tab = *tabs_[index];
      if (away || !usable(tab) || tab.client->session() != SessionStatus::logged_out) continue;
      note(user, "login()");
      tab.client->login();
      tab.client->join_group("g1");
    }
  }
  world_.run(1s);
  for (std::size_t i = 0; i < tabs_.size(); ++i) {
    if (!tabs_[i]->client->alive()) continue;
    check_rings(*tabs_[i]);
    check_arrival(*tabs_[i]);
    check_bounds(*tabs_[i]);
  }
}

bool Swarm::usable(const Tab& tab) const { return tab.client->alive() && !tab.witness->kicked_out(); }

/// The tab that the user looks at.
Swarm::Tab* Swarm::current(std::size_t user) {
  const auto& tabs = users_[user].tabs;
  for (auto at = tabs.rbegin(); at != tabs.rend(); ++at) {
    if (usable(*tabs_[*at])) return tabs_[*at].get();
  }
  return nullptr;
}

void Swarm::open_tab(std::size_t user) {
  tabs_.push_back(std::make_unique<Tab>());
  Tab& tab = *tabs_.back();
  tab.user = user;
  tab.client = &world_.add(name_of(user));
  tab.client->records_events = false;
  const std::string which =
      users_[user].tabs.empty() ? "" : "(" + std::to_string(users_[user].tabs.size() + 1) + ") ";
  tab.witness = std::make_unique<Witness>(
      *tab.client, [this, user, which](const std::string& what) { complain(user, which + what); });
  tab.client->watch = [this, &tab, which](const Input& input, const Effects& effects) {
    if (story_.wanted()) {
      for (const Effect& effect : effects) {
        if (const auto* failed = std::get_if<effect::Failed>(&effect)) {
          note(tab.user, which + "failed: " + failed->error.detail);
        } else if (const std::string text = sim::event_text(effect); !text.empty()) {
          note(tab.user, which + text);
        }
      }
    }
    tab.witness->saw(input, effects);
    check_confirmed(tab, effects);
    check_ring_ends(tab, effects);
    if (tab.client->session() != SessionStatus::online) tab.away_at = world_.now();
    if (tab.client->status() != CallStatus::inviting) tab.silent_at = world_.now();
    react(tab, effects);
  };
  users_[user].tabs.push_back(tabs_.size() - 1);
  apply(user);
}

/// What a complaint is about, whoever it concerns: the same trouble in a shorter plan.
std::string Swarm::sort_of(const std::string& what) const {
  std::string out;
  int words = 0;
  for (std::size_t at = 0; at < what.size() && words < 5; ++words) {
    const std::size_t end = std::min(what.find(' ', at), what.size());
    std::string word = what.substr(at, end - at);
    while (!word.empty() && std::ispunct(static_cast<unsigned char>(word.back())) != 0) word.pop_back();
    for (std::size_t user = 0; user < users_.size(); ++user) {
      if (word == name_of(user)) word = "X";
    }
    if (word.find('+') != std::string::npos) word = "X";
    out += word + ' ';
    at = end + 1;
  }
  return out;
}

void Swarm::complain(std::size_t user, const std::string& what) {
  if (verdict_.complaints.size() >= 10) return;
  const auto ms = world_.now().time_since_epoch().count();
  std::string text = "at " + std::to_string(ms / 1000) + '.' + std::to_string(ms % 1000 / 100) + " s: ";
  if (verdict_.complaints.empty()) verdict_.sort = sort_of(what);
  if (user < users_.size()) {
    if (verdict_.complaints.empty()) involve(user);
    text += name_of(user) + ": ";
    note(user, "!!! " + what);
  }
  verdict_.complaints.push_back(text + what);
}

/// Those whom the diagram is to show.
void Swarm::involve(std::size_t user) {
  verdict_.involved.insert(user);
  for (const std::size_t index : users_[user].tabs) {
    const Witness& witness = *tabs_[index]->witness;
    for (std::size_t other = 0; other < users_.size(); ++other) {
      const std::string name = name_of(other);
      if (witness.members().count(name) != 0 || witness.info().inviter.text == name)
        verdict_.involved.insert(other);
    }
  }
}

}  // namespace trtc::swarm
