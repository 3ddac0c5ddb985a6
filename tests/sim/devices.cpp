// The devices and the peer connections of a tab.
#include <string>
#include <utility>

#include "sim/world.hpp"

namespace trtc::sim {
namespace {

// "offer alice/1 3": which tab made it, over which peer connection.
std::string sdp(const std::string& kind, const Client& maker, std::uint32_t peer) {
  return kind + ' ' + maker.user() + '/' + std::to_string(maker.number()) + ' ' + std::to_string(peer);
}

/// The tab's number, 0 where it is none of ours, and the peer connection.
std::pair<std::size_t, std::uint32_t> parse_sdp(const std::string& text) {
  const std::size_t slash = text.find('/');
  const std::size_t last = text.rfind(' ');
  const std::size_t maker = slash == std::string::npos ? 0 : std::stoul(text.substr(slash + 1));
  return {maker, static_cast<std::uint32_t>(std::stoul(text.substr(last + 1)))};
}

}  // namespace

// ---- Devices. ----

void Client::plug(bool microphone) {
  denied.reset();
  feed(input::DevicesChanged{microphone, true});
}

void Client::unplug_microphone() {
  if (!std::exchange(microphone_, false)) return;
  world_.media_moved_ = true;
  feed(input::TrackEnded{TrackKind::audio});
}

void Client::unplug_camera() {
  if (!std::exchange(camera_, false)) return;
  world_.media_moved_ = true;
  feed(input::TrackEnded{TrackKind::video});
}

void Client::perform(const effect::OpenMedia& wanted) {
  capturing_ = wanted.capture.value;
  camera_wanted_ = wanted.camera;
  world_.later(capture_time, [this, wanted] {
    if (!alive_ || capturing_ != wanted.capture.value) return;
    capturing_ = 0;
    if (denied) return feed(input::MediaFailed{wanted.capture, *denied, "no"});
    microphone_ = microphone_ || wanted.microphone;
    camera_ = camera_ || (wanted.camera && camera_wanted_ && !camera_missing);
    world_.media_moved_ = true;
    feed(input::MediaOpened{wanted.capture, microphone_, camera_, false});
  });
}
void Client::perform(const effect::CloseMedia&) {
  microphone_ = camera_ = screen_ = false;
  capturing_ = capturing_screen_ = 0;
  world_.media_moved_ = true;
}
void Client::perform(const effect::CloseCamera&) {
  camera_ = camera_wanted_ = false;
  world_.media_moved_ = true;
}
void Client::perform(const effect::OpenScreen& open) {
  capturing_screen_ = open.capture.value;
  world_.later(capture_time, [this, capture = open.capture] {
    if (!alive_ || capturing_screen_ != capture.value) return;
    capturing_screen_ = 0;
    if (denied) return feed(input::MediaFailed{capture, *denied, "no"});
    screen_ = true;
    world_.media_moved_ = true;
    feed(input::MediaOpened{capture, false, false, false});
  });
}
void Client::perform(const effect::CloseScreen&) {
  screen_ = false;
  capturing_screen_ = 0;
  world_.media_moved_ = true;
}

// ---- Peer connections. ----

void Client::gather(PeerId peer) {
  if (no_relay) return feed(input::RelayMissing{peer, "turn:relay: 401"});
  feed(input::CandidatesFound{peer, {{"candidate of " + user_, "0", 0, "u"}}});
}

void Client::perform(const effect::CreatePeer& create) {
  peers_[create.peer.value].user = create.user.text;
  ++peers_made_;
}
void Client::perform(const effect::CreateOffer& offer) {
  peers_[offer.peer.value].broken = false;
  world_.later(negotiation_time, [this, offer] {
    if (negotiation_fails) return feed(input::NegotiationFailed{offer.peer, offer.negotiation, "no"});
    feed(input::OfferCreated{offer.peer, offer.negotiation, sdp("offer", *this, offer.peer.value)});
    gather(offer.peer);
  });
}
void Client::perform(const effect::CreateAnswer& answer) {
  Peer& mine = peers_[answer.peer.value];
  mine.broken = false;
  apply(mine, answer.sdp);
  world_.later(negotiation_time, [this, answer] {
    if (negotiation_fails) return feed(input::NegotiationFailed{answer.peer, answer.negotiation, "no"});
    feed(input::AnswerCreated{answer.peer, answer.negotiation, sdp("answer", *this, answer.peer.value)});
    gather(answer.peer);
    connect_peers(answer.peer.value);
  });
}
void Client::perform(const effect::ApplyAnswer& answer) {
  apply(peers_[answer.peer.value], answer.sdp);
  connect_peers(answer.peer.value);
}
void Client::perform(const effect::StartSending& start) {
  peers_[start.peer.value].sending = true;
  world_.media_moved_ = true;
}
void Client::perform(const effect::ClosePeer& close) {
  end_consent(close.peer.value);
  peers_.erase(close.peer.value);
  world_.media_moved_ = true;
}

// An end that is gone answers no more checks (RFC 7675): the other one notices within 5 s, and gives up after
// 30 s.
void Client::end_consent(std::uint32_t peer) {
  const Peer& mine = peers_[peer];
  Client* const other = mine.other;
  if (other == nullptr) return;
  const auto lose = [other, peer, this, theirs = mine.other_peer](ConnectionState state) {
    const auto at = other->peers_.find(theirs);
    if (!other->alive_ || at == other->peers_.end()) return;
    if (at->second.other == this && at->second.other_peer == peer) other->move_to(theirs, state);
  };
  world_.later(5s, [lose] { lose(ConnectionState::disconnected); });
  world_.later(30s, [lose] { lose(ConnectionState::failed); });
}

void Client::apply(Peer& mine, const std::string& description) {
  const auto [maker, peer] = parse_sdp(description);
  mine.has_remote = true;
  mine.other_peer = peer;
  if (maker == 0 || maker > world_.clients_.size()) return;
  Client* const other = world_.clients_[maker - 1].get();
  if (other->alive_ && other->peers_.count(peer) != 0) mine.other = other;
}

// Both ends have each other's description: the connection comes up, unless the path is blocked.
void Client::connect_peers(std::uint32_t peer) {
  world_.later(ice_time, [this, peer] {
    const auto mine = peers_.find(peer);
    if (!alive_ || mine == peers_.end() || !mine->second.has_remote) return;
    Client* const other = mine->second.other;
    const std::uint32_t other_peer = mine->second.other_peer;
    if (other == nullptr || !other->alive_ || media_blocked || other->media_blocked) return;
    const auto theirs = other->peers_.find(other_peer);
    if (theirs == other->peers_.end() || !theirs->second.has_remote || theirs->second.other_peer != peer)
      return;
    if (mine->second.broken || theirs->second.broken) return;
    move_to(peer, ConnectionState::connected);
    other->move_to(other_peer, ConnectionState::connected);
  });
}

void Client::move_to(std::uint32_t peer, ConnectionState state) {
  const auto at = peers_.find(peer);
  if (at == peers_.end() || at->second.state == state) return;
  at->second.state = state;
  world_.media_moved_ = true;
  if (hides_connections_ && state == ConnectionState::connected) return;
  at->second.told = state;
  feed(input::ConnectionChanged{{peer}, state});
}

void Client::set_deaf(bool deaf) {
  deaf_ = deaf;
  world_.media_moved_ = true;
}

void Client::hide_connections(bool hidden) {
  hides_connections_ = hidden;
  if (!hidden) tell_states();
}

void Client::tell_states() {
  for (const auto& [id, known] : std::map(peers_)) {
    const auto at = peers_.find(id);
    if (at == peers_.end() || at->second.told == at->second.state) continue;
    at->second.told = at->second.state;
    feed(input::ConnectionChanged{{id}, at->second.state});
  }
}

void Client::break_media() {
  for (auto& [id, peer] : peers_) peer.broken = true;
  world_.media_moved_ = true;
  for (const auto& [id, peer] : std::map(peers_)) {
    if (peer.state == ConnectionState::connected) move_to(id, ConnectionState::disconnected);
  }
}

void Client::fail_media() {
  for (auto& [id, peer] : peers_) peer.broken = true;
  world_.media_moved_ = true;
  for (const auto& [id, peer] : std::map(peers_)) move_to(id, ConnectionState::failed);
}

void Client::heal_media() {
  for (auto& [id, peer] : peers_) peer.broken = false;
  world_.media_moved_ = true;
  for (const auto& [id, peer] : std::map(peers_)) {
    const bool reaches = peer.other != nullptr && peer.other->peers_.count(peer.other_peer) != 0;
    if (peer.state == ConnectionState::disconnected && reaches) move_to(id, ConnectionState::connected);
  }
}

}  // namespace trtc::sim
