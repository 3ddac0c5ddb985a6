#include "explore/write.hpp"

#include "machine.hpp"

namespace trtc::explore {
namespace {

constexpr Duration longest_silence = 62s;  // beyond every patience of call/health.hpp

std::uint32_t bits(Sending sending) {
  return static_cast<std::uint32_t>(sending.audio) | static_cast<std::uint32_t>(sending.video) << 1U |
         static_cast<std::uint32_t>(sending.screen) << 2U;
}

void sdp(Script& script, const std::string& text) {
  if (text.empty()) return script.word(0xffffU);
  write(script, description_of(text));
}

void users_of(Script& script, const std::vector<UserId>& list) {
  std::uint32_t word = 0;
  for (const UserId& user : list) word = word << 4U | (number_of(user) + 1U);
  script.word(word);
}

void candidates(Script& script, const std::vector<Candidate>& list) {
  script.word(static_cast<std::uint32_t>(list.size()));
  for (const Candidate& one : list) sdp(script, one.candidate), script.word(one.mid.empty());
}

struct WriteBody {
  Script& script;
  const UserId& from;

  void nonce(const std::string& text) const { script.session(SessionId(text)); }
  void seats(const std::vector<message::Seat>& list) const {
    for (const message::Seat& seat : list) script.user(seat.user), script.session(seat.session);
    script.word(0xffffff0aU);
  }

  void operator()(const message::Invite& m) const {
    script.word(m.media);
    script.word(static_cast<std::uint32_t>(m.group) | static_cast<std::uint32_t>(!m.group_id.empty()) << 1U);
    users_of(script, m.invitees);
    script.word(static_cast<std::uint32_t>(m.ring.count()));
    script.word(m.exchange);
    sdp(script, m.offer);
    script.ranked(source_of_attempts(from), m.attempt);
    nonce(m.nonce);
  }
  void operator()(const message::Accept& m) const { script.word(bits(m.hello.sending)); }
  void operator()(const message::Confirm& m) const {
    script.word(bits(m.hello.sending));
    script.word(m.media);
    script.word(m.media_version);
    seats(m.members);
  }
  // The pass goes with the call's id, here and in the states.
  void operator()(const message::Join& m) const {
    script.word(bits(m.hello.sending));
    seats(m.members);
  }
  void operator()(const message::Seek& m) const { nonce(m.nonce); }
  void operator()(const message::Reject& m) const { script.word(m.reason); }
  void operator()(const message::Cancel& m) const { script.word(m.reason); }
  void operator()(const message::Ended& m) const { script.word(m.reason); }
  void operator()(const message::Description& m) const {
    script.word(static_cast<std::uint32_t>(m.answer) | static_cast<std::uint32_t>(m.fresh) << 1U);
    script.word(m.exchange);
    sdp(script, m.sdp);
  }
  void operator()(const message::Candidates& m) const { script.word(m.exchange), candidates(script, m.list); }
  void operator()(const message::Restart& m) const { script.word(m.exchange), script.word(m.fresh); }
  void operator()(const message::State& m) const { script.word(bits(m.sending)); }
  void operator()(const message::Roster& m) const {
    for (const message::Fate& one : m.list) {
      script.user(one.user);
      script.word(static_cast<std::uint32_t>(one.status) | static_cast<std::uint32_t>(one.asked) << 4U);
      script.session(one.session);
      script.seq(one.session, one.since);
    }
  }
  void operator()(const message::MediaSwitch& m) const { script.word(m.media), script.word(m.version); }
  void operator()(const message::Leave& m) const { seats(m.members); }  // the seconds are nobody's state
  void operator()(const message::Claim& m) const {
    script.word(m.epoch);
    script.ranked(std::uint64_t{10} << 56U, m.nonce);
    script.word(m.phase);
  }
  void operator()(const message::Ack&) const {}  // written with its envelope
  void operator()(const message::Ringing&) const {}
  void operator()(const message::Unknown&) const {}
};

void info(Script& script, const CallInfo& one) {
  script.call(one.call);
  script.word(static_cast<std::uint32_t>(one.media) | static_cast<std::uint32_t>(one.role) << 2U |
              static_cast<std::uint32_t>(one.group) << 3U |
              static_cast<std::uint32_t>(!one.group_id.empty()) << 4U);
  script.user(one.inviter);
  users_of(script, one.invitees);
  script.ranked(source_of_attempts(one.inviter), one.attempt);
}

struct WriteState {
  Script& script;
  const Page& page;

