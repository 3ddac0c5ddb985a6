#include "explore/canonical.hpp"

#include <algorithm>

#include "explore/inspection.hpp"
#include "explore/names.hpp"
#include "explore/write.hpp"

namespace trtc::explore {

void Script::user(const UserId& user) { word(number_of(user)); }

void Script::name(std::vector<std::uint32_t>& known, const std::string& id) {
  if (id.empty()) return word(0);
  name_key(known, key_of(id));
}

// Whose it is travels with the number: the order of two calls decides glare.
void Script::name_key(std::vector<std::uint32_t>& known, std::uint32_t key) {
  auto at = std::find(known.begin(), known.end(), key);
  if (at == known.end()) at = known.insert(known.end(), key);
  word((static_cast<std::uint32_t>(at - known.begin()) + 1) << 8U | owner_of(key));
}

bool Script::knows(const CallId& id, std::size_t among) const {
  const auto end = calls_.begin() + static_cast<std::ptrdiff_t>(among);
  return std::find(calls_.begin(), end, key_of(id)) != end;
}

void Script::ahead(std::optional<Instant> at) {
  constexpr std::uint32_t none = 1U << 31U;
  constexpr std::int64_t far = 1U << 30U;
  if (!at) return word(none);
  word(static_cast<std::uint32_t>(std::clamp<std::int64_t>((*at - now_).count(), 0, far)));
}

void Script::ago(std::optional<Instant> at, Duration longest) {
  constexpr std::uint32_t none = 1U << 31U;
  word(at ? static_cast<std::uint32_t>(std::min(now_ - *at, longest).count()) : none);
}

void Script::ranked(std::uint64_t source, std::uint32_t value) {
  if (value != 0) ranked_.push_back({source, value, static_cast<std::uint32_t>(words_.size())});
  word(0);
}

void Script::seq(const SessionId& session, std::uint32_t value) {
  ranked(session.empty() ? 0 : key_of(session), value);
}

const std::vector<std::uint32_t>& Script::finish() {
  std::sort(ranked_.begin(), ranked_.end(), [](const Ranked& a, const Ranked& b) {
    return a.source != b.source ? a.source < b.source : a.value < b.value;
  });
  std::uint32_t rank = 0;
  for (std::size_t i = 0; i < ranked_.size(); ++i) {
    if (i == 0 || ranked_[i].source != ranked_[i - 1].source) {
      rank = 1;
    } else if (ranked_[i].value != ranked_[i - 1].value) {
      ++rank;
    }
    words_[ranked_[i].at] = rank;
  }
  ranked_.clear();
  return words_;
}

// Multiply and fold, as the fast non-cryptographic hashes do; nobody chooses the input against us.
std::uint64_t Script::hash() {
  const std::vector<std::uint32_t>& words = finish();
  const auto fold = [](std::uint64_t a, std::uint64_t b) {
    const unsigned __int128 product = static_cast<unsigned __int128>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
  };
  std::uint64_t state = 0x9e3779b97f4a7c15ULL ^ words.size();
  std::size_t i = 0;
  for (; i + 1 < words.size(); i += 2) {
    const std::uint64_t both = static_cast<std::uint64_t>(words[i]) << 32U | words[i + 1];
    state = fold(state ^ both ^ 0xa0761d6478bd642fULL, 0xe7037ed1a0b428dbULL + (both | 1U));
    state = (state << 23U | state >> 41U) + both;
  }
  if (i < words.size()) state ^= static_cast<std::uint64_t>(words[i]) * 0x8ebc6af09c88c6e3ULL;
  state = fold(state, 0x589965cc75374cc3ULL);
  return fold(state ^ 0x1d8e4e27c47d124fULL, 0xeb44accab455d165ULL) | 1U;  // 0 marks an empty place
}

std::uint64_t call_print(const Page& page) {
  Script script(Instant{});
  write(script, page, Inspection::call(page.engine));
  return script.hash();
}

namespace {

// Of the presences that a page has heard only those matter that hide one that is still on its way: a session
// counts its connections upwards.
void write_flight(Script& script, const World& world, const Flight& flight) {
  script.word(static_cast<std::uint32_t>(flight.from) << 8U | flight.to);
  const Packet& packet = *flight.packet;
  script.word(packet.kind);
  const PagePtr& to = world.pages[flight.to];
  if (packet.kind == Packet::Kind::presence) {
    script.session(packet.presence.session);
    script.word(packet.presence.here);
    bool outdated = false;
    if (to) {
      for (const auto& contact : Inspection::contacts(to->engine))
        outdated = outdated || (contact.session == packet.presence.session &&
                                packet.presence.connection < contact.connection);
    }
    script.word(outdated);
    script.ranked(std::uint64_t{1} << 40U | key_of(packet.presence.session), packet.presence.connection + 1);
    return;
  }
  write(script, packet.envelope, packet.from);
  script.word(to && Inspection::seen(to->engine, packet.from, packet.envelope.from, packet.envelope.seq));
}

void write_outbox(Script& script, const World& world, const Page& page) {
  const bool up = Inspection::up(page.engine);
  for (const auto& entry : Inspection::outbox(page.engine)) {
    script.user(entry.letter.to);
    script.session(entry.letter.session);
    script.call(entry.letter.call);
    write(script, entry.letter.body, UserId(users[page.user]));
    script.ahead(entry.letter.expires);
    script.seq(entry.envelope.from, entry.envelope.seq);
    if (up) {
      script.ahead(entry.next);
      script.word(std::min(entry.attempts, 3U));
      script.ago(entry.since, Outbox::silence);
    }
    for (const PagePtr& other : world.pages) {
      if (other && other->user == number_of(entry.letter.to))
        script.word(Inspection::seen(other->engine, UserId(users[page.user]), entry.envelope.from,
                                     entry.envelope.seq));
    }
  }
  for (const auto& acks : Inspection::acks(page.engine)) {
    script.session(acks.session);
    for (const std::uint32_t one : acks.list) script.seq(acks.session, one);
  }
  script.word(0xfffffff2U);
}

void write_host(Script& script, const Page& page, bool candidates) {
  script.word(static_cast<std::uint32_t>(page.microphone) | static_cast<std::uint32_t>(page.camera) << 1U |
              static_cast<std::uint32_t>(page.screen) << 2U | static_cast<std::uint32_t>(page.offline) << 3U |
              static_cast<std::uint32_t>(page.socket != 0) << 4U);
  for (const Capture& one : page.captures) {
    script.ranked(source_of(page, Source::capture), one.id.value);
    script.word(static_cast<std::uint32_t>(one.microphone) | static_cast<std::uint32_t>(one.camera) << 1U |
                static_cast<std::uint32_t>(one.screen) << 2U);
  }
  for (const Peer& one : page.peers) {
    script.ranked(source_of(page, Source::peer), one.id.value);
    script.word(static_cast<std::uint32_t>(one.making) | static_cast<std::uint32_t>(one.described) << 2U |
                static_cast<std::uint32_t>(one.remote) << 3U | static_cast<std::uint32_t>(one.sending) << 4U |
                static_cast<std::uint32_t>(one.broken) << 5U | static_cast<std::uint32_t>(one.flowing) << 6U |
                static_cast<std::uint32_t>(one.state) << 7U | static_cast<std::uint32_t>(one.user) << 10U);
    if (one.making != Peer::Making::nothing)
      script.ranked(source_of(page, Source::negotiation), one.negotiation.value);
    if (one.remote)
      write(script, Description{one.other_place, one.other_page, one.other_generation, one.other});
    if (!candidates) continue;
    script.word(static_cast<std::uint32_t>(one.gathering) | static_cast<std::uint32_t>(one.slow) << 1U |
                static_cast<std::uint32_t>(one.reachable) << 2U |
                static_cast<std::uint32_t>(one.generation) << 3U);
  }
}

void write_session(Script& script, const Page& page, bool claims) {
  const session::State& state = Inspection::session(page.engine);
  script.word(static_cast<std::uint32_t>(state.index()));
  if (const auto* connecting = std::get_if<session::Connecting>(&state)) {
    script.ahead(connecting->deadline);
    for (const OpId op : connecting->ops) script.ranked(source_of(page, Source::promise), op.value);
  }
  script.word(static_cast<std::uint32_t>(Inspection::transport_state(page.engine)));
  if (const auto* waiting = Inspection::waiting(page.engine)) {
    script.ahead(waiting->until);
    script.word(std::min(Inspection::failures(page.engine), 6U));
  }
  if (!claims) return;
  if (const auto* online = std::get_if<session::Online>(&state)) {
    write(script, message::Body(online->claim), UserId(users[page.user]));
    script.ahead(online->claim.phase == message::Claim::Phase::settled ? std::nullopt
                                                                       : std::optional(online->settled_at));
    script.ahead(online->claim_at);
  } else if (const auto* away = std::get_if<session::Reconnecting>(&state)) {
    write(script, message::Body(away->claim), UserId(users[page.user]));
  }
}

void write_story(Script& script, const Page& page) {
  for (const OpId op : page.story.open_promises()) script.ranked(source_of(page, Source::promise), op.value);
  for (const Record& one : page.story.records()) {
    script.call(one.call);
    script.word(static_cast<std::uint32_t>(one.role) | static_cast<std::uint32_t>(one.group) << 1U |
                static_cast<std::uint32_t>(one.phase) << 2U | static_cast<std::uint32_t>(one.began) << 4U |
                static_cast<std::uint32_t>(one.by_self) << 5U |
                static_cast<std::uint32_t>(one.cancelled) << 6U |
                static_cast<std::uint32_t>(one.ended) << 7U | static_cast<std::uint32_t>(one.reason) << 8U |
                static_cast<std::uint32_t>(one.inviter) << 12U);
    for (const std::uint8_t member : one.members)
      script.word(member | (one.phase == Record::Phase::over ? 0U : one.sends[member] << 4U));
  }
  script.word(0xfffffff3U);
}

/// Of calls that nobody can speak of any more, the memory is worth nothing.
void write_history(Script& script, const Page& page, std::size_t live) {
  for (const History::Past& past : Inspection::history(page.engine)) {
    if (!script.knows(past.call, live)) continue;
    script.call(past.call);
    script.word(past.reason);
    for (const message::Seat& seat : past.members) script.user(seat.user), script.session(seat.session);
    script.user(past.inviter);
    script.ranked(source_of_attempts(past.inviter), past.attempt);
    script.session(past.session);
    script.seq(past.session, past.seq);
  }
  script.word(0xfffffff4U);
}

}  // namespace

std::uint64_t fingerprint(const World& world) {
  Script script(world.now);
  for (std::uint8_t place = 0; place < max_places; ++place) {
    script.word(world.actions[place]);
    const PagePtr& page = world.pages[place];
    script.word(page != nullptr);
    if (page) script.session(Inspection::self(page->engine));
  }
  const Faults& left = world.left;
  script.word(static_cast<std::uint32_t>(left.lose) | left.hold << 4U | left.duplicate << 8U |
              left.disconnect << 12U | left.outage << 16U | left.crash << 20U | left.open << 24U |
              static_cast<std::uint32_t>(left.deny) << 28U);
  script.word(static_cast<std::uint32_t>(left.path) | left.delay << 4U);
  for (const PagePtr& page : world.pages) {
    if (!page) continue;
    write(script, *page, Inspection::call(page->engine));
    write_host(script, *page, world.setup->candidates);
    write_session(script, *page, world.setup->claims);
    write_outbox(script, world, *page);
    for (const auto& group : Inspection::groups(page->engine)) script.word(group.joined);
    script.word(static_cast<std::uint32_t>(Inspection::queued(page->engine)));
  }
  // The order of messages between two places counts, not how the pairs are mixed.
  for (std::uint8_t from = 0; from < max_places; ++from) {
    for (std::uint8_t to = 0; to < max_places; ++to) {
      for (const Flight& flight : world.flights) {
        if (flight.from == from && flight.to == to) write_flight(script, world, flight);
      }
    }
  }
  script.word(0xfffffff5U);
  for (const Flight& flight : world.held) write_flight(script, world, flight);
  const std::size_t live = script.known_calls();
  for (const PagePtr& page : world.pages) {
    if (!page) continue;
    write_story(script, *page);
    write_history(script, *page, live);
  }
  return script.hash();
}

}  // namespace trtc::explore
