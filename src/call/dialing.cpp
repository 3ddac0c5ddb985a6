// The caller until the invitations are out: call(), groupCall(), the devices, the offer; and adding people
// later.
#include <algorithm>
#include <utility>

#include "call/common.hpp"
#include "call/inviting.hpp"
#include "call/mesh.hpp"
#include "call/transitions.hpp"
#include "signaling/account.hpp"

namespace trtc::call {
namespace {

// The behaviour document (section 2) chooses the room at random from 0 to 1e8; 0 is left out because it is
// falsy.
std::uint32_t choose_room(Context& context, std::uint32_t wanted) {
  constexpr std::uint32_t rooms = 100'000'000;
  return wanted != 0 ? wanted : 1 + context.random.below(rooms);
}

Error too_many(std::size_t participants) {
  return {ErrorCode::limit_exceeded,
          "at most 8 take part, because each sends to each other; this call would have " +
              std::to_string(participants)};
}

/// The users of a groupCall(), each once.
std::vector<UserId> distinct(const std::vector<std::string>& users) {
  std::vector<UserId> out;
  for (const std::string& user : users) {
    if (std::find(out.begin(), out.end(), UserId(user)) == out.end()) out.emplace_back(user);
  }
  return out;
}

std::optional<Error> wrong_users(const Context& context, const std::vector<std::string>& users) {
  if (users.empty()) return Error{ErrorCode::invalid_parameter, "userIDList is empty"};
  for (const std::string& user : users) {
    if (auto error = wrong_user(context, user)) return error;
  }
  return std::nullopt;
}

std::optional<Error> wrong_arguments(const Context& context, const input::GroupCall& call) {
  if (auto error = wrong_users(context, call.users)) return error;
  if (!call.group_id.empty() && !is_group_id(call.group_id))
    return Error{ErrorCode::invalid_parameter, "groupID " + call.group_id};
  const std::size_t others = distinct(call.users).size();
  if (others > max_others) return too_many(others + 1);
  return wrong_invitation(call.timeout, call.user_data);
}

std::string make_pass(Context& context) { return context.random.session().text; }

Step start(Context& context, CallInfo info, Duration timeout, OpId op, bool several, std::uint32_t room) {
  Commands out;
  info.call = context.random.call();
  info.room = choose_room(context, room);
  info.role = CallRole::inviter;
  info.inviter = context.self;
  info.inviter_profile = context.self_info;
  Capturing next{std::move(info), timeout, op, several, {}};
  opened(out, context, next.capture, true, next.info.media == MediaType::video);
  return to(std::move(next), std::move(out));
}

effect::GroupCallPlaced placed(const InCall& state, std::vector<UserId> users, bool added) {
  const CallInfo& info = state.info;
  return {info.call, std::move(users), info.room, info.media, state.devices.sending(), info.group_id, added};
}

/// The application's own view of a call with people added turns into a group's; the others see it when
/// somebody joins.
Step add(Context& context, const InCall& state, OpId op, const std::vector<std::string>& users,
         Duration timeout) {
  if (auto error = wrong_users(context, users)) return refuse(op, error->code, std::move(error->detail));
  if (timeout < Duration(0)) return refuse(op, ErrorCode::invalid_parameter, "timeout");
  std::vector<UserId> added = distinct(users);
  std::erase_if(
      added, [&](const UserId& user) { return has_met(state, user) || invitee_of(state, user) != nullptr; });
  const std::size_t together = participants(state, added);
  if (together > 1 + max_others) {
    Error error = too_many(together);
    return refuse(op, error.code, std::move(error.detail));
  }
  InCall next = state;
  Commands out;
  if (!added.empty()) {
    next.info.group = true;
    invite(context, next, added, timeout, out);
  }
  done(out, op, placed(next, std::move(added), true));
  return to(std::move(next), std::move(out));
}

Step dial_failed(const CallInfo& info, OpId op, const Link* link, Error error) {
  Commands out;
  wind_up(out, info, CancelReason::failed, link);
  tell(out, effect::Errored{error});
  tell(out, effect::Failed{op, std::move(error)});
  return to(Idle{}, std::move(out));
}

template <class Verb>
Step one_at_a_time(const Verb& verb) {
  return refuse(verb.op, ErrorCode::wrong_state, "another call is going on");
}

}  // namespace

Step on(Context& context, const Idle&, const input::Call& call) {
  auto error = wrong_user(context, call.user);
  if (!error) error = wrong_invitation(call.timeout, call.user_data);
  if (error) return refuse(call.op, error->code, std::move(error->detail));
  CallInfo info;
  info.media = call.media;
  info.invitees = {UserId(call.user)};
  info.user_data = call.user_data;
  return start(context, std::move(info), call.timeout, call.op, false, call.room);
}
Step on(Context&, const OneOf<Capturing, Offering, Seeking, Ringing, Answering, Joining, InCall>&,
        const input::Call& call) {
  return one_at_a_time(call);
}

Step on(Context& context, const Idle&, const input::GroupCall& call) {
  if (auto error = wrong_arguments(context, call))
    return refuse(call.op, error->code, std::move(error->detail));
  CallInfo info;
  info.media = call.media;
  info.invitees = distinct(call.users);
  info.user_data = call.user_data;
  info.group_id = call.group_id;
  // Behaviour document, section 5.9: a list of one, without a group, is a call between two for everybody.
  info.group = info.invitees.size() > 1 || !call.group_id.empty();
  return start(context, std::move(info), call.timeout, call.op, true, call.room);
}
Step on(Context& context, const InCall& state, const input::GroupCall& call) {
  return add(context, state, call.op, call.users, call.timeout);
}
Step on(Context&, const OneOf<Capturing, Offering, Seeking, Ringing, Answering, Joining>&,
        const input::GroupCall& call) {
  return one_at_a_time(call);
}
Step on(Context& context, const InCall& state, const input::InviteUsers& invite) {
  return add(context, state, invite.op, invite.users, invite.timeout);
}
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking, Ringing, Answering, Joining>&,
        const input::InviteUsers& invite) {
  return refuse(invite.op, ErrorCode::wrong_state, "there is no call to invite to");
}

