// At-least-once, end to end (protocol, section 4): a message stays here until its receiver acknowledges it,
// or until it is worthless. The broker may lose, delay, duplicate or reorder whatever it likes.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "ids.hpp"
#include "random.hpp"
#include "signaling/message.hpp"
#include "time.hpp"

namespace trtc {

/// A message on its way, as the call machine hands it over.
struct Letter {
  UserId to;
  SessionId session;  ///< empty: every session of the user
  CallId call;
  message::Body body;
  std::optional<Instant> expires;  ///< worthless afterwards; for an invite this is the end of the ring
};

class Outbox {
 public:
  static constexpr std::size_t capacity = 256;
  /// Answers to others (busy, "I am not in that call") may take so much room, for one user and in all:
  /// whoever floods us with calls must not keep our own from going out. The oldest give way.
  static constexpr std::size_t answers_to_one = 16;
  static constexpr std::size_t answers = 128;
  /// How long a terminal message (cancel, reject, leave, ended) is repeated to somebody who does not answer.
  static constexpr Duration terminal_life = 30s;
  /// Unanswered for so long while we were online: the receiver is probably gone (protocol, section 6, "two
  /// witnesses").
  static constexpr Duration silence = 15s;

  struct Sending {
    UserId to;
    Envelope envelope;
  };

  /// False: full, and the letter is refused.
  bool add(Instant now, Letter letter, const SessionId& self);

  /// The same letter to several users, which has gone to their group at once: whoever does not acknowledge it
  /// gets its own. The envelope is the one for the group; nothing: full. `sent`: it is on its way to the
  /// group.
  std::optional<Envelope> add_copies(Instant now, const std::vector<UserId>& users, Letter letter,
                                     const SessionId& self, bool sent, Random& random);

  /// What is due now; with its remaining ring time where it is an invite.
  std::vector<Sending> due(Instant now, Random& random);

  /// The receiver has it. An invite to every session is done with the first acknowledgement.
  void acknowledge(const UserId& from, const std::vector<std::uint32_t>& list);

  /// The call is over: whatever still belongs to it is worthless, except what tells that it is over.
  void drop_call(const CallId& call);
  /// A newer state, or the end of an invitation, makes an older message of the same kind worthless.
  void drop_invites(const CallId& call, const UserId& to);

  /// Everything is due at once: the connection is back, or the receiver has just turned up.
  void hurry(Instant now);
  void hurry(Instant now, const UserId& to);

  /// Time spent offline does not count as the receiver's silence.
  void offline();

  /// Whether a letter of this call to this session, or to all of its user's, has been waiting for its
  /// acknowledgement for `silence` or longer. Letters of other calls, and to other sessions, say nothing:
  /// they may be addressed to a session that is gone.
  bool silent(Instant now, const UserId& to, const SessionId& session, const CallId& call) const;

  std::optional<Instant> next_deadline() const;
  std::size_t size() const { return entries_.size(); }
  void clear() { entries_.clear(); }

 private:
  friend struct Checkpoint;
  friend struct Inspection;  // tests/explore
  struct Entry {
    Letter letter;
    Envelope envelope;
    Instant next;
    std::optional<Instant> since;  ///< first sending of the current connection
    unsigned attempts = 0;
  };
  void drop_expired(Instant now);
  void make_room_for_answer(const UserId& to);
  void repeat_goodbyes(Instant now, const UserId& to);

  std::vector<Entry> entries_;
  std::uint32_t last_seq_ = 0;
};

}  // namespace trtc
