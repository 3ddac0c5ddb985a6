// What must hold: protocol, section 9, and what we missed there. The numbers are those of that section.
#include <algorithm>
#include <string>

#include "explore/inspection.hpp"
#include "explore/names.hpp"
#include "explore/stage.hpp"
#include "explore/world.hpp"
#include "words.hpp"

namespace trtc::explore {
namespace {

std::string at(const Page& page, const char* what) { return users[page.user] + ": " + what; }

bool terminal(const message::Body& body) {
  return std::holds_alternative<message::Cancel>(body) || std::holds_alternative<message::Reject>(body) ||
         std::holds_alternative<message::Ended>(body) || std::holds_alternative<message::Leave>(body);
}

/// 6: nothing of a call is left when there is none.
std::string check_idle(const Page& page) {
  if (page.microphone || page.camera || page.screen) return at(page, "idle, and a device is open");
  if (!page.captures.empty()) return at(page, "idle, and a device is being opened");
  if (!page.peers.empty()) return at(page, "idle, and a peer connection is open");
  if (call::next_deadline(Inspection::call(page.engine))) return at(page, "idle, and the call has a timer");
  for (const auto& entry : Inspection::outbox(page.engine)) {
    if (!terminal(entry.letter.body)) return at(page, "idle, and a message of a call is still being sent");
  }
  if (page.story.current() != nullptr) return at(page, "idle, and the application believes in a call");
  return {};
}

template <class Ring>
bool overdue(const World& world, const Ring& ring) {
  // Answering waits a little longer than the inviter (answer_slack), and the inviter resends every 4 s.
  return ring.invitation.deadline && world.now > *ring.invitation.deadline + call::answer_slack + 5s;
}

/// 2: the ring ends with its deadline.
std::string check_ring(const World& world, const Page& page) {
  const call::State& state = Inspection::call(page.engine);
  bool late = false;
  if (const auto* ringing = std::get_if<call::Ringing>(&state)) late = overdue(world, *ringing);
  if (const auto* answering = std::get_if<call::Answering>(&state))
    late = overdue(world, *answering) && !world.setup->slow_devices;
  return late ? at(page, "rings past its deadline") : std::string();
}

/// Nothing that a stranger sent reaches the browser's WebRTC before the user accepts, unless the application
/// has said fast_connect; and no device opens before.
std::string check_shelter(const World& world, const Page& page) {
  if (page.engine.call_status() != CallStatus::ringing) return {};
  if (!page.peers.empty() && !world.setup->fast_connect)
    return at(page, "rings, and a peer connection is open");
  const bool device = page.microphone || page.camera || page.screen || !page.captures.empty();
  return device ? at(page, "rings, and a device is open") : std::string();
}

/// 8: media goes to nobody who is not in the call.
bool may_send(const call::State& state, PeerId peer) {
  if (const auto* joining = std::get_if<call::Joining>(&state)) return joining->link.peer == peer;
  const auto* in = std::get_if<call::InCall>(&state);
  return in != nullptr && std::any_of(in->members.begin(), in->members.end(),
                                      [peer](const call::Member& one) { return one.link.peer == peer; });
}

std::string check_media(const Page& page) {
  const call::State& state = Inspection::call(page.engine);
  for (const Peer& peer : page.peers) {
    if (peer.sending && !may_send(state, peer.id))
      return at(page, "sends media to somebody outside the call");
  }
  return {};
}

/// Every peer connection and every capture belongs to something, so none is forgotten.
std::string check_hosts(const Page& page) {
  const call::State& state = Inspection::call(page.engine);
  std::size_t links = 0;
  const auto count = [&](const call::Link& link) { links += link.peer != PeerId{} ? 1 : 0; };
  if (const auto* offering = std::get_if<call::Offering>(&state)) count(offering->link);
  if (const auto* answering = std::get_if<call::Answering>(&state)) count(answering->link);
  if (const auto* joining = std::get_if<call::Joining>(&state)) count(joining->link);
  if (const auto* ringing = std::get_if<call::Ringing>(&state); ringing != nullptr && ringing->link)
    count(*ringing->link);
  if (const auto* in = std::get_if<call::InCall>(&state)) {
    for (const auto& one : in->members) count(one.link);
    for (const auto& one : in->greeted) count(one.link);
    for (const auto& one : in->invitees) {
      if (one.link) count(*one.link);
    }
  }
  return links == page.peers.size() ? std::string() : at(page, "a peer connection belongs to nobody");
}

const call::InCall* in_call(const PagePtr& page) {
  return page ? std::get_if<call::InCall>(&Inspection::call(page->engine)) : nullptr;
}

/// 3: one session of a callee at most. The inviter decides, and no two sessions of one user share a call.
std::string check_confirmed(const World& world) {
  for (std::size_t i = 0; i < max_places; ++i) {
    const auto* const one = in_call(world.pages[i]);
    if (one == nullptr || one->members.empty()) continue;
    for (std::size_t k = i + 1; k < max_places; ++k) {
      const auto* const other = in_call(world.pages[k]);
      if (other == nullptr || other->members.empty() || other->info.call != one->info.call) continue;
      if (world.pages[i]->user == world.pages[k]->user)
        return at(*world.pages[i], "two sessions are in the same call");
    }
  }
  return {};
}

/// 2: nothing rings for a call that another session of the user has taken, once the inviter has nothing more
/// to say about it.
std::string check_elsewhere(const World& world) {
  if (!world.flights.empty() || !world.held.empty()) return {};
  for (const PagePtr& page : world.pages) {
    const auto* const ringing = page ? std::get_if<call::Ringing>(&Inspection::call(page->engine)) : nullptr;
    if (ringing == nullptr) continue;
    for (const PagePtr& other : world.pages) {
      const auto* const in = in_call(other);
      if (in == nullptr || other->user != number_of(ringing->info.inviter)) continue;
      const bool said = other->online() && Inspection::outbox(other->engine).empty();
      const bool taken = std::any_of(in->members.begin(), in->members.end(), [&](const call::Member& one) {
        return number_of(one.link.user) == page->user;
      });
      if (said && taken && in->info.call == ringing->info.call)
        return at(*page, "rings on for a call that another session has taken");
    }
  }
  return {};
}

/// 5: what the application was told last is what the engine is in.
std::string check_story(const Page& page) {
  if (!page.story.nonsense().empty()) return at(page, page.story.nonsense().c_str());
  const Record* const record = page.story.current();
  const auto* const in = std::get_if<call::InCall>(&Inspection::call(page.engine));
  const bool began = record != nullptr && record->began;
  if (in != nullptr && in->since.has_value() != began)
    return at(page, "the application is not told whether the call has begun");
  if (in != nullptr && began) {
    std::vector<std::uint8_t> members;
    for (const call::Member& one : in->members) members.push_back(number_of(one.link.user));
    if (!std::is_permutation(members.begin(), members.end(), record->members.begin(), record->members.end()))
      return at(page, "the application knows other members than the call has");
  }
  return {};
}

}  // namespace

std::string check(const World& world) {
  for (const PagePtr& page : world.pages) {
    if (!page) continue;
    std::string trouble = check_story(*page);
    if (trouble.empty() && page->engine.call_status() == CallStatus::idle) trouble = check_idle(*page);
    if (trouble.empty()) trouble = check_ring(world, *page);
    if (trouble.empty()) trouble = check_shelter(world, *page);
    if (trouble.empty()) trouble = check_media(*page);
    if (trouble.empty()) trouble = check_hosts(*page);
    if (!trouble.empty()) return trouble;
  }
  std::string trouble = check_confirmed(world);
  return trouble.empty() ? check_elsewhere(world) : trouble;
}

}  // namespace trtc::explore
