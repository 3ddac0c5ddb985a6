// At-least-once: when a letter is sent again, and when it no longer is (protocol, section 4).
#include "signaling/outbox.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace trtc;

namespace {

const CallId first{"first call"};
const CallId second{"second call"};
const UserId callee{"bob"};
const UserId carol{"carol"};
const SessionId self{"self"};

Letter letter(message::Body body, const UserId& to = callee, const CallId& call = first,
              std::optional<Instant> expires = std::nullopt) {
  return {to, {}, call, std::move(body), expires};
}
message::Body state() { return message::State{}; }
message::Body invite() { return message::Invite{}; }

/// An outbox on a clock that the test moves.
struct Clock {
  Instant now{100s};
  Random random{Seed{}};
  Outbox outbox;

  bool add(Letter one) { return outbox.add(now, std::move(one), self); }

  /// The numbers that go out now.
  std::vector<std::uint32_t> due() {
    std::vector<std::uint32_t> seqs;
    for (const Outbox::Sending& sending : outbox.due(now, random)) seqs.push_back(sending.envelope.seq);
    return seqs;
  }
  std::vector<std::uint32_t> due_after(Duration duration) {
    now += duration;
    return due();
  }
  /// Everything that would go out if it were due.
  std::vector<std::uint32_t> all() {
    outbox.hurry(now);
    return due();
  }
  std::optional<Duration> next_in() const {
    const auto next = outbox.next_deadline();
    return next ? std::optional(*next - now) : std::nullopt;
  }
};

using Seqs = std::vector<std::uint32_t>;

}  // namespace

TEST_CASE("a letter goes out at once, with the next number and to the session that it names") {
  Clock c;
  CHECK(c.add({callee, SessionId("theirs"), first, message::Leave{7}, std::nullopt}));
  CHECK(c.next_in() == 0ms);
  const auto sent = c.outbox.due(c.now, c.random);
  REQUIRE(sent.size() == 1);
  CHECK(sent[0].to == callee);
  CHECK(sent[0].envelope.call == first);
  CHECK(sent[0].envelope.from == self);
  CHECK(sent[0].envelope.to == SessionId("theirs"));
  CHECK(sent[0].envelope.seq == 1);
  CHECK(std::get<message::Leave>(sent[0].envelope.body).seconds == 7);
}

TEST_CASE("numbers count up over all receivers, and an outbox that was cleared goes on") {
  Clock c;
  c.add(letter(state())), c.add(letter(state(), carol));
  CHECK(c.due() == Seqs{1, 2});
  c.outbox.clear();
  c.add(letter(state()));
  CHECK(c.due() == Seqs{3});
}

TEST_CASE("it is sent again after 0.5, 1, 2, 4, 4 s, each up to a tenth later") {
  constexpr Duration steps[] = {500ms, 1000ms, 2000ms, 4000ms, 4000ms, 4000ms};
  for (std::uint8_t seed = 0; seed < 20; ++seed) {
    Clock c;
    c.random = Random(Seed{seed});
    c.add(letter(state()));
    for (const Duration step : steps) {
      CHECK(c.due() == Seqs{1});
      const auto pause = c.next_in();
      REQUIRE(pause);
      CHECK(*pause >= step);
      CHECK(*pause < step + step / 10);
      CHECK(c.due_after(*pause - 1ms).empty());
      c.now += 1ms;
    }
  }
}

TEST_CASE("two clients do not march in step") {
  Clock c;
  Clock other;
  other.random = Random(Seed{1});
  c.add(letter(state())), other.add(letter(state()));
  (void)c.due(), (void)other.due();
  CHECK(c.next_in() != other.next_in());
}

TEST_CASE("what is acknowledged is not sent again") {
  Clock c;
  c.add(letter(state())), c.add(letter(state())), c.add(letter(state()));
  c.outbox.acknowledge(callee, {3, 1, 99});
  CHECK(c.all() == Seqs{2});
  c.outbox.acknowledge(callee, {2, 2});
  CHECK(c.outbox.size() == 0);
  CHECK_FALSE(c.next_in());
}

TEST_CASE("nobody can acknowledge what was not sent to him") {
  Clock c;
  c.add(letter(state()));
  c.outbox.acknowledge(carol, {1});
  CHECK(c.all() == Seqs{1});
}

TEST_CASE("hurry makes everything due and starts the schedule anew") {
  Clock c;
  c.add(letter(state())), c.add(letter(state(), carol));
  for (int i = 0; i < 6; ++i) (void)c.due_after(5s);
  c.now += 100ms;
  CHECK(c.due().empty());
  c.outbox.hurry(c.now);
  CHECK(c.due() == Seqs{1, 2});
  CHECK(*c.next_in() < 551ms);
}

TEST_CASE("hurry for one receiver leaves the others alone") {
  Clock c;
  c.add(letter(state())), c.add(letter(state(), carol));
  CHECK(c.due() == Seqs{1, 2});
  c.outbox.hurry(c.now, carol);
  CHECK(c.due() == Seqs{2});
}

