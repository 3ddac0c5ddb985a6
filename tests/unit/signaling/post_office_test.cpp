// Letters out, mail in: who may say what, what is acknowledged, what is news.
#include "signaling/post_office.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "signaling/codec.hpp"
#include "signaling/messages.hpp"
#include "signaling/topics.hpp"

using namespace trtc;

namespace {

constexpr std::uint32_t app = 1;
const UserId bob{"bob"};
const Account bobs{"1_bob"};
const Account alices{"1_alice"};
const Account carols{"1_carol"};
const SessionId ours{std::string(32, '0')};
const SessionId theirs{std::string(32, 'a')};
const SessionId other{std::string(32, 'b')};

/// Bob's post office.
struct Office {
  Instant now{100s};
  Random random{Seed{}};
  PostOffice post{app};

  Office() { post.open(bob, ours); }

  /// What becomes of a payload: "mail <from> <type>", "here/gone <user> <connection>", or why it is dropped.
  std::string hear(const std::string& topic, const std::string& payload) {
    const auto heard = post.receive(now, topic, payload);
    if (const auto* none = std::get_if<NoMail>(&heard))
      return none->why.empty() ? "nothing" : std::string(none->why);
    if (const auto* news = std::get_if<PresenceNews>(&heard)) {
      return (news->presence.here ? "here " : "gone ") + news->user.text + ' ' +
             std::to_string(news->presence.connection);
    }
    const Mail& mail = std::get<Mail>(heard);
    return "mail " + mail.from.text + ' ' + encode(mail.envelope).substr(15, 5);
  }
  std::string hear(const Envelope& envelope, const Account& from = alices) {
    return hear(topic::inbox(bobs, from), encode(envelope));
  }
  std::string presence(const Presence& presence, const Account& whose = alices) {
    return hear(topic::presence(whose), encode(presence));
  }

