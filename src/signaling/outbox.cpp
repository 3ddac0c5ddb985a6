#include "signaling/outbox.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace trtc {
namespace {

// Resend after 0.5, 1, 2, 4, 4 … s, each up to a tenth longer so that two clients do not march in step.
Duration pause_after(unsigned attempts, Random& random) {
  constexpr std::array<Duration, 4> steps{500ms, 1000ms, 2000ms, 4000ms};
  const Duration step = steps[std::min<std::size_t>(attempts, steps.size() - 1)];
  return step + Duration(random.below(static_cast<std::uint32_t>(step.count() / 10)));
}

bool is_terminal(const message::Body& body) {
  return std::holds_alternative<message::Cancel>(body) || std::holds_alternative<message::Reject>(body) ||
         std::holds_alternative<message::Ended>(body) || std::holds_alternative<message::Leave>(body);
}

/// Each sending of an invite tells how long it still rings.
void set_ring(Envelope& envelope, const Letter& letter, Instant now) {
  auto* const invite = std::get_if<message::Invite>(&envelope.body);
  if (invite != nullptr && letter.expires) invite->ring = *letter.expires - now;
}

bool is_answer(const message::Body& body) {
  return std::holds_alternative<message::Ended>(body) || std::holds_alternative<message::Reject>(body);
}

}  // namespace

void Outbox::make_room_for_answer(const UserId& to) {
  const auto answer_to = [&to](const Entry& entry) {
    return is_answer(entry.letter.body) && entry.letter.to == to;
  };
  const auto answer = [](const Entry& entry) { return is_answer(entry.letter.body); };
  const auto full = [this](const auto& kind, std::size_t limit) {
    return std::count_if(entries_.begin(), entries_.end(), kind) >= static_cast<std::ptrdiff_t>(limit);
  };
  if (full(answer_to, answers_to_one)) {
    entries_.erase(std::find_if(entries_.begin(), entries_.end(), answer_to));
  } else if (full(answer, answers)) {
    entries_.erase(std::find_if(entries_.begin(), entries_.end(), answer));
  }
}

bool Outbox::add(Instant now, Letter letter, const SessionId& self) {
  if (is_answer(letter.body)) make_room_for_answer(letter.to);
  if (entries_.size() >= capacity) return false;
  // Whoever is called again before it has heard how the last call ended must not take the end for another
  // one.
  if (std::holds_alternative<message::Invite>(letter.body)) repeat_goodbyes(now, letter.to);
  if (!letter.expires && is_terminal(letter.body)) letter.expires = now + terminal_life;
  // One counter for all receivers: a receiver only needs identity, and there is no table of receivers to
  // bound.
  Envelope envelope{letter.call, self, letter.session, ++last_seq_, letter.body};
  entries_.push_back({std::move(letter), std::move(envelope), now, std::nullopt, 0});
  return true;
}

void Outbox::repeat_goodbyes(Instant now, const UserId& to) {
  for (Entry& entry : entries_) {
    if (entry.letter.to == to && is_terminal(entry.letter.body)) entry.next = now;
  }
}

std::optional<Envelope> Outbox::add_copies(Instant now, const std::vector<UserId>& users, Letter letter,
                                           const SessionId& self, bool sent, Random& random) {
  if (entries_.size() + users.size() > capacity) return std::nullopt;
  Envelope envelope{letter.call, self, {}, ++last_seq_, letter.body};
  for (const UserId& user : users) {
    letter.to = user;
    entries_.push_back({letter, envelope, now, std::nullopt, 0});
    if (!sent) continue;
    Entry& entry = entries_.back();
    entry.since = now;
    entry.next = now + pause_after(entry.attempts++, random);
  }
  set_ring(envelope, letter, now);
  return envelope;
}

void Outbox::drop_expired(Instant now) {
  std::erase_if(entries_,
                [now](const Entry& entry) { return entry.letter.expires && *entry.letter.expires <= now; });
}

std::vector<Outbox::Sending> Outbox::due(Instant now, Random& random) {
  drop_expired(now);
  std::vector<Sending> out;
  for (Entry& entry : entries_) {
    if (entry.next > now) continue;
    set_ring(entry.envelope, entry.letter, now);
    if (!entry.since) entry.since = now;
    entry.next = now + pause_after(entry.attempts++, random);
    out.push_back({entry.letter.to, entry.envelope});
  }
  return out;
}

void Outbox::acknowledge(const UserId& from, const std::vector<std::uint32_t>& list) {
  std::erase_if(entries_, [&](const Entry& entry) {
    return entry.letter.to == from && std::find(list.begin(), list.end(), entry.envelope.seq) != list.end();
  });
}

void Outbox::drop_call(const CallId& call) {
  std::erase_if(entries_, [&](const Entry& entry) {
    return entry.letter.call == call && !is_terminal(entry.letter.body);
  });
}

void Outbox::drop_invites(const CallId& call, const UserId& to) {
  std::erase_if(entries_, [&](const Entry& entry) {
    return entry.letter.call == call && entry.letter.to == to &&
           std::holds_alternative<message::Invite>(entry.letter.body);
  });
}

void Outbox::hurry(Instant now) {
  for (Entry& entry : entries_) entry.next = now, entry.attempts = 0;
}

void Outbox::hurry(Instant now, const UserId& to) {
  for (Entry& entry : entries_) {
    if (entry.letter.to == to) entry.next = now, entry.attempts = 0;
  }
}

void Outbox::offline() {
  for (Entry& entry : entries_) entry.since.reset();
}

bool Outbox::silent(Instant now, const UserId& to, const SessionId& session, const CallId& call) const {
  return std::any_of(entries_.begin(), entries_.end(), [&](const Entry& entry) {
    const bool for_it = entry.letter.session.empty() || entry.letter.session == session;
    return entry.letter.to == to && for_it && entry.letter.call == call && entry.since &&
           now - *entry.since >= silence;
  });
}

std::optional<Instant> Outbox::next_deadline() const {
  std::optional<Instant> next;
  for (const Entry& entry : entries_) {
    const Instant at = entry.letter.expires ? std::min(entry.next, *entry.letter.expires) : entry.next;
    if (!next || at < *next) next = at;
  }
  return next;
}

}  // namespace trtc
