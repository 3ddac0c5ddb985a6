// Between the call machine and the broker: letters out, mail in. Owns everything that makes delivery
// reliable.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ids.hpp"
#include "random.hpp"
#include "signaling/duplicates.hpp"
#include "signaling/message.hpp"
#include "signaling/outbox.hpp"
#include "time.hpp"

namespace trtc {

/// A message that is new and meant for this session.
struct Mail {
  UserId from;
  Envelope envelope;
  std::string group;  ///< to which it was sent, where it was
};

/// News about a session of somebody else.
struct PresenceNews {
  UserId user;
  Presence presence;
};

/// Nothing to act on; `why` is for the trace, empty for the ordinary (an acknowledgement, our own echo).
struct NoMail {
  std::string_view why;
};

class PostOffice {
 public:
  explicit PostOffice(std::uint32_t app) : app_(app) {}

  /// A session begins; nothing of an earlier one is left to deliver.
  void open(const UserId& user, const SessionId& session);
  void close();

  /// False: too much is undelivered (limit_exceeded).
  bool send(Instant now, Letter letter) { return outbox_.add(now, std::move(letter), session_); }
  struct Publication {
    std::string topic;
    std::string payload;
  };
  /// One publication for the whole group, and a letter for each user who does not acknowledge it. Without
  /// `online` the letters alone. False: too much is undelivered.
  bool send_to_group(Instant now, const std::string& group, const std::vector<UserId>& users, Letter letter,
                     bool online, Random& random);
  /// To whoever hears it, once.
  Publication seek(const std::string& group, const message::Seek& seek) const;

  Outbox& outbox() { return outbox_; }
  const Outbox& outbox() const { return outbox_; }
  std::size_t known_senders() const { return duplicates_.size(); }

  std::variant<NoMail, Mail, PresenceNews> receive(Instant now, std::string_view topic,
                                                   std::string_view payload);

  /// Acknowledgements and whatever of the outbox is due; call only while the connection is up.
  std::vector<Publication> collect(Instant now, Random& random);

  Publication claim(const message::Claim& claim) const;
  Publication presence(std::uint32_t connection, bool here) const;
  std::string presence_topic(const UserId& user) const;
  std::string group_topic(const std::string& group) const;
  std::optional<std::string> group_of(std::string_view topic) const;

 private:
  friend struct Checkpoint;
  friend struct Inspection;  // tests/explore
  struct Acks {
    UserId to;
    SessionId session;
    std::vector<std::uint32_t> list;
  };
  struct Contact {
    SessionId session;
    std::uint32_t connection = 0;
  };

  std::variant<NoMail, Mail, PresenceNews> receive_inbox(std::string_view sender, std::string_view payload);
  std::variant<NoMail, Mail, PresenceNews> receive_group(std::string_view group, std::string_view sender,
                                                         std::string_view payload);
  std::variant<NoMail, Mail, PresenceNews> receive_presence(Instant now, std::string_view account,
                                                            std::string_view payload);
  void remember_to_acknowledge(const UserId& to, const Envelope& envelope);
  bool outdated(const Presence& presence);
  Publication publication(const UserId& to, const Envelope& envelope) const;

  std::uint32_t app_;
  UserId user_;
  Account account_;
  SessionId session_;
  Outbox outbox_;
  Duplicates duplicates_;
  std::vector<Acks> acks_;
  std::vector<Publication> to_groups_;
  std::vector<Contact> contacts_;  ///< most recent last, bounded
};

}  // namespace trtc
