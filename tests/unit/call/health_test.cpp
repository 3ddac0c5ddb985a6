// The ladder of a sick connection and the two witnesses of a peer's end: protocol, sections 6 and 7.
#include "call/health.hpp"

#include <doctest/doctest.h>

#include <string>

#include "call/pair.hpp"

using namespace trtc;
using namespace trtc::call;

namespace {

/// Alice's link to Bob since he is a member, on a clock that only moves from deadline to deadline.
struct Patient : Surroundings {
  Link link;
  bool peer_sends = true;

  explicit Patient(bool offerer) {
    link.user = bob;
    link.session = phone;
    link.peer = {1};
    link.exchange = 1;
    link.offerer = offerer;
    link.phase = Link::Phase::stable;
    numbers.peer = 1;
    expect_media(context(), link);
  }

  void turn(ConnectionState state) {
    CHECK(connection_changed(context(), link, {link.peer, state}, peer_sends));
  }
  void flow(bool flowing) { CHECK(flow_changed(context(), link, {link.peer, flowing}, peer_sends)); }
  Verdict tend_now() {
    Context c = context();
    return tend(c, link, the_call, peer_sends, out);
  }
  Verdict after(Duration duration) {
    now += duration;
    return tend_now();
  }
  std::optional<Duration> next_in() {
    const auto next = next_deadline(link);
    return next ? std::optional(*next - now) : std::nullopt;
  }

  /// Everything that happens until a verdict falls or nothing is to be done, "<seconds>: <what>" a line.
  Lines course(Duration most = 70s) {
    const Instant start = now;
    Lines out_lines;
    while (next_in() && now + *next_in() - start <= most) {
      REQUIRE(*next_in() > 0ms);
      const Verdict verdict = after(*next_in());
      const std::string at = std::to_string((now - start).count() / 1000) + "s: ";
      // A new offer is made at once.
      const Lines asked_now = asked();
      for (const std::string& one : asked_now) out_lines.push_back(at + one);
      if (link.phase == Link::Phase::making) link.phase = Link::Phase::awaiting_answer;
      if (verdict == Verdict::left) return out_lines.push_back(at + "left"), out_lines;
      if (verdict == Verdict::hopeless) return out_lines.push_back(at + "hopeless"), out_lines;
    }
    return out_lines;
  }
};

/// Connected, and RTP arrives.
Patient healthy(bool offerer = true) {
  Patient p(offerer);
  p.turn(ConnectionState::connected);
  p.flow(true);
  CHECK_FALSE(p.next_in());
  return p;
}

/// Bob has a letter that he does not acknowledge.
void fall_silent(Patient& p) {
  CHECK(p.outbox.add(p.now, {bob, phone, the_call, message::State{}, std::nullopt}, SessionId("self")));
  (void)p.outbox.due(p.now, p.random);
}

}  // namespace

TEST_CASE("nobody waits for a connection of somebody who is no member yet") {
  Surroundings s;
  Link link;
  link.peer = {1};
  CHECK(connection_changed(s.context(), link, {{1}, ConnectionState::failed}, true));
  CHECK_FALSE(next_deadline(link));
  Context c = s.context();
  CHECK(tend(c, link, the_call, true, s.out) == Verdict::alive);
  CHECK(s.asked().empty());
}

TEST_CASE("reports about another connection change nothing") {
  Patient p = healthy();
  CHECK_FALSE(connection_changed(p.context(), p.link, {{2}, ConnectionState::failed}, true));
  CHECK_FALSE(flow_changed(p.context(), p.link, {{2}, false}, true));
  CHECK_FALSE(p.next_in());
}

TEST_CASE("a connection that never comes up is rebuilt every 8 s and given up after 30 s") {
  CHECK(Patient(true).course() ==
        Lines{"8s: close 1", "8s: create 2 offering to bob", "8s: make offer 1 on 2", "16s: close 2",
              "16s: create 3 offering to bob", "16s: make offer 2 on 3", "24s: close 3",
              "24s: create 4 offering to bob", "24s: make offer 3 on 4", "30s: hopeless"});
}

TEST_CASE("the answerer asks for what the offerer does") {
  CHECK(Patient(false).course() == Lines{"8s: to bob@phone: restart 1 (fresh)",
                                         "16s: to bob@phone: restart 1 (fresh)",
                                         "24s: to bob@phone: restart 1 (fresh)", "30s: hopeless"});
}

TEST_CASE(
    "a disturbed connection is restarted after 3 s, again after 5 s, then rebuilt, and given up after 60 s") {
  Patient p = healthy(false);
  p.turn(ConnectionState::disconnected);
  CHECK(p.course() == Lines{"3s: to bob@phone: restart 1", "8s: to bob@phone: restart 1",
                            "13s: to bob@phone: restart 1 (fresh)", "21s: to bob@phone: restart 1 (fresh)",
                            "29s: to bob@phone: restart 1 (fresh)", "37s: to bob@phone: restart 1 (fresh)",
                            "45s: to bob@phone: restart 1 (fresh)", "53s: to bob@phone: restart 1 (fresh)",
                            "60s: hopeless"});
}

TEST_CASE("the offerer's restarts keep the connection, its rebuilding does not") {
  Patient p = healthy();
  p.turn(ConnectionState::disconnected);
  CHECK(p.course(13s) == Lines{"3s: make offer 1 on 1 (restart)", "8s: make offer 2 on 1 (restart)",
                               "13s: close 1", "13s: create 2 offering to bob", "13s: make offer 3 on 2"});
}

