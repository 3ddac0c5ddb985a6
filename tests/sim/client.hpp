// One tab: an engine and its host, whose devices, connections and clock behave as browsers' do, or misbehave.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine.hpp"
#include "sim/broker.hpp"
#include "sim/dice.hpp"
#include "sim/host_clock.hpp"

namespace trtc::sim {

class World;

class Client {
 public:
  /// `number`: from 1, unique in its world. `salt`: makes another run of the same world.
  Client(World& world, std::string user, std::uint32_t number, std::uint64_t salt);

  // ---- The user. Every verb returns the op whose outcome can be asked for. ----
  OpId login(const std::string& sig = "good");
  OpId logout();
  OpId call(const std::string& user, MediaType media = MediaType::video, Duration timeout = 30s);
  OpId group_call(const std::vector<std::string>& users, const std::string& group = {},
                  MediaType media = MediaType::video, Duration timeout = 30s);
  OpId invite(const std::vector<std::string>& users, Duration timeout = 30s);
  OpId join_call(const std::string& group, MediaType media = MediaType::video);
  OpId join_group(const std::string& group);
  OpId quit_group(const std::string& group);
  OpId screen(bool on);
  OpId switch_to(MediaType media);
  OpId accept(const std::string& call = {});
  OpId reject(bool busy = false, const std::string& call = {});
  OpId hang_up();
  OpId camera(bool on);
  OpId microphone(bool on);
  void close_page();  ///< pagehide, then the process is gone
  void crash();       ///< gone without a word: the socket drops
  void feed(const Input& input);

  // ---- What its devices do. ----
  std::optional<MediaError> denied;  ///< opening fails with this
  bool camera_missing = false;
  Duration capture_time = 50ms;
  void plug(bool microphone);  ///< devices can be opened again
  void unplug_microphone();
  void unplug_camera();

  // ---- What its peer connections do. ----
  Duration ice_time = 20ms;         ///< from the last description to a connection that stands
  Duration negotiation_time = 2ms;  ///< until an offer or an answer is made
  bool negotiation_fails = false;
  bool no_relay = false;               ///< only relays are allowed, and none answers
  bool media_blocked = false;          ///< peer connections never come up
  void set_deaf(bool deaf);            ///< a lie: connected, but no RTP arrives
  void break_media();                  ///< the path of every peer connection dies
  void fail_media();                   ///< and the browser says so
  void heal_media();                   ///< what was disconnected comes back by itself
  void hide_connections(bool hidden);  ///< a lie: RTP arrives, but nobody says "connected"

  // ---- What its network does. ----
  struct Weather {
    Duration delay{0};   ///< beside the world's latency, each way
    Duration jitter{0};  ///< at most so much more
    Duration pace{0};    ///< a slow consumer: so long for each packet that arrives
  };
  Weather weather;
  bool online = true;  ///< false: no socket opens
  void drop_socket(std::uint16_t code = 1006);
  /// Nothing passes in either direction, and nobody is told, until it does again.
  void cut(bool now);
  bool is_cut() const { return cut_; }

  // ---- What its clock does. ----
  HostClock clock;
  Duration throttle{0};  ///< a background tab: timers fire only at multiples of this
  void clock_changed();  ///< after one of the two was touched

  // ---- What can be seen. ----
  /// Every input that was handled and what was done about it.
  std::function<void(const Input&, const Effects&)> watch;
  bool records_events = true;

