// The peer connections of every host: what the engines ask of them, and what they report by themselves.
#include "explore/names.hpp"
#include "explore/stage.hpp"

namespace trtc::explore {
namespace {

bool is_from(const Peer& peer, const Description& one) {
  return peer.remote && peer.other_place == one.place && peer.other_page == one.page &&
         peer.other == one.peer;
}

void apply_remote(Peer& peer, const std::string& sdp) {
  const Description other = description_of(sdp);
  if (!is_from(peer, other) || peer.other_generation != other.generation) peer.reachable = false;
  peer.other_place = other.place, peer.other_page = other.page, peer.other = other.peer;
  peer.other_generation = other.generation;
  peer.remote = true;
  peer.broken = false;
}

}  // namespace

Peer* Stage::addressed(Page& page, PeerId id) {
  Peer* const peer = page.peer(id);
  if (peer == nullptr) blame(page, "speaks to a peer connection that is closed");
  return peer;
}

void Stage::on(Page& page, const effect::CreatePeer& effect) {
  Peer peer;
  peer.id = effect.peer;
  peer.user = number_of(effect.user);
  page.peers.push_back(peer);
}
void Stage::on(Page& page, const effect::CreateOffer& effect) {
  Peer* const peer = addressed(page, effect.peer);
  if (peer == nullptr) return;
  peer->making = Peer::Making::offer;
  peer->negotiation = effect.negotiation;
  peer->broken = false;
}
void Stage::on(Page& page, const effect::CreateAnswer& effect) {
  Peer* const peer = addressed(page, effect.peer);
  if (peer == nullptr) return;
  peer->making = Peer::Making::answer;
  peer->negotiation = effect.negotiation;
  apply_remote(*peer, effect.sdp);
}
void Stage::on(Page& page, const effect::ApplyAnswer& effect) {
  if (Peer* const peer = addressed(page, effect.peer)) apply_remote(*peer, effect.sdp);
}
void Stage::on(Page& page, const effect::AddCandidates& effect) {
  Peer* const peer = addressed(page, effect.peer);
  if (peer == nullptr) return;
  if (!peer->remote) return blame(page, "adds candidates before the description that they belong to");
  for (const Candidate& one : effect.candidates) {
    const Description from = description_of(one.candidate);
    if (!is_from(*peer, from)) return blame(page, "adds candidates of another connection");
    const bool current = from.generation == peer->other_generation;
    if (current) peer->reachable = true;
    if (!current && one.mid.empty()) return blame(page, "adds candidates of an earlier exchange");
  }
}
void Stage::on(Page& page, const effect::StartSending& effect) {
  if (Peer* const peer = addressed(page, effect.peer)) peer->sending = true;
}
void Stage::on(Page& page, const effect::ClosePeer& effect) {
  if (addressed(page, effect.peer) == nullptr) return;
  std::erase_if(page.peers, [&](const Peer& one) { return one.id == effect.peer; });
}

Truth truth_of(const World& world, const Page& page, const Peer& peer) {
  if (!peer.remote) return {};
  const PagePtr& there = world.pages[peer.other_place];
  if (!there || there->number != peer.other_page) return {};
  const Peer* const other = there->peer(peer.other);
  if (other == nullptr) return {false, false, true};
  const bool paired = other->remote && other->other_place == page.place && other->other_page == page.number &&
                      other->other == peer.id.value;
  Truth truth;
  // One side that knows where the other is suffices: its checks tell the other one.
  const bool reachable = !world.setup->candidates || peer.reachable || other->reachable;
  truth.connected =
      paired && reachable && peer.described && other->described && !peer.broken && !other->broken;
  truth.flowing = truth.connected && other->sending && (there->microphone || there->camera || there->screen);
  return truth;
}

/// Connections that come up are noticed at once; one change at a time, because it changes the world.
bool Stage::bring_up_media() {
  for (std::uint8_t place = 0; place < max_places; ++place) {
    if (!world_.pages[place]) continue;
    const Page& page = *world_.pages[place];
    for (std::size_t i = 0; i < page.peers.size(); ++i) {
      const Truth truth = truth_of(world_, page, page.peers[i]);
      const PeerId id = page.peers[i].id;
      if (truth.connected && page.peers[i].state != ConnectionState::connected) {
        own(place).peers[i].state = ConnectionState::connected;
        feed(place, input::ConnectionChanged{id, ConnectionState::connected});
        return true;
      }
      if (truth.flowing && !page.peers[i].flowing) {
        own(place).peers[i].flowing = true;
        feed(place, input::MediaFlowChanged{id, true});
        return true;
      }
    }
  }
  return false;
}

}  // namespace trtc::explore
