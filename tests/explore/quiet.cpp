// What must hold once nothing moves any more: agreement. The numbers are those of protocol, section 9.
#include <algorithm>
#include <string>

#include "explore/inspection.hpp"
#include "explore/names.hpp"
#include "explore/stage.hpp"
#include "explore/world.hpp"

namespace trtc::explore {
namespace {

std::string at(const Page& page, const char* what) { return users[page.user] + ": " + what; }

const call::InCall* in_call(const PagePtr& page) {
  return page ? std::get_if<call::InCall>(&Inspection::call(page->engine)) : nullptr;
}

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

std::uint8_t bits(const Sending& one) {
  return static_cast<std::uint8_t>((one.audio ? 1 : 0) | (one.video ? 2 : 0) | (one.screen ? 4 : 0));
}
std::uint8_t told_of(const Page& page, const UserId& user) {
  const Record* const record = page.story.current();
  return record == nullptr ? std::uint8_t{8} : record->sends[number_of(user)];
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
    if (told_of(page, member.link.user) != bits(member.sending))
      return at(page, "its application was told something else of what the other sends");
    const Peer* const peer = page.peer(member.link.peer.value);
    if (peer == nullptr || peer->state != ConnectionState::connected)
      return at(page, "in a call without media when everything is quiet");
    if (world.setup->candidates && !peer->reachable)
      return at(page, "candidates of the other have been lost on the way");
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

bool is_quiet(const World& world) {
  if (!world.flights.empty()) return false;
  for (const PagePtr& page : world.pages) {
    if (!page) continue;
    if (page->offline || !page->captures.empty() || !Inspection::outbox(page->engine).empty()) return false;
    if (Inspection::waiting(page->engine) != nullptr) return false;
    if (call::next_deadline(Inspection::call(page->engine))) return false;
    for (const Peer& peer : page->peers) {
      if (peer.making != Peer::Making::nothing || peer.gathering) return false;
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