TEST_CASE("a failed connection is restarted after a moment for the goodbye, but only the first time") {
  Patient p = healthy();
  p.turn(ConnectionState::failed);
  CHECK(p.next_in() == patience::failed);
  CHECK(p.after(patience::failed) == Verdict::alive);
  CHECK(p.asked() == Lines{"make offer 1 on 1 (restart)"});
  p.turn(ConnectionState::failed);
  CHECK(p.next_in() == 5s);
}

TEST_CASE("a disturbance that fails meanwhile is not waited out") {
  Patient p = healthy();
  p.turn(ConnectionState::disconnected);
  CHECK(p.after(1s) == Verdict::alive);
  p.turn(ConnectionState::failed);
  CHECK(p.next_in() == patience::failed);
}

TEST_CASE("recovery takes everything back") {
  Patient p = healthy(false);
  p.turn(ConnectionState::disconnected);
  CHECK(p.course(9s).size() == 2);
  p.turn(ConnectionState::connected);
  CHECK_FALSE(p.next_in());
  p.turn(ConnectionState::disconnected);
  CHECK(p.course(3s) == Lines{"3s: to bob@phone: restart 1"});
}

TEST_CASE("a short disturbance is nothing") {
  Patient p = healthy();
  p.turn(ConnectionState::disconnected);
  CHECK(p.after(3s - 1ms) == Verdict::alive);
  p.turn(ConnectionState::connected);
  CHECK(p.after(1h) == Verdict::alive);
  CHECK(p.asked().empty());
}

TEST_CASE("RTP that ceases over a standing connection starts the ladder") {
  Patient p = healthy(false);
  p.flow(false);
  CHECK(p.next_in() == 3s);
  CHECK(p.after(3s) == Verdict::alive);
  CHECK(p.asked() == Lines{"to bob@phone: restart 1"});
  p.flow(true);
  CHECK_FALSE(p.next_in());
}

TEST_CASE("a peer that sends nothing may be quiet over a standing connection for ever") {
  Patient p = healthy();
  p.peer_sends = false;
  p.flow(false);
  for (int i = 0; i < 200; ++i) CHECK(p.after(1s) == Verdict::alive);
  CHECK(p.asked().empty());
  p.online = false;
  CHECK(p.after(60s) == Verdict::alive);
}

TEST_CASE("a goodbye and a moment without RTP: the peer has left") {
  Patient p = healthy();
  peer_gone(p.context(), p.link);
  CHECK_FALSE(p.next_in());  // its media still runs
  CHECK(p.after(10s) == Verdict::alive);
  p.flow(false);
  CHECK(p.next_in() == patience::farewell);
  CHECK(p.after(patience::farewell - 1ms) == Verdict::alive);
  CHECK(p.after(1ms) == Verdict::left);
}

TEST_CASE("RTP that ceased before the goodbye counts, but a moment is left to say that the session is back") {
  Patient p = healthy();
  p.flow(false);
  CHECK(p.after(5s) == Verdict::alive);
  peer_gone(p.context(), p.link);
  CHECK(p.after(patience::farewell - 1ms) == Verdict::alive);
  CHECK(p.after(1ms) == Verdict::left);
}

TEST_CASE("before the first RTP its absence is no witness of a goodbye for 5 s") {
  Patient p(true);
  CHECK(p.after(2s) == Verdict::alive);
  peer_gone(p.context(), p.link);
  CHECK(p.next_in() == patience::first_farewell);
  CHECK(p.after(patience::first_farewell - 1ms) == Verdict::alive);
  CHECK(p.after(1ms) == Verdict::left);
}

TEST_CASE("a session that comes back in time has not left") {
  Patient p = healthy();
  peer_gone(p.context(), p.link);
  p.flow(false);
  CHECK(p.after(patience::farewell - 1ms) == Verdict::alive);
  peer_here(p.link);
  CHECK(p.after(1ms) == Verdict::alive);
  CHECK(p.after(20s) == Verdict::alive);
}

TEST_CASE("30 s without RTP and without an answer: the peer has left") {
  Patient p = healthy();
  p.flow(false);
  fall_silent(p);
  CHECK(p.after(30s - 1ms) == Verdict::alive);
  CHECK(p.after(1ms) == Verdict::left);
}

TEST_CASE("30 s without RTP while we are offline ourselves ends it too") {
  Patient p = healthy();
  p.flow(false);
  p.online = false;
  CHECK(p.after(30s - 1ms) == Verdict::alive);
  CHECK(p.after(1ms) == Verdict::left);
}

TEST_CASE("one witness alone never ends a call: no RTP, but answers") {
  Patient p = healthy(false);
  p.flow(false);
  const Lines course = p.course(59s);
  CHECK(course.back() == "53s: to bob@phone: restart 1 (fresh)");
}

TEST_CASE("one witness alone never ends a call: no answers, but RTP") {
  Patient p = healthy();
  fall_silent(p);
  peer_gone(p.context(), p.link);
  for (int i = 0; i < 100; ++i) CHECK(p.after(1s) == Verdict::alive);
  CHECK(p.asked().empty());
}

TEST_CASE("the second witness is asked again every second") {
  Patient p = healthy(false);
  p.flow(false);
  CHECK(p.course(31s).size() == 5);
  fall_silent(p);
  p.now += Outbox::silence;
  CHECK(p.tend_now() == Verdict::left);
}

TEST_CASE("a timer that fires late takes one rung, not all that it missed") {
  Patient p = healthy(false);
  p.turn(ConnectionState::disconnected);
  CHECK(p.after(40s) == Verdict::alive);
  CHECK(p.asked() == Lines{"to bob@phone: restart 1"});
  CHECK(p.next_in() == 5s);
  CHECK(p.after(1h) == Verdict::hopeless);
}

TEST_CASE("without a session to talk to, the ladder only counts") {
  Patient p(true);
  p.link.session = {};
  CHECK(p.course() == Lines{"30s: hopeless"});
}
