// Offers, answers, candidates and connections: carried between the host and the peer. link.hpp knows the
// order.
#include <utility>

#include "call/common.hpp"
#include "call/health.hpp"
#include "call/mesh.hpp"
#include "call/transitions.hpp"

namespace trtc::call {
namespace {

const std::vector<SessionId> no_sessions;

// ---- Which link of a state is meant? Null: none (any more). ----

template <class One>
Link* only_link(One& state) {
  return &state.link;
}
Link* only_link(Ringing& state) { return state.link ? &*state.link : nullptr; }

template <class One>
Link* link_at(One& state, PeerId peer) {
  Link* const link = only_link(state);
  return link != nullptr && link->peer == peer ? link : nullptr;
}
Link* link_at(InCall& state, PeerId peer) {
  Link* found = nullptr;
  each_link(state, [&](Link& link) { found = link.peer == peer ? &link : found; });
  return found;
}

template <class One>
Link* link_with(One& state, const UserId& user) {
  Link* const link = only_link(state);
  return link != nullptr && link->user == user ? link : nullptr;
}
Link* link_with(InCall& state, const UserId& user) {
  Link* found = nullptr;
  each_link(state, [&](Link& link) { found = link.user == user ? &link : found; });
  return found;
}

/// Sessions that an invitation has reached: each of them may be the one that answers.
template <class One>
const std::vector<SessionId>& receivers(const One&, const Link&) {
  return no_sessions;
}
const std::vector<SessionId>& receivers(const InCall& state, const Link& link) {
  const Invitee* const invitee = invitee_of(state, link.user);
  return invitee == nullptr ? no_sessions : invitee->ringing;
}

// ---- What a member's application sees of the connection: there, or on its way (back). ----

ConnectionState visible(const Health& health) {
  if (!health.broken_since) return ConnectionState::connected;
  return health.connected_once ? ConnectionState::disconnected : ConnectionState::connecting;
}

template <class One>
void show_change(const One&, const One&, Commands&) {}
void show_change(const InCall& before, const InCall& now, Commands& out) {
  for (std::size_t i = 0; i < now.members.size(); ++i) {
    const Link& link = now.members[i].link;
    const ConnectionState state = visible(link.health);
    if (state != visible(before.members[i].link.health))
      tell(out, effect::UserConnectionChanged{link.user, state});
  }
}

/// Before both are members nothing is expected of the connection; its state is only remembered.
template <class One>
bool peer_sends(const One&, const Link&) {
  return false;
}
bool peer_sends(const InCall& state, const Link& link) {
  const Member* const member = member_of(state, link.user);
  return member != nullptr && (member->sending.audio || member->sending.video);
}

template <class One, class Act>
Step with_link(const One& state, PeerId peer, const char* what, Act act) {
  One next = state;
  Commands out;
  Link* const link = link_at(next, peer);
  if (link == nullptr || !act(*link, out)) return stale(what);
  show_change(state, next, out);
  return to(std::move(next), std::move(out));
}

template <class One>
Step reported(Context&, const One& state, const input::OfferCreated& input) {
  return with_link(state, input.peer, "offer", [&](Link& link, Commands& out) {
    return offer_created(link, state.info.call, input, out);
  });
}
template <class One>
Step reported(Context&, const One& state, const input::AnswerCreated& input) {
  return with_link(state, input.peer, "answer", [&](Link& link, Commands& out) {
    return answer_created(link, state.info.call, input, out);
  });
}
template <class One>
Step reported(Context&, const One& state, const input::CandidatesFound& input) {
  return with_link(state, input.peer, "candidates", [&](Link& link, Commands& out) {
    return candidates_found(link, state.info.call, input, receivers(state, link), out);
  });
}
template <class One>
Step reported(Context& context, const One& state, const input::ConnectionChanged& input) {
  return with_link(state, input.peer, "connection", [&](Link& link, Commands&) {
    return connection_changed(context, link, input, peer_sends(state, link));
  });
}
/// Said once for a pair: every new attempt would find the same. The ladder goes on, the TURN server may
/// return.
template <class One>
Step reported(Context&, const One& state, const input::RelayMissing& input) {
  return with_link(state, input.peer, "relay", [&](Link& link, Commands& out) {
    if (link.relay_missed) return false;
    link.relay_missed = true;
    tell(out, effect::Errored{{ErrorCode::relay_unreachable, input.why}});
    return true;
  });
}
template <class One>
Step reported(Context& context, const One& state, const input::MediaFlowChanged& input) {
  return with_link(state, input.peer, "media flow", [&](Link& link, Commands&) {
    return flow_changed(context, link, input, peer_sends(state, link));
  });
}

template <class One>
Step told(Context& context, const One& state, const Heard<message::Description>& heard) {
  One next = state;
  Commands out;
  Link* const link = link_with(next, heard.user);
  if (link == nullptr || !heard_description(context, *link, heard.session, heard.message, out))
    return stale("description");
  show_change(state, next, out);
  return to(std::move(next), std::move(out));
}
template <class One>
Step told(Context& context, const One& state, const Heard<message::Candidates>& heard) {
  (void)context;
  One next = state;
  Commands out;
  Link* const link = link_with(next, heard.user);
  if (link == nullptr || !heard_candidates(*link, heard.session, heard.message, out))
    return stale("candidates");
  return to(std::move(next), std::move(out));
}

}  // namespace

Step on(Context& c, const InCall& state, const input::OfferCreated& input) {
  return reported(c, state, input);
}
Step on(Context&, const OneOf<Idle, Capturing, Seeking, Ringing, Answering, Joining>&,
        const input::OfferCreated&) {
  return stale("offer");
}

Step on(Context& c, const Ringing& state, const input::AnswerCreated& input) {
  return reported(c, state, input);
}
Step on(Context& c, const Answering& state, const input::AnswerCreated& input) {
  return reported(c, state, input);
}
Step on(Context& c, const Joining& state, const input::AnswerCreated& input) {
  return reported(c, state, input);
}
Step on(Context& c, const InCall& state, const input::AnswerCreated& input) {
  return reported(c, state, input);
}
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking>&, const input::AnswerCreated&) {
  return stale("answer");
}

