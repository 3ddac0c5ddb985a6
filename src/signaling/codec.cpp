#include "signaling/codec.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include "json_text.hpp"
#include "json_tree.hpp"
#include "machine.hpp"
#include "signaling/account.hpp"

namespace trtc {
namespace {

constexpr std::uint32_t version = 1;
constexpr std::size_t session_size = 32;
constexpr std::size_t call_size = 36;
constexpr std::size_t nonce_size = session_size;

// ---- Reading: a field that is absent, of another type or out of its bounds makes the message unreadable.
// ----

struct Reader {
  const Json& object;
  bool ok = true;

  const Json* find(const char* key, Json::Kind kind) {
    const Json* const value = object.find(key);
    if (value != nullptr && value->is(kind)) return value;
    ok = false;
    return nullptr;
  }

  void text(const char* key, std::string& out, std::size_t max, std::size_t min = 0) {
    const Json* const value = find(key, Json::Kind::text);
    if (value != nullptr && value->text.size() >= min && value->text.size() <= max) {
      out = value->text;
    } else {
      ok = false;
    }
  }

  /// Of this size, or none at all.
  void text_or_none(const char* key, std::string& out, std::size_t size) {
    text(key, out, size);
    ok = ok && (out.empty() || out.size() == size);
  }

  void number(const char* key, std::uint32_t& out, std::uint32_t max = UINT32_MAX) {
    const Json* const value = find(key, Json::Kind::number);
    if (value != nullptr && value->number <= max) {
      out = static_cast<std::uint32_t>(value->number);
    } else {
      ok = false;
    }
  }

  void flag(const char* key, bool& out) {
    if (const Json* const value = find(key, Json::Kind::boolean)) out = value->boolean;
  }

