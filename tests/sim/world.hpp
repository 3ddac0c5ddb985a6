// A small world in virtual time: clients with the real engine, a modelled broker that carries real MQTT
// bytes, and fakes for devices and peer connections that behave as browsers do. Everything is deterministic.
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

namespace trtc::sim {

class World;

/// One tab: an engine and its host.
class Client {
 public:
  Client(World& world, std::string user, std::uint8_t seed);

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

  // ---- What its devices and network do. ----
  std::optional<MediaError> denied;  ///< opening fails with this
  bool camera_missing = false;
  Duration capture_time = 50ms;
  Duration ice_time = 20ms;    ///< from the last description to a connection that stands
  bool media_blocked = false;  ///< peer connections never come up
  bool online = true;          ///< false: no socket opens
  void drop_socket(std::uint16_t code = 1006);
  void break_media();  ///< the path of every peer connection dies
  void heal_media();
  void plug(bool microphone);  ///< devices can be opened again
  void unplug_microphone();    ///< in an audio call: nothing is sent any more

  // ---- What can be seen. ----
  const std::string& user() const { return user_; }
  std::string events() const;  ///< since the last call of forget(), one a line
  void forget() { events_.clear(); }
  std::string outcome(OpId op) const;  ///< "", or the result's or error's name
  std::string last_invite() const { return last_invite_; }
  const Profile& last_inviter_profile() const { return last_inviter_profile_; }
  CallStatus status() const { return engine_->call_status(); }
  SessionStatus session() const { return engine_->session_status(); }
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
  std::size_t wake_ups() const { return wake_ups_; }  ///< times that a deadline of the engine has passed

 private:
  friend class World;
  struct Peer {
    std::string user;
    bool sending = false;
    bool broken = false;
    ConnectionState state = ConnectionState::connecting;
    bool flowing = false;
    Client* other = nullptr;  ///< whom the applied description names
    std::uint32_t other_peer = 0;
    bool has_remote = false;
  };

  void perform(const Effects& effects);
  void perform(const Effect& effect);
  void describe(const Effect& effect);
  void open_media(const effect::OpenMedia& effect);
  void open_screen(CaptureId capture);
  void connect_peers(std::uint32_t peer);

  World& world_;
  std::string user_;
  std::unique_ptr<Engine> engine_;
  bool alive_ = true;
  std::uint32_t ops_ = 0;
  std::vector<std::string> events_;
  std::map<std::uint32_t, std::string> outcomes_;
  std::string last_invite_;
  Profile last_inviter_profile_;
  std::optional<std::uint32_t> socket_;
  Link link_ = 0;
  bool microphone_ = false;
  bool camera_ = false;
  std::uint32_t capturing_ = 0;
  bool camera_wanted_ = false;
  bool screen_ = false;
  std::uint32_t capturing_screen_ = 0;
  effect::LimitVideo limit_;
  std::map<std::uint32_t, Peer> peers_;
  std::size_t peers_made_ = 0;
  std::size_t ignored_ = 0;
  std::size_t wake_ups_ = 0;
};

class World {
 public:
  World();

  Client& add(const std::string& user);
  Broker& broker() { return broker_; }
  Instant now() const { return now_; }

  /// Lets virtual time pass, and everything that happens in it.
  void run(Duration duration);
  void later(Duration delay, std::function<void()> what);

  /// The broker's process is down: sockets drop, none opens.
  void stop_broker();
  void start_broker() { broker_up_ = true; }
  bool broker_up() const { return broker_up_; }

  Duration latency = 5ms;  ///< one way, client to broker

 private:
  friend class Client;
  struct Event {
    Instant at;
    std::uint64_t order;
    std::function<void()> what;
  };
  Client* owner(Link link);
  void check_media();

  Instant now_{};
  std::uint64_t order_ = 0;
  std::vector<Event> agenda_;
  Broker broker_;
  bool broker_up_ = true;
  Link links_ = 0;
  std::vector<std::unique_ptr<Client>> clients_;
};

}  // namespace trtc::sim
