// The call's table as a Machine of page.hpp. Its sample states are in call_samples.hpp, the circumstances of
// its inputs in the other call_*.hpp.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "call/health.hpp"
#include "call/mesh.hpp"
#include "call/transitions.hpp"
#include "call_samples.hpp"
#include "page.hpp"

namespace trtc::tools {

/// A state of the call, and the world around it.
struct CallStage {
  explicit CallStage(call::State sample) : state(std::move(sample)) {
    history.remember({sample::ended_call, CancelReason::cancelled, sample::other, 1});
  }

  call::Context context() {
    return {now, sample::self, online, fast_connect, profile, self_info, history, outbox, random, numbers};
  }
  const CallInfo* info() const { return call::info_of(state); }
  template <class... States>
  bool is() const {
    return (std::holds_alternative<States>(state) || ...);
  }
  call::InCall* in_call() { return std::get_if<call::InCall>(&state); }
  /// In a call between two, or in a group: the other side that the messages of the samples come from.
  call::Member* member() {
    return in_call() != nullptr && !in_call()->members.empty() ? &in_call()->members.front() : nullptr;
  }
  call::Invitee* invitee() {
    return in_call() != nullptr && !in_call()->invitees.empty() ? &in_call()->invitees.front() : nullptr;
  }
  bool inviter() const { return info() != nullptr && info()->role == CallRole::inviter; }
  call::Link* link() {
    return std::visit([](auto& one) { return link_of(one); }, state);
  }
  call::Devices* devices() {
    return std::visit([](auto& one) { return devices_of(one); }, state);
  }
  call::Invitation* invitation() {
    return std::visit([](auto& one) { return invitation_of(one); }, state);
  }

  Instant now = sample::now;
  bool online = true;
  bool fast_connect = false;
  VideoProfile profile;
  Profile self_info{"Alice", {}};
  History history;
  Outbox outbox;
  Random random{Seed{}};
  call::Numbers numbers{sample::peer.value, sample::negotiation.value, sample::capture.value};
  call::State state;

 private:
  template <class State>
  static call::Link* link_of(State& state) {
    if constexpr (requires { state.members; }) {
      if (!state.members.empty()) return &state.members.front().link;
      return !state.invitees.empty() && state.invitees.front().link ? &*state.invitees.front().link : nullptr;
    } else if constexpr (requires { state.link->peer; }) {
      return state.link ? &*state.link : nullptr;
    } else if constexpr (requires { state.link; }) {
      return &state.link;
    } else {
      return nullptr;
    }
  }
  template <class State>
  static call::Devices* devices_of(State& state) {
    if constexpr (requires { state.devices; }) {
      return &state.devices;
    } else {
      return nullptr;
    }
  }
  template <class State>
  static call::Invitation* invitation_of(State& state) {
    if constexpr (requires { state.invitation; }) {
      return &state.invitation;
    } else {
      return nullptr;
    }
  }
};

template <class Input>
using CallVariants = std::vector<Variant<CallStage, Input>>;

struct CallSamples {
  using State = call::State;
  using Inputs = call::Inputs;
  using Stage = CallStage;
  using Text = CallCommandText;

  static std::vector<Sample<State>> samples() {
    using enum CallRole;
    const CallInfo dialed = sample::info(inviter);
    const call::Link offering = sample::link(inviter, call::Link::Phase::making);
    return {{call::Idle{}, {}},
            {call::Capturing{dialed, 30s, sample::op_of_call, false, sample::capture}, {}},
            {sample::capturing_for_group(), "for a group"},
            {call::Offering{dialed, 30s, sample::op_of_call, false, sample::devices(), offering}, {}},
            {call::Seeking{sample::op_of_seek, MediaType::video, "team", 0, sample::now + call::seek_timeout,
                           sample::now + call::seek_again, sample::nonce},
             {}},
            {sample::ringing(false), {}},
            {sample::ringing_in_group(), "to a group's call"},
            {sample::ringing(true), "with fastConnect"},
            {sample::answering(false), {}},
            {sample::answering(true), "after glare"},
            {sample::in_group(sample::answering(false)), "to a group's call"},
            {sample::joining(false), {}},
            {sample::joining(true), "after glare"},
            {sample::in_group(sample::joining(false)), "to a group's call"},
            {sample::inviting(), "nobody has answered"},
            {sample::in_call(inviter), "as inviter"},
            {sample::in_call(invitee), "as invitee"},
            {sample::in_group(), "in a group"}};
  }

