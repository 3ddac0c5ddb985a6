// The few words about media that inputs, effects and messages share.
#pragma once

#include <cstdint>
#include <string>

#include "time.hpp"

namespace trtc {

/// The numbers are those of TRTCCalling.CALL_TYPE.
enum class MediaType : std::uint8_t { audio = 1, video = 2 };

enum class TrackKind : std::uint8_t { audio, video, screen };

/// Why devices could not be opened, as the browser tells it.
enum class MediaError : std::uint8_t {
  permission_denied,  ///< NotAllowedError
  not_found,          ///< no microphone at all (NotFoundError)
  in_use,             ///< NotReadableError on every device
  insecure,           ///< no mediaDevices: the page is not on HTTPS or localhost
  unknown,
};

/// RTCPeerConnection.connectionState, as far as it matters.
enum class ConnectionState : std::uint8_t { connecting, connected, disconnected, failed };

/// What a participant sends at the moment.
struct Sending {
  bool audio = false;
  bool video = false;   ///< a picture: of the camera, or of the screen in its place
  bool screen = false;  ///< the picture is the screen's
  friend bool operator==(Sending, Sending) = default;
};

/// Capture and encoding targets.
struct VideoProfile {
  std::uint32_t width = 640;      ///< pixels
  std::uint32_t height = 480;     ///< pixels
  std::uint32_t frame_rate = 15;  ///< frames per second
  std::uint32_t bitrate = 900;    ///< kbit/s
};

/// How users want to be shown. Travels with the invitation and with every greeting between members.
struct Profile {
  std::string nick;    ///< at most 128 bytes
  std::string avatar;  ///< an address of a picture, at most 1024 bytes
};

/// RTCIceCandidateInit.
struct Candidate {
  std::string candidate;
  std::string mid;
  std::uint16_t line = 0;
  std::string fragment;  ///< username fragment
  friend bool operator==(const Candidate&, const Candidate&) = default;
};

}  // namespace trtc
