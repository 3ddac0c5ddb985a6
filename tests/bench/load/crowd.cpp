#include "crowd.hpp"

#include <cstdio>
#include <utility>
#include <variant>

#include "native/user_sig.hpp"

namespace trtc::load {
namespace {

constexpr OpId login{1}, place{2}, answer{3}, hang_up{4}, logout{5};
/// What is left of the calls may take so long to end.
constexpr Duration patience{30000};

/// Of Chrome's offer for one microphone and one camera, and of a machine with one network.
native::NoMedia browser_like() {
  constexpr std::size_t description = 5000;
  const std::string line =
      "candidate:842163049 1 udp 1677729535 203.0.113.7 46154 typ srflx raddr 0.0.0.0 rport 0";
  return native::NoMedia(
      {description, {{line, "0", 0, "abcd"}, {line, "0", 0, "abcd"}, {line, "0", 0, "abcd"}}});
}

std::uint32_t milliseconds(Clock::duration time) {
  return static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::milliseconds>(time).count());
}

void say(const std::string& line) {
  std::printf("%s\n", line.c_str());
  std::fflush(stdout);
}

std::string name_of(std::size_t index) { return "user_" + std::to_string(index); }

}  // namespace

Crowd::Crowd(native::Network& network, Settings settings)
    : network_(network),
      settings_(std::move(settings)),
      users_(settings_.users),
      metronome_(network.loop),
      end_(network.loop) {}

bool Crowd::run() {
  start_ = Clock::now();
  for (std::size_t i = 0; i < settings_.at_once; ++i) log_in_next();
  network_.loop.run();
  return refused_ == 0 && arrived_ == users_.size();
}

void Crowd::log_in_next() {
  if (next_ == users_.size()) return;
  const std::size_t index = next_++;
  Config config;
  config.sdk_app_id = settings_.app;
  config.servers = {settings_.server};
  config.seed = native::random_seed();
  User& user = users_[index];
  user.client = std::make_unique<native::Client>(
      network_, std::move(config), browser_like(),
      [this, index](const Input&, const Effects& effects) { hear(index, effects); });
  user.since = Clock::now();
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto time = std::chrono::duration_cast<std::chrono::seconds>(now).count();
  constexpr std::uint64_t lifetime = 86400;
  user.client->submit(input::Login{login, name_of(index),
                                   native::sign_user_sig(settings_.app, settings_.key, name_of(index),
                                                         static_cast<std::uint64_t>(time), lifetime)});
}

void Crowd::hear(std::size_t index, const Effects& effects) {
  for (const Effect& effect : effects) {
    if (const auto* done = std::get_if<effect::Done>(&effect); done != nullptr && done->op == login) {
      logins_.add(Clock::now() - users_[index].since);
      free_.push_back(index);
      logged_in(true);
    } else if (const auto* failed = std::get_if<effect::Failed>(&effect)) {
      if (failed->op == login) logged_in(false);
    } else {
      std::visit([this, index](const auto& one) { heard(index, one); }, effect);
    }
  }
}

void Crowd::logged_in(bool well) {
  if (well) {
    ++arrived_;
  } else {
    ++refused_;
  }
  log_in_next();
  if (arrived_ + refused_ < users_.size()) return;
  std::string line;
  {
    JsonObject out(line);
    out.text("phase", "logins").number("users", static_cast<std::uint32_t>(arrived_));
    out.number("refused", static_cast<std::uint32_t>(refused_))
        .number("ms", milliseconds(Clock::now() - start_));
    logins_.write(out, "login");
  }
  say(line);
  if (refused_ > 0) return finish();
  later(settings_.idle, [this] {
    say(R"({"phase":"calling"})");
    start_ = Clock::now();
    place_due_calls();
  });
}

/// An open loop: whoever is slow is not waited for.
void Crowd::place_due_calls() {
  const auto passed = Clock::now() - start_;
  if (passed >= settings_.calling) {
    closing_ = true;
    if (talking_ == 0) return finish();
    end_.expires_after(patience);
    end_.async_wait([this](const boost::system::error_code& error) {
      if (!error) finish();
    });
    return;
  }
  const double due = std::chrono::duration<double>(passed).count() * settings_.rate;
  while (static_cast<double>(placed_ + unplaced_) <= due) place_call();
  constexpr Duration beat{1};
  later(beat, [this] { place_due_calls(); });
}

void Crowd::place_call() {
  if (free_.size() < 2) {
    ++unplaced_;
    return;
  }
  // From the front: those that have rested longest.
  const std::size_t caller = free_[0], callee = free_[1];
  free_.pop_front(), free_.pop_front();
  ++placed_, talking_ += 2;
  for (const std::size_t index : {caller, callee}) {
    User& user = users_[index];
    user.partner = index == caller ? callee : caller;
    user.calls = index == caller;
    user.busy = true, user.begun = false;
    user.since = Clock::now();
  }
  users_[caller].client->submit(
      input::Call{place, name_of(callee), MediaType::video, Duration(30000), {}, 0});
}

void Crowd::heard(std::size_t index, const effect::Invited& invited) {
  ++ringing_;
  rings_.add(Clock::now() - users_[index].since);
  users_[index].client->submit(input::Accept{answer, invited.call.call.text});
}

void Crowd::heard(std::size_t index, const effect::CallBegan&) {
  User& user = users_[index];
  user.begun = true;
  const User& partner = users_[user.partner];
  if (!partner.begun) return;
  ++set_up_;
  set_ups_.add(Clock::now() - user.since);
  hang_up_later(user.calls ? index : user.partner);
}

void Crowd::heard(std::size_t index, const effect::StatusChanged& status) {
  User& user = users_[index];
  if (status.call != CallStatus::idle || !user.busy) return;
  user.busy = false;
  if (user.calls && !user.begun) ++failed_;
  --talking_;
  free_.push_back(index);
  if (!closing_ || talking_ > 0) return;
  end_.cancel();
  finish();
}

void Crowd::hang_up_later(std::size_t index) {
  auto timer = std::make_shared<boost::asio::steady_timer>(network_.loop, settings_.talk);
  timer->async_wait([this, index, timer](const boost::system::error_code& error) {
    if (!error) users_[index].client->submit(input::HangUp{hang_up});
  });
}

void Crowd::later(Duration pause, std::function<void()> act) {
  metronome_.expires_after(pause);
  metronome_.async_wait([act = std::move(act)](const boost::system::error_code& error) {
    if (!error) act();
  });
}

void Crowd::finish() {
  // Those that are still in a call end it when they log out.
  closing_ = false;
  std::string line;
  {
    JsonObject out(line);
    const auto count = [&out](const char* name, std::uint64_t value) {
      out.number(name, static_cast<std::uint32_t>(value));
    };
    out.text("phase", "calls");
    count("placed", placed_), count("unplaced", unplaced_), count("rang", ringing_);
    count("set_up", set_up_), count("failed", failed_), count("unfinished", talking_);
    rings_.write(out, "ring");
    set_ups_.write(out, "set_up");
  }
  say(line);
  metronome_.cancel();
  for (User& user : users_) {
    if (user.client) user.client->submit(input::Logout{logout});
  }
}

}  // namespace trtc::load
