// What no tab can see alone: agreement, rings that have an end, bounds.
#include <algorithm>

#include "swarm/swarm.hpp"

namespace trtc::swarm {
namespace {

std::string joined(const std::set<std::string>& users) {
  std::string out;
  for (const std::string& user : users) out += (out.empty() ? "" : "+") + user;
  return out.empty() ? "nobody" : out;
}

const char* word(CallStatus status) {
  constexpr const char* words[]{"idle", "dialing", "inviting", "ringing", "accepting", "in a call"};
  return words[static_cast<std::size_t>(status)];
}

}  // namespace

// Everybody is idle, or in one call with everybody whom it sees there (protocol, section 9, invariant 1).
std::vector<std::string> Swarm::disagreements() {
  std::vector<std::string> out;
  for (std::size_t user = 0; user < users_.size(); ++user) {
    std::size_t sessions = 0;
    for (const std::size_t index : users_[user].tabs) sessions += usable(*tabs_[index]);
    const std::size_t before = out.size();
    if (sessions != 1) {
      out.push_back(name_of(user) + " has " + std::to_string(sessions) + " sessions");
    } else {
      compare(*current(user), out);
    }
    if (out.size() > before) verdict_.involved.insert(user);
  }
  return out;
}

void Swarm::compare(Tab& tab, std::vector<std::string>& out) {
  const std::string& self = tab.client->user();
  const Witness& mine = *tab.witness;
  if (tab.client->session() != SessionStatus::online) out.push_back(self + " is not online");
  const CallStatus status = tab.client->status();
  if (status == CallStatus::idle) return;
  if (status != CallStatus::in_call) return out.push_back(self + " is " + word(status));
  std::set<std::string> all = mine.members();
  all.insert(self);
  for (std::size_t user = 0; user < users_.size(); ++user) {
    if (mine.members().count(name_of(user)) == 0) continue;
    Tab* const other = current(user);
    if (other == nullptr) continue;
    const Witness& theirs = *other->witness;
    verdict_.involved.insert(user);
    std::set<std::string> seen = theirs.members();
    seen.insert(name_of(user));
    if (theirs.call() != mine.call()) {
      out.push_back(self + " talks to " + name_of(user) + ", who is " + word(other->client->status()) +
                    (theirs.call().empty() ? "" : " of another call"));
    } else if (!alike(all, seen, tab, *other)) {
      out.push_back(self + " is with " + joined(mine.members()) + ", " + name_of(user) + " with " +
                    joined(theirs.members()));
    } else if (theirs.info().media != mine.info().media) {
      out.push_back(self + " and " + name_of(user) + " are in calls of different types");
    } else if (!tab.client->hears(name_of(user)) && other->client->sends_media()) {
      out.push_back(self + " hears nothing of " + name_of(user));
    }
  }
}

/// Whether two members see the same people, but for those to whom one of them has no media path. A call that
/// more than eight have entered at once is full for some and not for others: nobody is in charge of it.
bool Swarm::alike(const std::set<std::string>& ours, const std::set<std::string>& others, Tab& we,
                  Tab& they) {
  std::set<std::string> all = ours;
  all.insert(others.begin(), others.end());
  for (std::size_t user = 0; user < users_.size(); ++user) {
    const std::string name = name_of(user);
    if (ours.count(name) == others.count(name)) continue;
    Tab& blind = ours.count(name) == 0 ? we : they;
    Tab* const unseen = current(user);
    const bool told = blind.witness->unreachable(name) ||
                      (unseen != nullptr && unseen->witness->unreachable(blind.client->user()));
    if (!told) return false;
  }
  return true;
}

std::optional<Duration> Swarm::ring_time(const CallInfo& info) const {
  std::optional<Duration> longest;
  for (const auto& tab : tabs_) {
    const auto at = tab->witness->rings().find(info.call.text);
    if (at == tab->witness->rings().end()) continue;
    if (at->second == Duration(0)) return std::nullopt;
    longest = std::max(longest.value_or(Duration(0)), at->second);
  }
  return longest;
}

// Invariant 2, as the callee's own clock sees it. A throttled tab may be a minute late.
void Swarm::check_rings(Tab& tab) {
  const auto since = tab.witness->rings_since();
  if (!since) return;
  const auto limit = ring_time(tab.witness->info());
  if (!limit) return;
  const User& user = users_[tab.user];
  Duration slack = 3s + user.jumped;
  if (tab.client->throttle > 0s || world_.now() < user.late_until) slack += 80s;
  if (tab.client->engine_time() - *since > *limit + slack) complain(tab.user, "rings past its deadline");
}

// The other side of invariant 2: a ring ends by its user, by its inviter, by its deadline, or because the
// inviter is out of reach for longer than the core waits. Of an inviter that is there, and that nothing keeps
// from answering, nobody may say so.
void Swarm::check_ring_ends(Tab& tab, const Effects& effects) {
  if (!tab.witness->rang()) return;
  for (const Effect& effect : effects) {
    const auto* const end = std::get_if<effect::CallCancelled>(&effect);
    if (end == nullptr) continue;
    const std::string& call = end->call.call.text;
    const auto invites = [&](const auto& one) {
      return usable(*one) && one->witness->call() == call && one->witness->rings().count(call) != 0 &&
             one->client->user() == end->call.inviter.text;
    };
    const auto inviter = std::find_if(tabs_.begin(), tabs_.end(), invites);
    if (inviter == tabs_.end()) continue;
    const bool in_the_way = troubled(tab.user) || troubled((*inviter)->user);
    if (end->reason == CancelReason::unreachable && !in_the_way)
      complain(tab.user, "stops ringing as unreachable, and nothing is in the way");
    const bool taken_back = end->reason == CancelReason::cancelled ||
                            end->reason == CancelReason::answered_elsewhere ||
                            end->reason == CancelReason::rejected_elsewhere;
    if (taken_back && !(*inviter)->witness->info().group &&
        (*inviter)->client->status() == CallStatus::inviting)
      complain(tab.user, "stops ringing, and its inviter goes on inviting");
  }
}

// A call between two reaches a phone that is free, once nothing is in the way any more. A phone that has gone
// away and come back during the call may have lost it unheard, and is called again after a time that the
// protocol sets.
void Swarm::check_arrival(Tab& tab) {
  Duration patience = 6s;
  const auto free_to_ring = [&] {
    const CallInfo& info = tab.witness->info();
    if (!usable(tab) || tab.client->status() != CallStatus::inviting) return false;
    if (info.group || info.invitees.size() != 1 || troubled(tab.user)) return false;
    for (std::size_t user = 0; user < users_.size(); ++user) {
      if (name_of(user) != info.invitees.front().text) continue;
      const Tab* const callee = current(user);
      if (callee != nullptr && callee->away_at > tab.silent_at) patience = call::ring_again;
      return callee != nullptr && !troubled(user) && callee->client->session() == SessionStatus::online &&
             callee->client->status() == CallStatus::idle;
    }
    return false;
  };
  if (!free_to_ring()) return tab.unheard_since.reset();
  if (!tab.unheard_since) tab.unheard_since = world_.now();
  if (world_.now() - *tab.unheard_since > patience)
    complain(tab.user, "calls a phone that is free and does not ring");
}

// Everything that peers can make us keep is bounded, and nobody talks for ever about nothing.
void Swarm::check_bounds(Tab& tab) {
  const Engine::Holdings held = tab.client->engine().holdings();
  if (held.outbox > Outbox::capacity || held.history > History::capacity ||
      held.senders > Duplicates::sessions || held.waiting > Engine::max_queue)
    complain(tab.user, "keeps more than its bounds");
  constexpr std::uint64_t storm = 1500;
  if (tab.witness->inputs() - tab.inputs_before > storm) complain(tab.user, "a storm of inputs");
  tab.inputs_before = tab.witness->inputs();
  if (tab.client->wake_ups() - tab.wakes_before > 100) complain(tab.user, "wakes up for nothing");
  tab.wakes_before = tab.client->wake_ups();
}

// Invariant 3: of one invitation, one session of the callee enters.
void Swarm::check_confirmed(Tab& tab, const Effects& effects) {
  for (const Effect& effect : effects) {
    const auto* const began = std::get_if<effect::CallBegan>(&effect);
    if (began == nullptr || began->call.role == CallRole::inviter) continue;
    const CallInfo& info = began->call;
    const std::string key = info.call.text + ' ' + tab.client->user() + ' ' + info.inviter.text + ' ' +
                            std::to_string(info.attempt);
    const auto [at, first] = confirmed_.emplace(key, tab.client->number());
    if (!first && at->second != tab.client->number()) complain(tab.user, "two sessions were confirmed");
  }
}

// Invariant 6: when everybody has hung up, nothing is left.
void Swarm::check_empty() {
  for (const auto& tab : tabs_) {
    if (!tab->client->alive()) continue;
    if (!tab->client->quiet())
      complain(tab->user, std::string("still ") + word(tab->client->status()) + " after hangup()");
    if (tab->client->engine().holdings().outbox > 0) complain(tab->user, "letters are left in the outbox");
    for (const std::string& verb : tab->witness->unanswered())
      complain(tab->user, verb + " was never answered");
  }
}

// Invariant 1, second half, for calls between two: both sides know the same outcome, as far as they can. The
// inviter's record is the authority; a callee that was cut off may only know that nobody answered.
void Swarm::check_outcomes() {
  struct Sides {
    const Record* inviter = nullptr;
    std::vector<const Record*> callees;
    std::size_t user = 0;
  };
  std::map<std::string, Sides> calls;
  for (const auto& tab : tabs_) {
    for (const Record& record : tab->witness->records()) {
      Sides& sides = calls[record.info.call.text];
      if (record.info.role == CallRole::inviter) {
        sides.inviter = &record, sides.user = tab->user;
      } else {
        sides.callees.push_back(&record);
      }
    }
  }
  for (const auto& [id, sides] : calls) {
    if (sides.inviter == nullptr || sides.inviter->info.group || sides.callees.empty()) continue;
    const auto of = [&](auto what) { return std::any_of(sides.callees.begin(), sides.callees.end(), what); };
    const bool began = of([](const Record* one) { return one->began; });
    const bool rejected = of([](const Record* one) {
      return one->reason == CancelReason::rejected || one->reason == CancelReason::logged_out ||
             one->reason == CancelReason::kicked_out || one->reason == CancelReason::failed;
    });
    if (began && !sides.inviter->began)
      complain(sides.user, "the callee was in a call that the inviter did not see begin");
    if (sides.inviter->reason == CancelReason::rejected && !rejected)
      complain(sides.user, "REJECT of a call that nobody rejected");
  }
}

}  // namespace trtc::swarm
