#include "wire.hpp"

#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <type_traits>
#include <utility>
#include <vector>

#include "words.hpp"

namespace trtc::wire {
namespace {

using nlohmann::json;

// ---- Reading. A member may be absent where its struct has a default; of the wrong type it may not be. ----

class Reader {
 public:
  explicit Reader(const json& object) : object_(object) {}
  bool ok() const { return ok_; }

  void read(const char* key, std::string& out) {
    if (const json* value = find(key)) value->is_string() ? void(out = value->get<std::string>()) : fail();
  }
  void read(const char* key, bool& out) {
    if (const json* value = find(key)) value->is_boolean() ? void(out = value->get<bool>()) : fail();
  }
  template <class Tag>
  void read(const char* key, Number<Tag>& out) {
    read(key, out.value);
  }
  template <class Int>
    requires(std::is_unsigned_v<Int> && !std::is_same_v<Int, bool>)
  void read(const char* key, Int& out) {
    const json* const value = find(key);
    if (value == nullptr) return;
    if (!value->is_number_unsigned() || value->get<std::uint64_t>() > std::numeric_limits<Int>::max()) return fail();
    out = value->get<Int>();
  }
  void read(const char* key, Duration& out) {
    std::uint32_t milliseconds = 0;
    read(key, milliseconds);
    if (find(key) != nullptr) out = Duration(milliseconds);
  }
  template <class Enum, std::size_t size>
  void read(const char* key, const std::array<std::string_view, size>& words, Enum& out) {
    const json* const value = find(key);
    if (value == nullptr) return;
    if (!value->is_string()) return fail();
    const auto known = value_of<Enum>(words, value->get_ref<const std::string&>());
    known ? void(out = *known) : fail();
  }

  const json* find(const char* key) const {
    const auto at = object_.find(key);
    return at == object_.end() ? nullptr : &*at;
  }
  void fail() { ok_ = false; }

