// A life of an engine: verbs, reports of the host, time, and a broker with peers that lie. The bytes choose
// the sequence; stage.hpp knows what must hold after each step.
#include "engine.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "stage.hpp"

namespace {

using namespace trtc;
using fuzz::Dice;
using fuzz::Stage;

constexpr std::array<Duration, 8> pauses{1ms, 20ms, 500ms, 1s, 5s, 16s, 31s, 120s};
constexpr std::array<std::uint16_t, 6> codes{1000, 1006, 1002, 1008, 4001, 4002};
constexpr std::array<const char*, 4> users{"alice", "carol", "dave", "bob"};

UserId user(Dice& dice) { return UserId(users[dice.below(4)]); }
std::vector<std::string> several(Dice& dice) {
  std::vector<std::string> out;
  for (int left = dice.below(4); left > 0; --left) out.push_back(user(dice).text);
  return out;
}
SessionId session(Dice& dice) { return SessionId(std::string(32, static_cast<char>('a' + dice.below(3)))); }
Sending sending(Dice& dice) { return {dice.flip(), dice.flip(), dice.flip()}; }
message::Hello hello(Dice& dice) { return {sending(dice), {"nick", ""}}; }
CancelReason reason(Dice& dice) { return static_cast<CancelReason>(dice.below(10)); }
MediaType media(Dice& dice) { return dice.flip() ? MediaType::video : MediaType::audio; }

std::vector<Candidate> candidates(Dice& dice) {
  return std::vector<Candidate>(dice.below(4), Candidate{"candidate", "0", 0, "u"});
}

/// Mostly the latest number, now and then another one.
std::uint32_t about(Dice& dice, std::uint32_t latest) { return dice.below(8) == 0 ? dice.byte() : latest; }

void verb(Dice& dice, Stage& stage) {
  const std::string call = dice.below(4) == 0 ? stage.call : std::string();
  switch (dice.below(20)) {
    case 0:
      return stage.feed(input::Login{stage.op(), "bob", "sig"});
    case 1:
      return stage.feed(input::Login{stage.op(), user(dice).text, dice.flip() ? "sig" : ""});
    case 2:
      return stage.feed(input::Logout{stage.op()});
    case 3:
      return stage.feed(input::PageClosed{});
    case 4:
    case 5: {
      const Duration timeout = dice.below(4) == 0 ? 0s : 30s;
      return stage.feed(input::Call{stage.op(), user(dice).text, media(dice), timeout, "data", 0});
    }
    case 6:
    case 7:
      return stage.feed(input::Accept{stage.op(), call});
    case 8:
      return stage.feed(input::Reject{stage.op(), call, dice.flip()});
    case 9:
      return stage.feed(input::HangUp{stage.op()});
    case 10:
      return stage.feed(input::SetCamera{stage.op(), dice.flip()});
    case 11:
    case 12: {
      const char* const group = dice.flip() ? "team" : "";
      return stage.feed(input::GroupCall{stage.op(), several(dice), media(dice), 30s, "data", 0, group});
    }
    case 13:
      return stage.feed(input::InviteUsers{stage.op(), several(dice), 30s});
    case 14:
      return stage.feed(input::JoinGroupCall{stage.op(), media(dice), "team", dice.below(2)});
    case 15:
      return stage.feed(input::JoinGroup{stage.op(), "team"});
    case 16:
      return stage.feed(input::QuitGroup{stage.op(), "team"});
    case 17:
      return stage.feed(input::SetScreen{stage.op(), dice.flip()});
    case 18:
      return stage.feed(input::SwitchMedia{stage.op(), media(dice)});
    default:
      return stage.feed(input::SetMicrophone{stage.op(), dice.flip()});
  }
}

void report(Dice& dice, Stage& stage) {
  const PeerId peer{about(dice, stage.peer)};
  const NegotiationId negotiation{about(dice, stage.negotiation)};
  const CaptureId capture{about(dice, stage.capture)};
  switch (dice.below(11)) {
    case 10:
      return stage.feed(input::DevicesChanged{dice.flip(), dice.flip()});
    case 0:
      return stage.feed(input::MediaOpened{capture, dice.below(4) != 0, dice.flip(), dice.flip()});
    case 1:
      return stage.feed(input::MediaFailed{capture, static_cast<MediaError>(dice.below(5)), "no"});
    case 2:
      return stage.feed(input::TrackEnded{static_cast<TrackKind>(dice.below(3))});
    case 3:
      return stage.feed(input::OfferCreated{peer, negotiation, "offer"});
    case 4:
      return stage.feed(input::AnswerCreated{peer, negotiation, "answer"});
    case 5:
      return stage.feed(input::NegotiationFailed{peer, negotiation, "no"});
    case 6:
      return stage.feed(input::CandidatesFound{peer, candidates(dice)});
    case 7:
      return stage.feed(input::ConnectionChanged{peer, static_cast<ConnectionState>(dice.below(4))});
    case 8:
      return stage.feed(input::RelayMissing{peer, "no"});
    default:
      return stage.feed(input::MediaFlowChanged{peer, dice.flip()});
  }
}

message::Fate fate(Dice& dice) {
  return {user(dice), static_cast<RosterStatus>(dice.below(8)), dice.flip(), session(dice), dice.byte()};
}

const std::string forged_pass(32, 'f');

message::Body body(Dice& dice, const Stage& stage) {
  using namespace message;
  switch (dice.below(19)) {
    case 0: {
      const bool group = dice.flip();
      return Invite{media(dice),
                    1,
                    group,
                    group ? "team" : "",
                    {UserId("bob"), UserId("carol")},
                    Duration(dice.byte() * 200),
                    "data",
                    1,
                    group ? "" : "offer",
                    dice.below(4),
                    {},
                    group && dice.flip() ? stage.nonce : "",
                    forged_pass};
    }
    case 14:
      return Join{hello(dice), dice.flip() ? stage.secret : forged_pass};
    case 15:
      return Seek{0, std::string(32, dice.flip() ? 'a' : 'b')};
    case 16:
      return Roster{{fate(dice), fate(dice)}};
    case 17:
      return MediaSwitch{media(dice), dice.below(4)};
    case 1:
      return Ringing{};
    case 2:
      return Accept{hello(dice)};
    case 3:
      return Confirm{hello(dice),
                     media(dice),
                     dice.below(4),
                     {{user(dice), session(dice)}, {user(dice), session(dice)}}};
    case 4:
      return Reject{reason(dice)};
    case 5:
      return Cancel{reason(dice)};
    case 6:
      return Ended{reason(dice)};
    case 7:
      return Description{dice.flip(), dice.below(4), dice.flip(), "sdp"};
    case 8:
      return Candidates{dice.below(4), candidates(dice)};
    case 9:
      return Restart{dice.below(4), dice.flip()};
    case 10:
      return State{sending(dice)};
    case 11:
      return Leave{dice.byte() * 16843009U, {{UserId("carol"), SessionId(std::string(32, 'b'))}}};
    case 12:
      return Claim{dice.byte(), dice.byte(), static_cast<Claim::Phase>(dice.below(3))};
    case 13:
      return Ack{{dice.byte(), dice.byte(), 1, 2, 3}};
    default:
      return Unknown{};
  }
}

/// A message as its sender would write it, now and then with one byte changed.
std::string payload(Dice& dice, const Stage& stage) {
  const SessionId from = session(dice);
  const std::string call =
      dice.below(4) == 0 ? std::string(36, static_cast<char>('0' + dice.below(10))) : stage.call;
  const SessionId to(dice.flip() ? std::string() : stage.session());
  const std::uint32_t seq = dice.byte() * (dice.below(8) == 0 ? 16843009U : 1U);
  std::string text = encode(Envelope{CallId(call), from, to, seq, body(dice, stage)});
  if (dice.below(8) == 0)
    text[(dice.byte() * 256U + dice.byte()) % text.size()] = static_cast<char>(dice.byte());
  return text;
}

Bytes packet(Dice& dice, const Stage& stage) {
  const std::string sender = dice.below(16) == 0 ? "2_alice" : std::string("1_") + users[dice.below(4)];
  switch (dice.below(10)) {
    case 0:
      return broker::connack(dice.below(16) == 0 ? dice.below(8) : std::uint8_t{0});
    case 1:
      return broker::suback(1);
    case 2:
      return broker::suback(static_cast<std::uint16_t>(1 + dice.below(3)), dice.bytes(1 + dice.below(3)));
    case 3:
      return broker::unsuback(dice.below(4));
    case 4:
      return {0xd0, 0x00};
    case 5: {
      return broker::publish("trtc/v1/on/" + sender,
                             encode(Presence{session(dice), dice.below(4), dice.flip()}));
    }
    case 6:
      return dice.below(4) == 0 ? dice.bytes(dice.byte()) : Bytes{};
    case 7:
      return broker::publish("trtc/v1/group/1_team/" + sender, payload(dice, stage));
    default:
      return broker::publish("trtc/v1/in/1_bob/" + sender, payload(dice, stage), dice.below(16) == 0);
  }
}

void network(Dice& dice, Stage& stage) {
  const SocketId socket{about(dice, stage.socket)};
  switch (dice.below(8)) {
    case 0:
      return stage.feed(input::NetworkChanged{dice.flip()});
    case 1:
      return stage.closed(socket, codes[dice.below(codes.size())]);
    case 2:
      stage.feed(input::SocketOpened{socket});
      stage.feed(input::SocketReceived{socket, broker::connack()});
      return stage.feed(input::SocketReceived{socket, broker::suback(1)});
    default:
      break;
  }
  Bytes bytes;
  for (int packets = dice.below(3); packets >= 0; --packets)
    bytes = broker::operator+(std::move(bytes), packet(dice, stage));
  stage.feed(input::SocketReceived{socket, bytes});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Dice dice(data, size);
  Stage stage(dice.flip());
  stage.feed(input::Login{stage.op(), "bob", "sig"});
  stage.feed(input::SocketOpened{{stage.socket}});
  stage.feed(input::SocketReceived{{stage.socket}, broker::connack()});
  stage.feed(input::SocketReceived{{stage.socket}, broker::suback(1)});
  for (int steps = 0; dice.more() && steps < 400; ++steps) {
    switch (dice.below(5)) {
      case 0:
        verb(dice, stage);
        break;
      case 1:
        report(dice, stage);
        break;
      case 2:
        stage.pass(pauses[dice.below(pauses.size())]);
        break;
      default:
        network(dice, stage);
        break;
    }
  }
  stage.leave();
  return 0;
}
