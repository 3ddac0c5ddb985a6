// Camera and microphone while a call has devices. The others are told what we send, never what we capture.
#include <utility>

#include "call/common.hpp"
#include "call/transitions.hpp"

namespace trtc::call {
namespace {

/// Members hear of every change; before membership accept and confirm carry the current value.
void tell_members(const CallInfo& info, const Link& link, Devices& devices, Commands& out) {
  if (devices.sending() == devices.told) return;
  devices.told = devices.sending();
  send(out, info.call, link.user, link.session, message::State{devices.told});
}
void changed(InCall& state, Commands& out) { tell_members(state.info, state.member.link, state.devices, out); }
void changed(Joining& state, Commands& out) { tell_members(state.info, state.link, state.devices, out); }
void changed(Inviting&, Commands&) {}
void changed(Offering&, Commands&) {}

/// Closing wins over an opening that is under way.
void drop_opening(Devices& devices, Commands& out) {
  settle(out, devices);
  devices.opening.reset();
}

template <class Active>
Step set_camera(Context& context, const Active& state, const input::SetCamera& input) {
  Active next = state;
  Devices& devices = next.devices;
  Commands out;
  if (!input.on) {
    const bool acted = devices.camera || devices.opening.has_value();
    drop_opening(devices, out);
    devices.camera = false;
    if (acted) tell(out, effect::CloseCamera{});
    changed(next, out);
    done(out, input.op, effect::Toggled{acted});
  } else if (devices.camera || state.info.media == MediaType::audio) {
    // An audio call has no camera to open (behaviour document, section 3.11); a switch to video is another verb.
    done(out, input.op, effect::Toggled{devices.camera});
  } else if (devices.opening) {
    devices.opening->ops.push_back(input.op);
  } else {
    devices.opening = Devices::Opening{{}, {input.op}};
    opened(out, context, devices.opening->capture, false, true);
  }
  return to(std::move(next), std::move(out));
}

template <class Active>
Step set_microphone(const Active& state, const input::SetMicrophone& input) {
  Active next = state;
  Commands out;
  if (next.devices.microphone) {
    next.devices.muted = !input.on;
    tell(out, effect::MuteMicrophone{next.devices.muted});
    changed(next, out);
  }
  done(out, input.op, effect::Toggled{next.devices.microphone});
  return to(std::move(next), std::move(out));
}

template <class Active>
Step camera_opened(const Active& state, const input::MediaOpened& media) {
  if (!state.devices.opening || state.devices.opening->capture != media.capture) return stale("capture");
  Active next = state;
  Commands out;
  next.devices.opening.reset();
  next.devices.camera = media.camera;
  changed(next, out);
  for (const OpId op : state.devices.opening->ops) done(out, op, effect::Toggled{media.camera});
  return to(std::move(next), std::move(out));
}

template <class Active>
Step camera_failed(const Active& state, const input::MediaFailed& failure) {
  if (!state.devices.opening || state.devices.opening->capture != failure.capture) return stale("capture");
  Active next = state;
  Commands out;
  next.devices.opening.reset();
  // Behaviour document, section 3.11: a denial rejects, anything else is told by ERROR 60004 alone.
  const bool denied = failure.error == MediaError::permission_denied;
  const Error error{denied ? ErrorCode::permission_denied : ErrorCode::no_camera, failure.message};
  tell(out, effect::Errored{error});
  for (const OpId op : state.devices.opening->ops) {
    if (denied) {
      tell(out, effect::Failed{op, error});
    } else {
      done(out, op, effect::Toggled{false});
    }
  }
  return to(std::move(next), std::move(out));
}

template <class Active>
Step track_ended(const Active& state, const input::TrackEnded& input) {
  Active next = state;
  Commands out;
  if (input.kind == TrackKind::audio) {
    next.devices.microphone = false;
    tell(out, effect::Errored{{ErrorCode::no_microphone, "the microphone went away"}});
  } else {
    next.devices.camera = false;
    tell(out, effect::CloseCamera{});
    tell(out, effect::Errored{{ErrorCode::no_camera, "the camera went away"}});
  }
  changed(next, out);
  return to(std::move(next), std::move(out));
}

Step nothing_to_act_on(OpId op) {
  Commands out;
  done(out, op, effect::Toggled{false});
  return stay(std::move(out));
}

}  // namespace

Step on(Context&, const OneOf<Idle, Capturing, Ringing, Answering>&, const input::SetCamera& input) {
  return nothing_to_act_on(input.op);
}
Step on(Context& c, const Offering& state, const input::SetCamera& input) { return set_camera(c, state, input); }
Step on(Context& c, const Inviting& state, const input::SetCamera& input) { return set_camera(c, state, input); }
Step on(Context& c, const Joining& state, const input::SetCamera& input) { return set_camera(c, state, input); }
Step on(Context& c, const InCall& state, const input::SetCamera& input) { return set_camera(c, state, input); }

Step on(Context&, const OneOf<Idle, Capturing, Ringing, Answering>&, const input::SetMicrophone& input) {
  return nothing_to_act_on(input.op);
}
Step on(Context&, const Offering& state, const input::SetMicrophone& input) { return set_microphone(state, input); }
Step on(Context&, const Inviting& state, const input::SetMicrophone& input) { return set_microphone(state, input); }
Step on(Context&, const Joining& state, const input::SetMicrophone& input) { return set_microphone(state, input); }
Step on(Context&, const InCall& state, const input::SetMicrophone& input) { return set_microphone(state, input); }

Step on(Context&, const Offering& state, const input::MediaOpened& input) { return camera_opened(state, input); }
Step on(Context&, const Inviting& state, const input::MediaOpened& input) { return camera_opened(state, input); }
Step on(Context&, const Joining& state, const input::MediaOpened& input) { return camera_opened(state, input); }
Step on(Context&, const InCall& state, const input::MediaOpened& input) { return camera_opened(state, input); }
Step on(Context&, const OneOf<Idle, Ringing>&, const input::MediaOpened&) { return stale("capture"); }

Step on(Context&, const Offering& state, const input::MediaFailed& input) { return camera_failed(state, input); }
Step on(Context&, const Inviting& state, const input::MediaFailed& input) { return camera_failed(state, input); }
Step on(Context&, const Joining& state, const input::MediaFailed& input) { return camera_failed(state, input); }
Step on(Context&, const InCall& state, const input::MediaFailed& input) { return camera_failed(state, input); }
Step on(Context&, const OneOf<Idle, Ringing>&, const input::MediaFailed&) { return stale("capture"); }

Step on(Context&, const OneOf<Idle, Capturing, Ringing, Answering>&, const input::TrackEnded&) {
  return stale("track");
}
Step on(Context&, const Offering& state, const input::TrackEnded& input) { return track_ended(state, input); }
Step on(Context&, const Inviting& state, const input::TrackEnded& input) { return track_ended(state, input); }
Step on(Context&, const Joining& state, const input::TrackEnded& input) { return track_ended(state, input); }
Step on(Context&, const InCall& state, const input::TrackEnded& input) { return track_ended(state, input); }

}  // namespace trtc::call
