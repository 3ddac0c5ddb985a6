#include "explore/telling.hpp"

#include "error.hpp"
#include "machine.hpp"
#include "words.hpp"

namespace trtc::explore {
namespace {

std::string on_off(bool value) { return value ? " on" : " off"; }

struct Answer {
  std::string operator()(const effect::Nothing&) const { return "done"; }
  std::string operator()(const effect::LoggedIn&) const { return "logged in"; }
  std::string operator()(const effect::CallPlaced&) const { return "placed"; }
  std::string operator()(const effect::GroupCallPlaced& r) const { return r.added ? "added" : "placed"; }
  std::string operator()(const effect::CallAccepted&) const { return "accepted"; }
  std::string operator()(const effect::CallRejected&) const { return "rejected"; }
  std::string operator()(const effect::HungUp& r) const {
    return r.cancelled.empty() ? "hung up" : "hung up: cancelled";
  }
  std::string operator()(const effect::Toggled& r) const { return r.done ? "toggled" : "nothing to toggle"; }
};

struct Tell {
  std::string operator()(const effect::Done& e) const { return "-> " + match(e.result, Answer{}); }
  std::string operator()(const effect::Failed& e) const {
    return "-> " + std::string(describe(e.error.code).name);
  }
  std::string operator()(const effect::KickedOut&) const { return "KickedOut"; }
  std::string operator()(const effect::Invited& e) const { return "Invited by " + e.call.inviter.text; }
  std::string operator()(const effect::UserAccepted& e) const { return "UserAccepted " + e.user.text; }
  std::string operator()(const effect::UserEntered& e) const { return "UserEntered " + e.user.text; }
  std::string operator()(const effect::UserLeft& e) const { return "UserLeft " + e.user.text; }
  std::string operator()(const effect::VideoAvailable& e) const {
    return "Video " + e.user.text + on_off(e.available);
  }
  std::string operator()(const effect::RosterChanged& e) const {
    std::string out = "Roster";
    for (const RosterEntry& entry : e.roster)
      out += ' ' + entry.user.text + ':' + std::string(wire::word(wire::roster_statuses, entry.status));
    return out;
  }
  std::string operator()(const effect::MediaTypeChanged& e) const {
    return "CallType " + std::string(wire::word(wire::media_types, e.call.media));
  }
  std::string operator()(const effect::InviteRejected& e) const { return "Rejected by " + e.user.text; }
  std::string operator()(const effect::LineBusy& e) const { return "LineBusy " + e.user.text; }
  std::string operator()(const effect::NoResponse&) const { return "NoResponse"; }
  std::string operator()(const effect::CallTimedOut&) const { return "CallTimedOut"; }
  std::string operator()(const effect::CallCancelled& e) const {
    return "CallCancelled " + std::string(wire::word(wire::cancel_reasons, e.reason));
  }
  std::string operator()(const effect::CallBegan&) const { return "CallBegan"; }
  std::string operator()(const effect::CallEnded&) const { return "CallEnded"; }
  std::string operator()(const effect::SignalingChanged& e) const {
    return "Signaling" + on_off(e.connected);
  }
  std::string operator()(const effect::UserConnectionChanged& e) const {
    return "Media " + e.user.text + ' ' + std::string(wire::word(wire::connection_states, e.state));
  }
  std::string operator()(const effect::Errored& e) const {
    return "Error " + std::string(describe(e.error.code).name);
  }
  std::string operator()(const effect::Ignored& e) const {
    return "(ignored: " + e.why + (e.what.empty() ? "" : ", ") + e.what + ')';
  }
  template <class Other>
  std::string operator()(const Other&) const {
    return {};
  }
};

}  // namespace

std::string tell(const Effect& effect) { return match(effect, Tell{}); }

}  // namespace trtc::explore
