#include "sim/describe.hpp"

#include "error.hpp"
#include "words.hpp"

namespace trtc::sim {
namespace {

std::string joined(const std::vector<UserId>& users) {
  std::string out;
  for (const UserId& user : users) out += (out.empty() ? "" : "+") + user.text;
  return out;
}

std::string yes(bool value) { return value ? " on" : " off"; }

// The application's view of an effect; empty for everything that is not an event.
struct Describe {
  std::string operator()(const effect::Ready&) const { return "Ready"; }
  std::string operator()(const effect::KickedOut&) const { return "KickedOut"; }
  std::string operator()(const effect::Invited& e) const {
    return "Invited " + e.call.inviter.text + ' ' + std::string(wire::word(wire::media_types, e.call.media));
  }
  std::string operator()(const effect::UserAccepted& e) const { return "UserAccepted " + e.user.text; }
  std::string operator()(const effect::UserEntered& e) const { return "UserEntered " + e.user.text; }
  std::string operator()(const effect::UserLeft& e) const { return "UserLeft " + e.user.text; }
  std::string operator()(const effect::VideoAvailable& e) const {
    return "Video " + e.user.text + yes(e.available);
  }
  std::string operator()(const effect::AudioAvailable& e) const {
    return "Audio " + e.user.text + yes(e.available);
  }
  std::string operator()(const effect::ScreenAvailable& e) const {
    return "Screen " + e.user.text + yes(e.available);
  }
  std::string operator()(const effect::ScreenStopped&) const { return "ScreenStopped"; }
  std::string operator()(const effect::RosterChanged& e) const {
    return e.call.group ? "Roster" + roster_text(e) : "";
  }
  std::string operator()(const effect::MediaTypeChanged& e) const {
    return "Type " + std::string(wire::word(wire::media_types, e.call.media));
  }
  std::string operator()(const effect::InviteRejected& e) const { return "Rejected " + e.user.text; }
  std::string operator()(const effect::LineBusy& e) const { return "LineBusy " + e.user.text; }
  std::string operator()(const effect::NoResponse& e) const { return "NoResponse " + joined(e.users); }
  std::string operator()(const effect::CallTimedOut& e) const { return "TimedOut " + joined(e.users); }
  std::string operator()(const effect::CallCancelled& e) const {
    return std::string(e.told ? "Cancelled! " : "Cancelled ") +
           std::string(wire::word(wire::cancel_reasons, e.reason));
  }
  std::string operator()(const effect::CallBegan&) const { return "Began"; }
  std::string operator()(const effect::CallEnded& e) const {
    return "Ended " + e.user.text + ' ' + std::to_string(e.seconds);
  }
  std::string operator()(const effect::SignalingChanged& e) const { return "Signaling" + yes(e.connected); }
  std::string operator()(const effect::UserConnectionChanged& e) const {
    return "Media " + e.user.text + ' ' + std::string(wire::word(wire::connection_states, e.state));
  }
  std::string operator()(const effect::Errored& e) const {
    return "Error " + std::string(trtc::describe(e.error.code).name);
  }
  template <class Other>
  std::string operator()(const Other&) const {
    return {};
  }
};

struct ResultName {
  std::string operator()(const effect::Nothing&) const { return "nothing"; }
  std::string operator()(const effect::LoggedIn& r) const {
    return r.repeated ? "logged in again" : "logged in";
  }
  std::string operator()(const effect::CallPlaced&) const { return "placed"; }
  std::string operator()(const effect::GroupCallPlaced& r) const { return r.added ? "added" : "placed"; }
  std::string operator()(const effect::CallAccepted&) const { return "accepted"; }
  std::string operator()(const effect::CallRejected&) const { return "rejected"; }
  std::string operator()(const effect::HungUp& r) const {
    return r.cancelled.empty() ? "hung up" : "cancelled";
  }
  std::string operator()(const effect::Toggled& r) const { return r.done ? "toggled" : "nothing to toggle"; }
};

}  // namespace

std::string event_text(const Effect& effect) { return std::visit(Describe{}, effect); }
std::string roster_text(const effect::RosterChanged& changed) {
  std::string out;
  for (const RosterEntry& entry : changed.roster)
    out += ' ' + entry.user.text + ':' + std::string(wire::word(wire::roster_statuses, entry.status));
  return out;
}

std::string result_text(const effect::Result& result) { return std::visit(ResultName{}, result); }

}  // namespace trtc::sim
