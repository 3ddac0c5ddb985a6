#include "call/link.hpp"

#include <algorithm>
#include <utility>

#include "call/health.hpp"

#include "signaling/codec.hpp"

namespace trtc::call {
namespace {

using Phase = Link::Phase;

// Candidates go out in messages that the receiver's bound accepts.
void send_batches(const CallId& call, const UserId& user, const SessionId& session, std::uint32_t exchange,
                  const std::vector<Candidate>& list, Commands& out) {
  for (std::size_t at = 0; at < list.size(); at += bound::candidates) {
    const auto first = list.begin() + static_cast<std::ptrdiff_t>(at);
    const auto last =
        list.begin() + static_cast<std::ptrdiff_t>(std::min(at + bound::candidates, list.size()));
    send(out, call, user, session, message::Candidates{exchange, {first, last}});
  }
}

// The remote description of the current exchange has gone to the host: what waited for it may follow.
void release_early(Link& link, Commands& out) {
  for (Link::Early& early : link.early) {
    if (early.exchange == link.exchange && early.session == link.session) {
      tell(out, effect::AddCandidates{link.peer, std::move(early.list)});
    }
  }
  std::erase_if(link.early, [&](const Link::Early& early) { return early.exchange <= link.exchange; });
}

void create_peer(Context& context, Link& link, Commands& out) {
  if (link.peer != PeerId{}) tell(out, effect::ClosePeer{link.peer});
  link.peer = PeerId{++context.numbers.peer};
  connection_made(context, link);
  tell(out, effect::CreatePeer{link.peer, link.user, link.offerer});
  // A link that sent before its connection was rebuilt goes on sending.
  if (link.sending) tell(out, effect::StartSending{link.peer});
}

void create_offer(Context& context, Link& link, bool fresh, Commands& out) {
  ++link.exchange;
  link.fresh = fresh;
  link.negotiation = NegotiationId{++context.numbers.negotiation};
  link.phase = Phase::making;
  link.local.clear();
  tell(out, effect::CreateOffer{link.peer, link.negotiation, !fresh});
}

void create_answer(Context& context, Link& link, const std::string& offer, Commands& out) {
  link.negotiation = NegotiationId{++context.numbers.negotiation};
  link.phase = Phase::making;
  link.local.clear();
  tell(out, effect::CreateAnswer{link.peer, link.negotiation, offer});
  release_early(link, out);
}

}  // namespace

Link dial(Context& context, const UserId& user, Commands& out) {
  Link link;
  link.user = user;
  link.offerer = true;
  create_peer(context, link, out);
  create_offer(context, link, true, out);
  return link;
}

Link answer(Context& context, const UserId& user, const SessionId& session, std::uint32_t exchange,
            const std::string& offer, Commands& out) {
  Link link;
  link.user = user;
  link.session = session;
  link.exchange = exchange;
  create_peer(context, link, out);
  create_answer(context, link, offer, out);
  return link;
}

Link expect_offer(const UserId& user, const SessionId& session) {
  Link link;
  link.user = user;
  link.session = session;
  return link;
}

void start_sending(Link& link, Commands& out) {
  if (link.sending) return;
  link.sending = true;
  if (link.peer != PeerId{}) tell(out, effect::StartSending{link.peer});
}

void send_candidates(const Link& link, const CallId& call, const SessionId& session, Commands& out) {
  send_batches(call, link.user, session, link.exchange, link.local, out);
}

bool offer_created(Link& link, const CallId& call, const input::OfferCreated& input, Commands& out) {
  if (input.negotiation != link.negotiation || link.phase != Phase::making || !link.offerer) return false;
  link.phase = Phase::awaiting_answer;
  // The first offer travels inside the invite.
  if (!link.session.empty()) {
    send(out, call, link.user, link.session,
         message::Description{false, link.exchange, link.fresh, input.sdp});
  }
  return true;
}

bool answer_created(Link& link, const CallId& call, const input::AnswerCreated& input, Commands& out) {
  if (input.negotiation != link.negotiation || link.phase != Phase::making || link.offerer) return false;
  link.phase = Phase::stable;
  send(out, call, link.user, link.session, message::Description{true, link.exchange, false, input.sdp});
  return true;
}

bool candidates_found(Link& link, const CallId& call, const input::CandidatesFound& input,
                      const std::vector<SessionId>& receivers, Commands& out) {
  if (input.peer != link.peer) return false;
  const std::size_t room = max_local_candidates - std::min(link.local.size(), max_local_candidates);
  const auto last =
      input.candidates.begin() + static_cast<std::ptrdiff_t>(std::min(room, input.candidates.size()));
  std::vector<Candidate> news(input.candidates.begin(), last);
  std::erase_if(news, [](const Candidate& one) { return one.candidate.size() > bound::candidate; });
  link.local.insert(link.local.end(), news.begin(), news.end());
  if (!link.session.empty()) {
    send_batches(call, link.user, link.session, link.exchange, news, out);
  } else {
    for (const SessionId& session : receivers)
      send_batches(call, link.user, session, link.exchange, news, out);
  }
  return true;
}

bool heard_description(Context& context, Link& link, const SessionId& from,
                       const message::Description& description, Commands& out) {
  if (description.answer != link.offerer) return false;
  if (!link.offerer) {
    if (from != link.session || description.exchange <= link.exchange) return false;
    link.exchange = description.exchange;
    if (description.fresh || link.peer == PeerId{}) create_peer(context, link, out);
    create_answer(context, link, description.sdp, out);
    return true;
  }
  if (description.exchange != link.exchange || link.phase != Phase::awaiting_answer) return false;
  if (link.session.empty()) {
    // The first session that answers gets the connection; who is in the call is another question (accept).
    link.session = from;
  } else if (link.session != from) {
    return false;
  }
  link.phase = Phase::stable;
  tell(out, effect::ApplyAnswer{link.peer, link.negotiation, description.sdp});
  release_early(link, out);
  return true;
}

bool heard_candidates(Link& link, const SessionId& from, const message::Candidates& candidates,
                      Commands& out) {
  const bool described = link.offerer ? link.phase == Phase::stable : link.peer != PeerId{};
  if (candidates.exchange < link.exchange || (!link.session.empty() && from != link.session)) return false;
  if (candidates.exchange == link.exchange && described && from == link.session) {
    tell(out, effect::AddCandidates{link.peer, candidates.list});
    return true;
  }
  if (link.early.size() >= max_early) return false;
  link.early.push_back({from, candidates.exchange, candidates.list});
  return true;
}

bool heard_restart(Context& context, Link& link, const SessionId& from, const message::Restart& restart,
                   Commands& out) {
  const bool current = link.offerer && from == link.session && restart.exchange == link.exchange;
  if (!current || link.phase == Phase::making) return false;
  renew(context, link, restart.fresh, out);
  return true;
}

void renew(Context& context, Link& link, bool fresh, Commands& out) {
  if (fresh) create_peer(context, link, out);
  create_offer(context, link, fresh, out);
}

}  // namespace trtc::call