  void number(Source source, std::uint32_t value) const { script.ranked(source_of(page, source), value); }

  void roster(const std::vector<call::RosterLine>& lines) const {
    for (const call::RosterLine& line : lines) {
      script.user(line.entry.user);
      script.word(static_cast<std::uint32_t>(line.entry.status) |
                  static_cast<std::uint32_t>(line.ours) << 4U | static_cast<std::uint32_t>(line.asked) << 5U |
                  static_cast<std::uint32_t>(line.accepted) << 6U);
      script.session(line.by);
      script.seq(line.by, line.seq);
      script.session(line.left);
      script.seq(line.left, line.until);
    }
    script.word(0xffffff01U);
  }
  void version(const call::MediaVersion& one) const { script.word(one.number), script.user(one.by); }
  void invitation(const call::Invitation& one) const {
    script.session(one.session);
    script.seq(one.session, one.seq);
    script.ahead(one.deadline);
    script.ahead(one.gone_at);
    script.word(one.merged);
    version(one.media);
    roster(one.roster);
  }
  void waiting(const std::vector<call::Waiting>& list) const {
    for (const call::Waiting& one : list) number(Source::promise, one.op.value), script.word(one.dialed);
    script.word(0xffffff02U);
  }
  void devices(const call::Devices& one) const {
    script.word(static_cast<std::uint32_t>(one.microphone) | static_cast<std::uint32_t>(one.muted) << 1U |
                static_cast<std::uint32_t>(one.camera) << 2U | static_cast<std::uint32_t>(one.screen) << 3U |
                bits(one.told) << 4U);
    for (const auto& opening : one.openings) {
      number(Source::capture, opening.capture.value);
      script.word(opening.kind);
      script.word(opening.switching);
      for (const OpId op : opening.ops) number(Source::promise, op.value);
    }
    script.word(0xffffff03U);
  }
  void foretold(const call::Foretold& one) const {
    if (one.session.empty()) return script.word(0);
    script.session(one.session);
    script.seq(one.session, one.seq);
    script.word(bits(one.sending));
  }
  void early(const std::vector<call::Link::Early>& list) const {
    for (const auto& one : list)
      script.session(one.session), script.word(one.exchange), candidates(script, one.list);
    script.word(0xffffff04U);
  }
  void early_joins(const std::vector<call::EarlyJoin>& list) const {
    for (const call::EarlyJoin& one : list) {
      script.user(one.user);
      script.session(one.session);
      script.seq(one.session, one.seq);
      script.word(bits(one.hello.sending));
    }
    script.word(0xffffff05U);
  }
  void health(const call::Health& one) const {
    script.word(static_cast<std::uint32_t>(one.state) | static_cast<std::uint32_t>(one.expected) << 2U |
                static_cast<std::uint32_t>(one.flowing) << 3U | static_cast<std::uint32_t>(one.flowed) << 4U |
                static_cast<std::uint32_t>(one.connected_once) << 5U | one.attempts << 6U);
    script.ago(one.gone_since, longest_silence);
    script.ago(one.quiet_since, longest_silence);
    script.ahead(one.look_at);
    script.ago(one.broken_since, longest_silence);
    script.ahead(one.act_at);
  }
  void link(const call::Link& one) const {
    script.user(one.user);
    script.session(one.session);
    number(Source::peer, one.peer.value);
    script.word(static_cast<std::uint32_t>(one.offerer) | static_cast<std::uint32_t>(one.sending) << 1U |
                static_cast<std::uint32_t>(one.phase) << 2U | static_cast<std::uint32_t>(one.fresh) << 4U);
    script.word(one.exchange);
    number(Source::negotiation, one.negotiation.value);
    candidates(script, one.local);
    early(one.early);
    health(one.health);
  }

