#include "wire.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>
#include <vector>

#include "json_text.hpp"
#include "json_tree.hpp"
#include "machine.hpp"
#include "words.hpp"

namespace trtc::wire {
namespace {

// ---- Reading. A member may be absent where its struct has a default; of the wrong type it may not be. ----

class Reader {
 public:
  explicit Reader(const Json& object) : object_(object) {}
  bool ok() const { return ok_; }

  void read(const char* key, std::string& out) {
    if (const Json* value = find(key)) value->is(Json::Kind::text) ? void(out = value->text) : fail();
  }
  void read(const char* key, bool& out) {
    if (const Json* value = find(key)) value->is(Json::Kind::boolean) ? void(out = value->boolean) : fail();
  }
  template <class Tag>
  void read(const char* key, Number<Tag>& out) {
    read(key, out.value);
  }
  template <class Int>
    requires(std::is_unsigned_v<Int> && !std::is_same_v<Int, bool>)
  void read(const char* key, Int& out) {
    const Json* const value = find(key);
    if (value == nullptr) return;
    if (!value->is(Json::Kind::number) || value->number > std::numeric_limits<Int>::max()) return fail();
    out = static_cast<Int>(value->number);
  }
  void read(const char* key, Duration& out) {
    std::uint32_t milliseconds = 0;
    read(key, milliseconds);
    if (find(key) != nullptr) out = Duration(milliseconds);
  }
  template <class Enum, std::size_t size>
  void read(const char* key, const std::array<std::string_view, size>& words, Enum& out) {
    const Json* const value = find(key);
    if (value == nullptr) return;
    if (!value->is(Json::Kind::text)) return fail();
    const auto known = value_of<Enum>(words, value->text);
    known ? void(out = *known) : fail();
  }

  const Json* find(const char* key) const {
    return object_.find(key);
  }
  void fail() { ok_ = false; }

