#include "call/common.hpp"

#include "call/mesh.hpp"

namespace trtc::call {

Step ignore(const char* why, const char* what) {
  Commands out;
  tell(out, effect::Ignored{why, what});
  return stay(std::move(out));
}
Step stale(const char* what) { return ignore("stale", what); }

void done(Commands& out, OpId op, effect::Result&& result) { tell(out, effect::Done{op, std::move(result)}); }
void fail(Commands& out, OpId op, ErrorCode code, std::string_view detail) {
  tell(out, effect::Failed{op, {code, std::string(detail)}});
}
Step refuse(OpId op, ErrorCode code, std::string_view detail) {
  Commands out;
  fail(out, op, code, detail);
  return stay(std::move(out));
}

void remember(Commands& out, const CallInfo& info, CancelReason reason) {
  out.emplace_back(Remember{{info.call, reason, info.inviter, info.attempt}});
}

namespace {

void forget(Commands& out, History::Past past) {
  tell(out, effect::CloseMedia{});
  out.emplace_back(DropCall{past.call});
  out.emplace_back(Remember{std::move(past)});
}

}  // namespace

void wind_up(Commands& out, const CallInfo& info, CancelReason reason, const Link* link) {
  if (link != nullptr) close(out, *link);
  forget(out, {info.call, reason, info.inviter, info.attempt});
}

void wind_up(Commands& out, const InCall& state, CancelReason reason) {
  const CallInfo& info = state.info;
  each_link(state, [&out](const Link& link) { close(out, link); });
  History::Past past{info.call, reason, info.inviter, info.attempt, seats(state)};
  for (const RosterLine& line : state.roster) {
    if (!line.left.empty()) past.parted.push_back({line.entry.user, line.left});
  }
  forget(out, std::move(past));
}

void settle(Commands& out, const Devices& devices) {
  for (const Devices::Opening& opening : devices.openings) {
    for (const OpId op : opening.ops) {
      if (opening.switching) {
        fail(out, op, ErrorCode::wrong_state, "the call ended");
      } else {
        done(out, op, effect::Toggled{false});
      }
    }
  }
}

void settle(Commands& out, const std::vector<Waiting>& waiting, ErrorCode code, std::string_view detail) {
  for (const Waiting& one : waiting) fail(out, one.op, code, detail);
}

ErrorCode code_of(MediaError error) {
  switch (error) {
    case MediaError::permission_denied:
      return ErrorCode::permission_denied;
    case MediaError::not_found:
      return ErrorCode::no_microphone;
    case MediaError::in_use:
      return ErrorCode::device_in_use;
    case MediaError::insecure:
      return ErrorCode::insecure_page;
    case MediaError::unknown:
      break;
  }
  return ErrorCode::capture_failed;
}

std::uint32_t talk_seconds(const Context& context, const InCall& state) {
  return state.since ? talk_seconds(*state.since, state.alone_since.value_or(context.now)) : 0;
}

}  // namespace trtc::call
