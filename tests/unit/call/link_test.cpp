// Offers, answers and candidates of one pair: numbered by the offerer, so whatever is late or early is
// recognised.
#include "call/link.hpp"

#include <doctest/doctest.h>

#include <utility>

#include "call/pair.hpp"

using namespace trtc;
using namespace trtc::call;

namespace {

/// One side of a pair: Alice, who dials or answers Bob.
struct Side : Surroundings {
  Link link;

  bool offer_made(const std::string& sdp = "mine") {
    return offer_created(link, the_call, {link.peer, link.negotiation, sdp}, out);
  }
  bool answer_made(const std::string& sdp = "mine") {
    return answer_created(link, the_call, {link.peer, link.negotiation, sdp}, out);
  }
  bool found(const std::vector<Candidate>& news, const std::vector<SessionId>& receivers = {}) {
    return candidates_found(link, the_call, {link.peer, news}, receivers, out);
  }
  bool offered(std::uint32_t exchange, bool fresh = false, const SessionId& from = phone) {
    Context c = context();
    return heard_description(c, link, from, {false, exchange, fresh, "offer"}, out);
  }
  bool answered(std::uint32_t exchange, const SessionId& from = phone) {
    Context c = context();
    return heard_description(c, link, from, {true, exchange, false, "answer"}, out);
  }
  bool heard(std::uint32_t exchange, const std::vector<Candidate>& list, const SessionId& from = phone) {
    return heard_candidates(link, from, {exchange, list}, out);
  }
  bool restart(std::uint32_t exchange, bool fresh = false, const SessionId& from = phone) {
    Context c = context();
    return heard_restart(c, link, from, {exchange, fresh}, out);
  }
  void renewed(bool fresh) {
    Context c = context();
    renew(c, link, fresh, out);
  }
};

Side dialing() {
  Side side;
  Context context = side.context();
  side.link = dial(context, bob, side.out);
  return side;
}
/// The offer is out.
Side inviting() {
  Side side = dialing();
  CHECK(side.offer_made());
  side.out.clear();
  return side;
}
/// Bob's phone has answered.
Side connected() {
  Side side = inviting();
  CHECK(side.answered(1));
  side.out.clear();
  return side;
}
Side answering() {
  Side side;
  Context context = side.context();
  side.link = answer(context, bob, phone, 3, "offer", side.out);
  return side;
}
Side answered() {
  Side side = answering();
  CHECK(side.answer_made());
  side.out.clear();
  return side;
}

}  // namespace

TEST_CASE("dialing makes a connection and its first offer, which travels in the invite") {
  Side a = dialing();
  CHECK(a.asked() == Lines{"create 1 offering to bob", "make offer 1 on 1"});
  CHECK(a.offer_made());
  CHECK(a.asked().empty());
  CHECK(a.link.exchange == 1);
}

TEST_CASE("the answer is applied once, and only the answer to the offer in force") {
  Side a = inviting();
  CHECK_FALSE(a.answered(0));
  CHECK_FALSE(a.answered(2));
  CHECK(a.answered(1));
  CHECK(a.asked() == Lines{"apply 1 on 1: answer"});
  CHECK_FALSE(a.answered(1));
  CHECK_FALSE(a.answered(1, tablet));
  CHECK(a.asked().empty());
}

TEST_CASE("an answer before the offer is out is stale") {
  Side a = dialing();
  CHECK_FALSE(a.answered(1));
  CHECK(a.link.session.empty());
}

TEST_CASE("the first session that answers gets the connection, no other is heard") {
  Side a = connected();
  CHECK(a.link.session == phone);
  a.renewed(false);
  CHECK(a.offer_made());
  CHECK(a.asked() == Lines{"make offer 2 on 1 (restart)", "to bob@phone: offer 2 mine"});
  CHECK_FALSE(a.answered(2, tablet));
  CHECK(a.answered(2));
  CHECK(a.asked() == Lines{"apply 2 on 1: answer"});
}

TEST_CASE("an offerer hears no offer and an answerer no answer") {
  CHECK_FALSE(inviting().offered(1));
  CHECK_FALSE(inviting().offered(2));
  CHECK_FALSE(answered().answered(3));
  CHECK_FALSE(answered().answered(4));
}

TEST_CASE("a result of the host for an earlier negotiation is stale") {
  Side a = dialing();
  const NegotiationId first = a.link.negotiation;
  a.renewed(false);
  a.out.clear();
  CHECK_FALSE(offer_created(a.link, the_call, {a.link.peer, first, "old"}, a.out));
  CHECK(a.offer_made());
  CHECK_FALSE(a.offer_made());  // and so is a second one
  Side b = answering();
  CHECK_FALSE(answer_created(b.link, the_call, {b.link.peer, {99}, "old"}, b.out));
  CHECK(b.answer_made());
  CHECK_FALSE(b.answer_made());
  CHECK_FALSE(b.offer_made());
}

TEST_CASE("answering makes a connection and sends the answer under the offer's number") {
  Side b = answering();
  CHECK(b.asked() == Lines{"create 1 answering bob", "make answer 1 on 1 to offer"});
  CHECK(b.answer_made());
  CHECK(b.asked() == Lines{"to bob@phone: answer 3 mine"});
}

TEST_CASE("an answerer follows offers with greater numbers only, from the session of the call only") {
  Side b = answered();
  CHECK_FALSE(b.offered(3));
  CHECK_FALSE(b.offered(2));
  CHECK_FALSE(b.offered(4, false, tablet));
  CHECK(b.offered(4));
  CHECK(b.asked() == Lines{"make answer 2 on 1 to offer"});
  CHECK(b.offered(9, true));
  CHECK(b.asked() == Lines{"close 1", "create 2 answering bob", "make answer 3 on 2 to offer"});
  CHECK(b.answer_made());
  CHECK(b.asked() == Lines{"to bob@phone: answer 9 mine"});
}

