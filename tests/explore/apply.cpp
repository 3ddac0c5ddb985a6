// One step of a world: a choice is carried out, and what must hold afterwards is checked.
#include <algorithm>

#include "explore/delivery.hpp"
#include "explore/inspection.hpp"
#include "explore/names.hpp"
#include "explore/stage.hpp"
#include "explore/world.hpp"

namespace trtc::explore {
namespace {

using Kind = Choice::Kind;

std::vector<std::string> others_of(const World& world, std::uint8_t place) {
  std::vector<std::string> out;
  for (const Place& one : world.setup->places) {
    const std::string& name = users[one.user];
    const bool known = std::find(out.begin(), out.end(), name) != out.end();
    if (!known && one.user != world.setup->places[place].user) out.push_back(name);
  }
  return out;
}

/// The user after this one: the one that it calls.
std::string next_of(const World& world, std::uint8_t place) {
  const std::vector<std::string> others = others_of(world, place);
  const std::string& self = users[world.setup->places[place].user];
  const auto after =
      std::find_if(others.begin(), others.end(), [&](const auto& name) { return name > self; });
  return after == others.end() ? others.front() : *after;
}

Input input_of(const World& world, const Page& page, Verb verb, OpId op) {
  const Duration ring = world.setup->ring;
  const CallInfo* const info = call::info_of(Inspection::call(page.engine));
  switch (verb) {
    case Verb::call:
      return input::Call{op, next_of(world, page.place), MediaType::video, ring, {}, 0};
    case Verb::call_audio:
      return input::Call{op, next_of(world, page.place), MediaType::audio, ring, {}, 0};
    case Verb::group_call:
      return input::GroupCall{op, others_of(world, page.place), MediaType::audio, ring, {}, 0, {}};
    case Verb::call_group:
      return input::GroupCall{op, others_of(world, page.place), MediaType::audio, ring, {}, 0, group_name};
    case Verb::invite:
      return input::InviteUsers{op, others_of(world, page.place), ring};
    case Verb::join_call:
      return input::JoinGroupCall{op, MediaType::audio, group_name, 0};
    case Verb::accept:
      return input::Accept{op, {}};
    case Verb::reject:
      return input::Reject{op, {}, false};
    case Verb::hang_up:
      return input::HangUp{op};
    case Verb::switch_media:
      return input::SwitchMedia{op, info->media == MediaType::audio ? MediaType::video : MediaType::audio};
    case Verb::camera:
      return input::SetCamera{op, !page.camera};
    case Verb::screen:
      return input::SetScreen{op, !page.screen};
    case Verb::stop_sharing:
      return input::TrackEnded{TrackKind::screen};
    case Verb::logout:
      return input::Logout{op};
    case Verb::login:
      return input::Login{op, users[page.user], "good"};
    case Verb::close_page:
      break;
  }
  return input::PageClosed{};
}

void act(World& world, Stage& stage, const Choice& choice) {
  const auto verb = static_cast<Verb>(choice.what);
  --world.actions[choice.from];
  Page& page = stage.own(choice.from);
  page.story.acting(true);
  if (verb == Verb::join_call) page.story.seeks();
  OpId op{};
  if (verb == Verb::stop_sharing) page.screen = false;
  if (verb != Verb::close_page && verb != Verb::stop_sharing) page.story.asked(op = OpId{++page.ops});
  stage.feed(choice.from, input_of(world, page, verb, op));
  stage.own(choice.from).story.acting(false);
  stage.settle();
  if (verb == Verb::close_page) stage.remove_page(choice.from);
}

void describe(World& world, Stage& stage, const Choice& choice) {
  Page& page = stage.own(choice.from);
  Peer& peer = page.peers[choice.what];
  const auto making = std::exchange(peer.making, Peer::Making::nothing);
  peer.described = true;
  ++peer.generation;
  peer.gathering = world.setup->candidates;
  peer.slow = false;
  const std::string sdp = text_of(Description{page.place, page.number, peer.generation, peer.id.value});
  if (making == Peer::Making::offer) {
    stage.feed(choice.from, input::OfferCreated{peer.id, peer.negotiation, sdp});
  } else {
    stage.feed(choice.from, input::AnswerCreated{peer.id, peer.negotiation, sdp});
  }
}

/// What is found while the next description is being made belongs to the one before, and says so: a browser
/// that has the next one refuses it.
void gather(Stage& stage, const Choice& choice) {
  Page& page = stage.own(choice.from);
  Peer& peer = page.peers[choice.what];
  peer.gathering = peer.slow = false;
  const bool late = peer.making != Peer::Making::nothing;
  const std::string text = text_of(Description{page.place, page.number, peer.generation, peer.id.value});
  stage.feed(choice.from, input::CandidatesFound{peer.id, {{text, late ? "late" : "", 0, {}}}});
}

void notice(const World& world, Stage& stage, const Choice& choice) {
  Page& page = stage.own(choice.from);
  Peer& peer = page.peers[choice.what];
  const Truth truth = truth_of(world, page, peer);
  const PeerId id = peer.id;
  const bool silent = peer.flowing && !truth.flowing;
  const bool apart = peer.state == ConnectionState::connected && !truth.connected;
  if (apart) peer.state = truth.closed ? ConnectionState::failed : ConnectionState::disconnected;
  const ConnectionState state = peer.state;
  peer.flowing = truth.flowing;
  if (apart) stage.feed(choice.from, input::ConnectionChanged{id, state});
  if (silent) stage.feed(choice.from, input::MediaFlowChanged{id, false});
}

void device(World& world, Stage& stage, const Choice& choice) {
  Page& page = stage.own(choice.from);
  const Capture capture = page.captures[choice.what];
  page.captures.erase(page.captures.begin() + choice.what);
  if (choice.kind == Kind::deny_device) {
    --world.left.deny;
    return stage.feed(choice.from, input::MediaFailed{capture.id, MediaError::permission_denied, "no"});
  }
  page.microphone = page.microphone || capture.microphone;
  page.camera = page.camera || capture.camera;
  page.screen = page.screen || capture.screen;
  const bool screen = capture.screen;
  stage.feed(choice.from,
             input::MediaOpened{capture.id, page.microphone && !screen, page.camera && !screen, false});
}

void break_path(World& world, Stage& stage, const Choice& choice) {
  --world.left.path;
  for (Peer& peer : stage.own(choice.from).peers) peer.broken = true;
  (void)world;
}

Flight take(std::vector<Flight>& list, std::size_t at) {
  Flight flight = list[at];
  list.erase(list.begin() + static_cast<std::ptrdiff_t>(at));
  return flight;
}

void carry_out(World& world, Stage& stage, const Choice& choice, std::string& trouble) {
  switch (choice.kind) {
    case Kind::act:
      return act(world, stage, choice);
    case Kind::deliver:
    case Kind::acknowledge:
      trouble = deliver(world, stage, take(world.flights, choice.what));
      return;
    case Kind::lose:
      --world.left.lose;
      (void)take(world.flights, choice.what);
      return;
    case Kind::hold:
      --world.left.hold;
      world.held.push_back(take(world.flights, choice.what));
      return;
    case Kind::repeat: {
      --world.left.duplicate;
      const Flight flight = take(world.flights, choice.what);
      world.held.push_back(flight);
      trouble = deliver(world, stage, flight);
      return;
    }
    case Kind::release:
      trouble = deliver(world, stage, take(world.held, choice.what));
      return;
    case Kind::open_device:
    case Kind::deny_device:
      return device(world, stage, choice);
    case Kind::describe:
      return describe(world, stage, choice);
    case Kind::notice:
      return notice(world, stage, choice);
    case Kind::time:
      world.now = std::max(world.now, *deadline_of(*world.pages[choice.from]));
      return stage.feed(choice.from, input::TimePassed{});
    case Kind::disconnect:
      --world.left.disconnect;
      return stage.close_socket(choice.from);
    case Kind::outage:
      --world.left.outage;
      stage.own(choice.from).offline = true;
      if (world.pages[choice.from]->socket != 0) stage.close_socket(choice.from);
      return;
    case Kind::restore:
      stage.own(choice.from).offline = false;
      return;
    case Kind::crash:
      --world.left.crash;
      return stage.remove_page(choice.from);
    case Kind::open:
      --world.left.open;
      return stage.open_page(choice.from);
    case Kind::break_path:
      return break_path(world, stage, choice);
    case Kind::gather:
      return gather(stage, choice);
    case Kind::delay:
      --world.left.delay;
      stage.own(choice.from).peers[choice.what].slow = true;
      return;
  }
}

/// Acknowledgements of what nobody waits for any more change nothing.
void drop_idle_acks(World& world) {
  std::erase_if(world.flights, [&](const Flight& flight) {
    const PagePtr& to = world.pages[flight.to];
    if (!flight.packet->is_ack()) return false;
    if (!to || !to->online()) return true;
    const Envelope& envelope = flight.packet->envelope;
    if (envelope.to != Inspection::self(to->engine)) return true;
    const auto& list = std::get<message::Ack>(envelope.body).list;
    const auto& outbox = Inspection::outbox(to->engine);
    return std::none_of(outbox.begin(), outbox.end(), [&](const auto& entry) {
      return entry.letter.to == flight.packet->from &&
             std::find(list.begin(), list.end(), entry.envelope.seq) != list.end();
    });
  });
}

}  // namespace

std::string apply(World& world, const Choice& choice, Trace* trace) {
  Stage stage(world, trace);
  if (trace != nullptr) {
    std::string text = name_of(world, choice);
    if (choice.from != choice.to) {
      const auto& list = choice.kind == Kind::release ? world.held : world.flights;
      text += ' ' + title(*list[choice.what].packet);
    }
    stage.note(Line::Kind::choice, choice.from, choice.to, std::move(text));
  }
  std::string trouble;
  const bool clock = choice.kind == Kind::time;
  carry_out(world, stage, choice, trouble);
  stage.settle();
  drop_idle_acks(world);
  if (!trouble.empty()) return trouble;
  if (!stage.trouble().empty()) return stage.trouble();
  if (stage.runaway()) return "one thing leads to the next without an end";
  if (clock && world.pages[choice.from]) {
    const auto next = deadline_of(*world.pages[choice.from]);
    if (next && *next <= world.now) return "a deadline that has passed is asked for again";
  }
  return check(world);
}

World begin(const Setup& setup) {
  World world;
  world.setup = &setup;
  world.left = setup.faults;
  Stage stage(world, nullptr);
  std::uint32_t wanted = 0;
  for (const Place& place : setup.places) wanted |= place.may;
  for (std::uint8_t place = 0; place < setup.places.size(); ++place) {
    world.actions[place] = setup.places[place].actions;
    if (!setup.places[place].open) continue;
    stage.open_page(place);
    stage.settle();
    if ((wanted & can(Verb::call_group, Verb::join_call)) == 0) continue;
    Page& page = stage.own(place);
    const OpId op{++page.ops};
    page.story.asked(op);
    stage.feed(place, input::JoinGroup{op, group_name});
    stage.settle();
  }
  world.now += 2s;  // every session has settled
  for (std::uint8_t place = 0; place < setup.places.size(); ++place) stage.feed(place, input::TimePassed{});
  stage.settle();
  world.flights.clear();
  return world;
}

}  // namespace trtc::explore
