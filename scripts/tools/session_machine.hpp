// The session's table as a Machine of page.hpp: its sample states and the circumstances of its inputs.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

#include "page.hpp"
#include "samples.hpp"
#include "session/deadline.hpp"
#include "session/transitions.hpp"
#include "signaling/claim.hpp"

namespace trtc::tools {

struct SessionMachine {
  using State = session::State;
  using Inputs = session::Inputs;
  using Text = SessionCommandText;
  using Phase = message::Claim::Phase;

  struct Stage {
    explicit Stage(State sample) : state(std::move(sample)) {}
    Instant now = sample::now;
    Random random{Seed{}};
    State state;
  };

  template <class Input>
  using Variants = std::vector<Variant<Stage, Input>>;

  static session::Identity self() { return {sample::self, Account("1_alice"), sample::own_session}; }
  static message::Claim claim() { return {4, 1000, Phase::settled}; }

  static std::vector<Sample<State>> samples() {
    return {
        {session::LoggedOut{}, {}},
        {session::Connecting{self(), "sig", {sample::op_of_login}, sample::now + session::login_timeout}, {}},
        {session::Online{self(), claim(), sample::now - 10s, sample::now + 35s}, {}},
        {session::Reconnecting{self(), claim()}, "settled"},
        {session::Reconnecting{self(), {0, 1000, Phase::login}}, "never settled"},
        {session::KickedOut{}, {}}};
  }

  template <class Input>
  static session::Step run(Stage& stage, const Input& input) {
    session::Context context{stage.now, 1, stage.random};
    return std::visit([&](const auto& state) { return on(context, state, input); }, stage.state);
  }

  static std::vector<std::string> condense(const State&, std::vector<std::string> commands) {
    return commands;
  }

  /// The same input in every state.
  template <class Input>
  static Variant<Stage, Input> always(std::string when, Input input) {
    return {std::move(when), [input](Stage&) { return std::optional(input); }};
  }

  static Variants<input::Login> variants(Tag<input::Login>) {
    return {always<input::Login>("", {sample::op, "alice", "sig"}),
            always<input::Login>("another user", {sample::op, "bob", "sig"}),
            always<input::Login>("no userID", {sample::op, "", "sig"}),
            always<input::Login>("no userSig", {sample::op, "alice", ""}),
            always<input::Login>("a userID that cannot be one", {sample::op, "al/ice", "sig"})};
  }
  static Variants<input::Logout> variants(Tag<input::Logout>) {
    return {always<input::Logout>("", {sample::op})};
  }
  static Variants<input::PageClosed> variants(Tag<input::PageClosed>) {
    return {always<input::PageClosed>("", {})};
  }
  static Variants<transport::Up> variants(Tag<transport::Up>) { return {always<transport::Up>("", {1})}; }
  static Variants<transport::Down> variants(Tag<transport::Down>) {
    return {always<transport::Down>("", {true})};
  }
  static Variants<transport::Refused> variants(Tag<transport::Refused>) {
    return {always<transport::Refused>("", {"CONNACK 5"})};
  }
  static Variants<transport::Replaced> variants(Tag<transport::Replaced>) {
    return {always<transport::Replaced>("", {})};
  }
  static Variants<transport::Expired> variants(Tag<transport::Expired>) {
    return {always<transport::Expired>("", {})};
  }

  static Variants<input::TimePassed> variants(Tag<input::TimePassed>) {
    using Variant = Variant<Stage, input::TimePassed>;
    const Variant nothing_due = always<input::TimePassed>("nothing is due", {});
    const Variant deadline{"at the state's deadline", [](Stage& stage) {
                             const auto at = session::next_deadline(stage.state);
                             if (at) stage.now = *at;
                             return at ? std::optional(input::TimePassed{}) : std::nullopt;
                           }};
    const Variant settles{"2 s after the login", [](Stage& stage) {
                            auto* const online = std::get_if<session::Online>(&stage.state);
                            if (online == nullptr) return std::optional<input::TimePassed>();
                            online->claim = {0, 1000, Phase::login};
                            online->settled_at = stage.now;
                            return std::optional(input::TimePassed{});
                          }};
    return {nothing_due, deadline, settles};
  }

  /// Every pair of phases; the rank (epoch, then nonce) only decides between equal ones.
  static Variants<session::ForeignClaim> variants(Tag<session::ForeignClaim>) {
    Variants<session::ForeignClaim> all;
    for (const Phase ours : {Phase::login, Phase::resume, Phase::settled}) {
      for (const Phase theirs : {Phase::login, Phase::resume, Phase::settled}) {
        if (ours != theirs) {
          all.push_back(meeting(ours, theirs, "", 0));
          continue;
        }
        all.push_back(meeting(ours, theirs, ", theirs ranks higher", 1));
        all.push_back(meeting(ours, theirs, ", theirs ranks lower", -1));
        all.push_back(meeting(ours, theirs, ", equal", 0));
      }
    }
    return all;
  }

 private:
  static Variant<Stage, session::ForeignClaim> meeting(Phase ours, Phase theirs, const char* rank,
                                                       int above) {
    static const std::vector<std::string> words{"login", "resume", "settled"};
    const auto word = [](Phase phase) { return words[static_cast<std::size_t>(phase)]; };
    const auto nonce = static_cast<std::uint32_t>(1000 + above);
    return {"ours " + word(ours) + ", theirs " + word(theirs) + rank, [=](Stage& stage) {
              if (auto* online = std::get_if<session::Online>(&stage.state)) online->claim.phase = ours;
              return std::optional(session::ForeignClaim{{4, nonce, theirs}});
            }};
  }
};

}  // namespace trtc::tools
