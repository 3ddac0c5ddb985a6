// Who may keep an account: the table, and that every order of delivery leaves exactly one.
#include "signaling/claim.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

using namespace trtc;
using claim::judge;
using claim::Verdict;
using message::Claim;
using Phase = Claim::Phase;

namespace {

Claim login(std::uint32_t nonce) { return {0, nonce, Phase::login}; }
Claim resume(std::uint32_t epoch, std::uint32_t nonce) { return {epoch, nonce, Phase::resume}; }
Claim settled(std::uint32_t epoch, std::uint32_t nonce) { return {epoch, nonce, Phase::settled}; }

// ---- A model of session.cpp: every session publishes to all others, and the network keeps no order. ----

struct Session {
  Claim claim;
  bool gone = false;
};
struct InFlight {
  std::size_t to = 0;
  Claim claim;
};
using Key = std::vector<std::uint32_t>;

struct Model {
  std::vector<Session> sessions;
  std::vector<InFlight> network;

  void publish(std::size_t from) {
    for (std::size_t to = 0; to < sessions.size(); ++to) {
      if (to == from || sessions[to].gone) continue;
      const Claim& claim = sessions[from].claim;
      const bool under_way = std::any_of(network.begin(), network.end(), [&](const InFlight& mail) {
        return mail.to == to && mail.claim.epoch == claim.epoch && mail.claim.nonce == claim.nonce &&
               mail.claim.phase == claim.phase;
      });
      if (!under_way) network.push_back({to, claim});  // the network may lose a copy
    }
  }

  void deliver(std::size_t index) {
    const InFlight mail = network[index];
    network.erase(network.begin() + static_cast<std::ptrdiff_t>(index));
    Session& session = sessions[mail.to];
    if (session.gone) return;
    switch (judge(session.claim, mail.claim)) {
      case Verdict::yield:
        session.gone = true;
        std::erase_if(network, [&](const InFlight& other) { return other.to == mail.to; });
        return;
      case Verdict::outbid:
        session.claim.phase = Phase::settled;
        session.claim.epoch = std::max(session.claim.epoch, mail.claim.epoch) + 1;
        return publish(mail.to);
      case Verdict::answer:
        return publish(mail.to);
      case Verdict::ignore:
        return;
    }
  }

  std::size_t alive() const {
    return static_cast<std::size_t>(
        std::count_if(sessions.begin(), sessions.end(), [](const Session& s) { return !s.gone; }));
  }

  Key key() const {
    Key out;
    const auto add = [&out](const Claim& c) {
      out.insert(out.end(), {c.epoch, c.nonce, static_cast<std::uint32_t>(c.phase)});
    };
    for (const Session& session : sessions) add(session.claim), out.push_back(session.gone);
    std::vector<Key> mails;
    for (const InFlight& mail : network) {
      mails.push_back({static_cast<std::uint32_t>(mail.to), mail.claim.epoch, mail.claim.nonce,
                       static_cast<std::uint32_t>(mail.claim.phase)});
    }
    std::sort(mails.begin(), mails.end());
    for (const Key& mail : mails) out.insert(out.end(), mail.begin(), mail.end());
    return out;
  }
};

/// How many sessions are left, over every order of delivery. Nobody may be left out twice over.
std::set<std::size_t> survivors(const std::vector<Claim>& claims) {
  Model start;
  for (const Claim& claim : claims) start.sessions.push_back({claim});
  for (std::size_t i = 0; i < claims.size(); ++i) start.publish(i);
  std::set<std::size_t> left;
  std::set<Key> seen;
  std::vector<Model> open{start};
  while (!open.empty()) {
    const Model model = std::move(open.back());
    open.pop_back();
    if (!seen.insert(model.key()).second) continue;
    if (seen.size() > 100000) return {};
    if (model.network.empty()) left.insert(model.alive());
    for (std::size_t i = 0; i < model.network.size(); ++i) {
      Model next = model;
      next.deliver(i);
      open.push_back(std::move(next));
    }
  }
  return left;
}

/// Who is left when a newcomer meets the one that was there, over every order: the newcomer.
const std::set<std::size_t> exactly_one{1};

}  // namespace

