#include "call/health.hpp"

#include <algorithm>

namespace trtc::call {
namespace {

bool well(const Link& link, bool peer_sends) {
  return link.health.state == ConnectionState::connected &&
         (link.health.flowing || !peer_sends || !link.health.flowed);
}

void reconsider(const Context& context, Link& link, bool peer_sends) {
  Health& health = link.health;
  if (!health.expected) return;
  if (well(link, peer_sends)) {
    health.connected_once = true;
    health.broken_since.reset(), health.act_at.reset();
    health.attempts = 0;
    return;
  }
  if (!health.broken_since) {
    health.broken_since = context.now;
    health.act_at = context.now + (health.connected_once ? patience::disturbed : patience::rebuild);
  }
  if (health.state == ConnectionState::failed && health.attempts == 0)
    health.act_at = std::min(*health.act_at, context.now + patience::failed);
}

Duration farewell(const Health& health) {
  return health.flowed ? patience::farewell : patience::first_farewell;
}

void fall_quiet(const Context& context, Health& health) {
  health.quiet_since = context.now;
  health.look_at = context.now + (health.gone_since ? farewell(health) : patience::silence);
}

/// Whether nobody is there any more to signal with: goodbye, no answers, or we ourselves are cut off.
bool signaling_gone(const Context& context, const Link& link, const CallId& call) {
  return link.health.gone_since || !context.online ||
         context.outbox.silent(context.now, link.user, link.session, call);
}

/// Whether the absence of RTP means anything: not from a peer that has nothing to send (its microphone was
/// unplugged) and whose connection stands, unless the sound stopped together with its goodbye.
bool silence_tells(const Health& health, bool peer_sends) {
  if (peer_sends || health.state != ConnectionState::connected) return true;
  return health.gone_since && *health.quiet_since + patience::disturbed >= *health.gone_since;
}

bool has_left(const Context& context, const Link& link, const CallId& call, bool peer_sends) {
  const Health& health = link.health;
  if (!health.quiet_since || !silence_tells(health, peer_sends)) return false;
  // Both witnesses have to stand for a moment: a peer that comes back says `here` right after the will.
  if (health.gone_since)
    return context.now - std::max(*health.quiet_since, *health.gone_since) >= farewell(health);
  return context.now - *health.quiet_since >= patience::silence && signaling_gone(context, link, call);
}

void climb(Context& context, Link& link, const CallId& call, Commands& out) {
  constexpr unsigned restarts = 2;
  Health& health = link.health;
  const bool fresh = health.attempts >= restarts || !health.connected_once;
  ++health.attempts;
  health.act_at = context.now + (fresh ? patience::rebuild : patience::restart);
  if (link.session.empty()) return;
  if (link.offerer) {
    renew(context, link, fresh, out);
  } else {
    send(out, call, link.user, link.session, message::Restart{link.exchange, fresh});
  }
}

}  // namespace

void expect_media(const Context& context, Link& link) {
  link.health.expected = true;
  if (!link.health.flowing) fall_quiet(context, link.health);
  reconsider(context, link, true);
}

void connection_made(const Context& context, Link& link) {
  Health& health = link.health;
  health.state = ConnectionState::connecting;
  health.flowing = false;
  if (!health.expected) return;
  if (!health.quiet_since) fall_quiet(context, health);
  const bool was_well = !health.broken_since;
  reconsider(context, link, true);
  if (was_well) health.act_at = context.now + patience::rebuild;
}

void peer_gone(const Context& context, Link& link) {
  if (!link.health.gone_since) link.health.gone_since = context.now;
  if (link.health.quiet_since) link.health.look_at = *link.health.gone_since + farewell(link.health);
}

void peer_here(Link& link) { link.health.gone_since.reset(); }

bool connection_changed(const Context& context, Link& link, const input::ConnectionChanged& input,
                        bool peer_sends) {
  if (input.peer != link.peer) return false;
  link.health.state = input.state;
  reconsider(context, link, peer_sends);
  return true;
}

bool flow_changed(const Context& context, Link& link, const input::MediaFlowChanged& input, bool peer_sends) {
  if (input.peer != link.peer) return false;
  link.health.flowing = input.flowing;
  link.health.flowed = link.health.flowed || input.flowing;
  if (input.flowing) {
    link.health.quiet_since.reset(), link.health.look_at.reset();
  } else {
    fall_quiet(context, link.health);
  }
  reconsider(context, link, peer_sends);
  return true;
}

Verdict tend(Context& context, Link& link, const CallId& call, bool peer_sends, Commands& out) {
  Health& health = link.health;
  if (has_left(context, link, call, peer_sends)) return Verdict::left;
  // Silence alone proves nothing; signaling may yet fall silent too.
  if (health.look_at && context.now >= *health.look_at) health.look_at = context.now + patience::look_again;
  if (!health.broken_since) return Verdict::alive;
  const Duration limit = health.connected_once ? patience::outage : patience::setup;
  if (context.now - *health.broken_since >= limit) return Verdict::hopeless;
  if (health.act_at && context.now >= *health.act_at) climb(context, link, call, out);
  return Verdict::alive;
}

std::optional<Instant> next_deadline(const Link& link) {
  const Health& health = link.health;
  std::optional<Instant> next;
  const auto consider = [&next](std::optional<Instant> at) {
    if (at && (!next || *at < *next)) next = at;
  };
  consider(health.look_at);
  if (health.broken_since) {
    consider(health.act_at);
    consider(*health.broken_since + (health.connected_once ? patience::outage : patience::setup));
  }
  return next;
}

}  // namespace trtc::call
