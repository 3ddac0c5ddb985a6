#include "engine.hpp"

#include <algorithm>
#include <utility>

#include "call/transitions.hpp"
#include "session/deadline.hpp"
#include "session/transitions.hpp"
#include "signaling/codec.hpp"

namespace trtc {

Engine::Engine(Config config)
    : config_(std::move(config)),
      random_(config_.seed),
      transport_(config_.servers),
      post_(config_.sdk_app_id) {}

Effects Engine::handle(Instant now, const Input& input) {
  now_ = std::max(now_, now);  // a host whose clock steps back does not turn time around here
  take_any(input);
  finish_batch();
  return std::exchange(effects_, {});
}

// ---- Inputs. ----

void Engine::take(const input::Login& input) { step_session(input); }
void Engine::take(const input::Logout& input) { step_session(input); }
void Engine::take(const input::PageClosed& input) { step_session(input); }
void Engine::take(const input::SetVideoProfile& input) { profile_ = input.profile; }
void Engine::take(const input::SetSelfInfo& input) { self_info_ = input.profile; }

// What no receiver would accept is not sent: the negotiation has failed, and says why.
template <class Created>
void Engine::take_description(const Created& input) {
  if (input.sdp.size() <= bound::sdp) return step_call(input);
  step_call(input::NegotiationFailed{input.peer, input.negotiation, "the description is larger than 24 KiB"});
}
void Engine::take(const input::OfferCreated& input) { take_description(input); }
void Engine::take(const input::AnswerCreated& input) { take_description(input); }

void Engine::take(const input::TimePassed& input) {
  Transport::Events events;
  transport_.handle(now_, input, random_, effects_, events);
  for (transport::Event& event : events) hear(std::move(event));
  step_session(input);
  step_call(input);
}

void Engine::take(const input::NetworkChanged& input) { transport_.handle(now_, input, effects_); }
void Engine::take(const input::SocketOpened& input) { transport_.handle(now_, input, effects_); }

void Engine::take(const input::SocketReceived& input) {
  Transport::Events events;
  transport_.handle(now_, input, random_, effects_, events);
  for (transport::Event& event : events) hear(std::move(event));
}

void Engine::take(const input::SocketClosed& input) {
  Transport::Events events;
  transport_.handle(now_, input, random_, effects_, events);
  for (transport::Event& event : events) hear(std::move(event));
}

namespace {

template <class Input>
constexpr bool is_verb = requires(const Input& input) {
  input.op;
};

bool waits_for_login(const Input& input) {
  return match(input, [](const auto& one) {
    using One = std::decay_t<decltype(one)>;
    return is_verb<One> && !std::is_same_v<One, input::Login> && !std::is_same_v<One, input::Logout>;
  });
}

Effect not_logged_in(OpId op) { return effect::Failed{op, {ErrorCode::not_logged_in, {}}}; }

// The first column of the precondition matrix (behaviour document, section 3.1).
Effect refuse(const input::Accept& verb) { return effect::Done{verb.op, effect::Nothing{}}; }
Effect refuse(const input::Reject& verb) { return effect::Done{verb.op, effect::Nothing{}}; }
Effect refuse(const input::HangUp& verb) { return effect::Done{verb.op, effect::HungUp{}}; }
template <class Verb>
Effect refuse(const Verb& verb) {
  return not_logged_in(verb.op);
}

}  // namespace

template <class Other>
void Engine::take(const Other& input) {
  if constexpr (is_verb<Other>) {
    run(input);
  } else {
    step_call(input);
  }
}

// ---- Verbs need a session; those that come while it is being made wait for it. ----

template <class Verb>
void Engine::run(const Verb& verb) {
  if (std::holds_alternative<session::Online>(session_) ||
      std::holds_alternative<session::Reconnecting>(session_)) {
    perform(verb);
  } else {
    effects_.push_back(refuse(verb));
  }
}

template <class Verb>
void Engine::perform(const Verb& verb) {
  step_call(verb);
}
void Engine::perform(const input::JoinGroup& verb) {
  if (groups_.join(verb, effects_)) transport_.watch(now_, post_.group_topic(verb.group_id));
}
void Engine::perform(const input::QuitGroup& verb) {
  if (groups_.quit(verb, effects_)) transport_.unwatch(now_, post_.group_topic(verb.group_id));
}

void Engine::release_queue() {
  if (queue_.empty() || std::holds_alternative<session::Connecting>(session_)) return;
  const std::vector<Input> waiting = std::exchange(queue_, {});
  for (const Input& input : waiting) take_any(input);
}

[[gnu::noinline]] void Engine::take_any(const Input& input) {
  const bool connecting = std::holds_alternative<session::Connecting>(session_);
  if (connecting && queue_.size() < max_queue && waits_for_login(input)) return queue_.push_back(input);
  match(input, [this](const auto& one) { take(one); });
}

// ---- The two machines. ----

// One instance for each input: only the choice of the cell is in here, what all have in common is out of
// line.
template <class Input>
void Engine::step_session(const Input& input) {
  session::Context context = session_context();
  apply(match(session_, [&](const auto& state) { return on(context, state, input); }));
}

template <class Input>
void Engine::step_call(const Input& input) {
  call::Context context = call_context();
  apply(match(call_, [&](const auto& state) { return on(context, state, input); }));
}

session::Context Engine::session_context() { return {now_, config_.sdk_app_id, random_}; }

call::Context Engine::call_context() {
  return {now_,           self_,   transport_.up(), config_.fast_connect, profile_, self_info_, history_,
          post_.outbox(), random_, numbers_};
}

[[gnu::noinline]] void Engine::apply(session::Step&& step) {
  if (step.next) session_ = std::move(*step.next);
  for (session::Command& command : step.commands) execute(command);
}

[[gnu::noinline]] void Engine::apply(call::Step&& step) {
  if (step.next) call_ = std::move(*step.next);
  for (call::Command& command : step.commands) execute(command);
}

void Engine::execute(session::Command& command) {
  if (auto* effect = std::get_if<Effect>(&command)) {
    effects_.push_back(std::move(*effect));
  } else if (const auto* connect = std::get_if<session::Connect>(&command)) {
    self_ = std::get<session::Connecting>(session_).self.user;
    post_.open(self_, connect->credentials.session);
    transport_.start(now_, connect->credentials, random_, effects_);
  } else if (const auto* disconnect = std::get_if<session::Disconnect>(&command)) {
    say_goodbye(disconnect->clean);
  } else if (const auto* claim = std::get_if<session::SayClaim>(&command)) {
    publish(post_.claim(claim->claim));
  } else if (std::holds_alternative<session::SayHere>(command)) {
    publish(post_.presence(transport_.connection(), true));
  } else if (const auto* end = std::get_if<session::EndCall>(&command)) {
    step_call(call::SessionOver{end->reason, end->page_closed});
  }
}

void Engine::execute(call::Command& command) {
  if (auto* effect = std::get_if<Effect>(&command)) {
    effects_.push_back(std::move(*effect));
  } else if (auto* send = std::get_if<call::Send>(&command)) {
    if (post_.send(now_, std::move(send->letter))) return;
    effects_.push_back(effect::Errored{{ErrorCode::limit_exceeded, "too many undelivered messages"}});
  } else if (auto* group = std::get_if<call::SendToGroup>(&command)) {
    if (post_.send_to_group(now_, group->group_id, group->users, std::move(group->letter), transport_.up(),
                            random_))
      return;
    effects_.push_back(effect::Errored{{ErrorCode::limit_exceeded, "too many undelivered messages"}});
  } else if (const auto* seek = std::get_if<call::SaySeek>(&command)) {
    publish(post_.seek(seek->group_id, {seek->room, seek->nonce}));
  } else if (const auto* drop = std::get_if<call::DropCall>(&command)) {
    post_.outbox().drop_call(drop->call);
  } else if (const auto* drop_invites = std::get_if<call::DropInvites>(&command)) {
    post_.outbox().drop_invites(drop_invites->call, drop_invites->user);
  } else if (const auto* remember = std::get_if<call::Remember>(&command)) {
    history_.remember(remember->past);
  }
}

// A clean DISCONNECT keeps the broker from publishing the will, so the goodbye is said here; whatever the end
// of the call had to tell goes first.
void Engine::say_goodbye(bool clean) {
  if (clean && transport_.up()) {
    for (const auto& publication : post_.collect(now_, random_)) publish(publication);
    publish(post_.presence(transport_.connection(), false));
  }
  transport_.stop(clean, effects_);
  post_.close();
  watched_.clear();
  groups_.end(effects_);
}

// ---- What the transport says. ----

void Engine::hear(transport::Event event) {
  if (const auto* received = std::get_if<transport::Received>(&event)) return hear(*received);
  if (std::holds_alternative<transport::Up>(event)) post_.outbox().hurry(now_);
  if (std::holds_alternative<transport::Down>(event)) post_.outbox().offline();
  if (const auto* subscribed = std::get_if<transport::Subscribed>(&event)) return hear(*subscribed);
  match(event, [this](const auto& one) {
    using One = std::decay_t<decltype(one)>;
    constexpr bool of_the_session =
        !std::is_same_v<One, transport::Received> && !std::is_same_v<One, transport::Subscribed>;
    if constexpr (of_the_session) step_session(one);
  });
}

void Engine::hear(const transport::Subscribed& subscribed) {
  const auto group = post_.group_of(subscribed.topic);
  if (group && groups_.answered(*group, subscribed.granted, effects_))
    transport_.unwatch(now_, subscribed.topic);
}

void Engine::hear(const transport::Received& received) {
  // What comes before the session is up or after it has ended is not acknowledged either, so it will come
  // again.
  if (!std::holds_alternative<session::Online>(session_)) return;
  auto mail = post_.receive(now_, received.topic, received.payload);
  if (const auto* none = std::get_if<NoMail>(&mail)) {
    if (!none->why.empty()) effects_.push_back(effect::Ignored{std::string(none->why), received.topic});
  } else if (const auto* news = std::get_if<PresenceNews>(&mail)) {
    if (news->presence.here) {
      step_call(call::PeerHere{news->user, news->presence.session});
    } else {
      step_call(call::PeerGone{news->user, news->presence.session});
    }
  } else {
    hear(std::get<Mail>(mail));
  }
}

void Engine::hear(const Mail& mail) {
  if (const auto* claim = std::get_if<message::Claim>(&mail.envelope.body)) {
    return step_session(session::ForeignClaim{*claim});
  }
  if (const auto* seek = std::get_if<message::Seek>(&mail.envelope.body)) {
    return step_call(call::Sought{mail.from, mail.envelope.from, mail.group, seek->room, seek->nonce});
  }
  const CallInfo* const info = call::info_of(call_);
  if (info != nullptr && info->call == mail.envelope.call) {
    return match(mail.envelope.body, [&](const auto& message) { hear(mail, message); });
  }
  const auto* invite = std::get_if<message::Invite>(&mail.envelope.body);
  if (invite == nullptr) return answer_stray(mail);
  const bool anew = invite->group && history_.invited_anew(mail.envelope.call, mail.from, invite->attempt,
                                                           mail.envelope.from, mail.envelope.seq);
  if (history_.outcome(mail.envelope.call) && !anew) return answer_stray(mail);
  const auto& invitees = invite->invitees;
  if (std::find(invitees.begin(), invitees.end(), self_) == invitees.end()) return answer_stray(mail);
  step_call(call::Arrival{mail.from, mail.envelope.from, mail.envelope.seq, mail.envelope.call, *invite,
                          !mail.group.empty()});
}

template <class Message>
void Engine::hear(const Mail& mail, const Message& message) {
  constexpr bool of_a_call =
      !std::is_same_v<Message, message::Claim> && !std::is_same_v<Message, message::Ack> &&
      !std::is_same_v<Message, message::Seek> && !std::is_same_v<Message, message::Unknown>;
  if constexpr (of_a_call) {
    step_call(call::Heard<Message>{mail.from, mail.envelope.from, mail.envelope.seq, message});
  } else {
    effects_.push_back(effect::Ignored{"unknown type", "message"});
  }
}

// A message of a call that is not ours (any more). Whoever still believes in it is told; whoever only reports
// an end, or whose message says nothing about us, is not.
void Engine::answer_stray(const Mail& mail) {
  const message::Body& body = mail.envelope.body;
  const auto outcome = history_.outcome(mail.envelope.call);
  if (const auto* cancel = std::get_if<message::Cancel>(&body)) {
    // It may have overtaken its invite.
    history_.remember(
        {mail.envelope.call, cancel->reason, mail.from, 0, {}, {}, mail.envelope.from, mail.envelope.seq});
  }
  const bool refused = outcome == CancelReason::busy || outcome == CancelReason::rejected ||
                       outcome == CancelReason::logged_out;
  if (refused && std::holds_alternative<message::Invite>(body)) {
    // The refusal was still on its way when its session ended.
    (void)post_.send(now_,
                     {mail.from, mail.envelope.from, mail.envelope.call, message::Reject{*outcome}, {}});
  }
  const bool believes =
      std::holds_alternative<message::Ringing>(body) || std::holds_alternative<message::Accept>(body) ||
      std::holds_alternative<message::Confirm>(body) || std::holds_alternative<message::Description>(body) ||
      std::holds_alternative<message::Restart>(body) || std::holds_alternative<message::State>(body) ||
      std::holds_alternative<message::Join>(body);
  if (believes) {
    // Whoever has not heard that it was let in must not take an answered call for one that was taken back.
    message::Leave leave{0, history_.members(mail.envelope.call)};
    std::erase_if(leave.members, [&](const message::Seat& seat) { return seat.user == mail.from; });
    const bool was_in = history_.met(mail.envelope.call, {mail.from, mail.envelope.from});
    message::Body ended = message::Ended{outcome.value_or(CancelReason::cancelled)};
    (void)post_.send(now_, {mail.from, mail.envelope.from, mail.envelope.call,
                            was_in ? std::move(leave) : std::move(ended), std::nullopt});
  }
  effects_.push_back(effect::Ignored{"another call", "message"});
}

// ---- The end of a batch. ----

void Engine::publish(const PostOffice::Publication& publication) {
  transport_.publish(now_, publication.topic, publication.payload);
}

void Engine::watch() {
  std::vector<UserId> wanted = call::watched(call_);
  const auto missing_from = [](const std::vector<UserId>& list, const UserId& user) {
    return std::find(list.begin(), list.end(), user) == list.end();
  };
  for (const UserId& user : watched_) {
    if (missing_from(wanted, user)) transport_.unwatch(now_, post_.presence_topic(user));
  }
  for (const UserId& user : wanted) {
    if (missing_from(watched_, user)) transport_.watch(now_, post_.presence_topic(user));
  }
  watched_ = std::move(wanted);
}

void Engine::finish_batch() {
  release_queue();
  watch();
  if (transport_.up()) {
    for (const auto& publication : post_.collect(now_, random_)) publish(publication);
  }
  transport_.flush(effects_);
  const effect::StatusChanged status{session_status(), call_status()};
  if (status.session != told_.session || status.call != told_.call) {
    // First in the batch: whoever handles an event may ask for the status.
    effects_.insert(effects_.begin(), status);
    told_ = status;
  }
}

std::optional<Instant> Engine::next_deadline() const {
  std::optional<Instant> next;
  const auto consider = [&next](std::optional<Instant> at) {
    if (at && (!next || *at < *next)) next = at;
  };
  consider(transport_.next_deadline());
  consider(session::next_deadline(session_));
  consider(call::next_deadline(call_));
  if (transport_.up()) consider(post_.outbox().next_deadline());
  return next;
}

Engine::Holdings Engine::holdings() const {
  return {post_.outbox().size(), history_.size(), post_.known_senders(), queue_.size()};
}

SessionStatus Engine::session_status() const { return static_cast<SessionStatus>(session_.index()); }

}  // namespace trtc
