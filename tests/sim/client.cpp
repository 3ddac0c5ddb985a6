#include <algorithm>
#include <string>

#include "error.hpp"
#include "sim/world.hpp"
#include "words.hpp"

namespace trtc::sim {
namespace {

// "offer alice 3": who made it, over which peer connection.
std::string sdp(const std::string& kind, const std::string& user, std::uint32_t peer) {
  return kind + ' ' + user + ' ' + std::to_string(peer);
}

std::pair<std::string, std::uint32_t> parse_sdp(const std::string& text) {
  const std::size_t first = text.find(' ');
  const std::size_t last = text.rfind(' ');
  return {text.substr(first + 1, last - first - 1),
          static_cast<std::uint32_t>(std::stoul(text.substr(last + 1)))};
}

std::string joined(const std::vector<UserId>& users) {
  std::string out;
  for (const UserId& user : users) out += (out.empty() ? "" : "+") + user.text;
  return out;
}

std::string yes(bool value) { return value ? " on" : " off"; }

// The application's view of an effect; empty for everything that is not an event.
struct Describe {
  std::string operator()(const effect::Ready&) const { return "Ready"; }
  std::string operator()(const effect::KickedOut&) const { return "KickedOut"; }
  std::string operator()(const effect::Invited& e) const {
    return "Invited " + e.call.inviter.text + ' ' + std::string(wire::word(wire::media_types, e.call.media));
  }
  std::string operator()(const effect::UserAccepted& e) const { return "UserAccepted " + e.user.text; }
  std::string operator()(const effect::UserEntered& e) const { return "UserEntered " + e.user.text; }
  std::string operator()(const effect::UserLeft& e) const { return "UserLeft " + e.user.text; }
  std::string operator()(const effect::VideoAvailable& e) const {
    return "Video " + e.user.text + yes(e.available);
  }
  std::string operator()(const effect::AudioAvailable& e) const {
    return "Audio " + e.user.text + yes(e.available);
  }
  std::string operator()(const effect::ScreenAvailable& e) const {
    return "Screen " + e.user.text + yes(e.available);
  }
  std::string operator()(const effect::RosterChanged& e) const {
    std::string out = "Roster";
    for (const RosterEntry& entry : e.roster)
      out += ' ' + entry.user.text + ':' + std::string(wire::word(wire::roster_statuses, entry.status));
    return out;
  }
  std::string operator()(const effect::MediaTypeChanged& e) const {
    return "Type " + std::string(wire::word(wire::media_types, e.call.media));
  }
  std::string operator()(const effect::InviteRejected& e) const { return "Rejected " + e.user.text; }
  std::string operator()(const effect::LineBusy& e) const { return "LineBusy " + e.user.text; }
  std::string operator()(const effect::NoResponse& e) const { return "NoResponse " + joined(e.users); }
  std::string operator()(const effect::CallTimedOut& e) const { return "TimedOut " + joined(e.users); }
  std::string operator()(const effect::CallCancelled& e) const {
    return std::string(e.told ? "Cancelled! " : "Cancelled ") +
           std::string(wire::word(wire::cancel_reasons, e.reason));
  }
  std::string operator()(const effect::CallBegan&) const { return "Began"; }
  std::string operator()(const effect::CallEnded& e) const {
    return "Ended " + e.user.text + ' ' + std::to_string(e.seconds);
  }
  std::string operator()(const effect::SignalingChanged& e) const { return "Signaling" + yes(e.connected); }
  std::string operator()(const effect::UserConnectionChanged& e) const {
    return "Media " + e.user.text + ' ' + std::string(wire::word(wire::connection_states, e.state));
  }
  std::string operator()(const effect::Errored& e) const {
    return "Error " + std::string(trtc::describe(e.error.code).name);
  }
  template <class Other>
  std::string operator()(const Other&) const {
    return {};
  }
};

struct ResultName {
  std::string operator()(const effect::Nothing&) const { return "nothing"; }
  std::string operator()(const effect::LoggedIn& r) const {
    return r.repeated ? "logged in again" : "logged in";
  }
  std::string operator()(const effect::CallPlaced&) const { return "placed"; }
  std::string operator()(const effect::GroupCallPlaced& r) const { return r.added ? "added" : "placed"; }
  std::string operator()(const effect::CallAccepted&) const { return "accepted"; }
  std::string operator()(const effect::CallRejected&) const { return "rejected"; }
  std::string operator()(const effect::HungUp& r) const {
    return r.cancelled.empty() ? "hung up" : "cancelled";
  }
  std::string operator()(const effect::Toggled& r) const { return r.done ? "toggled" : "nothing to toggle"; }
};

Seed seed_of(std::uint8_t number) {
  Seed seed{};
  seed[0] = number;
  return seed;
}

}  // namespace

Client::Client(World& world, std::string user, std::uint8_t seed) : world_(world), user_(std::move(user)) {
  engine_ = std::make_unique<Engine>(Config{1400000000, {"ws://broker/mqtt"}, seed_of(seed), false});
}

OpId Client::login(const std::string& sig) { return feed(input::Login{{++ops_}, user_, sig}), OpId{ops_}; }
OpId Client::logout() { return feed(input::Logout{{++ops_}}), OpId{ops_}; }
OpId Client::call(const std::string& user, MediaType media, Duration timeout) {
  const OpId op{++ops_};
  feed(input::Call{op, user, media, timeout, "data", 0});
  return op;
}
OpId Client::group_call(const std::vector<std::string>& users, const std::string& group, MediaType media,
                        Duration timeout) {
  const OpId op{++ops_};
  feed(input::GroupCall{op, users, media, timeout, "data", 0, group});
  return op;
}
OpId Client::invite(const std::vector<std::string>& users, Duration timeout) {
  return feed(input::InviteUsers{{++ops_}, users, timeout}), OpId{ops_};
}
OpId Client::join_call(const std::string& group, MediaType media) {
  return feed(input::JoinGroupCall{{++ops_}, media, group, 0}), OpId{ops_};
}
OpId Client::join_group(const std::string& group) {
  return feed(input::JoinGroup{{++ops_}, group}), OpId{ops_};
}
OpId Client::quit_group(const std::string& group) {
  return feed(input::QuitGroup{{++ops_}, group}), OpId{ops_};
}
OpId Client::screen(bool on) { return feed(input::SetScreen{{++ops_}, on}), OpId{ops_}; }
OpId Client::switch_to(MediaType media) { return feed(input::SwitchMedia{{++ops_}, media}), OpId{ops_}; }
OpId Client::accept(const std::string& call) { return feed(input::Accept{{++ops_}, call}), OpId{ops_}; }
OpId Client::reject(bool busy, const std::string& call) {
  return feed(input::Reject{{++ops_}, call, busy}), OpId{ops_};
}
OpId Client::hang_up() { return feed(input::HangUp{{++ops_}}), OpId{ops_}; }
OpId Client::camera(bool on) { return feed(input::SetCamera{{++ops_}, on}), OpId{ops_}; }
OpId Client::microphone(bool on) { return feed(input::SetMicrophone{{++ops_}, on}), OpId{ops_}; }

void Client::close_page() {
  feed(input::PageClosed{});
  crash();
}

void Client::crash() {
  alive_ = false;
  peers_.clear();
  if (!socket_) return;
  socket_.reset();
  const Link link = link_;
  world_.later(world_.latency, [this, link] { world_.broker_.lost(link); });
}

void Client::drop_socket(std::uint16_t code) {
  if (!socket_) return;
  const SocketId socket{*socket_};
  socket_.reset();
  const Link link = link_;
  world_.later(world_.latency, [this, link] { world_.broker_.lost(link); });
  feed(input::SocketClosed{socket, code, {}});
}

void Client::break_media() {
  for (auto& [id, peer] : peers_) peer.broken = true;
  for (const auto& [id, peer] : std::map(peers_)) {
    if (peers_[id].state != ConnectionState::connected) continue;
    peers_[id].state = ConnectionState::disconnected;
    feed(input::ConnectionChanged{{id}, ConnectionState::disconnected});
  }
}

void Client::heal_media() {
  for (auto& [id, peer] : peers_) peer.broken = false;
}

void Client::unplug_microphone() {
  microphone_ = false;
  for (auto& [id, peer] : peers_) peer.sending = false;
  feed(input::TrackEnded{TrackKind::audio});
}

std::string Client::events() const {
  std::string out;
  for (const std::string& event : events_) out += event + '\n';
  return out;
}

std::string Client::outcome(OpId op) const {
  const auto at = outcomes_.find(op.value);
  return at == outcomes_.end() ? std::string() : at->second;
}

bool Client::quiet() const {
  return status() == CallStatus::idle && !microphone_ && !camera_ && !screen_ && peers_.empty();
}

bool Client::hears(const std::string& user) const {
  return std::any_of(peers_.begin(), peers_.end(),
                     [&](const auto& entry) { return entry.second.user == user && entry.second.flowing; });
}

void Client::feed(const Input& input) {
  if (std::holds_alternative<input::TimePassed>(input)) ++wake_ups_;
  if (alive_) perform(engine_->handle(world_.now(), input));
}

void Client::perform(const Effects& effects) {
  for (const Effect& effect : effects) {
    describe(effect);
    perform(effect);
  }
}

void Client::describe(const Effect& effect) {
  if (const auto* done = std::get_if<effect::Done>(&effect)) {
    outcomes_[done->op.value] += std::visit(ResultName{}, done->result);
  } else if (const auto* failed = std::get_if<effect::Failed>(&effect)) {
    outcomes_[failed->op.value] += trtc::describe(failed->error.code).name;
  } else if (std::holds_alternative<effect::Ignored>(effect)) {
    ++ignored_;
  } else if (const std::string text = std::visit(Describe{}, effect); !text.empty()) {
    events_.push_back(text);
  }
  if (const auto* invited = std::get_if<effect::Invited>(&effect)) {
    last_invite_ = invited->call.call.text;
    last_inviter_profile_ = invited->call.inviter_profile;
  }
}

void Client::open_media(const effect::OpenMedia& wanted) {
  capturing_ = wanted.capture.value;
  camera_wanted_ = wanted.camera;
  world_.later(capture_time, [this, wanted] {
    if (!alive_ || capturing_ != wanted.capture.value) return;
    capturing_ = 0;
    if (denied) return feed(input::MediaFailed{wanted.capture, *denied, "no"});
    microphone_ = microphone_ || wanted.microphone;
    camera_ = camera_ || (wanted.camera && camera_wanted_ && !camera_missing);
    feed(input::MediaOpened{wanted.capture, microphone_, camera_, false});
  });
}

void Client::open_screen(CaptureId capture) {
  capturing_screen_ = capture.value;
  world_.later(capture_time, [this, capture] {
    if (!alive_ || capturing_screen_ != capture.value) return;
    capturing_screen_ = 0;
    if (denied) return feed(input::MediaFailed{capture, *denied, "no"});
    screen_ = true;
    feed(input::MediaOpened{capture, false, false, false});
  });
}

void Client::plug(bool microphone) {
  denied.reset();
  feed(input::DevicesChanged{microphone, true});
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
    if (mine->second.state != ConnectionState::connected) {
      mine->second.state = ConnectionState::connected;
      feed(input::ConnectionChanged{{peer}, ConnectionState::connected});
    }
    const auto again = other->peers_.find(other_peer);
    if (again != other->peers_.end() && again->second.state != ConnectionState::connected) {
      again->second.state = ConnectionState::connected;
      other->feed(input::ConnectionChanged{{other_peer}, ConnectionState::connected});
    }
  });
}

