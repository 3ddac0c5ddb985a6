// In which circumstances invitations are tried: glare, busy, recall.
#pragma once

#include "call_group.hpp"

namespace trtc::tools {

inline InviteMail arrival_of(const UserId& user, const SessionId& session, std::uint32_t seq,
                             const CallId& call) {
  return {user, session, seq, call, sample::invite()};
}

/// Anything but idle: an invite of the other side of our call.
inline bool engaged(CallStage& stage) { return !stage.is<call::Idle>(); }
inline bool dials(CallStage& stage) { return stage.is<call::Capturing, call::Offering>() || rings(stage); }
inline bool answers(CallStage& stage) {
  return engaged(stage) && !dials(stage) && !stage.is<call::Seeking>();
}

inline bool invites_stranger(CallStage& stage) {
  return stage.in_call() != nullptr && call::invitee_of(*stage.in_call(), sample::stranger) != nullptr;
}

inline CallVariants<call::Arrival> call_variants(Tag<call::Arrival>) {
  const auto glare = [](const CallId& call) {
    return arrival_of(sample::other, sample::session, sample::seq, call);
  };
  InviteMail audio = glare(sample::lower_call);
  audio.invite.media = MediaType::audio;
  const auto anew = [](std::uint32_t seq) {
    return arrival_of(sample::other, sample::session, seq, sample::higher_call);
  };
  const auto fast = [](CallStage& stage) { return stage.fast_connect = stage.is<call::Idle>(); };
  const auto dials_camera_closed = [](CallStage& stage) { return dials(stage) && camera_closed(stage); };
  const auto dials_opening = [](CallStage& stage) { return dials(stage) && opens_camera(stage); };
  const auto dials_muted = [](CallStage& stage) { return dials(stage) && muted(stage); };
  const auto stranger = arrival_of(sample::stranger, sample::strange_session, 1, sample::higher_call);
  InviteMail sought = stranger;
  sought.invite.group = true;
  sought.invite.group_id = "team";
  sought.invite.offer.clear();
  InviteMail over_group = sought, answer = sought;
  over_group.over_group = true;
  answer.invite.nonce = sample::nonce;
  return {always("from somebody else", stranger),
          where("of the group's call", in<call::Idle, call::Seeking>, sought),
          where("of the group's call, over its topic", in<call::Idle, call::Seeking>, over_group),
          where("of the group's call, with our question's nonce", in<call::Idle, call::Seeking>, answer),
          where("from somebody else, fastConnect", fast, stranger),
          where("glare: from the callee, its call id is lower", dials, glare(sample::lower_call)),
          where("glare: … and our camera is closed", dials_camera_closed, glare(sample::lower_call)),
          where("glare: … and openCamera() is under way", dials_opening, glare(sample::lower_call)),
          where("glare: … and we are muted", dials_muted, glare(sample::lower_call)),
          where("glare: … and it is an audio call", dials, audio),
          where("glare: from the callee, its call id is higher", dials, glare(sample::higher_call)),
          where("recall: the same session invites anew", answers, anew(sample::seq + 1)),
          where("recall: another session of the same user", answers,
                arrival_of(sample::other, sample::second_session, 1, sample::higher_call)),
          where("a late copy of an older invite", answers, anew(sample::seq - 1))};
}

inline CallVariants<call::Sought> call_variants(Tag<call::Sought>) {
  const SeekMail sought{sample::frank, sample::franks_session, "team", 0, sample::nonce};
  SeekMail elsewhere = sought, member = sought, invited = sought;
  elsewhere.room = 4321;
  member.user = sample::other;
  invited.user = sample::stranger;
  return {always("", sought), where("in another room", in<call::InCall>, elsewhere),
          where("by a member", in<call::InCall>, member),
          where("by somebody whom we have invited", invites_stranger, invited),
          where("the call is full", full, sought)};
}

}  // namespace trtc::tools