 private:
  const json& object_;
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
  const json* const profile = in.find("profile");
  if (profile == nullptr || !profile->is_object()) return in.fail();
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
  const json* const list = in.find("candidates");
  if (list == nullptr || !list->is_array()) return in.fail();
  for (const json& item : *list) {
    if (!item.is_object()) return in.fail();
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
std::optional<Input> parse_as(const json& object) {
  One input;
  Reader in(object);
  read(in, input);
  if (!in.ok()) return std::nullopt;
  return Input(std::move(input));
}

using Parse = std::optional<Input> (*)(const json&);
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

// ---- Writing: one overload an effect, its name first. ----

json names(const std::vector<UserId>& users) {
  json list = json::array();
  for (const UserId& user : users) list.push_back(user.text);
  return list;
}
json sending(Sending s) { return {{"audio", s.audio}, {"video", s.video}}; }
json info(const CallInfo& c) {
  return {{"call", c.call.text},       {"room", c.room},
          {"media", word(media_types, c.media)}, {"role", word(call_roles, c.role)},
          {"inviter", c.inviter.text}, {"invitees", names(c.invitees)},
          {"group", c.group},          {"group_id", c.group_id},
          {"user_data", c.user_data}};
}
json error(const Error& e) { return {{"code", static_cast<std::uint32_t>(e.code)}, {"detail", e.detail}}; }

json write(const effect::OpenSocket& e) { return {{"type", "OpenSocket"}, {"socket", e.socket.value}, {"url", e.url}}; }
json write(const effect::SendBytes& e) { return {{"type", "SendBytes"}, {"socket", e.socket.value}}; }
json write(const effect::CloseSocket& e) { return {{"type", "CloseSocket"}, {"socket", e.socket.value}}; }
json write(const effect::OpenMedia& e) {
  const VideoProfile& p = e.profile;
  return {{"type", "OpenMedia"},
          {"capture", e.capture.value},
          {"microphone", e.microphone},
          {"camera", e.camera},
          {"profile", {{"width", p.width}, {"height", p.height}, {"frame_rate", p.frame_rate}, {"bitrate", p.bitrate}}}};
}
json write(const effect::CloseMedia&) { return {{"type", "CloseMedia"}}; }
json write(const effect::CloseCamera&) { return {{"type", "CloseCamera"}}; }
json write(const effect::MuteMicrophone& e) { return {{"type", "MuteMicrophone"}, {"muted", e.muted}}; }
json write(const effect::CreatePeer& e) {
  return {{"type", "CreatePeer"}, {"peer", e.peer.value}, {"user", e.user.text}, {"offerer", e.offerer}};
}
json write(const effect::CreateOffer& e) {
  return {{"type", "CreateOffer"}, {"peer", e.peer.value}, {"negotiation", e.negotiation.value},
          {"ice_restart", e.ice_restart}};
}
json write(const effect::CreateAnswer& e) {
  return {{"type", "CreateAnswer"}, {"peer", e.peer.value}, {"negotiation", e.negotiation.value}, {"sdp", e.sdp}};
}
json write(const effect::ApplyAnswer& e) {
  return {{"type", "ApplyAnswer"}, {"peer", e.peer.value}, {"negotiation", e.negotiation.value}, {"sdp", e.sdp}};
}
json write(const effect::AddCandidates& e) {
  json list = json::array();
  for (const Candidate& c : e.candidates) {
    list.push_back({{"candidate", c.candidate}, {"mid", c.mid}, {"line", c.line}, {"fragment", c.fragment}});
  }
  return {{"type", "AddCandidates"}, {"peer", e.peer.value}, {"candidates", std::move(list)}};
}
json write(const effect::StartSending& e) { return {{"type", "StartSending"}, {"peer", e.peer.value}}; }
json write(const effect::ClosePeer& e) { return {{"type", "ClosePeer"}, {"peer", e.peer.value}}; }

json write(const effect::Nothing&) { return {{"type", "Nothing"}}; }
json write(const effect::LoggedIn& r) { return {{"type", "LoggedIn"}, {"repeated", r.repeated}}; }
json write(const effect::CallPlaced& r) {
  return {{"type", "CallPlaced"}, {"call", r.call.text}, {"user", r.user.text}, {"room", r.room},
          {"media", word(media_types, r.media)}, {"sending", sending(r.sending)}};
}
json write(const effect::CallAccepted& r) {
  return {{"type", "CallAccepted"}, {"call", r.call.text}, {"inviter", r.inviter.text}, {"room", r.room},
          {"media", word(media_types, r.media)}, {"sending", sending(r.sending)}};
}
json write(const effect::CallRejected& r) {
  return {{"type", "CallRejected"}, {"call", r.call.text}, {"inviter", r.inviter.text}};
}
json write(const effect::HungUp& r) {
  json list = json::array();
  for (const CallId& call : r.cancelled) list.push_back(call.text);
  return {{"type", "HungUp"}, {"cancelled", std::move(list)}};
}
json write(const effect::Toggled& r) { return {{"type", "Toggled"}, {"done", r.done}}; }
json write(const effect::Done& e) {
  return {{"type", "Done"}, {"op", e.op.value},
          {"result", std::visit([](const auto& result) { return write(result); }, e.result)}};
}
json write(const effect::Failed& e) { return {{"type", "Failed"}, {"op", e.op.value}, {"error", error(e.error)}}; }

json write(const effect::StatusChanged& e) {
  return {{"type", "StatusChanged"}, {"session", word(session_statuses, e.session)},
          {"call", word(call_statuses, e.call)}};
}
json write(const effect::Ready&) { return {{"type", "Ready"}}; }
json write(const effect::KickedOut&) { return {{"type", "KickedOut"}}; }
json write(const effect::Invited& e) { return {{"type", "Invited"}, {"call", info(e.call)}}; }
json write(const effect::UserAccepted& e) {
  return {{"type", "UserAccepted"}, {"call", e.call.text}, {"user", e.user.text}};
}
json write(const effect::UserEntered& e) {
  return {{"type", "UserEntered"}, {"call", e.call.text}, {"user", e.user.text}};
}
json write(const effect::UserLeft& e) { return {{"type", "UserLeft"}, {"call", e.call.text}, {"user", e.user.text}}; }
json write(const effect::VideoAvailable& e) {
  return {{"type", "VideoAvailable"}, {"user", e.user.text}, {"available", e.available}};
}
json write(const effect::AudioAvailable& e) {
  return {{"type", "AudioAvailable"}, {"user", e.user.text}, {"available", e.available}};
}
json write(const effect::InviteRejected& e) {
  return {{"type", "InviteRejected"}, {"call", info(e.call)}, {"user", e.user.text}};
}
json write(const effect::LineBusy& e) { return {{"type", "LineBusy"}, {"call", info(e.call)}, {"user", e.user.text}}; }
json write(const effect::NoResponse& e) {
  return {{"type", "NoResponse"}, {"call", info(e.call)}, {"users", names(e.users)}};
}
json write(const effect::CallTimedOut& e) {
  return {{"type", "CallTimedOut"}, {"call", info(e.call)}, {"users", names(e.users)}};
}
json write(const effect::CallCancelled& e) {
  return {{"type", "CallCancelled"}, {"call", info(e.call)}, {"user", e.user.text},
          {"reason", word(cancel_reasons, e.reason)}, {"told", e.told}};
}
json write(const effect::CallBegan& e) { return {{"type", "CallBegan"}, {"call", info(e.call)}}; }
json write(const effect::CallEnded& e) {
  return {{"type", "CallEnded"}, {"call", info(e.call)}, {"user", e.user.text}, {"seconds", e.seconds}};
}
json write(const effect::SignalingChanged& e) { return {{"type", "SignalingChanged"}, {"connected", e.connected}}; }
json write(const effect::UserConnectionChanged& e) {
  return {{"type", "UserConnectionChanged"}, {"user", e.user.text}, {"state", word(connection_states, e.state)}};
}
json write(const effect::Errored& e) { return {{"type", "Errored"}, {"error", error(e.error)}}; }
json write(const effect::Ignored& e) { return {{"type", "Ignored"}, {"why", e.why}, {"what", e.what}}; }

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
  const json object = json::parse(text, nullptr, false);
  if (!object.is_object()) return std::nullopt;
  Config config;
  std::string seed;
  Reader in(object);
  in.read("sdk_app_id", config.sdk_app_id), in.read("fast_connect", config.fast_connect), in.read("seed", seed);
  const json* const servers = in.find("servers");
  if (!in.ok() || !parse_seed(seed, config.seed) || servers == nullptr || !servers->is_array()) return std::nullopt;
  for (const json& server : *servers) {
    if (!server.is_string()) return std::nullopt;
    config.servers.push_back(server.get<std::string>());
  }
  return config;
}

std::optional<Input> parse_input(std::string_view text) {
  const json object = json::parse(text, nullptr, false);
  if (!object.is_object()) return std::nullopt;
  std::string type;
  Reader(object).read("type", type);
  for (const auto& [name, parse] : inputs) {
    if (name == type) return parse(object);
  }
  return std::nullopt;
}

std::string dump_effects(const Effects& effects) {
  json list = json::array();
  std::uint32_t bytes = 0;
  for (const Effect& effect : effects) {
    list.push_back(std::visit([](const auto& one) { return write(one); }, effect));
    if (std::holds_alternative<effect::SendBytes>(effect)) list.back()["bytes"] = bytes++;
  }
  return list.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace trtc::wire
