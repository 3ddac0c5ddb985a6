#include "call/devices.hpp"

#include <algorithm>
#include <utility>

#include "call/common.hpp"
#include "call/switching.hpp"
#include "call/transitions.hpp"

namespace trtc::call {
namespace {

/// Before membership accept and confirm carry the current value.
void tell_state(Offering&, Commands&) {}

void say_state(const CallInfo& info, const Link& link, Sending sending, Commands& out) {
  send(out, info.call, link.user, link.session, message::State{sending});
}

bool& open_flag(Devices& devices, TrackKind kind) {
  switch (kind) {
    case TrackKind::audio:
      return devices.microphone;
    case TrackKind::screen:
      return devices.screen;
    case TrackKind::video:
      break;
  }
  return devices.camera;
}

/// Closing wins over an opening that is under way.
bool close_device(Devices& devices, TrackKind kind, Commands& out) {
  bool& open = open_flag(devices, kind);
  const Devices::Opening* const opening = opening_of(devices, kind);
  const bool acted = open || opening != nullptr;
  if (opening != nullptr) {
    for (const OpId op : opening->ops) {
      if (opening->switching) {
        fail(out, op, ErrorCode::switch_to_video_failed, "the camera was closed");
      } else {
        done(out, op, effect::Toggled{false});
      }
    }
    std::erase_if(devices.openings, [kind](const Devices::Opening& one) { return one.kind == kind; });
  }
  open = false;
  if (!acted) return false;
  if (kind == TrackKind::screen) {
    tell(out, effect::CloseScreen{});
  } else {
    tell(out, effect::CloseCamera{});
  }
  return true;
}

/// One verb for camera and screen.
template <class Active>
void toggle(Context& context, Active& state, TrackKind kind, bool on, OpId op, Commands& out) {
  Devices& devices = state.devices;
  if (!on) {
    const bool acted = close_device(devices, kind, out);
    tell_state(state, out);
    done(out, op, effect::Toggled{acted});
  } else if (open_flag(devices, kind)) {
    done(out, op, effect::Toggled{true});
  } else if (Devices::Opening* const opening = opening_of(devices, kind)) {
    if (opening->ops.size() >= max_waiting) {
      fail(out, op, ErrorCode::limit_exceeded, "the device is being opened already");
    } else {
      opening->ops.push_back(op);
    }
  } else {
    open_device(context, devices, kind, {op}, out);
  }
}

template <class Active>
void act(Context& context, Active& state, const input::SetCamera& input, Commands& out) {
  // An audio call has no camera to open (behaviour document, section 3.11); a switch to video is another
  // verb.
  if (input.on && !state.devices.camera && state.info.media == MediaType::audio)
    return done(out, input.op, effect::Toggled{false});
  toggle(context, state, TrackKind::video, input.on, input.op, out);
}

template <class Active>
void act(Context& context, Active& state, const input::SetScreen& input, Commands& out) {
  toggle(context, state, TrackKind::screen, input.on, input.op, out);
}

template <class Active>
void act(Context&, Active& state, const input::SetMicrophone& input, Commands& out) {
  Devices& devices = state.devices;
  // Also without a microphone: who mutes while it is being replaced must not be heard through the next one.
  devices.muted = !input.on;
  tell(out, effect::MuteMicrophone{devices.muted});
  tell_state(state, out);
  done(out, input.op, effect::Toggled{devices.microphone});
}

Devices::Opening take_opening(Devices& devices, CaptureId capture) {
  const auto at = std::find_if(devices.openings.begin(), devices.openings.end(),
                               [capture](const Devices::Opening& one) { return one.capture == capture; });
  Devices::Opening opening = std::move(*at);
  devices.openings.erase(at);
  return opening;
}

bool finish_switch(Context& context, InCall& state, Commands& out) {
  return complete_switch(context, state, out);
}
template <class Other>
bool finish_switch(Context&, Other&, Commands&) {
  return false;
}

template <class Active>
void act(Context& context, Active& state, const input::MediaOpened& media, Commands& out) {
  const Devices::Opening opening = take_opening(state.devices, media.capture);
  bool open = opening.kind == TrackKind::screen ||
              (opening.kind == TrackKind::audio ? media.microphone : media.camera);
  open_flag(state.devices, opening.kind) = open;
  if (opening.switching && !(open && finish_switch(context, state, out))) {
    close_device(state.devices, opening.kind, out);
    open = false;
    tell(out, effect::Errored{{ErrorCode::switch_to_video_failed, {}}});
  }
  tell_state(state, out);
  for (const OpId op : opening.ops) {
    if (!opening.switching) {
      done(out, op, effect::Toggled{open});
    } else if (open) {
      done(out, op);
    } else {
      fail(out, op, ErrorCode::switch_to_video_failed);
    }
  }
}

/// Behaviour document, sections 3.11 and 6.1: a denial of the camera rejects, anything else is told by ERROR
/// alone.
Error error_of(const Devices::Opening& opening, const input::MediaFailed& failure) {
  if (opening.kind == TrackKind::screen) return {ErrorCode::screen_share_failed, failure.message};
  if (opening.switching) return {ErrorCode::switch_to_video_failed, failure.message};
  if (opening.kind == TrackKind::audio) return {ErrorCode::no_microphone, "the microphone went away"};
  const bool denied = failure.error == MediaError::permission_denied;
  return {denied ? ErrorCode::permission_denied : ErrorCode::no_camera, failure.message};
}

template <class Active>
void act(Context&, Active& state, const input::MediaFailed& failure, Commands& out) {
  const Devices::Opening opening = take_opening(state.devices, failure.capture);
  const Error error = error_of(opening, failure);
  if (opening.kind != TrackKind::screen) tell(out, effect::Errored{error});
  if (opening.kind == TrackKind::video) tell(out, effect::CloseCamera{});
  tell_state(state, out);
  for (const OpId op : opening.ops) {
    if (error.code == ErrorCode::no_camera) {
      done(out, op, effect::Toggled{false});
    } else {
      tell(out, effect::Failed{op, error});
    }
  }
}

/// Unplugged: the next device takes over, if there is one; until that is known the others are told nothing.
template <class Active>
void act(Context& context, Active& state, const input::TrackEnded& input, Commands& out) {
  Devices& devices = state.devices;
  if (!std::exchange(open_flag(devices, input.kind), false)) return;  // closed meanwhile
  if (input.kind == TrackKind::screen) {
    tell(out, effect::CloseScreen{});
    tell_state(state, out);
    tell(out, effect::ScreenStopped{});
  } else if (opening_of(devices, input.kind) == nullptr) {
    open_device(context, devices, input.kind, {}, out);
  }
}

/// A microphone that is plugged in again is wanted, because a call has one; a camera waits for its user.
template <class Active>
void act(Context& context, Active& state, const input::DevicesChanged& input, Commands& out) {
  Devices& devices = state.devices;
  if (!input.microphone || devices.microphone || opening_of(devices, TrackKind::audio) != nullptr) return;
  open_device(context, devices, TrackKind::audio, {}, out);
}

template <class Active, class Input>
Step acted(Context& context, const Active& state, const Input& input) {
  Active next = state;
  Commands out;
  act(context, next, input, out);
  return to(std::move(next), std::move(out));
}

/// The outcome of an opening that is not under way any more is stale.
template <class Active, class Input>
Step answered(Context& context, const Active& state, const Input& input) {
  for (const Devices::Opening& opening : state.devices.openings) {
    if (opening.capture == input.capture) return acted(context, state, input);
  }
  return stale("capture");
}

Step nothing_to_act_on(OpId op) {
  Commands out;
  done(out, op, effect::Toggled{false});
  return stay(std::move(out));
}

}  // namespace

Devices::Opening* opening_of(Devices& devices, TrackKind kind) {
  for (Devices::Opening& opening : devices.openings) {
    if (opening.kind == kind) return &opening;
  }
  return nullptr;
}

Devices::Opening& open_device(Context& context, Devices& devices, TrackKind kind, std::vector<OpId> ops,
                              Commands& out) {
  Devices::Opening opening{{}, kind, std::move(ops), false};
  if (kind == TrackKind::screen) {
    opening.capture = CaptureId{++context.numbers.capture};
    tell(out, effect::OpenScreen{opening.capture});
  } else {
    opened(out, context, opening.capture, kind == TrackKind::audio, kind == TrackKind::video);
  }
  devices.openings.push_back(std::move(opening));
  return devices.openings.back();
}

void drop_pictures(Devices& devices, Commands& out) {
  close_device(devices, TrackKind::video, out);
  if (devices.screen) tell(out, effect::ScreenStopped{});
  close_device(devices, TrackKind::screen, out);
}

void tell_state(InCall& state, Commands& out) {
  const Sending sending = state.devices.sending();
  if (sending == state.devices.told) return;
  state.devices.told = sending;
  for (const Member& member : state.members) say_state(state.info, member.link, sending, out);
  for (const Greeted& greeted : state.greeted) say_state(state.info, greeted.link, sending, out);
}
void tell_state(Joining& state, Commands& out) {
  const Sending sending = state.devices.sending();
  if (sending == state.devices.told) return;
  state.devices.told = sending;
  say_state(state.info, state.link, sending, out);
}

Step on(Context&, const OneOf<Idle, Capturing, Seeking, Ringing, Answering>&, const input::SetCamera& input) {
  return nothing_to_act_on(input.op);
}
Step on(Context& c, const Offering& state, const input::SetCamera& input) { return acted(c, state, input); }
Step on(Context& c, const Joining& state, const input::SetCamera& input) { return acted(c, state, input); }
Step on(Context& c, const InCall& state, const input::SetCamera& input) { return acted(c, state, input); }

Step on(Context&, const OneOf<Idle, Capturing, Seeking, Ringing, Answering>&,
        const input::SetMicrophone& input) {
  return nothing_to_act_on(input.op);
}
Step on(Context& c, const Offering& state, const input::SetMicrophone& input) {
  return acted(c, state, input);
}
Step on(Context& c, const Joining& state, const input::SetMicrophone& input) {
  return acted(c, state, input);
}
Step on(Context& c, const InCall& state, const input::SetMicrophone& input) { return acted(c, state, input); }

Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking, Ringing, Answering, Joining>&,
        const input::SetScreen& input) {
  return input.on ? refuse(input.op, ErrorCode::wrong_state, "there is no call to share the screen in")
                  : nothing_to_act_on(input.op);
}
Step on(Context& c, const InCall& state, const input::SetScreen& input) { return acted(c, state, input); }

