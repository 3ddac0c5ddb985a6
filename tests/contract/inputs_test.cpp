// Each golden input is read as the struct it means, member by member, and no input is without a line.
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "golden.hpp"
#include "wire.hpp"
#include "words.hpp"

using namespace trtc;
using namespace golden;

namespace {

/// The golden inputs of one type, in the order of their lines.
template <class One>
std::vector<One> all() {
  std::vector<One> found;
  for (const std::string& line : golden::lines("inputs.jsonl")) {
    const auto input = wire::parse_input(line);
    if (!input) continue;
    if (const One* one = std::get_if<One>(&*input)) found.push_back(*one);
  }
  return found;
}

}  // namespace

TEST_CASE("every golden input can be read, and every input that has a JSON form has a line") {
  std::set<std::size_t> seen;
  for (const std::string& line : golden::lines("inputs.jsonl")) {
    CAPTURE(line);
    const auto input = wire::parse_input(line);
    REQUIRE(input);
    seen.insert(input->index());
  }
  const Input bytes = input::SocketReceived{};  // travels as bytes
  CHECK_FALSE(seen.contains(bytes.index()));
  CHECK(seen.size() == std::variant_size_v<Input> - 1);
}

TEST_CASE("the user's verbs are read member by member") {
  const auto login = all<input::Login>();
  REQUIRE(login.size() == 2);
  CHECK(login[0].op == OpId{1});
  CHECK(login[0].user == "alice");
  CHECK(login[0].user_sig == "eJyrVgrxCdYrzkxXslJKzs8t");
  CHECK(login[1].op == OpId{4294967295});
  CHECK(login[1].user.empty());

  REQUIRE(all<input::Logout>().size() == 1);
  CHECK(all<input::Logout>()[0].op == OpId{2});
  REQUIRE(all<input::HangUp>().size() == 1);
  CHECK(all<input::HangUp>()[0].op == OpId{10});

  const auto accept = all<input::Accept>();
  REQUIRE(accept.size() == 2);
  CHECK(accept[0].call.empty());
  CHECK(accept[1].call == invite_id);

  const auto reject = all<input::Reject>();
  REQUIRE(reject.size() == 2);
  CHECK(reject[0].call.empty());
  CHECK_FALSE(reject[0].busy);
  CHECK(reject[1].call == invite_id);
  CHECK(reject[1].busy);

  const auto camera = all<input::SetCamera>();
  REQUIRE(camera.size() == 2);
  CHECK(camera[0].on);
  CHECK_FALSE(camera[1].on);
  const auto microphone = all<input::SetMicrophone>();
  REQUIRE(microphone.size() == 2);
  CHECK(microphone[0].op == OpId{13});
  CHECK(microphone[0].on);
  CHECK_FALSE(microphone[1].on);
}

TEST_CASE("the verbs of group calls are read member by member") {
  const auto call = all<input::GroupCall>();
  REQUIRE(call.size() == 2);
  CHECK(call[0].op == OpId{15});
  CHECK(call[0].users == std::vector<std::string>{"bob", "carol"});
  CHECK(call[0].media == MediaType::video);
  CHECK(call[0].timeout == 30s);
  CHECK(call[0].user_data == "x");
  CHECK(call[0].room == 7);
  CHECK(call[0].group_id == "@TGS#1");
  CHECK(call[1].users.empty());
  REQUIRE(all<input::InviteUsers>().size() == 1);
  CHECK(all<input::InviteUsers>()[0].users == std::vector<std::string>{"dave"});
  CHECK(all<input::InviteUsers>()[0].timeout == 1s);
  REQUIRE(all<input::JoinGroupCall>().size() == 1);
  CHECK(all<input::JoinGroupCall>()[0].media == MediaType::video);
  CHECK(all<input::JoinGroupCall>()[0].group_id == "team");
  CHECK(all<input::JoinGroupCall>()[0].room == 4711);
  REQUIRE(all<input::JoinGroup>().size() == 1);
  CHECK(all<input::JoinGroup>()[0].group_id == "team");
  REQUIRE(all<input::QuitGroup>().size() == 1);
  CHECK(all<input::QuitGroup>()[0].group_id == "team");
}

TEST_CASE("screen, switch, profile and devices are read member by member") {
  REQUIRE(all<input::SetScreen>().size() == 1);
  CHECK(all<input::SetScreen>()[0].on);
  REQUIRE(all<input::SwitchMedia>().size() == 1);
  CHECK(all<input::SwitchMedia>()[0].media == MediaType::video);
  REQUIRE(all<input::SetSelfInfo>().size() == 1);
  CHECK(all<input::SetSelfInfo>()[0].profile.nick == "Bób");
  CHECK(all<input::SetSelfInfo>()[0].profile.avatar == "https://a.example/b.png");
  REQUIRE(all<input::DevicesChanged>().size() == 1);
  CHECK(all<input::DevicesChanged>()[0].microphone);
  CHECK_FALSE(all<input::DevicesChanged>()[0].camera);
}

