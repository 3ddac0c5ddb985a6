// The golden lines are the boundary's contract: each effect is written as its line says, and nothing of its
// vocabulary is without a line. How inputs are read: inputs_test.cpp; how others are refused:
// refusal_test.cpp.
#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "golden.hpp"
#include "wire.hpp"
#include "words.hpp"

using namespace trtc;
using namespace golden;

namespace {

const CallId call_id(invite_id);
const CallId other_call("7c9e6679-7425-40de-944b-e07fc1f90ae7");
const UserId alice("alice");
const UserId bob("bob");
const UserId carol("carol");

const CallInfo ours{call_id, 4711, MediaType::video, CallRole::inviter, alice, {bob}, false, "", "", {}, 0};
const CallInfo theirs{call_id,
                      4711,
                      MediaType::audio,
                      CallRole::invitee,
                      carol,
                      {alice, bob},
                      true,
                      "team-7",
                      tricky_text,
                      {"Cárol", "https://a.example/c.png"},
                      1};

template <class Result>
effect::Done done(std::uint32_t op, Result result) {
  return {OpId{op}, std::move(result)};
}

void add_orders(Effects& all) {
  const std::string sdp = "v=0\r\no=- 4611731400430051336 2 IN IP4 127.0.0.1\r\ns=-\r\n";
  all.insert(
      all.end(),
      {effect::OpenSocket{{1}, "wss://calls.example/mqtt"}, effect::SendBytes{{1}, {1, 2, 3}},
       effect::CloseSocket{{1}}, effect::OpenMedia{{1}, true, false, {}}, effect::CloseMedia{},
       effect::CloseCamera{}, effect::MuteMicrophone{true}, effect::OpenScreen{{2}}, effect::CloseScreen{},
       effect::LimitVideo{450, 133}, effect::CreatePeer{{1}, bob, true}, effect::CreateOffer{{1}, {1}, false},
       effect::CreateAnswer{{2}, {2}, sdp}, effect::ApplyAnswer{{1}, {1}, "v=0\r\n"},
       effect::AddCandidates{{1}, {host, last}}, effect::StartSending{{1}}, effect::ClosePeer{{1}}});
}

void add_answers(Effects& all) {
  const Sending both{true, true, false};
  const Sending voice{true, false, false};
  all.insert(all.end(),
             {done(1, effect::Nothing{}), done(2, effect::LoggedIn{false}), done(3, effect::LoggedIn{true}),
              done(4, effect::CallPlaced{call_id, bob, 4711, MediaType::video, both}),
              done(11,
                   effect::GroupCallPlaced{
                       call_id, {bob, carol}, 4711, MediaType::video, {true, true, true}, "team-7", true}),
              done(5, effect::CallAccepted{call_id, carol, 4294967295, MediaType::audio, voice}),
              done(6, effect::CallRejected{call_id, carol}), done(7, effect::HungUp{}),
              done(8, effect::HungUp{{call_id, other_call}}), done(4294967295, effect::Toggled{true}),
              effect::Failed{{9}, {ErrorCode::cancelled_by_user, "hangup() was called"}},
              effect::Failed{{10}, {ErrorCode::empty_user_sig, ""}}});
}

void add_statuses(Effects& all) {
  for (std::size_t i = 0; i < wire::session_statuses.size(); ++i) {
    all.push_back(effect::StatusChanged{static_cast<SessionStatus>(i), CallStatus::idle});
  }
  for (std::size_t i = 1; i < wire::call_statuses.size(); ++i) {
    all.push_back(effect::StatusChanged{SessionStatus::online, static_cast<CallStatus>(i)});
  }
}

void add_events(Effects& all) {
  all.insert(all.end(), {effect::Ready{}, effect::KickedOut{}, effect::Invited{theirs},
                         effect::UserAccepted{call_id, bob}, effect::UserEntered{call_id, bob, {"Bob", ""}},
                         effect::UserLeft{call_id, bob}, effect::VideoAvailable{bob, true},
                         effect::AudioAvailable{bob, false}, effect::ScreenAvailable{bob, true},
                         effect::ScreenStopped{}, effect::MediaTypeChanged{ours, MediaType::audio},
                         effect::InviteRejected{ours, bob}, effect::LineBusy{ours, bob},
                         effect::NoResponse{ours, {bob}}, effect::CallTimedOut{theirs, {alice, bob}}});
  effect::RosterChanged roster{theirs, {}};
  for (std::size_t i = 0; i < wire::roster_statuses.size(); ++i) {
    roster.roster.push_back({bob, static_cast<RosterStatus>(i)});
  }
  all.push_back(roster);
  for (std::size_t i = 0; i < wire::cancel_reasons.size(); ++i) {
    const auto reason = static_cast<CancelReason>(i);
    all.push_back(effect::CallCancelled{ours, bob, reason, reason == CancelReason::cancelled});
  }
  all.insert(all.end(),
             {effect::CallBegan{ours}, effect::CallEnded{ours, bob, 75}, effect::SignalingChanged{false}});
  for (std::size_t i = 0; i < wire::connection_states.size(); ++i) {
    all.push_back(effect::UserConnectionChanged{bob, static_cast<ConnectionState>(i)});
  }
  using namespace std::string_literals;
  all.insert(all.end(),
             {effect::Errored{{ErrorCode::no_camera, "the call goes on without picture"}},
              effect::Ignored{"stale", "tab\t quote\" backslash\\ newline\n del\x7F nul\0 é ☎ 📞"s}});
}

/// What the golden lines say, in their order.
Effects golden_effects() {
  Effects all;
  add_orders(all);
  add_answers(all);
  add_statuses(all);
  add_events(all);
  return all;
}

}  // namespace