Step on(Context& c, const Offering& state, const input::MediaOpened& input) {
  return answered(c, state, input);
}
Step on(Context& c, const Joining& state, const input::MediaOpened& input) {
  return answered(c, state, input);
}
Step on(Context& c, const InCall& state, const input::MediaOpened& input) {
  return answered(c, state, input);
}
Step on(Context&, const OneOf<Idle, Seeking, Ringing>&, const input::MediaOpened&) {
  return stale("capture");
}

Step on(Context& c, const Offering& state, const input::MediaFailed& input) {
  return answered(c, state, input);
}
Step on(Context& c, const Joining& state, const input::MediaFailed& input) {
  return answered(c, state, input);
}
Step on(Context& c, const InCall& state, const input::MediaFailed& input) {
  return answered(c, state, input);
}
Step on(Context&, const OneOf<Idle, Seeking, Ringing>&, const input::MediaFailed&) {
  return stale("capture");
}

Step on(Context&, const OneOf<Idle, Capturing, Seeking, Ringing, Answering>&, const input::TrackEnded&) {
  return stale("track");
}
Step on(Context& c, const Offering& state, const input::TrackEnded& input) { return acted(c, state, input); }
Step on(Context& c, const Joining& state, const input::TrackEnded& input) { return acted(c, state, input); }
Step on(Context& c, const InCall& state, const input::TrackEnded& input) { return acted(c, state, input); }

Step on(Context&, const OneOf<Idle, Capturing, Seeking, Ringing, Answering>&, const input::DevicesChanged&) {
  return {};
}
Step on(Context& c, const Offering& state, const input::DevicesChanged& input) {
  return acted(c, state, input);
}
Step on(Context& c, const Joining& state, const input::DevicesChanged& input) {
  return acted(c, state, input);
}
Step on(Context& c, const InCall& state, const input::DevicesChanged& input) {
  return acted(c, state, input);
}

}  // namespace trtc::call