TEST_CASE("an invite says how long it still rings, each time it goes out") {
  Clock c;
  c.add(letter(invite(), callee, first, c.now + 30s));
  const auto rings = [&c] {
    std::vector<Duration> out;
    for (const auto& sending : c.outbox.due(c.now, c.random))
      out.push_back(std::get<message::Invite>(sending.envelope.body).ring);
    return out;
  };
  CHECK(rings() == std::vector<Duration>{30s});
  c.now += 10s;
  CHECK(rings() == std::vector<Duration>{20s});
  c.now += 20s - 1ms;
  CHECK(rings() == std::vector<Duration>{1ms});
  c.now += 1ms;
  CHECK(rings().empty());
  CHECK(c.outbox.size() == 0);
}

TEST_CASE("an invite that rings for ever goes on saying so") {
  Clock c;
  c.add(letter(invite()));
  for (int i = 0; i < 100; ++i) {
    const auto sent = c.outbox.due(c.now, c.random);
    REQUIRE(sent.size() == 1);
    CHECK(std::get<message::Invite>(sent[0].envelope.body).ring == 0s);
    c.now += 5s;
  }
}

TEST_CASE("a letter that expires wakes us up for that, if nothing else does before") {
  Clock c;
  c.add(letter(state(), callee, first, c.now + 300ms));
  (void)c.due();
  CHECK(c.next_in() == 300ms);
  CHECK(c.due_after(300ms).empty());
  CHECK(c.outbox.size() == 0);
}

TEST_CASE("the end of a call is told for 30 s, everything else until it is dropped") {
  using namespace message;
  for (const Body& body : {Body(Cancel{}), Body(Reject{}), Body(Ended{}), Body(Leave{})}) {
    Clock c;
    c.add(letter(body));
    c.now += Outbox::terminal_life - 1ms;
    CHECK(c.all() == Seqs{1});
    c.now += 1ms;
    CHECK(c.all().empty());
  }
  for (const Body& body :
       {Body(Invite{}), Body(Accept{}), Body(Confirm{}), Body(State{}), Body(Description{})}) {
    Clock c;
    c.add(letter(body));
    c.now += 1h;
    CHECK(c.all() == Seqs{1});
  }
}

TEST_CASE("a full outbox refuses, and takes again once there is room") {
  Clock c;
  for (std::size_t i = 0; i < Outbox::capacity; ++i) CHECK(c.add(letter(state())));
  CHECK_FALSE(c.add(letter(state())));
  CHECK(c.outbox.size() == Outbox::capacity);
  c.outbox.acknowledge(callee, {1});
  CHECK(c.add(letter(message::Leave{})));
}

TEST_CASE("the end of a call drops its letters, except those that tell the end") {
  using namespace message;
  Clock c;
  c.add(letter(invite())), c.add(letter(state())), c.add(letter(Cancel{})), c.add(letter(Reject{}));
  c.add(letter(Ended{})), c.add(letter(Leave{})), c.add(letter(state(), callee, second));
  c.outbox.drop_call(first);
  CHECK(c.all() == Seqs{3, 4, 5, 6, 7});
}

TEST_CASE("only the invites of this call to this user are dropped") {
  Clock c;
  c.add(letter(invite())), c.add(letter(state())), c.add(letter(invite(), carol));
  c.add(letter(invite(), callee, second)), c.add(letter(invite()));
  c.outbox.drop_invites(first, callee);
  CHECK(c.all() == Seqs{2, 3, 4});
}

const SessionId bobs_phone(std::string(32, 'e'));

TEST_CASE("a receiver is silent after 15 s without an acknowledgement, counted from the first sending") {
  Clock c;
  c.add(letter(state()));
  c.now += 60s;
  CHECK_FALSE(c.outbox.silent(c.now, callee, bobs_phone, first));  // never went out
  (void)c.due();
  CHECK_FALSE(c.outbox.silent(c.now + Outbox::silence - 1ms, callee, bobs_phone, first));
  CHECK(c.outbox.silent(c.now + Outbox::silence, callee, bobs_phone, first));
  (void)c.due_after(10s);
  CHECK(c.outbox.silent(c.now + 5s, callee, bobs_phone, first));
  c.outbox.acknowledge(callee, {1});
  CHECK_FALSE(c.outbox.silent(c.now + 60s, callee, bobs_phone, first));
}

TEST_CASE("silence is a matter of one call, one user and one session") {
  Clock c;
  Letter to_one = letter(state());
  to_one.session = bobs_phone;
  c.add(to_one);
  (void)c.due();
  CHECK(c.outbox.silent(c.now + 60s, callee, bobs_phone, first));
  CHECK_FALSE(c.outbox.silent(c.now + 60s, callee, SessionId(std::string(32, '0')), first));
  CHECK_FALSE(c.outbox.silent(c.now + 60s, callee, bobs_phone, second));
  CHECK_FALSE(c.outbox.silent(c.now + 60s, carol, bobs_phone, first));
}

TEST_CASE("time spent offline is not the receiver's silence") {
  Clock c;
  c.add(letter(state()));
  (void)c.due();
  c.now += 14s;
  c.outbox.offline();
  c.now += 60s;
  CHECK_FALSE(c.outbox.silent(c.now, callee, bobs_phone, first));
  c.outbox.hurry(c.now);
  (void)c.due();
  CHECK_FALSE(c.outbox.silent(c.now + 14s, callee, bobs_phone, first));
  CHECK(c.outbox.silent(c.now + 15s, callee, bobs_phone, first));
}