Step on(Context& context, const Capturing& state, const input::MediaOpened& media) {
  if (media.capture != state.capture) return stale("capture");
  Commands out;
  Devices devices;
  devices.microphone = media.microphone;
  devices.camera = media.camera;
  if (media.camera_failed)
    tell(out, effect::Errored{{ErrorCode::no_camera, "the call goes on without picture"}});
  if (!state.info.group) {
    Offering next{state.info, state.timeout, state.op, state.several, std::move(devices), {}};
    next.link = dial(context, state.info.invitees.front(), out);
    return to(std::move(next), std::move(out));
  }
  InCall next;
  next.info = state.info;
  next.devices = std::move(devices);
  next.pass = make_pass(context);
  invite(context, next, state.info.invitees, state.timeout, out);
  done(out, state.op, placed(next, state.info.invitees, false));
  return to(std::move(next), std::move(out));
}

Step on(Context&, const Capturing& state, const input::MediaFailed& failure) {
  if (failure.capture != state.capture) return stale("capture");
  return dial_failed(state.info, state.op, nullptr, {code_of(failure.error), failure.message});
}

Step on(Context& context, const Offering& state, const input::OfferCreated& input) {
  Link link = state.link;
  Commands out;
  if (!offer_created(link, state.info.call, input, out)) return stale("offer");
  InCall next;
  next.info = state.info;
  next.devices = state.devices;
  next.pass = make_pass(context);
  const UserId& callee = state.info.invitees.front();
  invite_with_offer(context, next, callee, state.timeout, std::move(link), input.sdp, out);
  const CallInfo& info = state.info;
  if (state.several) {
    done(out, state.op, placed(next, info.invitees, false));
  } else {
    done(out, state.op,
         effect::CallPlaced{info.call, callee, info.room, info.media, state.devices.sending()});
  }
  return to(std::move(next), std::move(out));
}

Step on(Context&, const Offering& state, const input::NegotiationFailed& failure) {
  if (failure.negotiation != state.link.negotiation) return stale("negotiation");
  Step step =
      dial_failed(state.info, state.op, &state.link, {ErrorCode::negotiation_failed, failure.message});
  settle(step.commands, state.devices);
  return step;
}

}  // namespace trtc::call