TEST_CASE("a rebuilt connection goes on sending, and sending starts once") {
  Side a = connected();
  start_sending(a.link, a.out);
  start_sending(a.link, a.out);
  CHECK(a.asked() == Lines{"start sending 1"});
  a.renewed(true);
  CHECK(a.offer_made());
  CHECK(a.asked() == Lines{"close 1", "create 2 offering to bob", "start sending 2", "make offer 2 on 2",
                           "to bob@phone: offer 2 (fresh) mine"});
}

TEST_CASE("our candidates go to the session of the call, before there is one to every session that rings") {
  Side a = inviting();
  CHECK(a.found(candidates(2), {phone, tablet}));
  CHECK(a.asked() == Lines{"to bob@phone: candidates 1: c0 c1", "to bob@tablet: candidates 1: c0 c1"});
  send_candidates(a.link, the_call, SessionId("late"), a.out);
  CHECK(a.asked() == Lines{"to bob@late: candidates 1: c0 c1"});
  CHECK(a.answered(1));
  a.out.clear();
  CHECK(a.found(candidates(1, "d"), {phone, tablet}));
  CHECK(a.asked() == Lines{"to bob@phone: candidates 1: d0"});
}

TEST_CASE("candidates of another connection are stale") {
  Side a = connected();
  CHECK_FALSE(candidates_found(a.link, the_call, {{99}, candidates(1)}, {}, a.out));
  CHECK(a.asked().empty());
}

TEST_CASE("candidates go out in messages that the receiver's bound accepts, and only so many") {
  Side a = connected();
  CHECK(a.found(candidates(33)));
  CHECK(a.asked() == Lines{"to bob@phone: candidates 1: 32 from c0", "to bob@phone: candidates 1: c32"});
  CHECK(a.found(candidates(200, "d")));
  CHECK(a.asked() == Lines{"to bob@phone: candidates 1: 32 from d0",
                           "to bob@phone: candidates 1: 32 from d32",
                           "to bob@phone: candidates 1: 31 from d64"});
  CHECK(a.link.local.size() == max_local_candidates);
  CHECK(a.found(candidates(1, "e")));
  CHECK(a.asked().empty());
}

TEST_CASE("a new exchange begins with no candidates of the old one") {
  Side a = connected();
  a.found(candidates(3));
  a.renewed(false);
  a.out.clear();
  send_candidates(a.link, the_call, phone, a.out);
  CHECK(a.asked().empty());
}

TEST_CASE("candidates that overtake the answer wait for it, those of other sessions are dropped with it") {
  Side a = inviting();
  CHECK(a.heard(1, candidates(1, "p")));
  CHECK(a.heard(1, candidates(1, "t"), tablet));
  CHECK(a.heard(1, candidates(1, "q")));
  CHECK(a.asked().empty());
  CHECK(a.answered(1));
  CHECK(a.asked() == Lines{"apply 1 on 1: answer", "add to 1: p0", "add to 1: q0"});
  CHECK(a.link.early.empty());
  CHECK(a.heard(1, candidates(1, "r")));
  CHECK(a.asked() == Lines{"add to 1: r0"});
  CHECK_FALSE(a.heard(1, candidates(1), tablet));
}

TEST_CASE("candidates that overtake their offer wait for exactly that offer") {
  Side b = answered();
  CHECK(b.heard(3, candidates(1, "now")));
  CHECK(b.asked() == Lines{"add to 1: now0"});
  CHECK(b.heard(4, candidates(1, "skipped")));
  CHECK(b.heard(5, candidates(1, "next")));
  CHECK(b.heard(6, candidates(1, "after")));
  CHECK(b.asked().empty());
  CHECK(b.offered(5));
  CHECK(b.asked() == Lines{"make answer 2 on 1 to offer", "add to 1: next0"});
  CHECK(b.offered(6));
  CHECK(b.asked() == Lines{"make answer 3 on 1 to offer", "add to 1: after0"});
}

TEST_CASE("candidates of an exchange that is over are stale") {
  Side b = answered();
  CHECK_FALSE(b.heard(2, candidates(1)));
  Side a = connected();
  a.renewed(false);
  a.out.clear();
  CHECK_FALSE(a.heard(1, candidates(1)));
  CHECK(a.heard(2, candidates(1)));  // early: the answer is not here yet
  CHECK(a.asked().empty());
}

TEST_CASE("only so many early messages are kept, and room is made again") {
  Side b = answered();
  for (std::size_t i = 0; i < max_early; ++i) CHECK(b.heard(4, candidates(1)));
  CHECK_FALSE(b.heard(4, candidates(1)));
  CHECK_FALSE(b.heard(4294967295, candidates(1)));
  CHECK(b.link.early.size() == max_early);
  CHECK(b.offered(4));
  CHECK(b.asked().size() == 1 + max_early);
  CHECK(b.heard(5, candidates(1)));
}

TEST_CASE("a restart is asked for once per exchange, by the answerer's session") {
  Side a = connected();
  CHECK_FALSE(a.restart(1, false, tablet));
  CHECK_FALSE(a.restart(0));
  CHECK_FALSE(a.restart(2));
  CHECK(a.restart(1));
  CHECK(a.asked() == Lines{"make offer 2 on 1 (restart)"});
  CHECK_FALSE(a.restart(1));
  CHECK_FALSE(a.restart(2));  // the offer is being made
  CHECK(a.offer_made());
  a.out.clear();
  CHECK(a.restart(2, true));
  CHECK(a.asked() == Lines{"close 1", "create 2 offering to bob", "make offer 3 on 2"});
  CHECK_FALSE(answered().restart(3));
}
