#include "swarm/witness.hpp"

#include <algorithm>

#include "error.hpp"

namespace trtc::swarm {
namespace {

template <class Verb>
std::string verb_name(const Verb&) {
  if constexpr (std::is_same_v<Verb, input::Login>) return "login";
  if constexpr (std::is_same_v<Verb, input::Call>) return "call";
  if constexpr (std::is_same_v<Verb, input::GroupCall>) return "groupCall";
  if constexpr (std::is_same_v<Verb, input::InviteUsers>) return "inviteUser";
  if constexpr (std::is_same_v<Verb, input::JoinGroupCall>) return "joinInGroupCall";
  if constexpr (std::is_same_v<Verb, input::Accept>) return "accept";
  if constexpr (std::is_same_v<Verb, input::HangUp>) return "hangup";
  return "verb";
}

}  // namespace

void Witness::saw(const Input& input, const Effects& effects) {
  ++inputs_;
  before_ = status_.call;
  asked(input);
  position_ = 0;
  for (const Effect& effect : effects) {
    std::visit([this](const auto& one) { see(one); }, effect);
    ++position_;
  }
  check_batch();
}

void Witness::asked(const Input& input) {
  std::visit(
      [this](const auto& verb) {
        if constexpr (requires { verb.op; }) {
          Op& op = ops_[verb.op.value];
          op.verb = verb_name(verb);
          if constexpr (requires { verb.timeout; }) op.timeout = verb.timeout;
          if constexpr (std::is_same_v<std::decay_t<decltype(verb)>, input::JoinGroupCall>) seeks_ = true;
        }
      },
      input);
}

std::vector<std::string> Witness::unanswered() const {
  std::vector<std::string> out;
  for (const auto& [number, op] : ops_) {
    if (op.answers == 0) out.push_back(op.verb + " (op " + std::to_string(number) + ")");
  }
  return out;
}

void Witness::answered(OpId op) {
  const auto at = ops_.find(op.value);
  if (at == ops_.end()) return complain_("an answer to a verb that was never said");
  if (++at->second.answers > 1) complain_(at->second.verb + "() was answered twice");
}

void Witness::see(const effect::Done& done) {
  answered(done.op);
  const Op& op = ops_[done.op.value];
  if (const auto* placed = std::get_if<effect::CallPlaced>(&done.result)) {
    rings_[placed->call.text] = op.timeout;
    if (call_.empty()) {
      call_ = placed->call.text;
      info_.call = placed->call, info_.media = placed->media, info_.inviter = UserId(client_.user());
      info_.invitees = {placed->user};
    }
  } else if (const auto* group = std::get_if<effect::GroupCallPlaced>(&done.result)) {
    Duration& ring = rings_.emplace(group->call.text, op.timeout).first->second;
    if (op.timeout == Duration(0) || ring == Duration(0))
      ring = Duration(0);
    else
      ring = std::max(ring, op.timeout);
  }
}

void Witness::see(const effect::Failed& failed) {
  answered(failed.op);
  if (before_ == CallStatus::dialing && position_ > 0) failed_ = true;
}

void Witness::see(const effect::StatusChanged& status) {
  if (position_ != 0) complain_("a status in the middle of a batch");
  if (status.session == status_.session && status.call == status_.call)
    complain_("a status that did not change");
  status_ = status;
}

void Witness::see(const effect::KickedOut&) {
  if (kicked_out_) complain_("KICKED_OUT twice");
  kicked_out_ = true;
}
void Witness::see(const effect::Ready&) { connected_ = true; }

bool Witness::belongs(const CallInfo& info, const char* what) {
  if (call_.empty() && (over_.count(info.call.text) == 0 || seeks_)) {
    // Our own dial, a search that has found, or glare: nobody was asked.
    call_ = info.call.text;
    info_ = info;
  }
  if (call_ == info.call.text) {
    info_ = info;
    return true;
  }
  if (!call_.empty() && ended_ + cancelled_ > 0) {
    close_call();
    return belongs(info, what);
  }
  if (!call_.empty() && info.role == CallRole::invitee && !began_) {
    // Glare: our dial has become the answer to theirs.
    over_.insert(call_);
    call_ = info.call.text, info_ = info;
    return true;
  }
  complain_(std::string(what) + " of another call");
  return false;
}
bool Witness::belongs(const CallId& call, const char* what) {
  CallInfo info = info_;
  if (call_ != call.text) info = CallInfo{}, info.call = call, info.role = CallRole::invitee;
  return belongs(info, what);
}

void Witness::see(const effect::Invited& invited) {
  const CallInfo& info = invited.call;
  if (!call_.empty()) {
    if (ended_ + cancelled_ == 0) complain_("INVITED during another call");
    close_call();
  }
  if (over_.count(info.call.text) != 0 && !info.group) complain_("INVITED twice to one call");
  over_.erase(info.call.text);
  call_ = info.call.text, info_ = info;
  rings_since_ = client_.engine_time();
}

void Witness::see(const effect::UserAccepted& accepted) {
  if (!belongs(accepted.call, "USER_ACCEPT")) return;
  if (ended_ + cancelled_ > 0) complain_("USER_ACCEPT after the end");
}

void Witness::see(const effect::UserEntered& entered) {
  if (!belongs(entered.call, "USER_ENTER")) return;
  if (ended_ > 0) complain_("USER_ENTER after the end");
  if (!members_.insert(entered.user.text).second) complain_("USER_ENTER of " + entered.user.text + " twice");
  if (entered.user.text == client_.user()) complain_("USER_ENTER of ourselves");
  met_.insert(entered.user.text);
  unreachable_.erase(entered.user.text);
  seen_[entered.user.text] = {std::nullopt, std::nullopt, false, std::nullopt};
}
void Witness::see(const effect::UserLeft& left) {
  if (!belongs(left.call, "USER_LEAVE")) return;
  if (members_.erase(left.user.text) == 0)
    complain_("USER_LEAVE of " + left.user.text + ", who is not there");
  seen_.erase(left.user.text);
}

void Witness::changed(const std::string& user, std::optional<bool> Seen::*what, bool now, const char* name) {
  const auto at = seen_.find(user);
  if (at == seen_.end()) return complain_(std::string(name) + " of " + user + ", who is not there");
  if (at->second.*what == now) complain_(std::string(name) + " of " + user + " did not change");
  at->second.*what = now;
}
void Witness::see(const effect::VideoAvailable& one) {
  changed(one.user.text, &Seen::video, one.available, "VIDEO");
}
void Witness::see(const effect::AudioAvailable& one) {
  const auto at = seen_.find(one.user.text);
  if (at != seen_.end() && !at->second.video) complain_("the first AUDIO before the first VIDEO");
  changed(one.user.text, &Seen::audio, one.available, "AUDIO");
}
void Witness::see(const effect::ScreenAvailable& one) {
  changed(one.user.text, &Seen::screen, one.available, "SCREEN");
}

void Witness::see(const effect::RosterChanged& roster) {
  if (!belongs(roster.call, "the roster")) return;
  std::set<std::string> users;
  for (const RosterEntry& entry : roster.roster) {
    if (!users.insert(entry.user.text).second) complain_("the roster lists " + entry.user.text + " twice");
    if (entry.user.text == client_.user()) complain_("the roster lists ourselves");
  }
}
void Witness::see(const effect::MediaTypeChanged& changed_type) {
  const MediaType before = info_.media;
  const bool known = call_ == changed_type.call.call.text;
  if (!belongs(changed_type.call, "CALL_TYPE_CHANGED")) return;
  if (changed_type.from == changed_type.call.media) complain_("CALL_TYPE_CHANGED without a change");
  if (known && changed_type.from != before) complain_("CALL_TYPE_CHANGED from what it was not");
}
void Witness::see(const effect::InviteRejected& one) {
  if (belongs(one.call, "REJECT") && members_.count(one.user.text)) complain_("REJECT of a member");
}
void Witness::see(const effect::LineBusy& one) {
  if (belongs(one.call, "LINE_BUSY") && members_.count(one.user.text)) complain_("LINE_BUSY of a member");
}
void Witness::see(const effect::NoResponse& one) {
  if (!belongs(one.call, "NO_RESP")) return;
  for (const UserId& user : one.users) {
    if (members_.count(user.text)) complain_("NO_RESP of a member");
  }
}
void Witness::see(const effect::CallTimedOut& one) { belongs(one.call, "CALLING_TIMEOUT"); }

void Witness::see(const effect::CallCancelled& one) {
  if (!belongs(one.call, "ON_CALL_CANCELED")) return;
  if (began_) complain_("ON_CALL_CANCELED of a call that has begun");
  if (++cancelled_ > 1) complain_("ON_CALL_CANCELED twice");
  reason_ = one.reason;
}
void Witness::see(const effect::CallBegan& one) {
  if (!belongs(one.call, "ON_CALL_BEGIN")) return;
  if (began_) complain_("ON_CALL_BEGIN twice");
  if (members_.empty()) complain_("ON_CALL_BEGIN with nobody there");
  if (ended_ + cancelled_ > 0) complain_("ON_CALL_BEGIN after the end");
  began_ = true;
}
void Witness::see(const effect::CallEnded& one) {
  if (!belongs(one.call, "CALLING_END")) return;
  if (++ended_ > 1) complain_("CALLING_END twice");
  if (!members_.empty()) complain_("CALLING_END before USER_LEAVE of " + *members_.begin());
  if (!began_ && one.seconds != 0) complain_("CALLING_END with talk time of a call that did not begin");
  if (!began_ && cancelled_ == 0) complain_("CALLING_END of a call that neither began nor was cancelled");
}

void Witness::see(const effect::SignalingChanged& one) {
  if (one.connected == connected_) complain_("the signaling connection did not change");
  connected_ = one.connected;
}
void Witness::see(const effect::UserConnectionChanged& one) {
  const auto at = seen_.find(one.user.text);
  if (at == seen_.end()) return complain_("the connection of " + one.user.text + ", who is not there");
  if (at->second.connection == one.state) complain_("the connection of " + one.user.text + " did not change");
  at->second.connection = one.state;
}

void Witness::see(const effect::Errored& one) {
  if (one.error.code != ErrorCode::media_connection_failed) return;
  unreachable_.insert(one.error.detail.substr(one.error.detail.rfind(' ') + 1));
}

// ---- At the end of each batch. ----

void Witness::close_call() {
  if (call_.empty()) return;
  if (began_ && ended_ != 1) complain_("a call that began has ended without CALLING_END");
  if (!began_ && cancelled_ != 1 && !failed_) complain_("a call has vanished without ON_CALL_CANCELED");
  records_.push_back({info_, began_, reason_, met_});
  over_.insert(call_);
  call_.clear(), info_ = {}, began_ = false, ended_ = cancelled_ = 0, failed_ = false;
  reason_.reset(), members_.clear(), met_.clear(), unreachable_.clear(), seen_.clear(), rings_since_.reset();
}

void Witness::check_batch() {
  const CallStatus status = client_.status();
  if (status_.call != status || status_.session != client_.session()) complain_("a status that was not told");
  if (status != CallStatus::ringing) rings_since_.reset();
  if (status == CallStatus::idle) {
    close_call();
    failed_ = false;
    check_idle();
    // It may wait for the session, with the call of before on its way out.
    seeks_ = std::any_of(ops_.begin(), ops_.end(), [](const auto& op) {
      return op.second.verb == "joinInGroupCall" && op.second.answers == 0;
    });
  } else {
    if (ended_ + cancelled_ > 0) complain_("the end of a call that goes on");
    if ((status == CallStatus::in_call) != began_)
      complain_("in a call without ON_CALL_BEGIN, or the reverse");
  }
  check_media();
}

void Witness::check_idle() {
  if (client_.records() || client_.films() || client_.shares())
    complain_("a device is open, and there is no call");
  if (client_.peers() > 0) complain_("a peer connection is open, and there is no call");
}

// Media goes to members, and to the inviter of the call that we have accepted: it is in its own call.
void Witness::check_media() {
  for (const std::string& user : client_.receivers()) {
    const bool inviter = client_.status() == CallStatus::accepting;
    if (members_.count(user) == 0 && !inviter) complain_("media is sent to " + user + ", who is no member");
  }
}

}  // namespace trtc::swarm