 private:
  const Json& object_;
  bool ok_ = true;
};

void read(Reader& in, input::Login& i) { in.read("op", i.op), in.read("user", i.user), in.read("user_sig", i.user_sig); }
void read(Reader& in, input::Logout& i) { in.read("op", i.op); }
void read(Reader& in, input::Call& i) {
  in.read("op", i.op), in.read("user", i.user), in.read("media", media_types, i.media);
  in.read("timeout", i.timeout), in.read("user_data", i.user_data), in.read("room", i.room);
}
void read(Reader& in, input::Accept& i) { in.read("op", i.op), in.read("call", i.call); }
void read(Reader& in, input::Reject& i) { in.read("op", i.op), in.read("call", i.call), in.read("busy", i.busy); }
void read(Reader& in, input::HangUp& i) { in.read("op", i.op); }
void read(Reader& in, input::SetCamera& i) { in.read("op", i.op), in.read("on", i.on); }
void read(Reader& in, input::SetMicrophone& i) { in.read("op", i.op), in.read("on", i.on); }
void read(Reader& in, input::SetVideoProfile& i) {
  const Json* const profile = in.find("profile");
  if (profile == nullptr || !profile->is(Json::Kind::object)) return in.fail();
  Reader fields(*profile);
  fields.read("width", i.profile.width), fields.read("height", i.profile.height);
  fields.read("frame_rate", i.profile.frame_rate), fields.read("bitrate", i.profile.bitrate);
  if (!fields.ok()) in.fail();
}
void read(Reader&, input::PageClosed&) {}
void read(Reader&, input::TimePassed&) {}
void read(Reader& in, input::NetworkChanged& i) { in.read("online", i.online); }
void read(Reader& in, input::SocketOpened& i) { in.read("socket", i.socket); }
void read(Reader& in, input::SocketClosed& i) {
  in.read("socket", i.socket), in.read("code", i.code), in.read("reason", i.reason);
}
void read(Reader& in, input::MediaOpened& i) {
  in.read("capture", i.capture), in.read("microphone", i.microphone), in.read("camera", i.camera);
  in.read("camera_failed", i.camera_failed);
}
void read(Reader& in, input::MediaFailed& i) {
  in.read("capture", i.capture), in.read("error", media_errors, i.error), in.read("message", i.message);
}
void read(Reader& in, input::TrackEnded& i) { in.read("kind", track_kinds, i.kind); }
void read(Reader& in, input::OfferCreated& i) {
  in.read("peer", i.peer), in.read("negotiation", i.negotiation), in.read("sdp", i.sdp);
}
void read(Reader& in, input::AnswerCreated& i) {
  in.read("peer", i.peer), in.read("negotiation", i.negotiation), in.read("sdp", i.sdp);
}
void read(Reader& in, input::NegotiationFailed& i) {
  in.read("peer", i.peer), in.read("negotiation", i.negotiation), in.read("message", i.message);
}
void read(Reader& in, input::CandidatesFound& i) {
  in.read("peer", i.peer);
  const Json* const list = in.find("candidates");
  if (list == nullptr || !list->is(Json::Kind::array)) return in.fail();
  for (const auto& [name, item] : list->members) {
    if (!item.is(Json::Kind::object)) return in.fail();
    Candidate candidate;
    Reader fields(item);
    fields.read("candidate", candidate.candidate), fields.read("mid", candidate.mid);
    fields.read("line", candidate.line), fields.read("fragment", candidate.fragment);
    if (!fields.ok()) return in.fail();
    i.candidates.push_back(std::move(candidate));
  }
}
void read(Reader& in, input::ConnectionChanged& i) {
  in.read("peer", i.peer), in.read("state", connection_states, i.state);
}
void read(Reader& in, input::MediaFlowChanged& i) { in.read("peer", i.peer), in.read("flowing", i.flowing); }

template <class One>
std::optional<Input> parse_as(const Json& object) {
  One input;
  Reader in(object);
  read(in, input);
  if (!in.ok()) return std::nullopt;
  return Input(std::move(input));
}

using Parse = std::optional<Input> (*)(const Json&);
// SocketReceived has no JSON form: its bytes go through the boundary as bytes.
constexpr std::array<std::pair<std::string_view, Parse>, 23> inputs{{
    {"Login", parse_as<input::Login>},
    {"Logout", parse_as<input::Logout>},
    {"Call", parse_as<input::Call>},
    {"Accept", parse_as<input::Accept>},
    {"Reject", parse_as<input::Reject>},
    {"HangUp", parse_as<input::HangUp>},
    {"SetCamera", parse_as<input::SetCamera>},
    {"SetMicrophone", parse_as<input::SetMicrophone>},
    {"SetVideoProfile", parse_as<input::SetVideoProfile>},
    {"PageClosed", parse_as<input::PageClosed>},
    {"TimePassed", parse_as<input::TimePassed>},
    {"NetworkChanged", parse_as<input::NetworkChanged>},
    {"SocketOpened", parse_as<input::SocketOpened>},
    {"SocketClosed", parse_as<input::SocketClosed>},
    {"MediaOpened", parse_as<input::MediaOpened>},
    {"MediaFailed", parse_as<input::MediaFailed>},
    {"TrackEnded", parse_as<input::TrackEnded>},
    {"OfferCreated", parse_as<input::OfferCreated>},
    {"AnswerCreated", parse_as<input::AnswerCreated>},
    {"NegotiationFailed", parse_as<input::NegotiationFailed>},
    {"CandidatesFound", parse_as<input::CandidatesFound>},
    {"ConnectionChanged", parse_as<input::ConnectionChanged>},
    {"MediaFlowChanged", parse_as<input::MediaFlowChanged>},
}};

// ---- Writing: one overload an effect; the names are those of the variant's alternatives, in their order. ----

constexpr std::array<std::string_view, std::variant_size_v<Effect>> effect_names{
    "OpenSocket",   "SendBytes",     "CloseSocket",    "OpenMedia",      "CloseMedia",    "CloseCamera",
    "MuteMicrophone", "CreatePeer",  "CreateOffer",    "CreateAnswer",   "ApplyAnswer",   "AddCandidates",
    "StartSending", "ClosePeer",     "Done",           "Failed",         "StatusChanged", "Ready",
    "KickedOut",    "Invited",       "UserAccepted",   "UserEntered",    "UserLeft",      "VideoAvailable",
    "AudioAvailable", "InviteRejected", "LineBusy",    "NoResponse",     "CallTimedOut",  "CallCancelled",
    "CallBegan",    "CallEnded",     "SignalingChanged", "UserConnectionChanged", "Errored", "Ignored"};
constexpr std::array<std::string_view, std::variant_size_v<effect::Result>> result_names{
    "Nothing", "LoggedIn", "CallPlaced", "CallAccepted", "CallRejected", "HungUp", "Toggled"};

void write(JsonObject& out, const char* key, const std::vector<UserId>& users) {
  JsonArray list(out.member(key));
  for (const UserId& user : users) append_json_string(list.next(), user.text);
}
void write(JsonObject& out, Sending s) {
  JsonObject sending(out.member("sending"));
  sending.flag("audio", s.audio).flag("video", s.video);
}
void write(JsonObject& out, const CallInfo& c) {
  JsonObject info(out.member("call"));
  info.text("call", c.call.text).number("room", c.room).text("media", word(media_types, c.media));
  info.text("role", word(call_roles, c.role)).text("inviter", c.inviter.text);
  write(info, "invitees", c.invitees);
  info.flag("group", c.group).text("group_id", c.group_id).text("user_data", c.user_data);
}
void write(JsonObject& out, const Error& e) {
  JsonObject error(out.member("error"));
  error.number("code", static_cast<std::uint32_t>(e.code)).text("detail", e.detail);
}

void write(JsonObject& out, const effect::OpenSocket& e) { out.number("socket", e.socket.value).text("url", e.url); }
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
void write(JsonObject& out, const effect::CreatePeer& e) {
  out.number("peer", e.peer.value).text("user", e.user.text).flag("offerer", e.offerer);
}
void write(JsonObject& out, const effect::CreateOffer& e) {
  out.number("peer", e.peer.value).number("negotiation", e.negotiation.value).flag("ice_restart", e.ice_restart);
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
  out.text("media", word(media_types, r.media));
  write(out, r.sending);
}
void write(JsonObject& out, const effect::CallAccepted& r) {
  out.text("call", r.call.text).text("inviter", r.inviter.text).number("room", r.room);
  out.text("media", word(media_types, r.media));
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
  result.text("type", result_names[e.result.index()]);
  match(e.result, [&](const auto& one) { write(result, one); });
}
void write(JsonObject& out, const effect::Failed& e) { write(out.number("op", e.op.value), e.error); }

void write(JsonObject& out, const effect::StatusChanged& e) {
  out.text("session", word(session_statuses, e.session)).text("call", word(call_statuses, e.call));
}
void write(JsonObject&, const effect::Ready&) {}
void write(JsonObject&, const effect::KickedOut&) {}
void write(JsonObject& out, const effect::Invited& e) { write(out, e.call); }
void write(JsonObject& out, const effect::UserAccepted& e) { out.text("call", e.call.text).text("user", e.user.text); }
void write(JsonObject& out, const effect::UserEntered& e) { out.text("call", e.call.text).text("user", e.user.text); }
void write(JsonObject& out, const effect::UserLeft& e) { out.text("call", e.call.text).text("user", e.user.text); }
void write(JsonObject& out, const effect::VideoAvailable& e) {
  out.text("user", e.user.text).flag("available", e.available);
}
void write(JsonObject& out, const effect::AudioAvailable& e) {
  out.text("user", e.user.text).flag("available", e.available);
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
  out.text("user", e.user.text).text("reason", word(cancel_reasons, e.reason)).flag("told", e.told);
}
void write(JsonObject& out, const effect::CallBegan& e) { write(out, e.call); }
void write(JsonObject& out, const effect::CallEnded& e) {
  write(out, e.call);
  out.text("user", e.user.text).number("seconds", e.seconds);
}
void write(JsonObject& out, const effect::SignalingChanged& e) { out.flag("connected", e.connected); }
void write(JsonObject& out, const effect::UserConnectionChanged& e) {
  out.text("user", e.user.text).text("state", word(connection_states, e.state));
}
void write(JsonObject& out, const effect::Errored& e) { write(out, e.error); }
void write(JsonObject& out, const effect::Ignored& e) { out.text("why", e.why).text("what", e.what); }

constexpr std::size_t max_depth = 4;

bool parse_seed(const std::string& text, Seed& seed) {
  if (text.size() != seed.size() * 2) return false;
  const auto digit = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  };
  for (std::size_t i = 0; i < seed.size(); ++i) {
    const int high = digit(text[2 * i]);
    const int low = digit(text[2 * i + 1]);
    if (high < 0 || low < 0) return false;
    seed[i] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return true;
}

}  // namespace

std::optional<Config> parse_config(std::string_view text) {
  const auto object = parse_json(text, max_depth);
  if (!object || !object->is(Json::Kind::object)) return std::nullopt;
  Config config;
  std::string seed;
  Reader in(*object);
  in.read("sdk_app_id", config.sdk_app_id), in.read("fast_connect", config.fast_connect), in.read("seed", seed);
  const Json* const servers = in.find("servers");
  if (!in.ok() || !parse_seed(seed, config.seed) || servers == nullptr || !servers->is(Json::Kind::array)) return std::nullopt;
  for (const auto& [name, server] : servers->members) {
    if (!server.is(Json::Kind::text)) return std::nullopt;
    config.servers.push_back(server.text);
  }
  return config;
}

std::optional<Input> parse_input(std::string_view text) {
  const auto object = parse_json(text, max_depth);
  if (!object || !object->is(Json::Kind::object)) return std::nullopt;
  std::string type;
  Reader(*object).read("type", type);
  for (const auto& [name, parse] : inputs) {
    if (name == type) return parse(*object);
  }
  return std::nullopt;
}

std::string dump_effects(const Effects& effects) {
  std::string text;
  std::uint32_t bytes = 0;
  {
    JsonArray list(text);
    for (const Effect& effect : effects) {
      JsonObject object(list.next());
      object.text("type", effect_names[effect.index()]);
      match(effect, [&](const auto& one) { write(object, one); });
      if (std::holds_alternative<effect::SendBytes>(effect)) object.number("bytes", bytes++);
    }
  }
  return text;
}

}  // namespace trtc::wire