  const std::string& user() const { return user_; }
  std::uint32_t number() const { return number_; }
  std::string events() const;  ///< since the last call of forget(), one a line
  void forget() { events_.clear(); }
  std::string outcome(OpId op) const;  ///< "", or the result's or error's name
  std::string last_invite() const { return last_invite_; }
  std::string roster() const { return roster_; }  ///< as last told, also of a call between two
  const Profile& last_inviter_profile() const { return last_inviter_profile_; }
  CallStatus status() const { return engine_->call_status(); }
  SessionStatus session() const { return engine_->session_status(); }
  const Engine& engine() const { return *engine_; }
  bool quiet() const;  ///< no device, no peer connection, no call timer: the idle invariants
  bool hears(const std::string& user) const;  ///< RTP of that user arrives
  bool films() const { return camera_; }
  bool shares() const { return screen_; }
  bool records() const { return microphone_; }
  effect::LimitVideo limit() const { return limit_; }
  std::size_t ignored() const { return ignored_; }
  bool alive() const { return alive_; }
  std::optional<Instant> deadline() const { return alive_ ? engine_->next_deadline() : std::nullopt; }
  std::size_t peers_made() const { return peers_made_; }
  std::size_t peers() const { return peers_.size(); }
  std::vector<std::string> receivers() const;  ///< to whom media is sent, device or not
  bool sends_media() const { return microphone_ || camera_ || screen_; }
  Instant engine_time() const;                        ///< what the host's clock shows
  std::size_t wake_ups() const { return wake_ups_; }  ///< times that a deadline of the engine has passed

 private:
  friend class World;
  void gather(PeerId peer);
  struct Peer {
    std::string user;
    bool sending = false;
    bool broken = false;
    ConnectionState state = ConnectionState::connecting;
    ConnectionState told = ConnectionState::connecting;
    bool flowing = false;
    bool measured = false;    ///< `flowing`, as last reported
    Client* other = nullptr;  ///< whom the applied description names
    std::uint32_t other_peer = 0;
    bool has_remote = false;
  };
  /// One direction of the path to the broker: in order, or not at all.
  struct Way {
    Instant free{};
    std::size_t waiting = 0;
    std::vector<std::function<void()>> held;
  };

  template <class Verb, class... Parts>
  OpId ask(Parts&&... parts);

  void describe(const Effect& effect);
  void carry(Way& way, Duration latency, std::function<void()> arrive);
  void lose_link();
  Instant timer(Instant at) const;

  void perform(const effect::OpenSocket& effect);
  void perform(const effect::SendBytes& effect);
  void perform(const effect::CloseSocket& effect);
  void perform(const effect::OpenMedia& effect);
  void perform(const effect::CloseMedia& effect);
  void perform(const effect::CloseCamera& effect);
  void perform(const effect::OpenScreen& effect);
  void perform(const effect::CloseScreen& effect);
  void perform(const effect::LimitVideo& effect) { limit_ = effect; }
  void perform(const effect::CreatePeer& effect);
  void perform(const effect::CreateOffer& effect);
  void perform(const effect::CreateAnswer& effect);
  void perform(const effect::ApplyAnswer& effect);
  void perform(const effect::StartSending& effect);
  void perform(const effect::ClosePeer& effect);
  template <class Other>
  void perform(const Other&) {}

  bool sends(const Peer& peer) const { return peer.sending && (microphone_ || camera_ || screen_); }
  void apply(Peer& mine, const std::string& description);
  void connect_peers(std::uint32_t peer);
  void end_consent(std::uint32_t peer);
  void move_to(std::uint32_t peer, ConnectionState state);
  void tell_states();

  World& world_;
  std::string user_;
  std::uint32_t number_;
  Config config_;
  std::unique_ptr<Engine> engine_;
  Dice dice_;
  bool alive_ = true;
  std::uint32_t ops_ = 0;
  std::vector<std::string> events_;
  std::map<std::uint32_t, std::string> outcomes_;
  std::string last_invite_;
  std::string roster_;
  Profile last_inviter_profile_;

  std::optional<Instant> planned_;  ///< the wake-up that the world has noted
  std::optional<std::uint32_t> opening_;
  std::optional<std::uint32_t> socket_;
  Link link_ = 0;
  bool cut_ = false;
  unsigned cuts_ = 0;
  Way up_, down_;

  bool microphone_ = false;
  bool camera_ = false;
  std::uint32_t capturing_ = 0;
  bool camera_wanted_ = false;
  bool screen_ = false;
  std::uint32_t capturing_screen_ = 0;
  effect::LimitVideo limit_;
  std::map<std::uint32_t, Peer> peers_;
  bool deaf_ = false;
  bool hides_connections_ = false;
  std::size_t peers_made_ = 0;
  std::size_t ignored_ = 0;
  std::size_t wake_ups_ = 0;
};

}  // namespace trtc::sim
