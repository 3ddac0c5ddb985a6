#include "call/switching.hpp"

#include <algorithm>
#include <utility>

#include "call/common.hpp"
#include "call/devices.hpp"
#include "call/inviting.hpp"
#include "call/mesh.hpp"
#include "call/transitions.hpp"

namespace trtc::call {
namespace {

bool is_switching(const Devices& devices) {
  for (const Devices::Opening& opening : devices.openings) {
    if (opening.switching) return true;
  }
  return false;
}

void change(CallInfo& info, MediaType media, Commands& out) {
  if (info.media == media) return;
  const MediaType from = std::exchange(info.media, media);
  tell(out, effect::MediaTypeChanged{info, from});
}

/// The other side of a call between two, whether it has answered or not; in a group all but `source`.
void say(const InCall& state, const UserId& source, Commands& out) {
  const message::MediaSwitch message{state.info.media, state.media.number};
  for (const Member& member : state.members) {
    if (member.link.user == source) continue;
    send(out, state.info.call, member.link.user, member.link.session, message::MediaSwitch(message));
  }
  for (const Invitee& invitee : state.invitees) {
    send(out, state.info.call, invitee.user, {}, message::MediaSwitch(message));
  }
}

void decide_media(Context& context, InCall& state, MediaType media, Commands& out) {
  state.media = {state.media.number + 1, context.self};
  change(state.info, media, out);
  say(state, {}, out);
}

/// What the devices have to do about it.
void follow(Context& context, CallInfo& info, Devices& devices, MediaType media, Commands& out) {
  if (info.media == media) return;
  if (media == MediaType::audio) {
    drop_pictures(devices, out);
  } else if (!devices.camera && opening_of(devices, TrackKind::video) == nullptr) {
    open_device(context, devices, TrackKind::video, {}, out);
  }
  change(info, media, out);
}

template <class Ring>
bool from_inviter(const Ring& state, const Heard<message::MediaSwitch>& heard) {
  return heard.user == state.info.inviter && heard.session == state.invitation.session &&
         is_newer(state.invitation.media, {heard.message.version, heard.user});
}

}  // namespace

bool is_newer(const MediaVersion& known, const MediaVersion& heard) {
  // Nobody switches so often; a number that could not be outbid any more is not taken.
  constexpr std::uint32_t furthest = 1000;
  if (heard.number != known.number)
    return heard.number > known.number && heard.number - known.number <= furthest;
  return known.by < heard.by;
}

void hear_switch(Context& context, InCall& state, MediaType media, const MediaVersion& version,
                 Commands& out) {
  if (!is_newer(state.media, version)) return;
  state.media = version;
  follow(context, state.info, state.devices, media, out);
  tell_state(state, out);
}

bool complete_switch(Context& context, InCall& state, Commands& out) {
  if (state.info.group) return false;  // people have been added
  // The other side may have been faster.
  if (state.info.media != MediaType::video) decide_media(context, state, MediaType::video, out);
  return true;
}

Step on(Context& context, const InCall& state, const input::SwitchMedia& verb) {
  if (state.info.group) return refuse(verb.op, ErrorCode::wrong_state, "a group call cannot be switched");
  if (state.info.media == verb.media)
    return refuse(verb.op, ErrorCode::wrong_state, "the call is of this type");
  if (is_switching(state.devices)) return refuse(verb.op, ErrorCode::wrong_state, "a switch is under way");
  InCall next = state;
  Commands out;
  if (verb.media == MediaType::audio) {
    drop_pictures(next.devices, out);
    decide_media(context, next, MediaType::audio, out);
    tell_state(next, out);
    done(out, verb.op);
  } else if (next.devices.camera) {
    decide_media(context, next, MediaType::video, out);
    done(out, verb.op);
  } else {
    open_device(context, next.devices, TrackKind::video, {verb.op}, out).switching = true;
  }
  return to(std::move(next), std::move(out));
}
Step on(Context& context, const Ringing& state, const input::SwitchMedia& verb) {
  if (state.info.group) return refuse(verb.op, ErrorCode::wrong_state, "a group call cannot be switched");
  if (state.info.media == verb.media)
    return refuse(verb.op, ErrorCode::wrong_state, "the call is of this type");
  Ringing next = state;
  Commands out;
  next.invitation.media = {state.invitation.media.number + 1, context.self};
  change(next.info, verb.media, out);
  send(out, state.info.call, state.info.inviter, state.invitation.session,
       message::MediaSwitch{verb.media, next.invitation.media.number});
  done(out, verb.op);
  return to(std::move(next), std::move(out));
}
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking, Answering, Joining>&,
        const input::SwitchMedia& verb) {
  return refuse(verb.op, ErrorCode::wrong_state, "there is no call to switch, or not yet");
}

Step on(Context& context, const InCall& state, const Heard<message::MediaSwitch>& heard) {
  const bool member = member_at(state, heard.user, heard.session) != nullptr;
  const bool rings = invitee_of(state, heard.user) != nullptr;  // its `ringing` may come later
  if (!member && !rings) return ignore("not between two", "media switch");
  const MediaVersion version{heard.message.version, heard.user};
  if (!is_newer(state.media, version)) return stale("media switch");
  InCall next = state;
  Commands out;
  if (rings) meet(next, heard.user, heard.session, out);
  if (rings && state.info.group) {
    // It did not know yet that people are being added. Whoever only rings does not switch a group's call:
    // what holds is said again, as the newer word.
    next.media.number = version.number;
    decide_media(context, next, state.info.media, out);
    return to(std::move(next), std::move(out));
  }
  hear_switch(context, next, heard.message.media, version, out);
  // People have been added, and the one who switched did not know yet.
  const bool news = version.number > state.media.number || next.info.media != state.info.media;
  if (next.info.group && news) say(next, heard.user, out);
  return to(std::move(next), std::move(out));
}
Step on(Context&, const Ringing& state, const Heard<message::MediaSwitch>& heard) {
  if (!from_inviter(state, heard)) return stale("media switch");
  Ringing next = state;
  Commands out;
  next.invitation.media = {heard.message.version, heard.user};
  change(next.info, heard.message.media, out);
  return to(std::move(next), std::move(out));
}
Step on(Context&, const Answering& state, const Heard<message::MediaSwitch>& heard) {
  if (!from_inviter(state, heard)) return stale("media switch");
  Answering next = state;
  Commands out;
  next.invitation.media = {heard.message.version, heard.user};
  next.switched = heard.message.media == MediaType::video && !state.camera;
  change(next.info, heard.message.media, out);
  return to(std::move(next), std::move(out));
}
Step on(Context& context, const Joining& state, const Heard<message::MediaSwitch>& heard) {
  if (!from_inviter(state, heard)) return stale("media switch");
  Joining next = state;
  Commands out;
  next.invitation.media = {heard.message.version, heard.user};
  follow(context, next.info, next.devices, heard.message.media, out);
  tell_state(next, out);
  return to(std::move(next), std::move(out));
}
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking>&, const Heard<message::MediaSwitch>&) {
  return stale("media switch");
}

}  // namespace trtc::call
