#include "replay/story.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string_view>

#include "machine.hpp"
#include "mqtt/decode.hpp"
#include "mqtt/parser.hpp"
#include "signaling/account.hpp"
#include "signaling/topics.hpp"

namespace trtc::replay {
namespace {

using nlohmann::json;

json json_of(std::string_view text) { return json::parse(text, nullptr, false); }

std::string text(const json& object, const char* key) {
  const auto at = object.find(key);
  return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}

std::uint64_t natural(const json& object, const char* key) {
  const auto at = object.find(key);
  return at != object.end() && at->is_number_unsigned() ? at->get<std::uint64_t>() : 0;
}

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// The named members of an object that have a value worth telling: `word`, `word other`.
std::string told(const json& object, std::initializer_list<const char*> keys) {
  std::string all;
  for (const char* const key : keys) {
    const auto at = object.find(key);
    if (at == object.end() || (at->is_string() && at->get_ref<const std::string&>().empty())) continue;
    if (at->is_string()) {
      all += ' ' + at->get<std::string>();
    } else if (at->is_boolean()) {
      all += at->get<bool>() ? std::string(" ") + key : std::string(" no ") + key;
    } else if (at->is_array()) {
      for (const json& one : *at)
        all +=
            ' ' + (one.is_string() ? one.get<std::string>() : text(one, "user") + ':' + text(one, "status"));
    } else if (at->is_number()) {
      all += std::string(" ") + key + '=' + at->dump();
    }
  }
  return all;
}

// ---- Messages. ----

struct Ends {
  std::string from;
  std::string to;
};

/// Who wrote to whom, as the broker has checked it.
Ends ends_of(std::uint32_t app, std::string_view topic) {
  const auto user = [app](std::string_view account) {
    const auto known = user_of(app, account);
    return known ? known->text : std::string(account);
  };
  if (const auto group = topic::group_of(topic)) {
    return {user(group->sender), '#' + group_of(app, group->group).value_or(std::string(group->group))};
  }
  if (const auto account = topic::presence_of(topic)) return {user(*account), "*"};
  const std::string prefix = std::string(topic::root) + "in/";
  if (!topic.starts_with(prefix)) return {};
  topic.remove_prefix(prefix.size());
  const std::size_t slash = topic.find('/');
  if (slash == std::string_view::npos) return {};
  return {user(topic.substr(slash + 1)), user(topic.substr(0, slash))};
}

Moment message(std::uint32_t app, Instant at, Kind kind, const mqtt::Publish& publish) {
  Moment moment{at, kind, {}, {}, {}, {}, false};
  const Ends ends = ends_of(app, publish.topic);
  moment.peer = kind == Kind::sent ? ends.to : ends.from;
  const json envelope = json_of(publish.payload);
  if (!envelope.is_object()) {
    moment.text = "unreadable";
    return moment;
  }
  const std::string type = text(envelope, "type");
  const json body = envelope.value("body", json::object());
  moment.call = text(envelope, "call");
  moment.text = type;
  if (body.is_object()) {
    if (type == "description") moment.text = body.value("answer", false) ? "answer" : "offer";
    moment.text += told(body, {"media", "reason", "phase"});
    if (one_of(type, {"state", "roster"})) moment.text += told(body, {"audio", "video", "screen", "list"});
  }
  moment.minor = one_of(type, {"ack", "candidates", "claim", "here", "gone"});
  const std::uint64_t seq = natural(envelope, "seq");
  if (seq != 0) moment.id = text(envelope, "from") + ' ' + std::to_string(seq) + ' ' + ends.to;
  return moment;
}

/// Our own packets, which are whole: only PUBLISH is of interest.
void tell_sent(std::uint32_t app, const Step& step, std::vector<Moment>& out) {
  for (const Bytes& bytes : step.outputs) {
    ByteView rest(bytes);
    while (rest.size() > 1) {
      std::size_t length = 0;
      std::size_t head = 1;
      for (unsigned shift = 0; head < rest.size() && head < 5; shift += 7) {
        const std::uint8_t byte = rest[head++];
        length |= static_cast<std::size_t>(byte & 127U) << shift;
        if (byte < 128) break;
      }
      if (length > rest.size() - head) return;
      if (mqtt::is_publish(rest[0])) {
        const auto packet = mqtt::decode(rest[0], rest.subspan(head, length));
        const auto* const known = std::get_if<mqtt::Packet>(&packet);
        const auto* const publish = known == nullptr ? nullptr : std::get_if<mqtt::Publish>(known);
        if (publish != nullptr) out.push_back(message(app, step.line->at, Kind::sent, *publish));
      }
      rest = rest.subspan(head + length);
    }
  }
}

// ---- What happens here. ----

std::string call_of(const json& object) {
  const auto at = object.find("call");
  if (at == object.end()) return {};
  return at->is_object() ? text(*at, "call") : at->is_string() ? at->get<std::string>() : std::string();
}

bool is_event(std::string_view type) {
  return one_of(type, {"Ready",           "KickedOut",     "Invited",        "UserAccepted",
                       "UserEntered",     "UserLeft",      "VideoAvailable", "AudioAvailable",
                       "ScreenAvailable", "ScreenStopped", "RosterChanged",  "MediaTypeChanged",
                       "InviteRejected",  "LineBusy",      "NoResponse",     "CallTimedOut",
                       "CallCancelled",   "CallBegan",     "CallEnded",      "SignalingChanged",
                       "Errored",         "Done",          "Failed"});
}

std::string event_text(const json& effect) {
  std::string all = text(effect, "type");
  all += told(effect, {"user", "users", "reason", "available", "connected", "from", "seconds", "roster"});
  if (const auto error = effect.find("error"); error != effect.end()) all += told(*error, {"code", "detail"});
  if (const auto result = effect.find("result"); result != effect.end()) all += ' ' + text(*result, "type");
  return all;
}

void tell_input(const Step& step, std::vector<Moment>& out) {
  const json line = json_of(step.line->text + '}');
  const auto in = line.find("in");
  if (in == line.end()) return;
  const std::string type = text(*in, "type");
  if (type == "TimePassed") return;
  const auto socket_word =
      told(*in, {"user", "users", "media", "group_id", "state", "code", "reason", "on", "error", "message",
                 "kind", "online", "flowing", "microphone", "camera"});
  const bool minor = one_of(type, {"SetVideoProfile", "SetSelfInfo", "SocketOpened", "OfferCreated",
                                   "AnswerCreated", "CandidatesFound", "MediaFlowChanged", "DevicesChanged"});
  out.push_back({step.line->at, Kind::note, "> " + type + socket_word, call_of(*in), {}, {}, minor});
}

void tell_events(const Step& step, std::vector<Moment>& out) {
  for (const json& effect : json_of(step.effects)) {
    const std::string type = text(effect, "type");
    if (!is_event(type)) continue;
    const bool minor = one_of(type, {"Done", "VideoAvailable", "AudioAvailable", "RosterChanged"});
    out.push_back({step.line->at, Kind::note, event_text(effect), call_of(effect), {}, {}, minor});
  }
}

class Listener {
 public:
  explicit Listener(std::uint32_t app) : app_(app) {}