Step on(Context& context, const InCall& state, const input::NegotiationFailed& failure) {
  // Between members the ladder starts at once. Of an invitee's answer it is only remembered: nobody has
  // accepted.
  return with_link(state, failure.peer, "negotiation", [&](Link& link, Commands&) {
    const bool current = failure.negotiation == link.negotiation;
    return current && connection_changed(context, link, {link.peer, ConnectionState::failed}, true);
  });
}
Step on(Context&, const OneOf<Idle, Capturing, Seeking, Ringing>&, const input::NegotiationFailed&) {
  return stale("negotiation");
}

Step on(Context&, const WithoutLink&, const input::CandidatesFound&) { return stale("candidates"); }
Step on(Context& c, const Offering& state, const input::CandidatesFound& input) {
  return reported(c, state, input);
}
Step on(Context& c, const Ringing& state, const input::CandidatesFound& input) {
  return reported(c, state, input);
}
Step on(Context& c, const Answering& state, const input::CandidatesFound& input) {
  return reported(c, state, input);
}
Step on(Context& c, const Joining& state, const input::CandidatesFound& input) {
  return reported(c, state, input);
}
Step on(Context& c, const InCall& state, const input::CandidatesFound& input) {
  return reported(c, state, input);
}

Step on(Context&, const WithoutLink&, const input::ConnectionChanged&) { return stale("connection"); }
Step on(Context& c, const Offering& state, const input::ConnectionChanged& input) {
  return reported(c, state, input);
}
Step on(Context& c, const Ringing& state, const input::ConnectionChanged& input) {
  return reported(c, state, input);
}
Step on(Context& c, const Answering& state, const input::ConnectionChanged& input) {
  return reported(c, state, input);
}
Step on(Context& c, const Joining& state, const input::ConnectionChanged& input) {
  return reported(c, state, input);
}
Step on(Context& c, const InCall& state, const input::ConnectionChanged& input) {
  return reported(c, state, input);
}

Step on(Context&, const WithoutLink&, const input::RelayMissing&) { return stale("relay"); }
Step on(Context& c, const Offering& state, const input::RelayMissing& input) {
  return reported(c, state, input);
}
Step on(Context& c, const Ringing& state, const input::RelayMissing& input) {
  return reported(c, state, input);
}
Step on(Context& c, const Answering& state, const input::RelayMissing& input) {
  return reported(c, state, input);
}
Step on(Context& c, const Joining& state, const input::RelayMissing& input) {
  return reported(c, state, input);
}
Step on(Context& c, const InCall& state, const input::RelayMissing& input) {
  return reported(c, state, input);
}

Step on(Context&, const WithoutLink&, const input::MediaFlowChanged&) { return stale("media flow"); }
Step on(Context& c, const Offering& state, const input::MediaFlowChanged& input) {
  return reported(c, state, input);
}
Step on(Context& c, const Ringing& state, const input::MediaFlowChanged& input) {
  return reported(c, state, input);
}
Step on(Context& c, const Answering& state, const input::MediaFlowChanged& input) {
  return reported(c, state, input);
}
Step on(Context& c, const Joining& state, const input::MediaFlowChanged& input) {
  return reported(c, state, input);
}
Step on(Context& c, const InCall& state, const input::MediaFlowChanged& input) {
  return reported(c, state, input);
}

Step on(Context& c, const Answering& state, const Heard<message::Description>& heard) {
  return told(c, state, heard);
}
Step on(Context& c, const Joining& state, const Heard<message::Description>& heard) {
  return told(c, state, heard);
}
Step on(Context& c, const InCall& state, const Heard<message::Description>& heard) {
  return told(c, state, heard);
}
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking, Ringing>&,
        const Heard<message::Description>&) {
  return stale("description");
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
Step on(Context& c, const Answering& state, const Heard<message::Candidates>& heard) {
  return told(c, state, heard);
}
Step on(Context& c, const Joining& state, const Heard<message::Candidates>& heard) {
  return told(c, state, heard);
}
Step on(Context& c, const InCall& state, const Heard<message::Candidates>& heard) {
  return told(c, state, heard);
}
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking>&, const Heard<message::Candidates>&) {
  return stale("candidates");
}

Step on(Context& context, const InCall& state, const Heard<message::Restart>& heard) {
  InCall next = state;
  Commands out;
  Link* const link = link_with(next, heard.user);
  if (link == nullptr || !heard_restart(context, *link, heard.session, heard.message, out))
    return stale("restart");
  show_change(state, next, out);
  return to(std::move(next), std::move(out));
}
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking, Ringing, Answering, Joining>&,
        const Heard<message::Restart>&) {
  return stale("restart");
}

}  // namespace trtc::call