  template <class Input>
  static call::Step run(Stage& stage, const Input& input) {
    call::Context context = stage.context();
    return std::visit([&](const auto& state) { return on(context, state, input); }, stage.state);
  }

  static std::size_t connections(const State& state) {
    std::size_t count = 0;
    const auto look = [&count](const call::Link& link) { count += link.peer != PeerId{} ? 1U : 0U; };
    if (const auto* in_call = std::get_if<call::InCall>(&state)) {
      call::each_link(*in_call, look);
    } else if (const call::Link* const link = CallStage(state).link()) {
      look(*link);
    }
    return count;
  }

  /// The end that all calls share (wind_up in call/common.hpp) reads as one word, where it is complete.
  static std::vector<std::string> condense(const State& before, std::vector<std::string> commands) {
    const std::vector<std::string> end{"CloseMedia", "DropCall", "Remember("};
    const auto same = [](const std::string& text, const std::string& start) {
      return text.starts_with(start);
    };
    const auto at = std::search(commands.begin(), commands.end(), end.begin(), end.end(), same);
    if (at == commands.end()) return commands;
    auto first = at;
    while (first != commands.begin() && *(first - 1) == "ClosePeer") --first;
    if (static_cast<std::size_t>(at - first) != connections(before)) return commands;
    std::string word = "*wind up*" + (at + 2)->substr(end.back().size() - 1);
    const auto after = commands.erase(first, at + 3);
    commands.insert(after, std::move(word));
    return commands;
  }
};

/// A message and who sent it. The machine's inputs only look at what they are about; here is what they look
/// at.
template <class Message>
struct Mail {
  UserId user;
  SessionId session;
  std::uint32_t seq = 0;
  Message message;
};
struct SeekMail {
  UserId user;
  SessionId session;
  std::string group_id;
  std::uint32_t room = 0;
  std::string nonce;
};
struct InviteMail {
  UserId user;
  SessionId session;
  std::uint32_t seq = 0;
  CallId call;
  message::Invite invite;
  bool over_group = false;
};

template <class Input>
const Input& input_of(const Input& input) {
  return input;
}
template <class Message>
call::Heard<Message> input_of(const Mail<Message>& mail) {
  return {mail.user, mail.session, mail.seq, mail.message};
}
inline call::Sought input_of(const SeekMail& mail) {
  return {mail.user, mail.session, mail.group_id, mail.room, mail.nonce};
}
inline call::Arrival input_of(const InviteMail& mail) {
  return {mail.user, mail.session, mail.seq, mail.call, mail.invite, mail.over_group};
}

template <class Source>
using InputOf = std::remove_cvref_t<decltype(input_of(std::declval<const Source&>()))>;

/// Only where `possible`, which may prepare the stage. The variant owns what its input looks at.
template <class Source, class Possible>
Variant<CallStage, InputOf<Source>> where(std::string when, Possible possible, Source source) {
  using Input = InputOf<Source>;
  return {std::move(when), [possible, source = std::move(source)](CallStage& stage) {
            return possible(stage) ? std::optional<Input>(input_of(source)) : std::optional<Input>();
          }};
}

/// The same input in every state.
template <class Source>
Variant<CallStage, InputOf<Source>> always(std::string when, Source source) {
  return where(
      std::move(when), [](CallStage&) { return true; }, std::move(source));
}

template <class... States>
bool in(CallStage& stage) {
  return stage.is<States...>();
}

/// The offer or answer of the current exchange is being made.
inline bool making(CallStage& stage) {
  if (stage.link() != nullptr) stage.link()->phase = call::Link::Phase::making;
  return true;
}

inline bool rings(CallStage& stage) { return stage.invitee() != nullptr && stage.member() == nullptr; }
inline bool two_sessions_ring(CallStage& stage) {
  if (!rings(stage)) return false;
  stage.invitee()->ringing = {sample::session, sample::second_session};
  return true;
}

}  // namespace trtc::tools
