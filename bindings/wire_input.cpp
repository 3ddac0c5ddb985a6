#include <array>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>
#include <vector>

#include "json_tree.hpp"
#include "wire.hpp"
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
  requires(std::is_unsigned_v<Int> && !std::is_same_v<Int, bool>) void read(const char* key, Int& out) {
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

  void read(const char* key, std::vector<std::string>& out) {
    const Json* const value = find(key);
    if (value == nullptr) return;
    if (!value->is(Json::Kind::array)) return fail();
    for (const auto& [name, item] : value->members) {
      if (!item.is(Json::Kind::text)) return fail();
      out.push_back(item.text);
    }
  }

  const Json* find(const char* key) const { return object_.find(key); }
  void fail() { ok_ = false; }

 private:
  const Json& object_;
  bool ok_ = true;
};

void read(Reader& in, input::Login& i) {
  in.read("op", i.op), in.read("user", i.user), in.read("user_sig", i.user_sig);
}
void read(Reader& in, input::Logout& i) { in.read("op", i.op); }
void read(Reader& in, input::Call& i) {
  in.read("op", i.op), in.read("user", i.user), in.read("media", media_types, i.media);
  in.read("timeout", i.timeout), in.read("user_data", i.user_data), in.read("room", i.room);
}
void read(Reader& in, input::GroupCall& i) {
  in.read("op", i.op), in.read("users", i.users), in.read("media", media_types, i.media);
  in.read("timeout", i.timeout), in.read("user_data", i.user_data), in.read("room", i.room);
  in.read("group_id", i.group_id);
}
void read(Reader& in, input::InviteUsers& i) {
  in.read("op", i.op), in.read("users", i.users), in.read("timeout", i.timeout);
}
void read(Reader& in, input::JoinGroupCall& i) {
  in.read("op", i.op), in.read("media", media_types, i.media), in.read("group_id", i.group_id);
  in.read("room", i.room);
}
void read(Reader& in, input::JoinGroup& i) { in.read("op", i.op), in.read("group_id", i.group_id); }
void read(Reader& in, input::QuitGroup& i) { in.read("op", i.op), in.read("group_id", i.group_id); }
void read(Reader& in, input::Accept& i) { in.read("op", i.op), in.read("call", i.call); }
void read(Reader& in, input::Reject& i) {
  in.read("op", i.op), in.read("call", i.call), in.read("busy", i.busy);
}
void read(Reader& in, input::HangUp& i) { in.read("op", i.op); }
void read(Reader& in, input::SetCamera& i) { in.read("op", i.op), in.read("on", i.on); }
void read(Reader& in, input::SetMicrophone& i) { in.read("op", i.op), in.read("on", i.on); }
void read(Reader& in, input::SetScreen& i) { in.read("op", i.op), in.read("on", i.on); }
void read(Reader& in, input::SwitchMedia& i) { in.read("op", i.op), in.read("media", media_types, i.media); }
void read(Reader& in, input::SetSelfInfo& i) {
  const Json* const profile = in.find("profile");
  if (profile == nullptr || !profile->is(Json::Kind::object)) return in.fail();
  Reader fields(*profile);
  fields.read("nick", i.profile.nick), fields.read("avatar", i.profile.avatar);
  if (!fields.ok()) in.fail();
}
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
void read(Reader& in, input::DevicesChanged& i) {
  in.read("microphone", i.microphone), in.read("camera", i.camera);
}
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
void read(Reader& in, input::RelayMissing& i) { in.read("peer", i.peer), in.read("why", i.why); }
void read(Reader& in, input::MediaFlowChanged& i) { in.read("peer", i.peer), in.read("flowing", i.flowing); }

template <class One>
bool read_as(const Json& object, Input& out) {
  Reader in(object);
  read(in, out.emplace<One>());
  return in.ok();
}

using Read = bool (*)(const Json&, Input&);
// SocketReceived has no JSON form: its bytes go through the boundary as bytes.
constexpr std::array<std::pair<std::string_view, Read>, 33> inputs{{
    {"Login", read_as<input::Login>},
    {"Logout", read_as<input::Logout>},
    {"Call", read_as<input::Call>},
    {"GroupCall", read_as<input::GroupCall>},
    {"InviteUsers", read_as<input::InviteUsers>},
    {"JoinGroupCall", read_as<input::JoinGroupCall>},
    {"JoinGroup", read_as<input::JoinGroup>},
    {"QuitGroup", read_as<input::QuitGroup>},
    {"Accept", read_as<input::Accept>},
    {"Reject", read_as<input::Reject>},
    {"HangUp", read_as<input::HangUp>},
    {"SetCamera", read_as<input::SetCamera>},
    {"SetMicrophone", read_as<input::SetMicrophone>},
    {"SetScreen", read_as<input::SetScreen>},
    {"SwitchMedia", read_as<input::SwitchMedia>},
    {"SetVideoProfile", read_as<input::SetVideoProfile>},
    {"SetSelfInfo", read_as<input::SetSelfInfo>},
    {"PageClosed", read_as<input::PageClosed>},
    {"TimePassed", read_as<input::TimePassed>},
    {"NetworkChanged", read_as<input::NetworkChanged>},
    {"SocketOpened", read_as<input::SocketOpened>},
    {"SocketClosed", read_as<input::SocketClosed>},
    {"MediaOpened", read_as<input::MediaOpened>},
    {"MediaFailed", read_as<input::MediaFailed>},
    {"TrackEnded", read_as<input::TrackEnded>},
    {"DevicesChanged", read_as<input::DevicesChanged>},
    {"OfferCreated", read_as<input::OfferCreated>},
    {"AnswerCreated", read_as<input::AnswerCreated>},
    {"NegotiationFailed", read_as<input::NegotiationFailed>},
    {"CandidatesFound", read_as<input::CandidatesFound>},
    {"ConnectionChanged", read_as<input::ConnectionChanged>},
    {"RelayMissing", read_as<input::RelayMissing>},
    {"MediaFlowChanged", read_as<input::MediaFlowChanged>},
}};

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
  in.read("sdk_app_id", config.sdk_app_id), in.read("fast_connect", config.fast_connect),
      in.read("seed", seed);
  const Json* const servers = in.find("servers");
  if (!in.ok() || !parse_seed(seed, config.seed) || servers == nullptr || !servers->is(Json::Kind::array))
    return std::nullopt;
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
  std::optional<Input> input(std::in_place);
  for (const auto& [name, read_input] : inputs) {
    if (name == type && read_input(*object, *input)) return input;
  }
  return std::nullopt;
}

}  // namespace trtc::wire
