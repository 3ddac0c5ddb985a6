// A world: pages with the compiled engine and a host that behaves as browsers do, what is on its way between
// them, and what may still happen. A value: copying it is copying a few pointers, because a page that does
// not change is shared.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine.hpp"
#include "explore/network.hpp"
#include "explore/setup.hpp"
#include "explore/story.hpp"

namespace trtc::explore {

struct Capture {
  CaptureId id;
  bool microphone = false;
  bool camera = false;
  bool screen = false;
};

struct Peer {
  enum class Making : std::uint8_t { nothing, offer, answer } making = Making::nothing;
  PeerId id;
  NegotiationId negotiation;
  std::uint8_t user = 0;
  bool described = false;       ///< has made its own description
  bool remote = false;          ///< has applied another one's
  std::uint8_t generation = 0;  ///< of ICE: which of its own descriptions is in force
  bool gathering = false;       ///< candidates of it have yet to be reported
  bool slow = false;            ///< and that may take any time
  bool reachable = false;       ///< the other's candidates have been added
  std::uint8_t other_place = 0, other_page = 0, other_generation = 0;
  std::uint32_t other = 0;
  bool sending = false;
  bool broken = false;
  ConnectionState state = ConnectionState::connecting;
  bool flowing = false;
};

/// A tab. Its engine is the real one; the rest is what a browser would have.
struct Page {
  explicit Page(Engine made) : engine(std::move(made)) {}

  Engine engine;
  Story story;
  std::uint8_t place = 0;
  std::uint8_t number = 0;  ///< the how-manieth page in its place
  std::uint8_t user = 0;
  std::uint32_t ops = 0;

  std::uint32_t socket = 0;
  bool offline = false;
  PacketPtr will;

  bool microphone = false, camera = false, screen = false;
  std::vector<Capture> captures;
  std::vector<Peer> peers;

  bool online() const;  ///< the inbox is heard
  Peer* peer(PeerId id);
  const Peer* peer(std::uint32_t id) const;
};
using PagePtr = std::shared_ptr<const Page>;

struct World {
  const Setup* setup = nullptr;
  Instant now{};
  std::array<PagePtr, max_places> pages;  ///< null: nobody is there
  std::array<std::uint32_t, max_places> draws{};
  std::array<std::uint8_t, max_places> opened{};
  std::array<std::uint8_t, max_places> actions{};
  Faults left;
  std::vector<Flight> flights;  ///< in order, for each pair of places
  std::vector<Flight> held;     ///< may come at any time, or never: what is held is no trouble at the end
};

/// Something that may happen next.
struct Choice {
  enum class Kind : std::uint8_t {
    act,          ///< `from`: a user; `what`: the verb
    deliver,      ///< the first message from `from` to `to`
    acknowledge,  ///< an acknowledgement, `what` of the flights
    lose,
    hold,
    repeat,
    release,      ///< a held message, `what` of them
    open_device,  ///< `what` of the captures
    deny_device,
    describe,  ///< an offer or an answer of peer connection `what` is made
    notice,    ///< the host sees that the connection `what` has changed for the worse
    time,      ///< the next deadline of `from` passes
    disconnect,
    outage,
    restore,
    crash,
    open,
    break_path,
    gather,  ///< the host reports the candidates of peer connection `what`
    delay,   ///< it finds them at any later time
  } kind = Kind::act;
  std::uint8_t from = 0;
  std::uint8_t to = 0;
  std::uint8_t what = 0;
  friend bool operator==(const Choice&, const Choice&) = default;
};

/// A line of what happened, for diagrams.
struct Line {
  enum class Kind : std::uint8_t { choice, sent, event } kind = Kind::event;
  std::uint8_t place = 0;
  std::uint8_t to = 0;
  Duration at{0};
  std::string text;
};
using Trace = std::vector<Line>;

World begin(const Setup& setup);

/// Everything that may happen next. With `calm`, only what must: nobody acts, and nothing goes wrong.
void choices_of(const World& world, std::vector<Choice>& out, bool calm = false);

/// What follows. The answer is what is wrong with it, empty if nothing is.
std::string apply(World& world, const Choice& choice, Trace* trace = nullptr);

/// `alice:call`, `bob>alice`, `time:bob` …: unique among the choices of a world.
std::string name_of(const World& world, const Choice& choice);

/// When time itself becomes an input of this page. Keeping MQTT alive does not count.
std::optional<Instant> deadline_of(const Page& page);

/// Nothing is on its way, and nothing is waited for.
bool is_quiet(const World& world);

/// 64 bits of everything that matters for the future, and nothing else (canonical.cpp).
std::uint64_t fingerprint(const World& world);

/// What must hold at any time, and what once nothing moves any more (invariants.cpp). Empty: all is well.
std::string check(const World& world);
std::string check_quiet(const World& world);

}  // namespace trtc::explore
