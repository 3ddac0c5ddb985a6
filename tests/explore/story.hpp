// What an application has been told, and whether it makes sense: every promise settles once, every event
// comes once and in its order (invariants 5 and 7 of the protocol).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "effect.hpp"
#include "ids.hpp"

namespace trtc::explore {

/// One call as one application has seen it.
struct Record {
  enum class Phase : std::uint8_t {
    open,    ///< placed, or ringing
    talked,  ///< ON_CALL_BEGIN
    over,
  };
  std::uint32_t call = 0;
  CallRole role = CallRole::inviter;
  bool group = false;
  std::uint8_t inviter = 0;
  Phase phase = Phase::open;
  bool began = false;
  bool by_self = false;  ///< its own user (or the end of its session) ended it
  bool cancelled = false, ended = false, timed_out = false;
  CancelReason reason = CancelReason::cancelled;
  std::vector<std::uint8_t> members;
  std::array<std::uint8_t, 4> sends{};  ///< what each of them is said to send: audio 1, video 2, screen 4
};

class Story {
 public:
  /// Of what the application tells us next; `call`: the engine's call once the batch is done, or 0.
  void take(const Effect& effect);
  void asked(OpId op) { open_.push_back(op); }
  /// The group's call is entered anew: what became of it before is another story.
  void seeks();
  /// A local verb is being carried out: what ends now was ended by the user.
  void acting(bool acts) { acting_ = acts; }

  const std::vector<OpId>& open_promises() const { return open_; }
  const std::vector<Record>& records() const { return records_; }
  const Record* current() const;
  /// Glare: our own call lives on as an answer to theirs, and is told of no more.
  void supersede(std::uint32_t call);
  /// Why it makes no sense, if it does not.
  const std::string& nonsense() const { return nonsense_; }

 private:
  Record& record(const CallInfo& info);
  Record* find(std::uint32_t call);
  void settle(OpId op);
  void blame(const std::string& what) {
    if (nonsense_.empty()) nonsense_ = what;
  }
  void close(Record& record, CancelReason reason);

  void on(const effect::Done& effect);
  void on(const effect::Failed& effect) { settle(effect.op); }
  void on(const effect::Invited& effect);
  void on(const effect::UserAccepted& effect);
  void on(const effect::UserEntered& effect);
  void on(const effect::UserLeft& effect);
  void on(const effect::CallBegan& effect);
  void on(const effect::CallCancelled& effect);
  void on(const effect::CallEnded& effect);
  void on(const effect::NoResponse& effect) { told(effect.call.call, "NoResponse"); }
  void on(const effect::CallTimedOut& effect) { told(effect.call.call, "CallTimedOut"); }
  void on(const effect::InviteRejected& effect) { told(effect.call.call, "InviteRejected"); }
  void on(const effect::LineBusy& effect) { told(effect.call.call, "LineBusy"); }
  void on(const effect::RosterChanged& effect) { told(effect.call.call, "RosterChanged"); }
  void on(const effect::MediaTypeChanged& effect) { told(effect.call.call, "MediaTypeChanged"); }
  void on(const effect::AudioAvailable& effect) { sends(effect.user, 1, effect.available); }
  void on(const effect::VideoAvailable& effect) { sends(effect.user, 2, effect.available); }
  void on(const effect::ScreenAvailable& effect) { sends(effect.user, 4, effect.available); }
  template <class Other>
  void on(const Other&) {}
  void sends(const UserId& user, std::uint8_t what, bool available);
  void told(const CallId& call, const char* what);

  std::vector<OpId> open_;
  std::vector<Record> records_;
  std::string nonsense_;
  bool acting_ = false;
};

}  // namespace trtc::explore