TEST_CASE("the table of claims is complete") {
  using V = Verdict;
  // rows: own phase; columns: theirs. Of two in the same phase the greater (epoch, nonce) stays.
  const Claim own[] = {login(5), resume(3, 5), settled(3, 5)};
  struct Column {
    Claim theirs;
    std::array<V, 3> verdicts;
  };
  const Column columns[] = {
      {login(4), {V::answer, V::answer, V::answer}},     {login(5), {V::ignore, V::answer, V::answer}},
      {login(6), {V::yield, V::answer, V::answer}},      {resume(2, 9), {V::outbid, V::answer, V::outbid}},
      {resume(3, 5), {V::outbid, V::ignore, V::outbid}}, {resume(4, 0), {V::outbid, V::yield, V::outbid}},
      {settled(2, 9), {V::outbid, V::yield, V::answer}}, {settled(3, 4), {V::outbid, V::yield, V::answer}},
      {settled(3, 5), {V::outbid, V::yield, V::ignore}}, {settled(3, 6), {V::outbid, V::yield, V::yield}},
      {settled(4, 0), {V::outbid, V::yield, V::yield}},
  };
  for (const Column& column : columns) {
    CAPTURE(column.theirs.epoch);
    CAPTURE(column.theirs.nonce);
    for (std::size_t row = 0; row < 3; ++row) {
      CAPTURE(row);
      CHECK(judge(own[row], column.theirs) == column.verdicts[row]);
    }
  }
}

TEST_CASE("two in the same phase never both stay or both go") {
  const std::vector<Claim> all{login(1),     login(2),      resume(1, 1),  resume(1, 2),
                               resume(2, 1), settled(1, 1), settled(1, 2), settled(2, 1)};
  for (const Claim& a : all) {
    for (const Claim& b : all) {
      if (a.phase != b.phase || (a.epoch == b.epoch && a.nonce == b.nonce)) continue;
      CHECK((judge(a, b) == Verdict::yield) != (judge(b, a) == Verdict::yield));
    }
  }
}

TEST_CASE("of any two sessions exactly one stays, in every order of delivery") {
  const std::vector<Claim> first{login(1), resume(1, 1), resume(2, 1), settled(1, 1), settled(2, 1)};
  const std::vector<Claim> second{login(2), resume(1, 2), resume(2, 2), settled(1, 2), settled(2, 2)};
  for (const Claim& a : first) {
    for (const Claim& b : second) {
      CAPTURE(static_cast<int>(a.phase));
      CAPTURE(static_cast<int>(b.phase));
      CHECK(survivors({a, b}) == exactly_one);
    }
  }
}

TEST_CASE("of any three sessions exactly one stays, in every order of delivery") {
  const std::vector<Claim> first{login(1), resume(2, 1), settled(1, 1)};
  const std::vector<Claim> second{login(2), resume(1, 2), settled(2, 2)};
  const std::vector<Claim> third{login(3), resume(1, 3), settled(1, 3)};
  for (const Claim& a : first) {
    for (const Claim& b : second) {
      for (const Claim& c : third) {
        CAPTURE(static_cast<int>(a.phase));
        CAPTURE(static_cast<int>(b.phase));
        CAPTURE(static_cast<int>(c.phase));
        CHECK(survivors({a, b, c}) == exactly_one);
      }
    }
  }
}

TEST_CASE("the newest login stays, whatever its nonce and whatever the other's epoch") {
  for (const std::uint32_t epoch : {1U, 2U, 1000U}) {
    Claim newcomer = login(1);
    const Claim incumbent = settled(epoch, 4294967295);
    CHECK(judge(incumbent, newcomer) == Verdict::answer);
    CHECK(judge(newcomer, incumbent) == Verdict::outbid);
    newcomer = settled(epoch + 1, 1);
    CHECK(judge(incumbent, newcomer) == Verdict::yield);
  }
}

TEST_CASE("a session that comes back and finds a settled one was replaced") {
  CHECK(judge(resume(9, 9), settled(1, 1)) == Verdict::yield);
  CHECK(judge(settled(1, 1), resume(9, 9)) == Verdict::outbid);
}
