// In which circumstances the user's verbs and the end of the session are tried.
#pragma once

#include <string>

#include "call_machine.hpp"
#include "signaling/codec.hpp"

namespace trtc::tools {

inline CallVariants<input::Call> call_variants(Tag<input::Call>) {
  const input::Call video{sample::op, "bob", MediaType::video, 30s, {}, 0};
  input::Call audio = video, self = video, nobody = video, wordy = video, backwards = video;
  audio.media = MediaType::audio;
  self.user = sample::self.text;
  nobody.user = "b/ob";
  wordy.user_data.assign(bound::user_data + 1, 'x');
  backwards.timeout = -1ms;
  const auto idle = in<call::Idle>;
  return {always("", video),
          where("an audio call", idle, audio),
          where("to oneself", idle, self),
          where("to a userID that cannot be one", idle, nobody),
          where("too much userData", idle, wordy),
          where("a negative timeout", idle, backwards)};
}

/// A verb that may name a call by its inviteID.
template <class Verb>
Variant<CallStage, Verb> naming_this_call(std::string when, Verb verb) {
  return {std::move(when), [verb](CallStage& stage) {
            if (stage.info() == nullptr) return std::optional<Verb>();
            Verb named = verb;
            named.call = stage.info()->call.text;
            return std::optional(named);
          }};
}

inline CallVariants<input::Accept> call_variants(Tag<input::Accept>) {
  return {always<input::Accept>("", {sample::op, {}}),
          naming_this_call<input::Accept>("with this call's inviteID", {sample::op, {}}),
          always<input::Accept>("with another inviteID", {sample::op, sample::higher_call.text})};
}

inline CallVariants<input::Reject> call_variants(Tag<input::Reject>) {
  return {always<input::Reject>("", {sample::op, {}, false}),
          naming_this_call<input::Reject>("with this call's inviteID", {sample::op, {}, false}),
          where<input::Reject>("busy", in<call::Ringing>, {sample::op, {}, true}),
          always<input::Reject>("with another inviteID", {sample::op, sample::higher_call.text, false}),
          always<input::Reject>("with the inviteID of a call that is over",
                                {sample::op, sample::ended_call.text, false})};
}

/// openCamera() has been called and the camera is not open yet.
inline bool opens_camera(CallStage& stage) {
  call::Devices* const devices = stage.devices();
  if (devices == nullptr) return false;
  devices->camera = false;
  devices->told = devices->sending();
  devices->openings = {{sample::capture, TrackKind::video, {sample::op_of_camera}, false}};
  return true;
}
inline bool camera_closed(CallStage& stage) {
  call::Devices* const devices = stage.devices();
  if (devices == nullptr) return false;
  devices->camera = false;
  devices->told = devices->sending();
  return true;
}
inline bool has_devices(CallStage& stage) { return stage.devices() != nullptr; }
inline bool audio_call(CallStage& stage) {
  if (!camera_closed(stage)) return false;
  std::visit(
      [](auto& state) {
        if constexpr (requires { state.info; }) state.info.media = MediaType::audio;
      },
      stage.state);
  return true;
}
inline bool without_microphone(CallStage& stage) {
  if (!has_devices(stage)) return false;
  stage.devices()->microphone = false;
  stage.devices()->told = stage.devices()->sending();
  return true;
}
inline bool muted(CallStage& stage) {
  if (!has_devices(stage)) return false;
  stage.devices()->muted = true;
  stage.devices()->told = stage.devices()->sending();
  return true;
}

inline CallVariants<input::HangUp> call_variants(Tag<input::HangUp>) {
  return {always<input::HangUp>("", {sample::op}),
          where<input::HangUp>("while openCamera() is under way", opens_camera, {sample::op})};
}

inline CallVariants<input::SetCamera> call_variants(Tag<input::SetCamera>) {
  const auto without_devices = [](CallStage& stage) { return !has_devices(stage); };
  const input::SetCamera on{sample::op, true}, off{sample::op, false};
  return {where("", without_devices, on),
          where("on", camera_closed, on),
          where("on, open already", has_devices, on),
          where("on, being opened", opens_camera, on),
          where("on, in an audio call", audio_call, on),
          where("off", has_devices, off),
          where("off, being opened", opens_camera, off),
          where("off, closed already", camera_closed, off)};
}

/// startScreenShare() has been called and the user has not chosen yet.
inline bool opens_screen(CallStage& stage) {
  if (stage.in_call() == nullptr) return false;
  stage.devices()->openings = {{sample::capture, TrackKind::screen, {sample::op_of_screen}, false}};
  return true;
}
inline bool shares_screen(CallStage& stage) {
  if (stage.in_call() == nullptr) return false;
  stage.devices()->screen = true;
  stage.devices()->told = stage.devices()->sending();
  return true;
}
inline CallVariants<input::SetScreen> call_variants(Tag<input::SetScreen>) {
  const input::SetScreen on{sample::op, true}, off{sample::op, false};
  return {always("on", on),
          where("on, being opened", opens_screen, on),
          where("on, already", shares_screen, on),
          always("off", off),
          where("off, shared", shares_screen, off),
          where("off, being opened", opens_screen, off)};
}

/// The camera is being opened for a switch to video.
inline bool switches(CallStage& stage) {
  if (stage.in_call() == nullptr || !audio_call(stage)) return false;
  stage.devices()->openings = {{sample::capture, TrackKind::video, {sample::op_of_switch}, true}};
  return true;
}
inline CallVariants<input::SwitchMedia> call_variants(Tag<input::SwitchMedia>) {
  const input::SwitchMedia audio{sample::op, MediaType::audio}, video{sample::op, MediaType::video};
  return {always("to audio", audio), always("to video, already", video), where("to video", audio_call, video),
          where("to video, under way", switches, video)};
}

inline CallVariants<input::GroupCall> call_variants(Tag<input::GroupCall>) {
  const input::GroupCall call{sample::op, {"bob", "dave", "bob"}, MediaType::video, 30s, {}, 0, {}};
  input::GroupCall one = call, group = call, nobody = call, self = call, many = call, nameless = call;
  one.users = {"bob"};
  group.group_id = "team";
  nobody.users.clear();
  self.users = {"alice"};
  many.users = {"b", "c", "d", "e", "f", "g", "h", "i"};
  nameless.group_id = "no group";
  const auto idle = in<call::Idle>;
  return {always("", call),
          where("of one", idle, one),
          where("with a groupID", idle, group),
          where("nobody", idle, nobody),
          where("oneself", idle, self),
          where("more than seven", idle, many),
          where("with a groupID that cannot be one", idle, nameless)};
}
inline CallVariants<input::InviteUsers> call_variants(Tag<input::InviteUsers>) {
  return {
      always<input::InviteUsers>("", {sample::op, {sample::frank.text}, 30s}),
      where<input::InviteUsers>("somebody who is in the call", in<call::InCall>, {sample::op, {"bob"}, 30s}),
      where<input::InviteUsers>("more than there is room for", in<call::InCall>,
                                {sample::op, {"c", "d", "e", "f", "g", "h", "i"}, 30s})};
}
inline CallVariants<input::JoinGroupCall> call_variants(Tag<input::JoinGroupCall>) {
  return {always<input::JoinGroupCall>("", {sample::op, MediaType::video, "team", 0}),
          where<input::JoinGroupCall>("with a groupID that cannot be one", in<call::Idle>,
                                      {sample::op, MediaType::video, "", 0})};
}

inline CallVariants<input::SetMicrophone> call_variants(Tag<input::SetMicrophone>) {
  const auto without_devices = [](CallStage& stage) { return !has_devices(stage); };
  const input::SetMicrophone on{sample::op, true}, off{sample::op, false};
  return {where("", without_devices, off), where("off", has_devices, off), where("on", muted, on),
          where("off, already", muted, off),
          where("on or off, without a microphone", without_microphone, on)};
}

inline CallVariants<call::SessionOver> call_variants(Tag<call::SessionOver>) {
  return {always<call::SessionOver>("logout()", {CancelReason::logged_out, false}),
          always<call::SessionOver>("KICKED_OUT", {CancelReason::kicked_out, false}),
          always<call::SessionOver>("the page is gone", {CancelReason::logged_out, true})};
}

}  // namespace trtc::tools