void Client::perform(const Effect& effect) {
  if (const auto* open = std::get_if<effect::OpenSocket>(&effect)) {
    const SocketId socket = open->socket;
    world_.later(world_.latency, [this, socket] {
      if (!alive_) return;
      if (!online || !world_.broker_up_) return feed(input::SocketClosed{socket, 1006, {}});
      socket_ = socket.value;
      link_ = ++world_.links_;
      world_.broker_.opened(link_);
      feed(input::SocketOpened{socket});
    });
  } else if (const auto* send = std::get_if<effect::SendBytes>(&effect)) {
    if (!socket_ || *socket_ != send->socket.value) return;
    world_.later(world_.latency,
                 [this, link = link_, bytes = send->bytes] { world_.broker_.received(link, bytes); });
  } else if (const auto* close = std::get_if<effect::CloseSocket>(&effect)) {
    if (!socket_ || *socket_ != close->socket.value) return;
    socket_.reset();
    world_.later(world_.latency + 1ms, [this, link = link_] { world_.broker_.lost(link); });
  } else if (const auto* media = std::get_if<effect::OpenMedia>(&effect)) {
    open_media(*media);
  } else if (std::holds_alternative<effect::CloseMedia>(effect)) {
    microphone_ = camera_ = screen_ = false;
    capturing_ = capturing_screen_ = 0;
  } else if (const auto* screen = std::get_if<effect::OpenScreen>(&effect)) {
    open_screen(screen->capture);
  } else if (std::holds_alternative<effect::CloseScreen>(effect)) {
    screen_ = false;
    capturing_screen_ = 0;
  } else if (const auto* limit = std::get_if<effect::LimitVideo>(&effect)) {
    limit_ = *limit;
  } else if (std::holds_alternative<effect::CloseCamera>(effect)) {
    camera_ = false;
    camera_wanted_ = false;
  } else if (const auto* create = std::get_if<effect::CreatePeer>(&effect)) {
    peers_[create->peer.value].user = create->user.text;
    ++peers_made_;
  } else if (const auto* offer = std::get_if<effect::CreateOffer>(&effect)) {
    peers_[offer->peer.value].broken = false;
    world_.later(2ms, [this, o = *offer] {
      feed(input::OfferCreated{o.peer, o.negotiation, sdp("offer", user_, o.peer.value)});
      feed(input::CandidatesFound{o.peer, {{"candidate of " + user_, "0", 0, "u"}}});
    });
  } else if (const auto* answer = std::get_if<effect::CreateAnswer>(&effect)) {
    const auto [user, peer] = parse_sdp(answer->sdp);
    Peer& mine = peers_[answer->peer.value];
    mine.broken = false;
    mine.has_remote = true;
    mine.other_peer = peer;
    for (const auto& client : world_.clients_) {
      if (client->user_ == user && client->alive_ && client->peers_.count(peer) != 0)
        mine.other = client.get();
    }
    world_.later(2ms, [this, a = *answer] {
      feed(input::AnswerCreated{a.peer, a.negotiation, sdp("answer", user_, a.peer.value)});
      feed(input::CandidatesFound{a.peer, {{"candidate of " + user_, "0", 0, "u"}}});
      connect_peers(a.peer.value);
    });
  } else if (const auto* apply = std::get_if<effect::ApplyAnswer>(&effect)) {
    const auto [user, peer] = parse_sdp(apply->sdp);
    Peer& mine = peers_[apply->peer.value];
    mine.has_remote = true;
    mine.other_peer = peer;
    for (const auto& client : world_.clients_) {
      if (client->user_ == user && client->alive_ && client->peers_.count(peer) != 0)
        mine.other = client.get();
    }
    connect_peers(apply->peer.value);
  } else if (const auto* start = std::get_if<effect::StartSending>(&effect)) {
    peers_[start->peer.value].sending = true;
  } else if (const auto* gone = std::get_if<effect::ClosePeer>(&effect)) {
    peers_.erase(gone->peer.value);
  }
}

}  // namespace trtc::sim
