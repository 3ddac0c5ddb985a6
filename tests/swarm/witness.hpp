// Watches one tab: every batch of the core must keep the invariants that one side alone can see (protocol,
// section 9), and the application's events must come once each, in a legal order (behaviour document,
// sections 4 and 5).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sim/client.hpp"

namespace trtc::swarm {

/// What a tab knows of a call that is over.
struct Record {
  CallInfo info;
  bool began = false;
  std::optional<CancelReason> reason;  ///< of one that did not begin
  std::set<std::string> met;           ///< everybody who was in it with us
};

class Witness {
 public:
  using Complain = std::function<void(const std::string& what)>;
  Witness(const sim::Client& client, Complain complain) : client_(client), complain_(std::move(complain)) {}

  void saw(const Input& input, const Effects& effects);

  // ---- What it has seen. ----
  const std::string& call() const { return call_; }  ///< the call we are in, or empty
  const CallInfo& info() const { return info_; }
  const std::set<std::string>& members() const { return members_; }  ///< the others in it
  /// With whom there is no media path, as the application was told.
  bool unreachable(const std::string& user) const { return unreachable_.count(user) != 0; }
  bool began() const { return began_; }
  bool kicked_out() const { return kicked_out_; }
  bool rang() const { return before_ == CallStatus::ringing; }         ///< before the last batch
  std::optional<Instant> rings_since() const { return rings_since_; }  ///< by the host's clock
  const std::vector<Record>& records() const { return records_; }
  std::vector<std::string> unanswered() const;  ///< verbs that were never answered

  /// How long each invitation that this tab has sent may ring; 0: for ever.
  const std::map<std::string, Duration>& rings() const { return rings_; }
  std::uint64_t inputs() const { return inputs_; }

 private:
  struct Op {
    std::string verb;
    Duration timeout{0};
    int answers = 0;
  };
  struct Seen {
    std::optional<bool> video, audio, screen;
    std::optional<ConnectionState> connection;
  };

  void asked(const Input& input);
  void see(const effect::Done& effect);
  void see(const effect::Failed& effect);
  void see(const effect::StatusChanged& effect);
  void see(const effect::KickedOut& effect);
  void see(const effect::Ready& effect);
  void see(const effect::Invited& effect);
  void see(const effect::UserAccepted& effect);
  void see(const effect::UserEntered& effect);
  void see(const effect::UserLeft& effect);
  void see(const effect::VideoAvailable& effect);
  void see(const effect::AudioAvailable& effect);
  void see(const effect::ScreenAvailable& effect);
  void see(const effect::RosterChanged& effect);
  void see(const effect::MediaTypeChanged& effect);
  void see(const effect::InviteRejected& effect);
  void see(const effect::LineBusy& effect);
  void see(const effect::NoResponse& effect);
  void see(const effect::CallTimedOut& effect);
  void see(const effect::CallCancelled& effect);
  void see(const effect::CallBegan& effect);
  void see(const effect::CallEnded& effect);
  void see(const effect::SignalingChanged& effect);
  void see(const effect::UserConnectionChanged& effect);
  void see(const effect::Errored& effect);
  template <class Other>
  void see(const Other&) {}

  bool belongs(const CallInfo& info, const char* what);
  bool belongs(const CallId& call, const char* what);
  void answered(OpId op);
  void changed(const std::string& user, std::optional<bool> Seen::*what, bool now, const char* name);
  void close_call();
  void check_batch();
  void check_idle();
  void check_media();

  const sim::Client& client_;
  Complain complain_;
  std::uint64_t inputs_ = 0;
  std::map<std::uint32_t, Op> ops_;
  std::map<std::string, Duration> rings_;
  std::size_t position_ = 0;  ///< in the batch

  std::string call_;
  CallInfo info_;
  bool began_ = false;
  int ended_ = 0;
  int cancelled_ = 0;
  bool failed_ = false;  ///< a dial or a search that came to nothing
  std::optional<CancelReason> reason_;
  std::set<std::string> members_, met_, unreachable_;
  std::map<std::string, Seen> seen_;
  std::optional<Instant> rings_since_;
  bool seeks_ = false;          ///< joinInGroupCall() may come back to a call that was over here
  std::set<std::string> over_;  ///< calls that may only come back by an invitation anew
  std::vector<Record> records_;
  bool kicked_out_ = false;
  bool connected_ = true;
  effect::StatusChanged status_;
  CallStatus before_ = CallStatus::idle;
};

}  // namespace trtc::swarm
