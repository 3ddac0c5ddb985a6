// Strong names for the strings that travel through the core, so that no two can be swapped by accident.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

namespace trtc {

template <class Tag>
struct Name {
  std::string text;

  Name() = default;
  explicit Name(std::string value) : text(std::move(value)) {}

  bool empty() const { return text.empty(); }
  friend bool operator==(const Name& a, const Name& b) { return a.text == b.text; }
  friend bool operator!=(const Name& a, const Name& b) { return a.text != b.text; }
  friend bool operator<(const Name& a, const Name& b) { return a.text < b.text; }
};

/// What the application calls a user: [A-Za-z0-9_-]{1,32}.
using UserId = Name<struct UserIdTag>;
/// `{SDKAppID}_{encoded userID}`: what the broker authenticates (signaling/account.hpp).
using Account = Name<struct AccountTag>;
/// One login of one SDK object: 32 hexadecimal digits.
using SessionId = Name<struct SessionIdTag>;
/// One call, and the `inviteID` of the API: a version 4 UUID made by the inviter.
using CallId = Name<struct CallIdTag>;

/// Numbers the host and the core use to match an answer with its request. Never reused, never 0.
template <class Tag>
struct Number {
  std::uint32_t value = 0;
  friend bool operator==(Number a, Number b) { return a.value == b.value; }
  friend bool operator!=(Number a, Number b) { return a.value != b.value; }
  friend bool operator<(Number a, Number b) { return a.value < b.value; }
};

/// A promise of the application; chosen by the host.
using OpId = Number<struct OpIdTag>;
/// One WebSocket; chosen by the core.
using SocketId = Number<struct SocketIdTag>;
/// One attempt to open devices; chosen by the core.
using CaptureId = Number<struct CaptureIdTag>;
/// One RTCPeerConnection; chosen by the core. A rebuilt connection has a new number.
using PeerId = Number<struct PeerIdTag>;
/// One offer/answer exchange on a peer connection; chosen by the core.
using NegotiationId = Number<struct NegotiationIdTag>;

}  // namespace trtc
