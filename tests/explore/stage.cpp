#include "explore/stage.hpp"

#include <algorithm>

#include "explore/canonical.hpp"
#include "explore/inspection.hpp"
#include "explore/names.hpp"
#include "explore/telling.hpp"
#include "machine.hpp"

namespace trtc::explore {
namespace {

/// Later than any run: a claim that is not repeated.
constexpr Instant never{Duration{std::int64_t{1} << 50U}};

void hold_claim(Engine& engine) {
  if (auto* online = std::get_if<session::Online>(&Inspection::session(engine)))
    online->claim_at = online->settled_at = never;
}

/// The pause before the next attempt without its jitter.
void straighten(Engine& engine, Instant now) {
  const unsigned failures = std::max(1U, Inspection::failures(engine)) - 1;
  Inspection::waiting(engine)->until =
      now + std::min(Transport::longest_pause, Transport::first_pause * (1U << std::min(failures, 5U)));
}

/// Answered by Ignored alone; acknowledgements, and letters that are due, go their own way.
bool ignored(const Effects& effects) {
  bool any = false;
  for (const Effect& effect : effects) {
    const bool one = std::holds_alternative<effect::Ignored>(effect);
    if (!one && !std::holds_alternative<effect::SendBytes>(effect)) return false;
    any = any || one;
  }
  return any;
}

}  // namespace

bool Page::online() const { return socket != 0 && Inspection::up(engine); }
Peer* Page::peer(PeerId id) {
  const auto at = std::find_if(peers.begin(), peers.end(), [id](const Peer& one) { return one.id == id; });
  return at == peers.end() ? nullptr : &*at;
}
const Peer* Page::peer(std::uint32_t id) const {
  const auto at =
      std::find_if(peers.begin(), peers.end(), [id](const Peer& one) { return one.id.value == id; });
  return at == peers.end() ? nullptr : &*at;
}

Page& Stage::own(std::uint8_t place) {
  PagePtr& page = world_.pages[place];
  if (page.use_count() > 1) page = std::make_shared<Page>(*page);
  return const_cast<Page&>(*page);  // made as a Page that may change, and nobody else has it
}

void Stage::note(Line::Kind kind, std::uint8_t place, std::uint8_t to, std::string text) {
  if (trace_ != nullptr) trace_->push_back({kind, place, to, world_.now.time_since_epoch(), std::move(text)});
}

void Stage::feed(std::uint8_t place, const Input& input) {
  if (!world_.pages[place]) return;
  Page& page = own(place);
  const std::uint8_t rank =
      world_.setup->later_id_wins ? static_cast<std::uint8_t>(max_places - 1 - place) : place;
  std::uint32_t& draws = world_.draws[place];
  Inspection::script(page.engine, (draws_each * (rank + 1U) + draws) * draw_step, draw_step);
  const bool waited = Inspection::waiting(page.engine) != nullptr;
  const std::uint64_t before = call_print(page);
  const Effects effects = page.engine.handle(world_.now, input);
  if (ignored(effects) && call_print(page) != before) blame(page, "ignores something that changes its call");
  draws += static_cast<std::uint32_t>(Inspection::drawn(page.engine));
  if (!waited && Inspection::waiting(page.engine) != nullptr) straighten(page.engine, world_.now);
  if (!world_.setup->claims) hold_claim(page.engine);
  for (const Effect& effect : effects) {
    page.story.take(effect);
    if (trace_ != nullptr) {
      if (std::string text = tell(effect); !text.empty()) note(Line::Kind::event, place, place, text);
    }
    perform(page, effect);
  }
}

void Stage::blame(const Page& page, const char* what) {
  if (trouble_.empty()) trouble_ = users[page.user] + ": " + what;
}

void Stage::settle() {
  constexpr unsigned many = 300;
  unsigned count = 0;
  do {
    while (!follow_ups_.empty()) {
      runaway_ = runaway_ || ++count > many;
      if (runaway_) return;
      const auto next = follow_ups_.front();
      follow_ups_.erase(follow_ups_.begin());
      feed(next.first, next.second);
    }
  } while (++count < many && bring_up_media());
}

void Stage::perform(Page& page, const Effect& effect) {
  match(effect, [&](const auto& one) { on(page, one); });
}

// ---- Pages and sockets. ----

void Stage::open_page(std::uint8_t place) {
  auto page =
      std::make_shared<Page>(Engine(Config{app, {"ws://broker/mqtt"}, Seed{}, world_.setup->fast_connect}));
  page->place = place;
  page->number = world_.opened[place]++;
  page->user = world_.setup->places[place].user;
  world_.pages[place] = page;
  const OpId op{++page->ops};
  page->story.asked(op);
  feed(place, input::Login{op, users[page->user], "good"});
}

void Stage::remove_page(std::uint8_t place) {
  Page& page = own(place);
  publish_will(page);
  forget_flights(place);
  world_.pages[place].reset();
}

void Stage::publish_will(Page& page) {
  if (page.socket == 0) return;
  page.socket = 0;
  if (page.will) route(page.place, page.will);
  page.will.reset();
}

void Stage::close_socket(std::uint8_t place) {
  Page& page = own(place);
  const SocketId socket{page.socket};
  publish_will(page);
  forget_flights(place);
  feed(place, input::SocketClosed{socket, 1006, {}});
}

void Stage::forget_flights(std::uint8_t to) {
  std::erase_if(world_.flights, [to](const Flight& flight) { return flight.to == to; });
}

void Stage::on(Page& page, const effect::OpenSocket& effect) {
  if (page.offline) {
    follow_ups_.emplace_back(page.place, input::SocketClosed{effect.socket, 1006, {}});
  } else {
    page.socket = effect.socket.value;
    follow_ups_.emplace_back(page.place, input::SocketOpened{effect.socket});
  }
}

void Stage::on(Page& page, const effect::SendBytes& effect) {
  if (page.socket == effect.socket.value) read(page, effect.bytes);
}

void Stage::on(Page& page, const effect::CloseSocket& effect) {
  if (page.socket != effect.socket.value) return;
  publish_will(page);
  forget_flights(page.place);
}

void Stage::read(Page& page, const Bytes& bytes) {
  const auto answer = [&](Bytes reply) {
    follow_ups_.emplace_back(page.place, input::SocketReceived{{page.socket}, std::move(reply)});
  };
  for (const Written& one : read_written(bytes)) {
    switch (one.type) {
      case 1:
        page.will = one.publication;
        answer(connack());
        break;
      case 3:
        route(page.place, one.publication);
        break;
      case 8:
        answer(suback(one.id, one.filters));
        break;
      case 10:
        answer(unsuback(one.id));
        break;
      case 12:
        answer(pingresp());
        break;
      default:
        page.will.reset();  // DISCONNECT
    }
  }
}

// By exact topic, or by the group's filter; nobody hears itself.
void Stage::route(std::uint8_t from, const PacketPtr& packet) {
  for (std::uint8_t to = 0; to < max_places; ++to) {
    const PagePtr& page = world_.pages[to];
    if (to == from || !page || !page->online()) continue;
    bool heard = false;
    if (packet->kind == Packet::Kind::inbox) {
      heard = number_of(packet->to) == page->user;
    } else {
      std::string topic = packet->topic;
      if (packet->kind == Packet::Kind::group) topic = topic.substr(0, topic.rfind('/')) + "/+";
      const auto& topics = Inspection::topics(page->engine);
      heard = std::find(topics.begin(), topics.end(), topic) != topics.end();
    }
    if (!heard) continue;
    world_.flights.push_back({packet, from, to});
    if (trace_ != nullptr && !packet->is_ack()) note(Line::Kind::sent, from, to, title(*packet));
  }
}

// ---- Devices. ----

void Stage::on(Page& page, const effect::OpenMedia& effect) {
  page.captures.push_back({effect.capture, effect.microphone, effect.camera, false});
}
void Stage::on(Page& page, const effect::OpenScreen& effect) {
  page.captures.push_back({effect.capture, false, false, true});
}
void Stage::on(Page& page, const effect::CloseMedia&) {
  page.microphone = page.camera = page.screen = false;
  page.captures.clear();
}
void Stage::on(Page& page, const effect::CloseCamera&) {
  page.camera = false;
  for (Capture& one : page.captures) one.camera = false;
  std::erase_if(page.captures, [](const Capture& one) { return !one.microphone && !one.screen; });
}
void Stage::on(Page& page, const effect::CloseScreen&) {
  page.screen = false;
  std::erase_if(page.captures, [](const Capture& one) { return one.screen; });
}

}  // namespace trtc::explore
