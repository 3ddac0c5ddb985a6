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

// ---- Once nothing moves any more. ----

std::string check_settled(const Page& page) {
  if (!page.story.open_promises().empty()) return at(page, "a promise never settles");  // 7
  const CallStatus status = page.engine.call_status();
  if (status != CallStatus::idle && status != CallStatus::in_call)
    return at(page, "neither idle nor in a call when everything is quiet");  // 1
  const SessionStatus session = page.engine.session_status();
  if (session == SessionStatus::connecting || session == SessionStatus::reconnecting)
    return at(page, "not online when everything is quiet");
  return {};
}

const Page* page_of(const World& world, const SessionId& session) {
  for (const PagePtr& page : world.pages) {
    if (page && Inspection::self(page->engine) == session) return page.get();
  }
  return nullptr;
}

/// 1: everybody in a call is in the same one, sees the others, and hears them.
std::string check_together(const World& world, const Page& page, const call::InCall& in) {
  for (const call::Member& member : in.members) {
    const Page* const there = page_of(world, member.link.session);
    if (there == nullptr) return at(page, "in a call with a session that is gone");
    const auto* const other = std::get_if<call::InCall>(&Inspection::call(there->engine));
    if (other == nullptr || other->info.call != in.info.call)
      return at(page, "in a call that the other is not in");
    const SessionId& self = Inspection::self(page.engine);
    const bool mutual = std::any_of(other->members.begin(), other->members.end(),
                                    [&](const call::Member& one) { return one.link.session == self; });
    if (!mutual) return at(page, "a member of whom the other knows nothing");
    if (!in.info.group && other->info.media != in.info.media)
      return at(page, "an audio call here, a video call there");
    if (member.sending != other->devices.sending())
      return at(page, "believes something else of what the other sends");
    const bool hears = std::any_of(page.peers.begin(), page.peers.end(), [&](const Peer& peer) {
      return peer.id == member.link.peer && peer.state == ConnectionState::connected;
    });
    if (!hears) return at(page, "in a call without media when everything is quiet");
  }
  if (in.members.empty()) return at(page, "alone in a call when everything is quiet");
  // Everybody who believes in this call must be seen.
  for (const PagePtr& other : world.pages) {
    const auto* const theirs = in_call(other);
    if (theirs == nullptr || other.get() == &page || theirs->info.call != in.info.call) continue;
    const SessionId& session = Inspection::self(other->engine);
    const bool seen = std::any_of(in.members.begin(), in.members.end(),
                                  [&](const call::Member& one) { return one.link.session == session; });
    if (!seen) return at(page, "does not see somebody who is in the call");
  }
  return {};
}

/// 1: the outcome of a call between two. Who was told that it was answered, and who that it was not?
std::string check_outcome(const World& world, const Page& page, const Record& mine) {
  if (mine.role != CallRole::inviter || mine.group || mine.phase != Record::Phase::over) return {};
  bool somebody = false, talked = false, by_callee = false;
  for (const PagePtr& other : world.pages) {
    if (!other || other->user == page.user) continue;
    for (const Record& theirs : other->story.records()) {
      if (theirs.call != mine.call) continue;
      somebody = true;
      talked = talked || theirs.began;
      const bool session_over =
          theirs.reason == CancelReason::kicked_out || theirs.reason == CancelReason::logged_out;
      // Whoever was away for longer than a goodbye is repeated says that it does not know: "unreachable".
      const bool unknown = theirs.reason == CancelReason::unreachable;
      by_callee = by_callee || unknown || ((theirs.by_self || session_over) && !theirs.began);
    }
  }
  if (!somebody) return {};
  if (mine.began && !talked && !by_callee) return at(page, "an answered call here, an unanswered one there");
  if (!mine.began && talked) return at(page, "an unanswered call here, an answered one there");
  return {};
}

}  // namespace

std::string check(const World& world) {
  for (const PagePtr& page : world.pages) {
    if (!page) continue;
    std::string trouble = check_story(*page);
    if (trouble.empty() && page->engine.call_status() == CallStatus::idle) trouble = check_idle(*page);
    if (trouble.empty()) trouble = check_ring(world, *page);
    if (trouble.empty()) trouble = check_media(*page);
    if (trouble.empty()) trouble = check_hosts(*page);
    if (!trouble.empty()) return trouble;
  }
  std::string trouble = check_confirmed(world);
  return trouble.empty() ? check_elsewhere(world) : trouble;
}

bool is_quiet(const World& world) {
  if (!world.flights.empty()) return false;
  for (const PagePtr& page : world.pages) {
    if (!page) continue;
    if (page->offline || !page->captures.empty() || !Inspection::outbox(page->engine).empty()) return false;
    if (Inspection::waiting(page->engine) != nullptr) return false;
    if (call::next_deadline(Inspection::call(page->engine))) return false;
    for (const Peer& peer : page->peers) {
      if (peer.making != Peer::Making::nothing) return false;
      const Truth truth = truth_of(world, *page, peer);
      if (truth.connected != (peer.state == ConnectionState::connected) || truth.flowing != peer.flowing)
        return false;
    }
  }
  return true;
}

std::string check_quiet(const World& world) {
  for (const PagePtr& page : world.pages) {
    if (!page) continue;
    std::string trouble = check_settled(*page);
    if (!trouble.empty()) return trouble;
    if (const auto* const in = in_call(page)) trouble = check_together(world, *page, *in);
    if (!trouble.empty()) return trouble;
    for (const Record& record : page->story.records()) {
      trouble = check_outcome(world, *page, record);
      if (!trouble.empty()) return trouble;
    }
  }
  return {};
}

}  // namespace trtc::explore
