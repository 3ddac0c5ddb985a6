#include <array>
#include <cstdint>
#include <vector>

#include "json_text.hpp"
#include "machine.hpp"
#include "wire.hpp"
#include "words.hpp"

namespace trtc::wire {
namespace {

// ---- Writing: one overload an effect; the names are those of the variant's alternatives, in their order.
// ----

// A row for each kind.
// clang-format off
constexpr std::array<std::string_view, std::variant_size_v<Effect>> effect_names{
    "OpenSocket", "SendBytes", "CloseSocket",
    "OpenMedia", "CloseMedia", "CloseCamera", "MuteMicrophone", "OpenScreen", "CloseScreen", "LimitVideo",
    "CreatePeer", "CreateOffer", "CreateAnswer", "ApplyAnswer", "AddCandidates", "StartSending", "ClosePeer",
    "Done", "Failed", "StatusChanged",
    "Ready", "KickedOut", "Invited", "UserAccepted", "UserEntered", "UserLeft",
    "VideoAvailable", "AudioAvailable", "ScreenAvailable", "ScreenStopped", "RosterChanged", "MediaTypeChanged",
    "InviteRejected", "LineBusy", "NoResponse", "CallTimedOut", "CallCancelled", "CallBegan", "CallEnded",
    "SignalingChanged", "UserConnectionChanged", "Errored", "Ignored"};
// clang-format on
constexpr std::array<std::string_view, std::variant_size_v<effect::Result>> result_names{
    "Nothing",      "LoggedIn",     "CallPlaced", "GroupCallPlaced",
    "CallAccepted", "CallRejected", "HungUp",     "Toggled"};

void write(JsonObject& out, const char* key, const std::vector<UserId>& users) {
  JsonArray list(out.member(key));
  for (const UserId& user : users) append_json_string(list.next(), user.text);
}
void write(JsonObject& out, Sending s) {
  JsonObject sending(out.member("sending"));
  sending.flag("audio", s.audio).flag("video", s.video).flag("screen", s.screen);
}
void write(JsonObject& out, const char* key, const Profile& p) {
  JsonObject profile(out.member(key));
  profile.text("nick", p.nick).text("avatar", p.avatar);
}
void write(JsonObject& out, const CallInfo& c) {
  JsonObject info(out.member("call"));
  info.text("call", c.call.text).number("room", c.room).word("media", word(media_types, c.media));
  info.word("role", word(call_roles, c.role)).text("inviter", c.inviter.text);
  write(info, "invitees", c.invitees);
  info.flag("group", c.group).text("group_id", c.group_id).text("user_data", c.user_data);
  write(info, "inviter_profile", c.inviter_profile);
}
void write(JsonObject& out, const Error& e) {
  JsonObject error(out.member("error"));
  error.number("code", static_cast<std::uint32_t>(e.code)).text("detail", e.detail);
}

void write(JsonObject& out, const effect::OpenSocket& e) {
  out.number("socket", e.socket.value).text("url", e.url);
}
void write(JsonObject& out, const effect::SendBytes& e) { out.number("socket", e.socket.value); }
void write(JsonObject& out, const effect::CloseSocket& e) { out.number("socket", e.socket.value); }
void write(JsonObject& out, const effect::OpenMedia& e) {
  out.number("capture", e.capture.value).flag("microphone", e.microphone).flag("camera", e.camera);
  JsonObject profile(out.member("profile"));
  profile.number("width", e.profile.width).number("height", e.profile.height);
  profile.number("frame_rate", e.profile.frame_rate).number("bitrate", e.profile.bitrate);
}
void write(JsonObject&, const effect::CloseMedia&) {}
void write(JsonObject&, const effect::CloseCamera&) {}
void write(JsonObject& out, const effect::MuteMicrophone& e) { out.flag("muted", e.muted); }
void write(JsonObject& out, const effect::OpenScreen& e) { out.number("capture", e.capture.value); }
void write(JsonObject&, const effect::CloseScreen&) {}
void write(JsonObject& out, const effect::LimitVideo& e) {
  out.number("bitrate", e.bitrate).number("scale", e.scale);
}
void write(JsonObject& out, const effect::CreatePeer& e) {
  out.number("peer", e.peer.value).text("user", e.user.text).flag("offerer", e.offerer);
}
void write(JsonObject& out, const effect::CreateOffer& e) {
  out.number("peer", e.peer.value)
      .number("negotiation", e.negotiation.value)
      .flag("ice_restart", e.ice_restart);
}
void write(JsonObject& out, const effect::CreateAnswer& e) {
  out.number("peer", e.peer.value).number("negotiation", e.negotiation.value).text("sdp", e.sdp);
}
void write(JsonObject& out, const effect::ApplyAnswer& e) {
  out.number("peer", e.peer.value).number("negotiation", e.negotiation.value).text("sdp", e.sdp);
}
void write(JsonObject& out, const effect::AddCandidates& e) {
  out.number("peer", e.peer.value);
  JsonArray list(out.member("candidates"));
  for (const Candidate& c : e.candidates) {
    JsonObject one(list.next());
    one.text("candidate", c.candidate).text("mid", c.mid).number("line", c.line).text("fragment", c.fragment);
  }
}
void write(JsonObject& out, const effect::StartSending& e) { out.number("peer", e.peer.value); }
void write(JsonObject& out, const effect::ClosePeer& e) { out.number("peer", e.peer.value); }

void write(JsonObject&, const effect::Nothing&) {}
void write(JsonObject& out, const effect::LoggedIn& r) { out.flag("repeated", r.repeated); }
void write(JsonObject& out, const effect::CallPlaced& r) {
  out.text("call", r.call.text).text("user", r.user.text).number("room", r.room);
  out.word("media", word(media_types, r.media));
  write(out, r.sending);
}
void write(JsonObject& out, const effect::GroupCallPlaced& r) {
  out.text("call", r.call.text);
  write(out, "users", r.users);
  out.number("room", r.room).word("media", word(media_types, r.media));
  write(out, r.sending);
  out.text("group_id", r.group_id).flag("added", r.added);
}
void write(JsonObject& out, const effect::CallAccepted& r) {
  out.text("call", r.call.text).text("inviter", r.inviter.text).number("room", r.room);
  out.word("media", word(media_types, r.media));
  write(out, r.sending);
}
void write(JsonObject& out, const effect::CallRejected& r) {
  out.text("call", r.call.text).text("inviter", r.inviter.text);
}
void write(JsonObject& out, const effect::HungUp& r) {
  JsonArray list(out.member("cancelled"));
  for (const CallId& call : r.cancelled) append_json_string(list.next(), call.text);
}
void write(JsonObject& out, const effect::Toggled& r) { out.flag("done", r.done); }
void write(JsonObject& out, const effect::Done& e) {
  out.number("op", e.op.value);
  JsonObject result(out.member("result"));
  result.word("type", result_names[e.result.index()]);
  match(e.result, [&](const auto& one) { write(result, one); });
}
void write(JsonObject& out, const effect::Failed& e) { write(out.number("op", e.op.value), e.error); }

void write(JsonObject& out, const effect::StatusChanged& e) {
  out.word("session", word(session_statuses, e.session)).word("call", word(call_statuses, e.call));
}
void write(JsonObject&, const effect::Ready&) {}
void write(JsonObject&, const effect::KickedOut&) {}
void write(JsonObject& out, const effect::Invited& e) { write(out, e.call); }
void write(JsonObject& out, const effect::UserAccepted& e) {
  out.text("call", e.call.text).text("user", e.user.text);
}
void write(JsonObject& out, const effect::UserEntered& e) {
  write(out.text("call", e.call.text).text("user", e.user.text), "profile", e.profile);
}
void write(JsonObject& out, const effect::UserLeft& e) {
  out.text("call", e.call.text).text("user", e.user.text);
}
void write(JsonObject& out, const effect::VideoAvailable& e) {
  out.text("user", e.user.text).flag("available", e.available);
}
void write(JsonObject& out, const effect::AudioAvailable& e) {
  out.text("user", e.user.text).flag("available", e.available);
}
void write(JsonObject& out, const effect::ScreenAvailable& e) {
  out.text("user", e.user.text).flag("available", e.available);
}
void write(JsonObject&, const effect::ScreenStopped&) {}
void write(JsonObject& out, const effect::RosterChanged& e) {
  write(out, e.call);
  JsonArray list(out.member("roster"));
  for (const RosterEntry& entry : e.roster) {
    JsonObject(list.next()).text("user", entry.user.text).word("status", word(roster_statuses, entry.status));
  }
}
void write(JsonObject& out, const effect::MediaTypeChanged& e) {
  write(out, e.call);
  out.word("from", word(media_types, e.from));
}
void write(JsonObject& out, const effect::InviteRejected& e) { write(out.text("user", e.user.text), e.call); }
void write(JsonObject& out, const effect::LineBusy& e) { write(out.text("user", e.user.text), e.call); }
void write(JsonObject& out, const effect::NoResponse& e) {
  write(out, e.call);
  write(out, "users", e.users);
}
void write(JsonObject& out, const effect::CallTimedOut& e) {
  write(out, e.call);
  write(out, "users", e.users);
}
void write(JsonObject& out, const effect::CallCancelled& e) {
  write(out, e.call);
  out.text("user", e.user.text).word("reason", word(cancel_reasons, e.reason)).flag("told", e.told);
}
void write(JsonObject& out, const effect::CallBegan& e) { write(out, e.call); }
void write(JsonObject& out, const effect::CallEnded& e) {
  write(out, e.call);
  out.text("user", e.user.text).number("seconds", e.seconds);
}
void write(JsonObject& out, const effect::SignalingChanged& e) { out.flag("connected", e.connected); }
void write(JsonObject& out, const effect::UserConnectionChanged& e) {
  out.text("user", e.user.text).word("state", word(connection_states, e.state));
}
void write(JsonObject& out, const effect::Errored& e) { write(out, e.error); }
void write(JsonObject& out, const effect::Ignored& e) { out.text("why", e.why).text("what", e.what); }

}  // namespace

std::string dump_effects(const Effects& effects) {
  std::string text;
  std::uint32_t bytes = 0;
  {
    JsonArray list(text);
    for (const Effect& effect : effects) {
      JsonObject object(list.next());
      object.word("type", effect_names[effect.index()]);
      match(effect, [&](const auto& one) { write(object, one); });
      if (std::holds_alternative<effect::SendBytes>(effect)) object.number("bytes", bytes++);
    }
  }
  return text;
}

}  // namespace trtc::wire
