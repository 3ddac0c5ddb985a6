#include "signaling/post_office.hpp"

#include <algorithm>
#include <utility>

#include "machine.hpp"
#include "signaling/account.hpp"
#include "signaling/codec.hpp"
#include "signaling/topics.hpp"

namespace trtc {

void PostOffice::open(const UserId& user, const SessionId& session) {
  close();
  user_ = user;
  account_ = account_of(app_, user);
  session_ = session;
}

void PostOffice::close() {
  outbox_.clear();
  acks_.clear();
  to_groups_.clear();
  contacts_.clear();
}

std::variant<NoMail, Mail, PresenceNews> PostOffice::receive(Instant now, std::string_view topic,
                                                             std::string_view payload) {
  if (const auto sender = topic::inbox_sender(topic, account_)) return receive_inbox(*sender, payload);
  if (const auto group = topic::group_of(topic)) return receive_group(group->group, group->sender, payload);
  if (const auto account = topic::presence_of(topic)) return receive_presence(now, *account, payload);
  return NoMail{"foreign topic"};
}

std::variant<NoMail, Mail, PresenceNews> PostOffice::receive_inbox(std::string_view sender,
                                                                   std::string_view payload) {
  const auto from = user_of(app_, sender);
  if (!from) return NoMail{"sender is no account"};
  auto decoded = decode_envelope(payload);
  if (const auto* unreadable = std::get_if<Unreadable>(&decoded)) return NoMail{unreadable->why};
  Envelope& envelope = std::get<Envelope>(decoded);
  if (envelope.from == session_) return NoMail{};
  if (!envelope.to.empty() && envelope.to != session_) return NoMail{};
  if (const auto* ack = std::get_if<message::Ack>(&envelope.body)) {
    outbox_.acknowledge(*from, ack->list);
    return NoMail{};
  }
  const bool claim = std::holds_alternative<message::Claim>(envelope.body);
  if (std::holds_alternative<message::Seek>(envelope.body)) return NoMail{"not from a group"};
  if (claim != (*from == user_))
    return NoMail{claim ? "claim of a stranger" : "message from our own account"};
  if (claim) return Mail{*from, std::move(envelope), {}};
  remember_to_acknowledge(*from, envelope);
  if (!duplicates_.first_sight(*from, envelope.from, envelope.seq)) return NoMail{"duplicate"};
  return Mail{*from, std::move(envelope), {}};
}

// Only what concerns a group as such comes over it.
std::variant<NoMail, Mail, PresenceNews> PostOffice::receive_group(std::string_view group,
                                                                   std::string_view sender,
                                                                   std::string_view payload) {
  const auto id = trtc::group_of(app_, group);
  const auto from = user_of(app_, sender);
  if (!id || !from) return NoMail{"not of a group"};
  auto decoded = decode_envelope(payload);
  if (const auto* unreadable = std::get_if<Unreadable>(&decoded)) return NoMail{unreadable->why};
  Envelope& envelope = std::get<Envelope>(decoded);
  if (*from == user_) return NoMail{};
  if (std::holds_alternative<message::Seek>(envelope.body)) return Mail{*from, std::move(envelope), *id};
  const auto* const invite = std::get_if<message::Invite>(&envelope.body);
  if (invite == nullptr || invite->group_id != *id) return NoMail{"not for a group"};
  const auto& invitees = invite->invitees;
  if (std::find(invitees.begin(), invitees.end(), user_) == invitees.end()) return NoMail{};
  remember_to_acknowledge(*from, envelope);
  if (!duplicates_.first_sight(*from, envelope.from, envelope.seq)) return NoMail{"duplicate"};
  return Mail{*from, std::move(envelope), *id};
}

std::variant<NoMail, Mail, PresenceNews> PostOffice::receive_presence(Instant now, std::string_view account,
                                                                      std::string_view payload) {
  const auto user = user_of(app_, account);
  if (!user) return NoMail{"presence of no account"};
  auto decoded = decode_presence(payload);
  if (const auto* unreadable = std::get_if<Unreadable>(&decoded)) return NoMail{unreadable->why};
  const Presence& presence = std::get<Presence>(decoded);
  if (presence.session == session_) return NoMail{};
  if (outdated(presence)) return NoMail{"presence of an earlier connection"};
  if (presence.here) outbox_.hurry(now, *user);
  return PresenceNews{*user, presence};
}

bool PostOffice::outdated(const Presence& presence) {
  constexpr std::size_t capacity = 64;
  const auto at = std::find_if(contacts_.begin(), contacts_.end(),
                               [&](const Contact& contact) { return contact.session == presence.session; });
  if (at != contacts_.end()) {
    if (presence.connection < at->connection) return true;
    at->connection = presence.connection;
    std::rotate(at, at + 1, contacts_.end());
    return false;
  }
  if (contacts_.size() == capacity) contacts_.erase(contacts_.begin());
  contacts_.push_back({presence.session, presence.connection});
  return false;
}

void PostOffice::remember_to_acknowledge(const UserId& to, const Envelope& envelope) {
  const auto at = std::find_if(acks_.begin(), acks_.end(), [&](const Acks& acks) {
    return acks.session == envelope.from && acks.to == to && acks.list.size() < bound::acks;
  });
  if (at == acks_.end()) {
    acks_.push_back({to, envelope.from, {envelope.seq}});
  } else {
    at->list.push_back(envelope.seq);
  }
}

PostOffice::Publication PostOffice::publication(const UserId& to, const Envelope& envelope) const {
  return {topic::inbox(account_of(app_, to), account_), encode(envelope)};
}

std::vector<PostOffice::Publication> PostOffice::collect(Instant now, Random& random) {
  std::vector<Publication> out;
  for (Acks& acks : acks_) {
    out.push_back(publication(acks.to, {{}, session_, acks.session, 0, message::Ack{std::move(acks.list)}}));
  }
  acks_.clear();
  for (Publication& to_group : std::exchange(to_groups_, {})) out.push_back(std::move(to_group));
  for (const Outbox::Sending& sending : outbox_.due(now, random)) {
    out.push_back(publication(sending.to, sending.envelope));
  }
  return out;
}

bool PostOffice::send_to_group(Instant now, const std::string& group, const std::vector<UserId>& users,
                               Letter letter, bool online, Random& random) {
  const auto envelope = outbox_.add_copies(now, users, std::move(letter), session_, online, random);
  if (!envelope) return false;
  if (online)
    to_groups_.push_back({topic::group(group_account_of(app_, group), account_), encode(*envelope)});
  return true;
}

PostOffice::Publication PostOffice::seek(const std::string& group, const message::Seek& seek) const {
  return {topic::group(group_account_of(app_, group), account_), encode(Envelope{{}, session_, {}, 0, seek})};
}

PostOffice::Publication PostOffice::claim(const message::Claim& claim) const {
  return publication(user_, {{}, session_, {}, 0, claim});
}

PostOffice::Publication PostOffice::presence(std::uint32_t connection, bool here) const {
  return {topic::presence(account_), encode(Presence{session_, connection, here})};
}

std::string PostOffice::presence_topic(const UserId& user) const {
  return topic::presence(account_of(app_, user));
}

std::string PostOffice::group_topic(const std::string& group) const {
  return topic::group_filter(group_account_of(app_, group));
}

std::optional<std::string> PostOffice::group_of(std::string_view topic) const {
  const auto group = topic::group_of(topic);
  return group ? trtc::group_of(app_, group->group) : std::nullopt;
}

}  // namespace trtc