  void hear(const Step& step, std::vector<Moment>& out) {
    const auto* const received = std::get_if<input::SocketReceived>(&step.line->input);
    if (received == nullptr) return;
    if (received->socket.value != socket_) socket_ = received->socket.value, parser_ = mqtt::Parser();
    ByteView bytes(received->bytes);
    while (const auto packet = parser_.next(bytes)) {
      if (const auto* const publish = std::get_if<mqtt::Publish>(&*packet))
        out.push_back(message(app_, step.line->at, Kind::received, *publish));
    }
  }

 private:
  std::uint32_t app_;
  std::uint32_t socket_ = 0;
  mqtt::Parser parser_;
};

}  // namespace

Story story_of(const Trace& trace, const Run& run) {
  Story story;
  Listener listener(trace.config.sdk_app_id);
  for (const Step& step : run.steps) {
    if (const auto* const login = std::get_if<input::Login>(&step.line->input)) story.user = login->user;
    tell_input(step, story.moments);
    listener.hear(step, story.moments);
    tell_events(step, story.moments);
    tell_sent(trace.config.sdk_app_id, step, story.moments);
  }
  return story;
}

std::vector<std::string> events_of(const Run& run) {
  std::vector<std::string> all;
  for (const Step& step : run.steps) {
    for (const json& effect : json_of(step.effects)) {
      if (is_event(text(effect, "type"))) all.push_back(event_text(effect));
    }
  }
  return all;
}

}  // namespace trtc::replay