  void operator()(const call::Idle&) const {}
  void operator()(const call::Capturing& s) const {
    info(script, s.info);
    number(Source::promise, s.op.value);
    number(Source::capture, s.capture.value);
    script.word(s.several);
  }
  void operator()(const call::Offering& s) const {
    info(script, s.info);
    number(Source::promise, s.op.value);
    script.word(s.several);
    devices(s.devices);
    link(s.link);
  }
  void operator()(const call::Seeking& s) const {
    number(Source::promise, s.op.value);
    script.word(s.media);
    script.session(SessionId(s.nonce));
    script.ahead(s.deadline);
    script.ahead(s.again_at);
  }
  void operator()(const call::Ringing& s) const {
    info(script, s.info);
    invitation(s.invitation);
    script.word(s.exchange);
    sdp(script, s.offer);
    early(s.early);
    if (s.link) link(*s.link);
    script.ahead(s.probe_at);
  }
  void operator()(const call::Answering& s) const {
    info(script, s.info);
    invitation(s.invitation);
    waiting(s.waiting);
    number(Source::capture, s.capture.value);
    script.word(s.camera);
    script.word(s.switched);
    link(s.link);
  }
  void operator()(const call::Joining& s) const {
    info(script, s.info);
    invitation(s.invitation);
    waiting(s.waiting);
    devices(s.devices);
    link(s.link);
    script.ahead(s.deadline);
    foretold(s.foretold);
    early_joins(s.early);
  }
  void operator()(const call::InCall& s) const {
    info(script, s.info);
    version(s.media);
    devices(s.devices);
    for (const call::Invitee& one : s.invitees) {
      script.user(one.user);
      script.ranked(source_of_attempts(UserId(users[page.user])), one.attempt);
      script.ahead(one.deadline);
      script.ahead(one.again_at);
      for (const SessionId& session : one.ringing) script.session(session);
      script.word(0xffffff06U);
      if (one.link) link(*one.link);
      sdp(script, one.offer);
      foretold(one.foretold);
      script.word(one.asked);
      script.session(SessionId(one.nonce));
    }
    script.word(0xffffff07U);
    for (const call::Member& one : s.members) {
      link(one.link);
      script.seq(one.link.session, one.since);
      script.word(bits(one.sending));
      script.seq(one.link.session, one.stated);
    }
    script.word(0xffffff08U);
    for (const call::Greeted& one : s.greeted) {
      link(one.link);
      script.ahead(one.deadline);
      foretold(one.foretold);
      script.word(static_cast<std::uint32_t>(one.entering));
    }
    script.word(0xffffff09U);
    roster(s.roster);
    script.word(static_cast<std::uint32_t>(s.since.has_value()) |
                static_cast<std::uint32_t>(s.alone_since.has_value()) << 1U | s.limit << 2U);
  }
};

}  // namespace

void write(Script& script, const Description& description) {
  script.word(static_cast<std::uint32_t>(description.place) << 8U | description.page |
              static_cast<std::uint32_t>(description.generation) << 16U);
  script.ranked(source_of(description.place, description.page, Source::peer), description.peer);
}

void write(Script& script, const message::Body& body, const UserId& from) {
  script.word(static_cast<std::uint32_t>(body.index()));
  match(body, WriteBody{script, from});
}

void write(Script& script, const Envelope& envelope, const UserId& from) {
  script.call(envelope.call);
  script.session(envelope.from);
  script.session(envelope.to);
  script.seq(envelope.from, envelope.seq);
  write(script, envelope.body, from);
  if (const auto* ack = std::get_if<message::Ack>(&envelope.body)) {
    for (const std::uint32_t one : ack->list) script.seq(envelope.to, one);
  }
}

void write(Script& script, const Page& page, const call::State& state) {
  script.word(static_cast<std::uint32_t>(state.index()) | 0xff00U);
  match(state, WriteState{script, page});
}

}  // namespace trtc::explore
