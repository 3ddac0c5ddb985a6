// The host of every page, and the broker between them: carries out what the engines ask for, until nothing
// happens by itself any more.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "explore/world.hpp"

namespace trtc::explore {

class Stage {
 public:
  Stage(World& world, Trace* trace) : world_(world), trace_(trace) {}

  /// The page, for changing it.
  Page& own(std::uint8_t place);
  void feed(std::uint8_t place, const Input& input);
  /// Whatever follows without anybody's choice: sockets that open, connections that come up.
  void settle();
  bool runaway() const { return runaway_; }
  /// What a host was asked to do that makes no sense, or an engine did that it must not.
  const std::string& trouble() const { return trouble_; }

  void open_page(std::uint8_t place);
  void close_socket(std::uint8_t place);  ///< the network's doing
  void remove_page(std::uint8_t place);
  void note(Line::Kind kind, std::uint8_t place, std::uint8_t to, std::string text);

 private:
  void perform(Page& page, const Effect& effect);
  void blame(const Page& page, const char* what);
  Peer* addressed(Page& page, PeerId id);
  void read(Page& page, const Bytes& bytes);
  void route(std::uint8_t from, const PacketPtr& packet);
  void forget_flights(std::uint8_t to);
  void publish_will(Page& page);
  bool bring_up_media();

  void on(Page& page, const effect::OpenSocket& effect);
  void on(Page& page, const effect::SendBytes& effect);
  void on(Page& page, const effect::CloseSocket& effect);
  void on(Page& page, const effect::OpenMedia& effect);
  void on(Page& page, const effect::CloseMedia& effect);
  void on(Page& page, const effect::CloseCamera& effect);
  void on(Page& page, const effect::OpenScreen& effect);
  void on(Page& page, const effect::CloseScreen& effect);
  void on(Page& page, const effect::CreatePeer& effect);
  void on(Page& page, const effect::CreateOffer& effect);
  void on(Page& page, const effect::CreateAnswer& effect);
  void on(Page& page, const effect::ApplyAnswer& effect);
  void on(Page& page, const effect::AddCandidates& effect);
  void on(Page& page, const effect::StartSending& effect);
  void on(Page& page, const effect::ClosePeer& effect);
  template <class Other>
  void on(Page&, const Other&) {}

  World& world_;
  Trace* trace_;
  std::string trouble_;
  bool runaway_ = false;  ///< one thing led to the next without an end
  std::vector<std::pair<std::uint8_t, Input>> follow_ups_;
};

/// What a connection really is, whatever its host has noticed.
struct Truth {
  bool connected = false;
  bool flowing = false;
  bool closed = false;  ///< the other end has closed it
};
Truth truth_of(const World& world, const Page& page, const Peer& peer);

std::string place_name(const World& world, std::uint8_t place);

}  // namespace trtc::explore
