// In which circumstances the host's reports about devices and connections are tried.
#pragma once

#include "call_group.hpp"

namespace trtc::tools {

inline constexpr std::uint32_t outdated = 1;  ///< a capture, connection or negotiation of earlier

inline CallVariants<input::MediaOpened> call_variants(Tag<input::MediaOpened>) {
  const auto all = in<call::Idle, call::Capturing, call::Ringing, call::Answering>;
  const auto asking = in<call::Capturing, call::Answering>;
  const CaptureId capture = sample::capture;
  return {where<input::MediaOpened>("", all, {capture, true, true, false}),
          where<input::MediaOpened>("there is no camera", asking, {capture, true, false, false}),
          where<input::MediaOpened>("the camera failed", asking, {capture, true, false, true}),
          where<input::MediaOpened>("openCamera() is under way", opens_camera, {capture, true, true, false}),
          where<input::MediaOpened>("startScreenShare() is under way", opens_screen,
                                    {capture, false, false, false}),
          where<input::MediaOpened>("a switch to video is under way", switches, {capture, true, true, false}),
          always<input::MediaOpened>("of an earlier capture", {{outdated}, true, true, false})};
}

inline CallVariants<input::MediaFailed> call_variants(Tag<input::MediaFailed>) {
  const auto all = in<call::Idle, call::Capturing, call::Ringing, call::Answering>;
  const auto asking = in<call::Capturing, call::Answering>;
  const CaptureId capture = sample::capture;
  return {where<input::MediaFailed>("permission denied", all, {capture, MediaError::permission_denied, {}}),
          where<input::MediaFailed>("no microphone", asking, {capture, MediaError::not_found, {}}),
          where<input::MediaFailed>("in use", asking, {capture, MediaError::in_use, {}}),
          where<input::MediaFailed>("insecure page", asking, {capture, MediaError::insecure, {}}),
          where<input::MediaFailed>("unknown", asking, {capture, MediaError::unknown, {}}),
          where<input::MediaFailed>("openCamera() is under way, denied", opens_camera,
                                    {capture, MediaError::permission_denied, {}}),
          where<input::MediaFailed>("openCamera() is under way, any other reason", opens_camera,
                                    {capture, MediaError::in_use, {}}),
          where<input::MediaFailed>("startScreenShare() is under way", opens_screen,
                                    {capture, MediaError::permission_denied, {}}),
          where<input::MediaFailed>("a switch to video is under way", switches,
                                    {capture, MediaError::in_use, {}}),
          always<input::MediaFailed>("of an earlier capture", {{outdated}, MediaError::unknown, {}})};
}

inline CallVariants<input::TrackEnded> call_variants(Tag<input::TrackEnded>) {
  return {always<input::TrackEnded>("microphone", {TrackKind::audio}),
          always<input::TrackEnded>("camera", {TrackKind::video}),
          where<input::TrackEnded>("camera, closed already", camera_closed, {TrackKind::video}),
          where<input::TrackEnded>("screen", shares_screen, {TrackKind::screen})};
}

inline CallVariants<input::DevicesChanged> call_variants(Tag<input::DevicesChanged>) {
  return {always<input::DevicesChanged>("", {true, true}),
          where<input::DevicesChanged>("a microphone is back", without_microphone, {true, true})};
}

inline CallVariants<input::OfferCreated> call_variants(Tag<input::OfferCreated>) {
  const auto of_one = [](CallStage& stage) {
    auto* const state = std::get_if<call::Offering>(&stage.state);
    if (state != nullptr) state->several = true;
    return state != nullptr;
  };
  return {where<input::OfferCreated>("", making, {sample::peer, sample::negotiation, "v=0 offer"}),
          where<input::OfferCreated>("for a groupCall() of one", of_one,
                                     {sample::peer, sample::negotiation, "v=0 offer"}),
          where<input::OfferCreated>("of an earlier negotiation", making,
                                     {sample::peer, {outdated}, "v=0 offer"})};
}
inline CallVariants<input::AnswerCreated> call_variants(Tag<input::AnswerCreated>) {
  return {where<input::AnswerCreated>("", making, {sample::peer, sample::negotiation, "v=0 answer"}),
          where<input::AnswerCreated>("of an earlier negotiation", making,
                                      {sample::peer, {outdated}, "v=0 answer"})};
}
inline CallVariants<input::NegotiationFailed> call_variants(Tag<input::NegotiationFailed>) {
  return {
      where<input::NegotiationFailed>("", making, {sample::peer, sample::negotiation, {}}),
      where<input::NegotiationFailed>("of an earlier negotiation", making, {sample::peer, {outdated}, {}})};
}

inline CallVariants<input::CandidatesFound> call_variants(Tag<input::CandidatesFound>) {
  const std::vector<Candidate> list{{"candidate:2", "0", 0, "ufrag"}};
  return {always<input::CandidatesFound>("", {sample::peer, list}),
          where<input::CandidatesFound>("two sessions of the callee ring", two_sessions_ring,
                                        {sample::peer, list}),
          always<input::CandidatesFound>("of an earlier connection", {{outdated}, list})};
}

/// The connection of an established call has been down for a moment.
inline bool in_trouble(CallStage& stage) {
  if (stage.member() == nullptr) return false;
  call::Health& health = stage.member()->link.health;
  health.state = ConnectionState::disconnected;
  health.broken_since = stage.now - 1s;
  health.act_at = stage.now + 2s;
  return true;
}

inline CallVariants<input::ConnectionChanged> call_variants(Tag<input::ConnectionChanged>) {
  using enum ConnectionState;
  return {always<input::ConnectionChanged>("connected", {sample::peer, connected}),
          where<input::ConnectionChanged>("connected again", in_trouble, {sample::peer, connected}),
          always<input::ConnectionChanged>("disconnected", {sample::peer, disconnected}),
          always<input::ConnectionChanged>("failed", {sample::peer, failed}),
          where<input::ConnectionChanged>("failed after disconnected", in_trouble, {sample::peer, failed}),
          always<input::ConnectionChanged>("of an earlier connection", {{outdated}, connected})};
}

inline CallVariants<input::RelayMissing> call_variants(Tag<input::RelayMissing>) {
  return {always<input::RelayMissing>("no TURN server answers", {sample::peer, "timeout"}),
          always<input::RelayMissing>("of an earlier connection", {{outdated}, {}})};
}

inline CallVariants<input::MediaFlowChanged> call_variants(Tag<input::MediaFlowChanged>) {
  const auto member_sends_nothing = [](CallStage& stage) {
    if (stage.member() != nullptr) stage.member()->sending = {};
    return stage.member() != nullptr;
  };
  return {always<input::MediaFlowChanged>("RTP began", {sample::peer, true}),
          always<input::MediaFlowChanged>("RTP ceased", {sample::peer, false}),
          where<input::MediaFlowChanged>("RTP ceased, the member sends nothing", member_sends_nothing,
                                         {sample::peer, false}),
          always<input::MediaFlowChanged>("of an earlier connection", {{outdated}, false})};
}

}  // namespace trtc::tools
