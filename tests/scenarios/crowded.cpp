// A call has eight seats by what each member knows when it invites. Several who invite at once know less.
#include "scenarios/group.hpp"
#include "unit/call/forger.hpp"

using namespace trtc;
using namespace trtc::sim;

namespace {

/// Alice, Bob and Carol talk; further users have nothing to do.
struct Crowd : Group {
  std::vector<Client*> more;

  explicit Crowd(std::size_t others) {
    for (std::size_t i = 0; i < others; ++i) {
      more.push_back(&add("u" + std::to_string(i)));
      more.back()->login();
    }
    run(1s);
    talk_three();
  }
  std::vector<std::string> names(std::size_t from, std::size_t count) const {
    std::vector<std::string> out;
    for (std::size_t i = from; i < from + count; ++i) out.push_back(more[i]->user());
    return out;
  }
  void all_accept() {
    for (Client* one : more) one->accept();
    run(5s);
  }
};

}  // namespace

//   alice            bob
//     | invite five   |
//     | roster ------>|
//     |               | invite one more: the ninth
TEST_CASE("whoever rings on somebody else's behalf has a seat, too") {
  Crowd w(6);
  w.alice.invite(w.names(0, 5));
  w.run(1s);
  const OpId ninth = w.bob.invite(w.names(5, 1));
  w.run(1s);
  CHECK(w.bob.outcome(ninth) == "LIMIT_EXCEEDED");
  const OpId again = w.bob.invite(w.names(0, 1));  // it rings already
  w.more[1]->reject();
  w.run(1s);
  const OpId now = w.bob.invite(w.names(5, 1));
  w.run(1s);
  CHECK(w.bob.outcome(again) == "added");
  CHECK(w.bob.outcome(now) == "added");
}

TEST_CASE("several who invite at once fill more than eight seats, and everybody is with everybody") {
  Crowd w(10);
  w.alice.invite(w.names(0, 5));
  w.bob.invite(w.names(5, 5));
  w.run(1s);
  w.all_accept();
  std::vector<Client*> all = w.more;
  all.insert(all.end(), {&w.alice, &w.bob, &w.carol});
  CHECK(Group::all_hear(all));
  // Nobody's uplink pays for it.
  CHECK(w.alice.limit().bitrate * 12 <= 900 * 17 / 10);
  const OpId next = w.carol.invite({"dave"});
  w.run(1s);
  CHECK(w.carol.outcome(next) == "LIMIT_EXCEEDED");
}

//   alice, bob, carol        u13               u14
//     |<- join ----------------|                |
//     |<- join ---------------------------------|
//     | cancel {busy} ------------------------->|      no room for it: it leaves the whole call
TEST_CASE("whoever finds a list full is told so and leaves the whole call") {
  Crowd w(15);
  w.alice.invite(w.names(0, 5));
  w.bob.invite(w.names(5, 5));
  w.carol.invite(w.names(10, 5));
  w.run(1s);
  w.forget();
  for (Client* one : w.more) one->accept(), w.run(1s);
  w.run(5s);
  std::vector<Client*> all = w.more;
  all.insert(all.end(), {&w.alice, &w.bob, &w.carol});
  std::vector<Client*> in;
  for (Client* one : all) {
    CAPTURE(one->user());
    if (one->status() == CallStatus::in_call) {
      in.push_back(one);
      continue;
    }
    CHECK(one->quiet());
    CHECK(count(one->events(), "Error LIMIT_EXCEEDED") == 1);
    CHECK(count(one->events(), "Began") == 1);
    CHECK(count(one->events(), "Ended") == 1);
  }
  CHECK(in.size() == 16);
  CHECK(Group::all_hear(in));
}

//   mallory          dave           alice
//     |               | leave {mallory} >|
//     |<-------------------------- join -|      she was here first: Mallory cannot turn her away
//     | cancel {busy} ------------------>|
TEST_CASE("nobody who has been in the call is talked out of it") {
  Crowd w(1);
  w.alice.invite({"dave"});
  w.run(1s);
  w.dave.accept();
  w.run(3s);
  Client& mallory = *w.more.front();
  Forger forger(w);
  mallory.call("bob");  // she has a session of her own
  w.run(1s);
  w.dave.microphone(false);
  w.run(1s);
  const CallId call = forger.call("dave");
  const message::Seat seat{UserId(mallory.user()), forger.session(mallory.user())};
  w.forget();
  const message::Cancel full{CancelReason::busy};
  forger.send("dave", forger.session("dave"), "alice", call, full);
  forger.send("dave", forger.session("dave"), "alice", call, message::Leave{0, {seat}});
  forger.send(mallory.user(), seat.session, "alice", call, full);
  w.run(1s);
  CHECK(w.alice.events() == "UserLeft dave\nRoster bob:joined carol:joined dave:left\n");
  CHECK(Group::all_hear({&w.alice, &w.bob, &w.carol}));
}