TEST_CASE("every effect is written as its golden line says") {
  const auto lines = golden::lines("effects.jsonl");
  const Effects effects = golden_effects();
  REQUIRE(lines.size() == effects.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string text = wire::dump_effects({effects[i]});
    CAPTURE(i);
    CHECK(golden::parsed(text) == json::array({golden::parsed(lines[i])}));
  }
}

TEST_CASE("every effect and every result has a line") {
  std::set<std::size_t> seen;
  std::set<std::size_t> results;
  for (const Effect& effect : golden_effects()) {
    seen.insert(effect.index());
    if (const auto* one = std::get_if<effect::Done>(&effect)) results.insert(one->result.index());
  }
  CHECK(seen.size() == std::variant_size_v<Effect>);
  CHECK(results.size() == std::variant_size_v<effect::Result>);
}

namespace {

/// Every text that is the value of a member of this name in the file, at any depth.
std::set<std::string> words_of(const std::string& file, const std::string& type, const std::string& member) {
  std::set<std::string> found;
  for (const std::string& line : golden::lines(file)) {
    const json object = golden::parsed(line);
    if (object["type"] != type) continue;
    const json leaves = object.flatten();
    for (const auto& [path, value] : leaves.items()) {
      if (path.ends_with('/' + member) && value.is_string()) found.insert(value.get<std::string>());
    }
  }
  return found;
}

template <std::size_t size>
std::set<std::string> set_of(const std::array<std::string_view, size>& words) {
  std::set<std::string> all;
  for (const std::string_view word : words) {
    if (!word.empty()) all.emplace(word);
  }
  return all;
}

}  // namespace

TEST_CASE("every word of every enumeration has a line, in both directions where it travels in both") {
  CHECK(words_of("inputs.jsonl", "Call", "media") == set_of(wire::media_types));
  CHECK(words_of("inputs.jsonl", "MediaFailed", "error") == set_of(wire::media_errors));
  CHECK(words_of("inputs.jsonl", "TrackEnded", "kind") == set_of(wire::track_kinds));
  CHECK(words_of("inputs.jsonl", "ConnectionChanged", "state") == set_of(wire::connection_states));
  CHECK(words_of("effects.jsonl", "Done", "media") == set_of(wire::media_types));
  CHECK(words_of("effects.jsonl", "StatusChanged", "session") == set_of(wire::session_statuses));
  CHECK(words_of("effects.jsonl", "StatusChanged", "call") == set_of(wire::call_statuses));
  CHECK(words_of("effects.jsonl", "CallCancelled", "reason") == set_of(wire::cancel_reasons));
  CHECK(words_of("effects.jsonl", "UserConnectionChanged", "state") == set_of(wire::connection_states));
  auto roles = words_of("effects.jsonl", "Invited", "role");
  roles.merge(words_of("effects.jsonl", "CallBegan", "role"));
  CHECK(roles == set_of(wire::call_roles));
}

// ---- A batch. ----

TEST_CASE("a batch without effects is an empty array") { CHECK(wire::dump_effects({}) == "[]"); }

TEST_CASE("the bytes of a batch are counted from 0 among themselves") {
  const std::string text = wire::dump_effects({effect::OpenSocket{{1}, "ws://a"}, effect::SendBytes{{1}, {1}},
                                               effect::Ready{}, effect::SendBytes{{2}, {}}});
  const json batch = golden::parsed(text);
  REQUIRE(batch.size() == 4);
  CHECK(batch[1] == json({{"type", "SendBytes"}, {"socket", 1}, {"bytes", 0}}));
  CHECK(batch[2] == json({{"type", "Ready"}}));
  CHECK(batch[3] == json({{"type", "SendBytes"}, {"socket", 2}, {"bytes", 1}}));
}

TEST_CASE("text that is not UTF-8 is replaced, and the rest of the batch arrives") {
  // A browser's error text may hold half a surrogate pair; a name of a peer anything.
  for (const char* broken : {"a\xFFz", "a\xC3", "a\xED\xA0\x80z", "a\xC0\x80z", "a\xF5\x80\x80\x80z", "\x80",
                             "a\xE2\x82z", "a\xF0\x9F\x93", "a\xF4\x90\x80\x80z", "a\xE0\x80\x80z"}) {
    const json batch =
        golden::parsed(wire::dump_effects({effect::Ignored{"stale", broken}, effect::Ready{}}));
    REQUIRE(batch.is_array());
    REQUIRE(batch.size() == 2);
    const std::string what = batch[0]["what"].get<std::string>();
    CHECK(what.find("\uFFFD") != std::string::npos);
    if (broken[0] == 'a') CHECK(what.front() == 'a');
    if (std::string_view(broken).ends_with('z')) CHECK(what.back() == 'z');
    CHECK(batch[1] == json({{"type", "Ready"}}));
  }
}

// ---- The error catalogue, which the SDK's is made from. ----

TEST_CASE("the error catalogue ascends, and every entry says what happened and what to do") {
  std::uint32_t before = 0;
  std::set<std::string_view> names;
  for (const ErrorInfo& info : error_catalogue()) {
    const auto code = static_cast<std::uint32_t>(info.code);
    CAPTURE(code);
    CHECK(code > before);
    CHECK(names.insert(info.name).second);
    CHECK(info.name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == std::string_view::npos);
    CHECK_FALSE(info.message.empty());
    CHECK_FALSE(info.remedy.empty());
    CHECK(describe(info.code).name == info.name);
    before = code;
  }
}
