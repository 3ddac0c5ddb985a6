// What the call machine asks of the engine, and what it may look at while deciding.
#pragma once

#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "effect.hpp"
#include "ids.hpp"
#include "input.hpp"
#include "random.hpp"
#include "signaling/history.hpp"
#include "signaling/outbox.hpp"
#include "time.hpp"

namespace trtc::call {

/// Deliver this at least once.
struct Send {
  Letter letter;
};
/// The call is over: forget its undelivered messages, except those that say so.
struct DropCall {
  CallId call;
};
/// Invitations of this call to this user are worthless now.
struct DropInvites {
  CallId call;
  UserId user;
};
/// One message to a group, and at least once to each of these users.
struct SendToGroup {
  std::string group_id;
  std::vector<UserId> users;
  Letter letter;
};
/// Ask a group for its call, once.
struct SaySeek {
  std::string group_id;
  std::uint32_t room = 0;
  std::string nonce;
};
/// Remember how a call ended, for messages of it that come late.
struct Remember {
  History::Past past;
};

using Command = std::variant<Effect, Send, SendToGroup, SaySeek, DropCall, DropInvites, Remember>;
using Commands = std::list<Command>;

/// Numbers for the host; each used once.
struct Numbers {
  std::uint32_t peer = 0;
  std::uint32_t negotiation = 0;
  std::uint32_t capture = 0;
  std::uint32_t attempt = 0;
};

struct Context {
  Instant now;
  const UserId& self;
  bool online = false;        ///< our own signaling is up
  bool fast_connect = false;  ///< warm up the transport while ringing (reveals the callee's address)
  const VideoProfile& profile;
  const Profile& self_info;
  const History& history;
  const Outbox& outbox;
  Random& random;
  Numbers& numbers;
};

/// Built in place: a hundred calls of this would otherwise make, move and destroy a variant each.
template <class One>
void tell(Commands& out, One&& effect) {
  out.emplace_back(std::in_place_type<Effect>, std::forward<One>(effect));
}

template <class Message>
void send(Commands& out, const CallId& call, const UserId& to, const SessionId& session, Message&& body) {
  out.emplace_back(Send{{to, session, call, std::forward<Message>(body), std::nullopt}});
}

}  // namespace trtc::call