  /// Everything that goes out, "topic payload" a line.
  std::vector<std::string> sent() {
    std::vector<std::string> out;
    for (const auto& one : post.collect(now, random)) out.push_back(one.topic + ' ' + one.payload);
    return out;
  }
  /// Nothing but acknowledgements: "topic seqs".
  std::vector<std::string> acks() {
    std::vector<std::string> out;
    for (const auto& one : post.collect(now, random)) {
      const auto decoded = decode_envelope(one.payload);
      const auto& envelope = std::get<Envelope>(decoded);
      std::string line = one.topic.substr(one.topic.find("/in/") + 4) + ' ' + envelope.to.text.substr(0, 1);
      for (const auto seq : std::get<message::Ack>(envelope.body).list) line += ' ' + std::to_string(seq);
      out.push_back(line);
    }
    return out;
  }
};

Envelope ringing(std::uint32_t seq, const SessionId& from = theirs, const SessionId& to = ours) {
  return {sample::call, from, to, seq, message::Ringing{}};
}
Envelope claim_of(const SessionId& from) {
  return {{}, from, {}, 0, message::Claim{1, 2, message::Claim::Phase::login}};
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("mail is for this session or for every session of the account") {
  Office o;
  CHECK(o.hear(ringing(1)) == "mail alice ringi");
  CHECK(o.hear(ringing(2, theirs, {})) == "mail alice ringi");
  CHECK(o.hear(ringing(3, theirs, other)) == "nothing");
  CHECK(o.acks() == Lines{"1_alice/1_bob a 1 2"});
}

TEST_CASE("our own echo is nothing, whoever sends it") {
  Office o;
  CHECK(o.hear(claim_of(ours), bobs) == "nothing");
  CHECK(o.hear(ringing(1, ours)) == "nothing");
  CHECK(o.presence({ours, 1, true}, bobs) == "nothing");
  CHECK(o.sent().empty());
}

TEST_CASE("a duplicate is acknowledged again and not delivered") {
  Office o;
  CHECK(o.hear(ringing(1)) == "mail alice ringi");
  CHECK(o.acks() == Lines{"1_alice/1_bob a 1"});
  CHECK(o.hear(ringing(1)) == "duplicate");
  CHECK(o.acks() == Lines{"1_alice/1_bob a 1"});
  CHECK(o.acks().empty());
}

TEST_CASE("a type that we do not know is acknowledged and delivered as such") {
  Office o;
  Envelope unknown = ringing(1);
  unknown.body = message::Unknown{};
  CHECK(o.hear(unknown) == "mail alice unkno");
  CHECK(o.acks() == Lines{"1_alice/1_bob a 1"});
}

TEST_CASE("what cannot be read is neither delivered nor acknowledged") {
  Office o;
  CHECK(o.hear(topic::inbox(bobs, alices), "{") == "not a JSON object within the bounds");
  CHECK(o.hear(topic::inbox(bobs, alices), "{}") == "other protocol version");
  CHECK(o.sent().empty());
}

TEST_CASE("a sender that is no account of our app is nobody") {
  Office o;
  for (const char* sender : {"2_alice", "alice", "1_Alice", "1_", "", "1_alice/x"}) {
    CAPTURE(sender);
    CHECK(o.hear(ringing(1), Account(sender)) == "sender is no account");
  }
  CHECK(o.hear("trtc/v1/in/1_carol/1_alice", encode(ringing(1))) == "foreign topic");
  CHECK(o.hear("trtc/v1/group/1_g/1_alice", encode(ringing(1))) == "not for a group");
  CHECK(o.hear("", "") == "foreign topic");
  CHECK(o.sent().empty());
}

TEST_CASE("our account sends claims to itself and nothing else, and nobody else sends claims") {
  Office o;
  CHECK(o.hear(claim_of(theirs), bobs) == "mail bob claim");
  CHECK(o.hear(claim_of(theirs), bobs) == "mail bob claim");  // repeated every 45 s with the same number
  CHECK(o.hear(claim_of(theirs)) == "claim of a stranger");
  CHECK(o.hear(ringing(1), bobs) == "message from our own account");
  CHECK(o.sent().empty());
}

TEST_CASE("acknowledgements are gathered for each session, 64 in a message") {
  Office o;
  for (std::uint32_t seq = 1; seq <= 66; ++seq) (void)o.hear(ringing(seq));
  (void)o.hear(ringing(1, other));
  (void)o.hear(ringing(1, SessionId(std::string(32, 'c'))), carols);
  std::string first = "1_alice/1_bob a";
  for (std::uint32_t seq = 1; seq <= 64; ++seq) first += ' ' + std::to_string(seq);
  CHECK(o.acks() == Lines{first, "1_alice/1_bob a 65 66", "1_alice/1_bob b 1", "1_carol/1_bob c 1"});
}

TEST_CASE("an acknowledgement ends the resending, if it comes from the receiver") {
  Office o;
  CHECK(o.post.send(o.now, {UserId("alice"), {}, sample::call, message::Leave{7}, std::nullopt}));
  CHECK(o.sent() ==
        Lines{"trtc/v1/in/1_alice/1_bob " + encode(Envelope{sample::call, ours, {}, 1, message::Leave{7}})});
  const Envelope ack{{}, theirs, ours, 0, message::Ack{{1}}};
  CHECK(o.hear(ack, carols) == "nothing");
  CHECK(o.post.outbox().size() == 1);
  CHECK(o.hear({{}, theirs, other, 0, message::Ack{{1}}}) == "nothing");
  CHECK(o.post.outbox().size() == 1);
  CHECK(o.hear(ack) == "nothing");
  CHECK(o.post.outbox().size() == 0);
  CHECK(o.sent().empty());  // an acknowledgement is not acknowledged
}

TEST_CASE("acknowledgements leave before letters") {
  Office o;
  CHECK(o.post.send(o.now, {UserId("alice"), theirs, sample::call, message::Ringing{}, std::nullopt}));
  (void)o.hear(ringing(9));
  CHECK(o.sent() ==
        Lines{"trtc/v1/in/1_alice/1_bob " + encode(Envelope{{}, ours, theirs, 0, message::Ack{{9}}}),
              "trtc/v1/in/1_alice/1_bob " +
                  encode(Envelope{sample::call, ours, theirs, 1, message::Ringing{}})});
}

TEST_CASE("presence is news unless it is of an earlier connection") {
  Office o;
  CHECK(o.presence({theirs, 2, true}) == "here alice 2");
  CHECK(o.presence({theirs, 1, false}) == "presence of an earlier connection");  // the will of the old socket
  CHECK(o.presence({theirs, 2, false}) == "gone alice 2");
  CHECK(o.presence({theirs, 3, true}) == "here alice 3");
  CHECK(o.presence({other, 1, true}) == "here alice 1");
}

TEST_CASE("presence that cannot be read or is of no account is dropped") {
  Office o;
  CHECK(o.presence({theirs, 1, true}, Account("2_alice")) == "presence of no account");
  CHECK(o.hear(topic::presence(alices), "{}") == "bad presence");
}

TEST_CASE("who turns up gets at once what waits for him") {
  Office o;
  CHECK(o.post.send(o.now, {UserId("alice"), {}, sample::call, message::Ringing{}, std::nullopt}));
  CHECK(o.sent().size() == 1);
  CHECK(o.presence({SessionId(std::string(32, 'd')), 1, true}, carols) == "here carol 1");
  CHECK(o.sent().empty());
  CHECK(o.presence({theirs, 1, false}) == "gone alice 1");
  CHECK(o.sent().empty());
  CHECK(o.presence({theirs, 2, true}) == "here alice 2");
  CHECK(o.sent().size() == 1);
}

TEST_CASE("only so many sessions are remembered, the youngest ones") {
  Office o;
  const auto number = [](int i) { return SessionId(std::string(29, 'e') + std::to_string(100 + i)); };
  CHECK(o.presence({theirs, 5, true}) == "here alice 5");
  for (int i = 0; i < 63; ++i) (void)o.presence({number(i), 1, true});
  CHECK(o.presence({theirs, 5, false}) == "gone alice 5");  // the youngest again
  for (int i = 0; i < 63; ++i) (void)o.presence({number(100 + i), 1, true});
  CHECK(o.presence({theirs, 4, true}) == "presence of an earlier connection");
  for (int i = 0; i < 64; ++i) (void)o.presence({number(200 + i), 1, true});
  CHECK(o.presence({theirs, 4, true}) == "here alice 4");
}

TEST_CASE("nothing of a session is delivered for the next one") {
  Office o;
  (void)o.hear(ringing(1));
  CHECK(o.post.send(o.now, {UserId("alice"), {}, sample::call, message::Leave{7}, std::nullopt}));
  o.post.open(UserId("carol"), other);
  CHECK(o.sent().empty());
  CHECK(o.hear(ringing(2)) == "foreign topic");
}

TEST_CASE("claims and presence are published on the account's own topics") {
  Office o;
  const message::Claim claim{1, 2, message::Claim::Phase::settled};
  CHECK(o.post.claim(claim).topic == "trtc/v1/in/1_bob/1_bob");
  CHECK(o.post.claim(claim).payload == encode(Envelope{{}, ours, {}, 0, claim}));
  CHECK(o.post.presence(3, true).topic == "trtc/v1/on/1_bob");
  CHECK(o.post.presence(3, true).payload == encode(Presence{ours, 3, true}));
  CHECK(o.post.presence_topic(UserId("Alice")) == "trtc/v1/on/1_-alice");
}