  /// The elements of an array, or nothing to iterate over.
  const std::vector<Json::Member>& list(const char* key, std::size_t max) {
    static const std::vector<Json::Member> none;
    const Json* const value = find(key, Json::Kind::array);
    if (value != nullptr && value->members.size() <= max) return value->members;
    ok = false;
    return none;
  }
};

template <class Enum, std::size_t size>
using Words = std::array<std::pair<Enum, const char*>, size>;

template <class Enum, std::size_t size>
const char* word(const Words<Enum, size>& words, Enum value) {
  for (const auto& [known, text] : words) {
    if (known == value) return text;
  }
  return words.front().second;
}

template <class Enum, std::size_t size>
void read(Reader& in, const char* key, const Words<Enum, size>& words, Enum& out) {
  const Json* const text = in.find(key, Json::Kind::text);
  const auto known = std::find_if(words.begin(), words.end(), [&](const auto& one) {
    return text != nullptr && text->text == one.second;
  });
  if (known != words.end()) {
    out = known->first;
  } else {
    in.ok = false;
  }
}

constexpr Words<MediaType, 2> media_words{{{MediaType::audio, "audio"}, {MediaType::video, "video"}}};
constexpr Words<CancelReason, 10> reason_words{{{CancelReason::cancelled, "cancelled"},
                                                {CancelReason::rejected, "rejected"},
                                                {CancelReason::busy, "busy"},
                                                {CancelReason::no_answer, "no_answer"},
                                                {CancelReason::answered_elsewhere, "answered_elsewhere"},
                                                {CancelReason::rejected_elsewhere, "rejected_elsewhere"},
                                                {CancelReason::kicked_out, "kicked_out"},
                                                {CancelReason::logged_out, "logged_out"},
                                                {CancelReason::unreachable, "unreachable"},
                                                {CancelReason::failed, "failed"}}};
constexpr Words<RosterStatus, 8> status_words{{{RosterStatus::inviting, "inviting"},
                                               {RosterStatus::ringing, "ringing"},
                                               {RosterStatus::joined, "joined"},
                                               {RosterStatus::left, "left"},
                                               {RosterStatus::rejected, "rejected"},
                                               {RosterStatus::busy, "busy"},
                                               {RosterStatus::no_answer, "no_answer"},
                                               {RosterStatus::cancelled, "cancelled"}}};
using ClaimPhase = message::Claim::Phase;
constexpr Words<ClaimPhase, 3> phase_words{
    {{ClaimPhase::login, "login"}, {ClaimPhase::resume, "resume"}, {ClaimPhase::settled, "settled"}}};

void read(Reader& in, Sending& sending) {
  in.flag("audio", sending.audio), in.flag("video", sending.video), in.flag("screen", sending.screen);
}
void read(Reader& in, Profile& profile) {
  in.text("nick", profile.nick, bound::nick), in.text("avatar", profile.avatar, bound::avatar);
}
void read(Reader& in, message::Hello& hello) { read(in, hello.sending), read(in, hello.profile); }
void read(Reader& in, CancelReason& reason) { read(in, "reason", reason_words, reason); }
void read(Reader& in, UserId& user) {
  in.text("user", user.text, 32);
  in.ok = in.ok && is_user_id(user.text);
}
void read(Reader& in, SessionId& session) { in.text("session", session.text, session_size, session_size); }

void read(Reader& in, std::vector<UserId>& users) {
  for (const auto& [name, item] : in.list("invitees", bound::invitees)) {
    in.ok = in.ok && item.is(Json::Kind::text) && is_user_id(item.text);
    users.emplace_back(item.text);
  }
}

void read(Reader& in, Candidate& c) {
  std::uint32_t line = 0;
  in.text("candidate", c.candidate, bound::candidate), in.text("mid", c.mid, bound::candidate);
  in.number("line", line, UINT16_MAX), in.text("fragment", c.fragment, bound::candidate);
  c.line = static_cast<std::uint16_t>(line);
}
void read(Reader& in, message::Seat& seat) { read(in, seat.user), read(in, seat.session); }
void read(Reader& in, message::Fate& fate) {
  read(in, fate.user), read(in, "status", status_words, fate.status), in.flag("asked", fate.asked);
  in.text_or_none("session", fate.session.text, session_size), in.number("since", fate.since);
}
template <class One>
void read(Reader& in, const char* key, std::size_t max, std::vector<One>& out) {
  for (const auto& [name, item] : in.list(key, max)) {
    Reader one{item};
    read(one, out.emplace_back());
    in.ok = in.ok && one.ok;
  }
}

void read(Reader& in, std::vector<message::Seat>& seats) { read(in, "members", bound::seats, seats); }

void read(Reader& in, message::Invite& m) {
  std::uint32_t ring = 0;
  read(in, "media", media_words, m.media), in.number("room", m.room), in.flag("group", m.group);
  in.text("group_id", m.group_id, bound::group_id), read(in, m.invitees), in.number("ring_ms", ring);
  in.text("user_data", m.user_data, bound::user_data), in.number("exchange", m.exchange);
  in.text("offer", m.offer, bound::sdp), in.number("attempt", m.attempt), read(in, m.profile);
  in.text_or_none("nonce", m.nonce, nonce_size), in.text("pass", m.pass, nonce_size, nonce_size);
  m.ring = Duration(ring);
}
void read(Reader&, message::Ringing&) {}
void read(Reader& in, message::Accept& m) { read(in, m.hello); }
void read(Reader& in, message::Confirm& m) {
  read(in, m.hello), read(in, "media", media_words, m.media), in.number("media_version", m.media_version);
  read(in, m.members);
}
void read(Reader& in, message::Join& m) {
  read(in, m.hello), in.text("pass", m.pass, nonce_size, nonce_size), read(in, m.members);
}
void read(Reader& in, message::Seek& m) {
  in.number("room", m.room), in.text("nonce", m.nonce, nonce_size, nonce_size);
}
void read(Reader& in, message::Reject& m) { read(in, m.reason); }
void read(Reader& in, message::Cancel& m) { read(in, m.reason); }
void read(Reader& in, message::Ended& m) { read(in, m.reason); }
void read(Reader& in, message::Description& m) {
  in.flag("answer", m.answer), in.number("exchange", m.exchange), in.flag("fresh", m.fresh);
  in.text("sdp", m.sdp, bound::sdp, 1);
}
void read(Reader& in, message::Candidates& m) {
  in.number("exchange", m.exchange), read(in, "list", bound::candidates, m.list);
}
void read(Reader& in, message::Restart& m) { in.number("exchange", m.exchange), in.flag("fresh", m.fresh); }
void read(Reader& in, message::State& m) { read(in, m.sending); }
void read(Reader& in, message::Roster& m) { read(in, "list", bound::invitees, m.list); }
void read(Reader& in, message::MediaSwitch& m) {
  read(in, "media", media_words, m.media), in.number("version", m.version);
}
void read(Reader& in, message::Leave& m) { in.number("seconds", m.seconds), read(in, m.members); }
void read(Reader& in, message::Claim& m) {
  in.number("epoch", m.epoch), in.number("nonce", m.nonce), read(in, "phase", phase_words, m.phase);
}
void read(Reader& in, message::Ack& m) {
  for (const auto& [name, item] : in.list("list", bound::acks)) {
    in.ok = in.ok && item.is(Json::Kind::number) && item.number <= UINT32_MAX;
    m.list.push_back(static_cast<std::uint32_t>(item.number));
  }
}

template <class Message>
void read_as(Reader& in, message::Body& body) {
  read(in, body.emplace<Message>());
}

using Read = void (*)(Reader&, message::Body&);

// The names of protocol section 5 and how their bodies are read.
constexpr std::array<std::pair<std::string_view, Read>, 18> types{{
    {"invite", read_as<message::Invite>},
    {"ringing", read_as<message::Ringing>},
    {"accept", read_as<message::Accept>},
    {"confirm", read_as<message::Confirm>},
    {"join", read_as<message::Join>},
    {"seek", read_as<message::Seek>},
    {"reject", read_as<message::Reject>},
    {"cancel", read_as<message::Cancel>},
    {"ended", read_as<message::Ended>},
    {"description", read_as<message::Description>},
    {"candidates", read_as<message::Candidates>},
    {"restart", read_as<message::Restart>},
    {"state", read_as<message::State>},
    {"roster", read_as<message::Roster>},
    {"media_switch", read_as<message::MediaSwitch>},
    {"leave", read_as<message::Leave>},
    {"claim", read_as<message::Claim>},
    {"ack", read_as<message::Ack>},
}};

// ---- Writing: one overload a message. ----

void write(JsonObject& out, Sending sending) {
  out.flag("audio", sending.audio).flag("video", sending.video).flag("screen", sending.screen);
}
void write(JsonObject& out, const Profile& profile) {
  out.text("nick", profile.nick).text("avatar", profile.avatar);
}
void write(JsonObject& out, const message::Hello& hello) {
  write(out, hello.sending);
  write(out, hello.profile);
}
void write(JsonObject& out, CancelReason reason) { out.word("reason", word(reason_words, reason)); }

void write(JsonObject& out, const message::Invite& m) {
  out.word("media", word(media_words, m.media)).number("room", m.room).flag("group", m.group);
  out.text("group_id", m.group_id).number("ring_ms", static_cast<std::uint32_t>(m.ring.count()));
  {
    JsonArray users(out.member("invitees"));
    for (const UserId& user : m.invitees) append_json_string(users.next(), user.text);
  }
  out.text("user_data", m.user_data).number("exchange", m.exchange).text("offer", m.offer);
  write(out.number("attempt", m.attempt).text("nonce", m.nonce).text("pass", m.pass), m.profile);
}
void write(JsonObject& out, const std::vector<message::Seat>& seats) {
  JsonArray members(out.member("members"));
  for (const message::Seat& seat : seats) {
    JsonObject(members.next()).text("user", seat.user.text).text("session", seat.session.text);
  }
}
void write(JsonObject&, const message::Ringing&) {}
void write(JsonObject& out, const message::Accept& m) { write(out, m.hello); }
void write(JsonObject& out, const message::Confirm& m) {
  write(out, m.hello);
  write(out.word("media", word(media_words, m.media)).number("media_version", m.media_version), m.members);
}
void write(JsonObject& out, const message::Join& m) {
  write(out, m.hello);
  write(out.text("pass", m.pass), m.members);
}
void write(JsonObject& out, const message::Seek& m) { out.number("room", m.room).text("nonce", m.nonce); }
void write(JsonObject& out, const message::Reject& m) { write(out, m.reason); }
void write(JsonObject& out, const message::Cancel& m) { write(out, m.reason); }
void write(JsonObject& out, const message::Ended& m) { write(out, m.reason); }
void write(JsonObject& out, const message::Description& m) {
  out.flag("answer", m.answer).number("exchange", m.exchange).flag("fresh", m.fresh).text("sdp", m.sdp);
}
void write(JsonObject& out, const message::Candidates& m) {
  out.number("exchange", m.exchange);
  JsonArray list(out.member("list"));
  for (const Candidate& c : m.list) {
    JsonObject one(list.next());
    one.text("candidate", c.candidate).text("mid", c.mid).number("line", c.line).text("fragment", c.fragment);
  }
}
void write(JsonObject& out, const message::Restart& m) {
  out.number("exchange", m.exchange).flag("fresh", m.fresh);
}
void write(JsonObject& out, const message::State& m) { write(out, m.sending); }
void write(JsonObject& out, const message::Roster& m) {
  JsonArray list(out.member("list"));
  for (const message::Fate& fate : m.list) {
    JsonObject one(list.next());
    one.text("user", fate.user.text).word("status", word(status_words, fate.status));
    one.flag("asked", fate.asked).text("session", fate.session.text).number("since", fate.since);
  }
}
void write(JsonObject& out, const message::MediaSwitch& m) {
  out.word("media", word(media_words, m.media)).number("version", m.version);
}
void write(JsonObject& out, const message::Leave& m) { write(out.number("seconds", m.seconds), m.members); }
void write(JsonObject& out, const message::Claim& m) {
  out.number("epoch", m.epoch).number("nonce", m.nonce).word("phase", word(phase_words, m.phase));
}
void write(JsonObject& out, const message::Ack& m) {
  JsonArray list(out.member("list"));
  for (const std::uint32_t seq : m.list) list.next() += std::to_string(seq);
}
void write(JsonObject&, const message::Unknown&) {}

// The order of `types` is that of message::Body's alternatives.
std::string_view type_of(const message::Body& body) {
  return body.index() < types.size() ? types[body.index()].first : "unknown";
}

bool is_hex(std::string_view text, std::size_t size) {
  return text.size() == size && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

std::optional<Json> parse(std::string_view payload) {
  constexpr std::size_t max_depth = 6;  // deeper than any message of ours
  if (payload.size() > bound::payload) return std::nullopt;
  auto object = parse_json(payload, max_depth);
  if (!object || !object->is(Json::Kind::object)) return std::nullopt;
  return object;
}

}  // namespace

std::string encode(const Envelope& envelope) {
  std::string text;
  {
    JsonObject object(text);
    object.number("v", version).word("type", type_of(envelope.body)).text("call", envelope.call.text);
    object.text("from", envelope.from.text).number("seq", envelope.seq);
    if (!envelope.to.empty()) object.text("to", envelope.to.text);
    JsonObject body(object.member("body"));
    match(envelope.body, [&](const auto& one) { write(body, one); });
  }
  return text;
}

std::variant<Envelope, Unreadable> decode_envelope(std::string_view payload) {
  const auto object = parse(payload);
  if (!object) return Unreadable{"not a JSON object within the bounds"};
  Reader in{*object};
  std::uint32_t v = 0;
  in.number("v", v);
  if (v != version) return Unreadable{"other protocol version"};
  Envelope envelope;
  std::string type;
  in.text("type", type, 32, 1), in.text("call", envelope.call.text, call_size);
  in.text("from", envelope.from.text, session_size, session_size), in.number("seq", envelope.seq);
  if (object->find("to") != nullptr) in.text("to", envelope.to.text, session_size, session_size);
  const Json* const body = in.find("body", Json::Kind::object);
  if (!in.ok || !is_hex(envelope.from.text, session_size)) return Unreadable{"bad envelope"};
  const auto known =
      std::find_if(types.begin(), types.end(), [&](const auto& entry) { return entry.first == type; });
  if (known == types.end()) {
    envelope.body = message::Unknown{};
    return envelope;
  }
  Reader fields{*body};
  known->second(fields, envelope.body);
  if (!fields.ok) return Unreadable{"bad body"};
  return envelope;
}

std::string encode(const Presence& presence) {
  std::string text;
  {
    JsonObject object(text);
    object.number("v", version).word("type", presence.here ? "here" : "gone");
    object.text("from", presence.session.text).number("connection", presence.connection);
  }
  return text;
}

std::variant<Presence, Unreadable> decode_presence(std::string_view payload) {
  const auto object = parse(payload);
  if (!object) return Unreadable{"not a JSON object within the bounds"};
  Reader in{*object};
  std::uint32_t v = 0;
  std::string type;
  Presence presence;
  in.number("v", v), in.text("type", type, 8), in.number("connection", presence.connection);
  in.text("from", presence.session.text, session_size, session_size);
  presence.here = type == "here";
  if (!in.ok || v != version || (type != "here" && type != "gone")) return Unreadable{"bad presence"};
  return presence;
}

}  // namespace trtc
