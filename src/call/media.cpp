// Offers, answers, candidates and connections: carried between the host and the peer. link.hpp knows the
// order.
#include <utility>

#include "call/common.hpp"
#include "call/health.hpp"
#include "call/transitions.hpp"

namespace trtc::call {
namespace {

const std::vector<SessionId> no_sessions;
const std::vector<SessionId>& receivers(const Inviting& state) { return state.ringing; }
template <class Other>
const std::vector<SessionId>& receivers(const Other&) {
  return no_sessions;
}

template <class Linked>
Step answer_ready(const Linked& state, const input::AnswerCreated& input) {
  Linked next = state;
  Commands out;
  if (!answer_created(next.link, state.info.call, input, out)) return stale("answer");
  return to(std::move(next), std::move(out));
}

template <class Linked>
Step candidates_ready(const Linked& state, const input::CandidatesFound& input) {
  Linked next = state;
  Commands out;
  if (!candidates_found(next.link, state.info.call, input, receivers(state), out)) return stale("candidates");
  return to(std::move(next), std::move(out));
}

/// Before both are members nothing is expected of the connection; its state is only remembered.
template <class Linked>
Step noted(Context& context, const Linked& state, const input::ConnectionChanged& input) {
  Linked next = state;
  if (!connection_changed(context, next.link, input, false)) return stale("connection");
  return to(std::move(next));
}
template <class Linked>
Step noted(Context& context, const Linked& state, const input::MediaFlowChanged& input) {
  Linked next = state;
  if (!flow_changed(context, next.link, input, false)) return stale("media flow");
  return to(std::move(next));
}

/// The member as its application sees it: connected, or on its way (back).
ConnectionState visible(const Health& health) {
  if (!health.broken_since) return ConnectionState::connected;
  return health.connected_once ? ConnectionState::disconnected : ConnectionState::connecting;
}

Step after_change(const InCall& before, InCall next) {
  Commands out;
  const ConnectionState now = visible(next.member.link.health);
  if (now != visible(before.member.link.health)) {
    tell(out, effect::UserConnectionChanged{next.member.link.user, now});
  }
  return to(std::move(next), std::move(out));
}

bool sends(const Member& member) { return member.sending.audio || member.sending.video; }

template <class Linked>
Step described(Context& context, const Linked& state, const Heard<message::Description>& heard) {
  Linked next = state;
  Commands out;
  const bool ours = heard.user == state.link.user;
  if (!ours || !heard_description(context, next.link, heard.session, heard.message, out))
    return stale("description");
  return to(std::move(next), std::move(out));
}

template <class Linked>
Step candidates(const Linked& state, const Heard<message::Candidates>& heard) {
  Linked next = state;
  Commands out;
  const bool ours = heard.user == state.link.user;
  if (!ours || !heard_candidates(next.link, heard.session, heard.message, out)) return stale("candidates");
  return to(std::move(next), std::move(out));
}

}  // namespace

Step on(Context&, const Inviting&, const input::OfferCreated&) { return stale("offer"); }
Step on(Context&, const InCall& state, const input::OfferCreated& input) {
  InCall next = state;
  Commands out;
  if (!offer_created(next.member.link, state.info.call, input, out)) return stale("offer");
  return to(std::move(next), std::move(out));
}
Step on(Context&, const OneOf<Idle, Capturing, Ringing, Answering, Joining>&, const input::OfferCreated&) {
  return stale("offer");
}

Step on(Context&, const Ringing& state, const input::AnswerCreated& input) {
  Ringing next = state;
  Commands out;
  if (!next.link || !answer_created(*next.link, state.info.call, input, out)) return stale("answer");
  return to(std::move(next), std::move(out));
}
Step on(Context&, const Answering& state, const input::AnswerCreated& input) {
  return answer_ready(state, input);
}
Step on(Context&, const Joining& state, const input::AnswerCreated& input) {
  return answer_ready(state, input);
}
Step on(Context&, const InCall& state, const input::AnswerCreated& input) {
  InCall next = state;
  Commands out;
  if (!answer_created(next.member.link, state.info.call, input, out)) return stale("answer");
  return to(std::move(next), std::move(out));
}
Step on(Context&, const OneOf<Idle, Capturing, Offering, Inviting>&, const input::AnswerCreated&) {
  return stale("answer");
}

Step on(Context& context, const Inviting& state, const input::NegotiationFailed& failure) {
  if (failure.negotiation != state.link.negotiation) return stale("negotiation");
  // An answer that could not be applied. Nobody has accepted yet; once somebody does, the ladder starts at
  // once.
  return noted(context, state, input::ConnectionChanged{state.link.peer, ConnectionState::failed});
}
Step on(Context& context, const InCall& state, const input::NegotiationFailed& failure) {
  if (failure.negotiation != state.member.link.negotiation) return stale("negotiation");
  InCall next = state;
  (void)connection_changed(context, next.member.link, {state.member.link.peer, ConnectionState::failed},
                           true);
  return after_change(state, std::move(next));
}
Step on(Context&, const OneOf<Idle, Capturing, Ringing>&, const input::NegotiationFailed&) {
  return stale("negotiation");
}

Step on(Context&, const WithoutLink&, const input::CandidatesFound&) { return stale("candidates"); }
Step on(Context&, const Offering& state, const input::CandidatesFound& input) {
  return candidates_ready(state, input);
}
Step on(Context&, const Inviting& state, const input::CandidatesFound& input) {
  return candidates_ready(state, input);
}
Step on(Context&, const Ringing& state, const input::CandidatesFound& input) {
  Ringing next = state;
  Commands out;
  if (!next.link || !candidates_found(*next.link, state.info.call, input, no_sessions, out)) {
    return stale("candidates");
  }
  return to(std::move(next), std::move(out));
}
Step on(Context&, const Answering& state, const input::CandidatesFound& input) {
  return candidates_ready(state, input);
}
Step on(Context&, const Joining& state, const input::CandidatesFound& input) {
  return candidates_ready(state, input);
}
Step on(Context&, const InCall& state, const input::CandidatesFound& input) {
  InCall next = state;
  Commands out;
  if (!candidates_found(next.member.link, state.info.call, input, no_sessions, out))
    return stale("candidates");
  return to(std::move(next), std::move(out));
}

Step on(Context&, const WithoutLink&, const input::ConnectionChanged&) { return stale("connection"); }
Step on(Context& c, const Offering& state, const input::ConnectionChanged& input) {
  return noted(c, state, input);
}
Step on(Context& c, const Inviting& state, const input::ConnectionChanged& input) {
  return noted(c, state, input);
}
Step on(Context& c, const Ringing& state, const input::ConnectionChanged& input) {
  Ringing next = state;
  if (!next.link || !connection_changed(c, *next.link, input, false)) return stale("connection");
  return to(std::move(next));
}
Step on(Context& c, const Answering& state, const input::ConnectionChanged& input) {
  return noted(c, state, input);
}
Step on(Context& c, const Joining& state, const input::ConnectionChanged& input) {
  return noted(c, state, input);
}
Step on(Context& c, const InCall& state, const input::ConnectionChanged& input) {
  InCall next = state;
  if (!connection_changed(c, next.member.link, input, sends(state.member))) return stale("connection");
  return after_change(state, std::move(next));
}

Step on(Context&, const WithoutLink&, const input::MediaFlowChanged&) { return stale("media flow"); }
Step on(Context& c, const Offering& state, const input::MediaFlowChanged& input) {
  return noted(c, state, input);
}
Step on(Context& c, const Inviting& state, const input::MediaFlowChanged& input) {
  return noted(c, state, input);
}
Step on(Context& c, const Ringing& state, const input::MediaFlowChanged& input) {
  Ringing next = state;
  if (!next.link || !flow_changed(c, *next.link, input, false)) return stale("media flow");
  return to(std::move(next));
}
Step on(Context& c, const Answering& state, const input::MediaFlowChanged& input) {
  return noted(c, state, input);
}
Step on(Context& c, const Joining& state, const input::MediaFlowChanged& input) {
  return noted(c, state, input);
}
Step on(Context& c, const InCall& state, const input::MediaFlowChanged& input) {
  InCall next = state;
  if (!flow_changed(c, next.member.link, input, sends(state.member))) return stale("media flow");
  return after_change(state, std::move(next));
}

Step on(Context& c, const Inviting& state, const Heard<message::Description>& heard) {
  return described(c, state, heard);
}
Step on(Context& c, const Answering& state, const Heard<message::Description>& heard) {
  return described(c, state, heard);
}
Step on(Context& c, const Joining& state, const Heard<message::Description>& heard) {
  return described(c, state, heard);
}
Step on(Context& context, const InCall& state, const Heard<message::Description>& heard) {
  InCall next = state;
  Commands out;
  const bool ours = heard.user == state.member.link.user;
  if (!ours || !heard_description(context, next.member.link, heard.session, heard.message, out)) {
    return stale("description");
  }
  return to(std::move(next), std::move(out));
}
Step on(Context&, const OneOf<Idle, Capturing, Offering, Ringing>&, const Heard<message::Description>&) {
  return stale("description");
}

Step on(Context&, const Inviting& state, const Heard<message::Candidates>& heard) {
  return candidates(state, heard);
}
Step on(Context&, const Ringing& state, const Heard<message::Candidates>& heard) {
  if (heard.user != state.info.inviter || heard.session != state.invitation.session)
    return stale("candidates");
  Ringing next = state;
  Commands out;
  if (next.link) {
    if (!heard_candidates(*next.link, heard.session, heard.message, out)) return stale("candidates");
  } else if (next.early.size() < max_early) {
    next.early.push_back({heard.session, heard.message.exchange, heard.message.list});
  }
  return to(std::move(next), std::move(out));
}
Step on(Context&, const Answering& state, const Heard<message::Candidates>& heard) {
  return candidates(state, heard);
}
Step on(Context&, const Joining& state, const Heard<message::Candidates>& heard) {
  return candidates(state, heard);
}
Step on(Context&, const InCall& state, const Heard<message::Candidates>& heard) {
  InCall next = state;
  Commands out;
  const bool ours = heard.user == state.member.link.user;
  if (!ours || !heard_candidates(next.member.link, heard.session, heard.message, out))
    return stale("candidates");
  return to(std::move(next), std::move(out));
}
Step on(Context&, const OneOf<Idle, Capturing, Offering>&, const Heard<message::Candidates>&) {
  return stale("candidates");
}

Step on(Context& context, const InCall& state, const Heard<message::Restart>& heard) {
  InCall next = state;
  Commands out;
  const bool ours = heard.user == state.member.link.user;
  if (!ours || !heard_restart(context, next.member.link, heard.session, heard.message, out))
    return stale("restart");
  return to(std::move(next), std::move(out));
}
Step on(Context&, const OneOf<Idle, Capturing, Offering, Inviting, Ringing, Answering, Joining>&,
        const Heard<message::Restart>&) {
  return stale("restart");
}

}  // namespace trtc::call