TEST_CASE("a call is read with its media type, its timeout, its room and text of any language") {
  const auto call = all<input::Call>();
  REQUIRE(call.size() == 3);
  CHECK(call[0].user == "bob");
  CHECK(call[0].media == MediaType::audio);
  CHECK(call[0].timeout == 30s);
  CHECK(call[0].room == 0);
  CHECK(call[1].user == "bob_2-B");
  CHECK(call[1].media == MediaType::video);
  CHECK(call[1].timeout == 0s);
  CHECK(call[1].user_data == tricky_text);
  CHECK(call[1].room == 4294967295);
  CHECK(call[2].timeout == Duration(4294967295));
}

TEST_CASE("the video profile is read from an object of its own") {
  const auto chosen = all<input::SetVideoProfile>();
  REQUIRE(chosen.size() == 1);
  CHECK(chosen[0].profile.width == 1280);
  CHECK(chosen[0].profile.height == 720);
  CHECK(chosen[0].profile.frame_rate == 15);
  CHECK(chosen[0].profile.bitrate == 1500);
}

TEST_CASE("what the network reports is read member by member") {
  const auto network = all<input::NetworkChanged>();
  REQUIRE(network.size() == 2);
  CHECK(network[0].online);
  CHECK_FALSE(network[1].online);
  CHECK(all<input::SocketOpened>().at(0).socket == SocketId{1});
  const auto closed = all<input::SocketClosed>();
  REQUIRE(closed.size() == 2);
  CHECK(closed[0].socket == SocketId{1});
  CHECK(closed[0].code == 1006);
  CHECK(closed[0].reason.empty());
  CHECK(closed[1].code == 65535);
  CHECK(closed[1].reason == "replaced");
}

TEST_CASE("what the devices report is read member by member") {
  const auto opened = all<input::MediaOpened>();
  REQUIRE(opened.size() == 2);
  CHECK(opened[0].capture == CaptureId{1});
  CHECK(opened[0].microphone);
  CHECK(opened[0].camera);
  CHECK_FALSE(opened[0].camera_failed);
  CHECK_FALSE(opened[1].camera);
  CHECK(opened[1].camera_failed);

  const auto failed = all<input::MediaFailed>();
  REQUIRE(failed.size() == wire::media_errors.size());
  for (std::size_t i = 0; i < failed.size(); ++i) CHECK(failed[i].error == static_cast<MediaError>(i));
  CHECK(failed[0].capture == CaptureId{3});
  CHECK(failed[0].message == "Permission denied by system");

  const auto ended = all<input::TrackEnded>();
  REQUIRE(ended.size() == wire::track_kinds.size());
  CHECK(ended[0].kind == TrackKind::audio);
  CHECK(ended[1].kind == TrackKind::video);
  CHECK(ended[2].kind == TrackKind::screen);
}

TEST_CASE("what the connections report is read member by member") {
  const auto offer = all<input::OfferCreated>();
  REQUIRE(offer.size() == 1);
  CHECK(offer[0].peer == PeerId{1});
  CHECK(offer[0].negotiation == NegotiationId{1});
  CHECK(offer[0].sdp == "v=0\r\no=- 4611731400430051336 2 IN IP4 127.0.0.1\r\ns=-\r\n");
  const auto answer = all<input::AnswerCreated>();
  REQUIRE(answer.size() == 1);
  CHECK(answer[0].peer == PeerId{2});
  CHECK(answer[0].negotiation == NegotiationId{3});
  CHECK(answer[0].sdp == "v=0\r\n");
  const auto failed = all<input::NegotiationFailed>();
  REQUIRE(failed.size() == 1);
  CHECK(failed[0].negotiation == NegotiationId{4});
  CHECK(failed[0].message == "InvalidAccessError: Failed to set remote answer sdp");

  const auto found = all<input::CandidatesFound>();
  REQUIRE(found.size() == 2);
  CHECK(found[0].peer == PeerId{1});
  CHECK(found[0].candidates == std::vector{host, last});
  CHECK(found[1].candidates.empty());

  const auto changed = all<input::ConnectionChanged>();
  REQUIRE(changed.size() == wire::connection_states.size());
  for (std::size_t i = 0; i < changed.size(); ++i) CHECK(changed[i].state == static_cast<ConnectionState>(i));
  const auto relay = all<input::RelayMissing>();
  REQUIRE(relay.size() == 1);
  CHECK(relay[0].peer == PeerId{1});
  CHECK(relay[0].why == "turn:192.0.2.1:3478: 401 Unauthorized");
  const auto flow = all<input::MediaFlowChanged>();
  REQUIRE(flow.size() == 2);
  CHECK(flow[0].flowing);
  CHECK_FALSE(flow[1].flowing);
}
