// A message reaches its receiver, and what it must not do there is told (invariants 2 and 4).
#include "explore/delivery.hpp"

#include "explore/canonical.hpp"
#include "explore/inspection.hpp"

namespace trtc::explore {
namespace {

template <class... Bodies>
bool is_one_of(const message::Body& body) {
  return (std::holds_alternative<Bodies>(body) || ...);
}

/// What the receiver is in, where its inviter has the last word about it.
struct Ring {
  const CallInfo* info = nullptr;
  const call::Invitation* invitation = nullptr;
};
Ring ring_of(const call::State& state) {
  if (const auto* ringing = std::get_if<call::Ringing>(&state)) return {&ringing->info, &ringing->invitation};
  if (const auto* one = std::get_if<call::Answering>(&state)) return {&one->info, &one->invitation};
  if (const auto* joining = std::get_if<call::Joining>(&state)) return {&joining->info, &joining->invitation};
  return {};
}

/// 2: the inviter's word ends the ring.
bool ends_ring(const Page& page, const Packet& packet, bool seen) {
  const Envelope& envelope = packet.envelope;
  const Ring ring = ring_of(Inspection::call(page.engine));
  if (seen || ring.info == nullptr || ring.info->call != envelope.call) return false;
  const bool for_us = envelope.to.empty() || envelope.to == Inspection::self(page.engine);
  const bool from_inviter = ring.invitation->session == envelope.from && ring.info->inviter == packet.from;
  return for_us && from_inviter && is_one_of<message::Cancel, message::Ended>(envelope.body);
}

/// 4: neither a duplicate nor a message of another call changes anything.
bool changes_nothing(const Page& page, const Packet& packet, bool seen) {
  const message::Body& body = packet.envelope.body;
  const bool of_a_call =
      packet.kind != Packet::Kind::presence && !is_one_of<message::Ack, message::Claim, message::Seek>(body);
  const CallInfo* const info = call::info_of(Inspection::call(page.engine));
  const bool of_ours = info != nullptr && info->call == packet.envelope.call;
  return of_a_call && (seen || (!of_ours && !is_one_of<message::Invite>(body)));
}

}  // namespace

std::string deliver(World& world, Stage& stage, const Flight& flight) {
  const PagePtr before = world.pages[flight.to];
  if (!before || !before->online()) return {};
  const Envelope& envelope = flight.packet->envelope;
  const bool seen = Inspection::seen(before->engine, flight.packet->from, envelope.from, envelope.seq);
  const bool must_stop = ends_ring(*before, *flight.packet, seen);
  const bool must_not_change = changes_nothing(*before, *flight.packet, seen);
  stage.feed(flight.to, input::SocketReceived{{before->socket}, flight.packet->frame});
  const PagePtr& after = world.pages[flight.to];
  if (!after) return {};
  if (must_not_change && call_print(*after) != call_print(*before))
    return std::string("a ") + (seen ? "duplicate" : "message of another call") + " changes the call";
  const CallInfo* const now = call::info_of(Inspection::call(after->engine));
  if (must_stop && now != nullptr && now->call == envelope.call)
    return "the call goes on after the inviter's last word";
  return {};
}

}  // namespace trtc::explore
