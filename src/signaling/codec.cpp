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

  std::string text(const char* key, std::size_t max, std::size_t min = 0) {
    const Json* const value = find(key, Json::Kind::text);
    if (value == nullptr || value->text.size() < min || value->text.size() > max) return fail();
    return value->text;
  }

  /// Of this size, or none at all.
  std::string text_or_none(const char* key, std::size_t size) {
    std::string value = text(key, size);
    return value.empty() || value.size() == size ? value : fail();
  }

  std::uint32_t number(const char* key, std::uint32_t max = UINT32_MAX) {
    const Json* const value = find(key, Json::Kind::number);
    if (value == nullptr || value->number > max) {
      ok = false;
      return 0;
    }
    return static_cast<std::uint32_t>(value->number);
  }

  bool flag(const char* key) {
    const Json* const value = find(key, Json::Kind::boolean);
    return value != nullptr && value->boolean;
  }

  /// The elements of an array, or nothing to iterate over.
  const std::vector<Json::Member>& list(const char* key, std::size_t max) {
    static const std::vector<Json::Member> none;
    const Json* const value = find(key, Json::Kind::array);
    if (value != nullptr && value->members.size() <= max) return value->members;
    ok = false;
    return none;
  }

  std::string fail() {
    ok = false;
    return {};
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
Enum value_of(const Words<Enum, size>& words, Reader& in, const char* key) {
  const std::string text = in.text(key, 32);
  for (const auto& [value, known] : words) {
    if (text == known) return value;
  }
  in.ok = false;
  return words.front().first;
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

Sending read_sending(Reader& in) { return {in.flag("audio"), in.flag("video"), in.flag("screen")}; }
Profile read_profile(Reader& in) { return {in.text("nick", bound::nick), in.text("avatar", bound::avatar)}; }
message::Hello read_hello(Reader& in) { return {read_sending(in), read_profile(in)}; }

UserId read_user(Reader& in) {
  UserId user(in.text("user", 32));
  in.ok = in.ok && is_user_id(user.text);
  return user;
}

std::vector<UserId> read_users(Reader& in, const char* key) {
  std::vector<UserId> users;
  for (const auto& [name, item] : in.list(key, bound::invitees)) {
    in.ok = in.ok && item.is(Json::Kind::text) && is_user_id(item.text);
    users.emplace_back(item.text);
  }
  return users;
}

std::vector<Candidate> read_candidates(Reader& in) {
  std::vector<Candidate> candidates;
  for (const auto& [name, item] : in.list("list", bound::candidates)) {
    Reader one{item};
    candidates.push_back({one.text("candidate", bound::candidate), one.text("mid", bound::candidate),
                          static_cast<std::uint16_t>(one.number("line", UINT16_MAX)),
                          one.text("fragment", bound::candidate)});
    in.ok = in.ok && one.ok;
  }
  return candidates;
}

std::vector<message::Seat> read_members(Reader& in) {
  std::vector<message::Seat> members;
  for (const auto& [name, item] : in.list("members", bound::seats)) {
    Reader one{item};
    members.push_back({read_user(one), SessionId(one.text("session", session_size, session_size))});
    in.ok = in.ok && one.ok;
  }
  return members;
}

std::vector<message::Fate> read_roster(Reader& in) {
  std::vector<message::Fate> roster;
  for (const auto& [name, item] : in.list("list", bound::invitees)) {
    Reader one{item};
    roster.push_back({read_user(one), value_of(status_words, one, "status"), one.flag("asked"),
                      SessionId(one.text_or_none("session", session_size)), one.number("since")});
    in.ok = in.ok && one.ok;
  }
  return roster;
}

std::vector<std::uint32_t> read_acks(Reader& in) {
  std::vector<std::uint32_t> acks;
  for (const auto& [name, item] : in.list("list", bound::acks)) {
    in.ok = in.ok && item.is(Json::Kind::number) && item.number <= UINT32_MAX;
    acks.push_back(static_cast<std::uint32_t>(item.number));
  }
  return acks;
}

message::Invite read_invite(Reader& in) {
  message::Invite invite;
  invite.media = value_of(media_words, in, "media");
  invite.room = in.number("room");
  invite.group = in.flag("group");
  invite.group_id = in.text("group_id", bound::group_id);
  invite.invitees = read_users(in, "invitees");
  invite.ring = Duration(in.number("ring_ms"));
  invite.user_data = in.text("user_data", bound::user_data);
  invite.exchange = in.number("exchange");
  invite.offer = in.text("offer", bound::sdp);
  invite.attempt = in.number("attempt");
  invite.profile = read_profile(in);
  invite.nonce = in.text_or_none("nonce", nonce_size);
  return invite;
}

message::Confirm read_confirm(Reader& in) {
  return {read_hello(in), value_of(media_words, in, "media"), in.number("media_version"), read_members(in)};
}

message::Description read_description(Reader& in) {
  message::Description description;
  description.answer = in.flag("answer");
  description.exchange = in.number("exchange");
  description.fresh = in.flag("fresh");
  description.sdp = in.text("sdp", bound::sdp, 1);
  return description;
}

message::Claim read_claim(Reader& in) {
  return {in.number("epoch"), in.number("nonce"), value_of(phase_words, in, "phase")};
}

using Parse = message::Body (*)(Reader&);

// The names of protocol section 5 and how their bodies are read.
constexpr std::array<std::pair<std::string_view, Parse>, 18> types{{
    {"invite", [](Reader& in) -> message::Body { return read_invite(in); }},
    {"ringing", [](Reader&) -> message::Body { return message::Ringing{}; }},
    {"accept", [](Reader& in) -> message::Body { return message::Accept{read_hello(in)}; }},
    {"confirm", [](Reader& in) -> message::Body { return read_confirm(in); }},
    {"join", [](Reader& in) -> message::Body { return message::Join{read_hello(in)}; }},
    {"seek",
     [](Reader& in) -> message::Body {
       return message::Seek{in.number("room"), in.text("nonce", nonce_size, nonce_size)};
     }},
    {"reject",
     [](Reader& in) -> message::Body { return message::Reject{value_of(reason_words, in, "reason")}; }},
    {"cancel",
     [](Reader& in) -> message::Body { return message::Cancel{value_of(reason_words, in, "reason")}; }},
    {"ended",
     [](Reader& in) -> message::Body { return message::Ended{value_of(reason_words, in, "reason")}; }},
    {"description", [](Reader& in) -> message::Body { return read_description(in); }},
    {"candidates",
     [](Reader& in) -> message::Body {
       return message::Candidates{in.number("exchange"), read_candidates(in)};
     }},
    {"restart",
     [](Reader& in) -> message::Body {
       return message::Restart{in.number("exchange"), in.flag("fresh")};
     }},
    {"state", [](Reader& in) -> message::Body { return message::State{read_sending(in)}; }},
    {"roster", [](Reader& in) -> message::Body { return message::Roster{read_roster(in)}; }},
    {"media_switch",
     [](Reader& in) -> message::Body {
       return message::MediaSwitch{value_of(media_words, in, "media"), in.number("version")};
     }},
    {"leave",
     [](Reader& in) -> message::Body {
       return message::Leave{in.number("seconds"), read_members(in)};
     }},
    {"claim", [](Reader& in) -> message::Body { return read_claim(in); }},
    {"ack", [](Reader& in) -> message::Body { return message::Ack{read_acks(in)}; }},
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
void write(JsonObject& out, CancelReason reason) { out.text("reason", word(reason_words, reason)); }

void write(JsonObject& out, const message::Invite& m) {
  out.text("media", word(media_words, m.media)).number("room", m.room).flag("group", m.group);
  out.text("group_id", m.group_id).number("ring_ms", static_cast<std::uint32_t>(m.ring.count()));
  {
    JsonArray users(out.member("invitees"));
    for (const UserId& user : m.invitees) append_json_string(users.next(), user.text);
  }
  out.text("user_data", m.user_data).number("exchange", m.exchange).text("offer", m.offer);
  write(out.number("attempt", m.attempt).text("nonce", m.nonce), m.profile);
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
  write(out.text("media", word(media_words, m.media)).number("media_version", m.media_version), m.members);
}
void write(JsonObject& out, const message::Join& m) { write(out, m.hello); }
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
    one.text("user", fate.user.text).text("status", word(status_words, fate.status));
    one.flag("asked", fate.asked).text("session", fate.session.text).number("since", fate.since);
  }
}
void write(JsonObject& out, const message::MediaSwitch& m) {
  out.text("media", word(media_words, m.media)).number("version", m.version);
}
void write(JsonObject& out, const message::Leave& m) { write(out.number("seconds", m.seconds), m.members); }
void write(JsonObject& out, const message::Claim& m) {
  out.number("epoch", m.epoch).number("nonce", m.nonce).text("phase", word(phase_words, m.phase));
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
    object.number("v", version).text("type", type_of(envelope.body)).text("call", envelope.call.text);
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
  if (in.number("v") != version) return Unreadable{"other protocol version"};
  Envelope envelope;
  const std::string type = in.text("type", 32, 1);
  envelope.call = CallId(in.text("call", call_size));
  envelope.from = SessionId(in.text("from", session_size, session_size));
  envelope.seq = in.number("seq");
  if (object->find("to") != nullptr) envelope.to = SessionId(in.text("to", session_size, session_size));
  const Json* const body = in.find("body", Json::Kind::object);
  if (!in.ok || !is_hex(envelope.from.text, session_size)) return Unreadable{"bad envelope"};
  const auto known =
      std::find_if(types.begin(), types.end(), [&](const auto& entry) { return entry.first == type; });
  if (known == types.end()) {
    envelope.body = message::Unknown{};
    return envelope;
  }
  Reader fields{*body};
  envelope.body = known->second(fields);
  if (!fields.ok) return Unreadable{"bad body"};
  return envelope;
}

std::string encode(const Presence& presence) {
  std::string text;
  {
    JsonObject object(text);
    object.number("v", version).text("type", presence.here ? "here" : "gone");
    object.text("from", presence.session.text).number("connection", presence.connection);
  }
  return text;
}

std::variant<Presence, Unreadable> decode_presence(std::string_view payload) {
  const auto object = parse(payload);
  if (!object) return Unreadable{"not a JSON object within the bounds"};
  Reader in{*object};
  const bool ours = in.number("v") == version;
  const std::string type = in.text("type", 8);
  Presence presence{SessionId(in.text("from", session_size, session_size)), in.number("connection"),
                    type == "here"};
  if (!in.ok || !ours || (type != "here" && type != "gone")) return Unreadable{"bad presence"};
  return presence;
}

}  // namespace trtc
