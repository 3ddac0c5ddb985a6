// Camera and microphone while a call has devices. The others are told what we send, never what we capture.
#include <utility>

#include "call/common.hpp"
#include "call/transitions.hpp"

namespace trtc::call {
namespace {

/// What these verbs touch of a state. One function for all states: the templates around them only copy and
/// fetch.
struct Parts {
  const CallInfo& info;
  Devices& devices;
  const Link* told;  ///< whom a change is told; before membership accept and confirm carry the current value
};
Parts parts_of(Offering& state) { return {state.info, state.devices, nullptr}; }
Parts parts_of(Inviting& state) { return {state.info, state.devices, nullptr}; }
Parts parts_of(Joining& state) { return {state.info, state.devices, &state.link}; }
Parts parts_of(InCall& state) { return {state.info, state.devices, &state.member.link}; }

void changed(const Parts& parts, Commands& out) {
  Devices& devices = parts.devices;
  if (parts.told == nullptr || devices.sending() == devices.told) return;
  devices.told = devices.sending();
  send(out, parts.info.call, parts.told->user, parts.told->session, message::State{devices.told});
}

void act(Context& context, const Parts& parts, const input::SetCamera& input, Commands& out) {
  Devices& devices = parts.devices;
  if (!input.on) {
    const bool acted = devices.camera || devices.opening.has_value();
    settle(out, devices);  // closing wins over an opening that is under way
    devices.opening.reset();
    devices.camera = false;
    if (acted) tell(out, effect::CloseCamera{});
    changed(parts, out);
    done(out, input.op, effect::Toggled{acted});
  } else if (devices.camera || parts.info.media == MediaType::audio) {
    // An audio call has no camera to open (behaviour document, section 3.11); a switch to video is another
    // verb.
    done(out, input.op, effect::Toggled{devices.camera});
  } else if (devices.opening) {
    devices.opening->ops.push_back(input.op);
  } else {
    devices.opening = Devices::Opening{{}, {input.op}};
    opened(out, context, devices.opening->capture, false, true);
  }
}

void act(Context&, const Parts& parts, const input::SetMicrophone& input, Commands& out) {
  Devices& devices = parts.devices;
  if (devices.microphone) {
    devices.muted = !input.on;
    tell(out, effect::MuteMicrophone{devices.muted});
    changed(parts, out);
  }
  done(out, input.op, effect::Toggled{devices.microphone});
}

void act(Context&, const Parts& parts, const input::MediaOpened& media, Commands& out) {
  const Devices::Opening opening = std::move(*parts.devices.opening);
  parts.devices.opening.reset();
  parts.devices.camera = media.camera;
  changed(parts, out);
  for (const OpId op : opening.ops) done(out, op, effect::Toggled{media.camera});
}

void act(Context&, const Parts& parts, const input::MediaFailed& failure, Commands& out) {
  const Devices::Opening opening = std::move(*parts.devices.opening);
  parts.devices.opening.reset();
  // Behaviour document, section 3.11: a denial rejects, anything else is told by ERROR 60004 alone.
  const bool denied = failure.error == MediaError::permission_denied;
  const Error error{denied ? ErrorCode::permission_denied : ErrorCode::no_camera, failure.message};
  tell(out, effect::Errored{error});
  for (const OpId op : opening.ops) {
    if (denied) {
      tell(out, effect::Failed{op, error});
    } else {
      done(out, op, effect::Toggled{false});
    }
  }
}

void act(Context&, const Parts& parts, const input::TrackEnded& input, Commands& out) {
  if (input.kind == TrackKind::audio) {
    parts.devices.microphone = false;
    tell(out, effect::Errored{{ErrorCode::no_microphone, "the microphone went away"}});
  } else {
    parts.devices.camera = false;
    tell(out, effect::CloseCamera{});
    tell(out, effect::Errored{{ErrorCode::no_camera, "the camera went away"}});
  }
  changed(parts, out);
}

template <class Active, class Input>
Step acted(Context& context, const Active& state, const Input& input) {
  Active next = state;
  Commands out;
  act(context, parts_of(next), input, out);
  return to(std::move(next), std::move(out));
}

/// The outcome of an opening that is not under way any more is stale.
template <class Active, class Input>
Step answered(Context& context, const Active& state, const Input& input) {
  if (!state.devices.opening || state.devices.opening->capture != input.capture) return stale("capture");
  return acted(context, state, input);
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
Step on(Context& c, const Offering& state, const input::SetCamera& input) { return acted(c, state, input); }
Step on(Context& c, const Inviting& state, const input::SetCamera& input) { return acted(c, state, input); }
Step on(Context& c, const Joining& state, const input::SetCamera& input) { return acted(c, state, input); }
Step on(Context& c, const InCall& state, const input::SetCamera& input) { return acted(c, state, input); }

Step on(Context&, const OneOf<Idle, Capturing, Ringing, Answering>&, const input::SetMicrophone& input) {
  return nothing_to_act_on(input.op);
}
Step on(Context& c, const Offering& state, const input::SetMicrophone& input) {
  return acted(c, state, input);
}
Step on(Context& c, const Inviting& state, const input::SetMicrophone& input) {
  return acted(c, state, input);
}
Step on(Context& c, const Joining& state, const input::SetMicrophone& input) {
  return acted(c, state, input);
}
Step on(Context& c, const InCall& state, const input::SetMicrophone& input) { return acted(c, state, input); }

Step on(Context& c, const Offering& state, const input::MediaOpened& input) {
  return answered(c, state, input);
}
Step on(Context& c, const Inviting& state, const input::MediaOpened& input) {
  return answered(c, state, input);
}
Step on(Context& c, const Joining& state, const input::MediaOpened& input) {
  return answered(c, state, input);
}
Step on(Context& c, const InCall& state, const input::MediaOpened& input) {
  return answered(c, state, input);
}
Step on(Context&, const OneOf<Idle, Ringing>&, const input::MediaOpened&) { return stale("capture"); }

Step on(Context& c, const Offering& state, const input::MediaFailed& input) {
  return answered(c, state, input);
}
Step on(Context& c, const Inviting& state, const input::MediaFailed& input) {
  return answered(c, state, input);
}
Step on(Context& c, const Joining& state, const input::MediaFailed& input) {
  return answered(c, state, input);
}
Step on(Context& c, const InCall& state, const input::MediaFailed& input) {
  return answered(c, state, input);
}
Step on(Context&, const OneOf<Idle, Ringing>&, const input::MediaFailed&) { return stale("capture"); }

Step on(Context&, const OneOf<Idle, Capturing, Ringing, Answering>&, const input::TrackEnded&) {
  return stale("track");
}
Step on(Context& c, const Offering& state, const input::TrackEnded& input) { return acted(c, state, input); }
Step on(Context& c, const Inviting& state, const input::TrackEnded& input) { return acted(c, state, input); }
Step on(Context& c, const Joining& state, const input::TrackEnded& input) { return acted(c, state, input); }
Step on(Context& c, const InCall& state, const input::TrackEnded& input) { return acted(c, state, input); }

}  // namespace trtc::call
