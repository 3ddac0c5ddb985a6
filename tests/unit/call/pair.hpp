// A Link or a call state under test, with the world that its functions ask for, and commands as lines of
// text.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "call/health.hpp"
#include "call/link.hpp"

namespace trtc::call {

using Lines = std::vector<std::string>;

inline const CallId the_call{"call"};
inline const UserId alice{"alice"};
inline const UserId bob{"bob"};
inline const UserId carol{"carol"};
inline const SessionId phone{"phone"};
inline const SessionId tablet{"tablet"};

inline std::vector<Candidate> candidates(std::size_t count, const std::string& name = "c") {
  std::vector<Candidate> out;
  for (std::size_t i = 0; i < count; ++i) out.push_back({name + std::to_string(i), "0", 0, "u"});
  return out;
}

inline std::string list(const std::vector<Candidate>& all) {
  if (all.size() > 4) return std::to_string(all.size()) + " from " + all.front().candidate;
  std::string out;
  for (const Candidate& one : all) out += (out.empty() ? "" : " ") + one.candidate;
  return out;
}

inline std::string number(std::uint32_t value) { return std::to_string(value); }

inline std::string line(const Effect& effect) {
  if (const auto* e = std::get_if<effect::CreatePeer>(&effect)) {
    return "create " + number(e->peer.value) + (e->offerer ? " offering to " : " answering ") + e->user.text;
  }
  if (const auto* e = std::get_if<effect::ClosePeer>(&effect)) return "close " + number(e->peer.value);
  if (const auto* e = std::get_if<effect::StartSending>(&effect))
    return "start sending " + number(e->peer.value);
  if (const auto* e = std::get_if<effect::CreateOffer>(&effect)) {
    return "make offer " + number(e->negotiation.value) + " on " + number(e->peer.value) +
           (e->ice_restart ? " (restart)" : "");
  }
  if (const auto* e = std::get_if<effect::CreateAnswer>(&effect)) {
    return "make answer " + number(e->negotiation.value) + " on " + number(e->peer.value) + " to " + e->sdp;
  }
  if (const auto* e = std::get_if<effect::ApplyAnswer>(&effect)) {
    return "apply " + number(e->negotiation.value) + " on " + number(e->peer.value) + ": " + e->sdp;
  }
  if (const auto* e = std::get_if<effect::AddCandidates>(&effect)) {
    return "add to " + number(e->peer.value) + ": " + list(e->candidates);
  }
  return "effect " + number(static_cast<std::uint32_t>(effect.index()));
}

inline std::string line(const Letter& letter) {
  const std::string to = "to " + letter.to.text + '@' + letter.session.text + ": ";
  if (const auto* m = std::get_if<message::Description>(&letter.body)) {
    return to + (m->answer ? "answer " : "offer ") + number(m->exchange) + (m->fresh ? " (fresh) " : " ") +
           m->sdp;
  }
  if (const auto* m = std::get_if<message::Candidates>(&letter.body)) {
    return to + "candidates " + number(m->exchange) + ": " + list(m->list);
  }
  if (const auto* m = std::get_if<message::Restart>(&letter.body)) {
    return to + "restart " + number(m->exchange) + (m->fresh ? " (fresh)" : "");
  }
  return to + "message " + number(static_cast<std::uint32_t>(letter.body.index()));
}

inline Lines lines(const Commands& commands) {
  Lines out;
  for (const Command& command : commands) {
    if (const auto* effect = std::get_if<Effect>(&command)) {
      out.push_back(line(*effect));
    } else if (const auto* send = std::get_if<Send>(&command)) {
      CHECK(send->letter.call == the_call);
      out.push_back(line(send->letter));
    } else {
      out.emplace_back("command");
    }
  }
  return out;
}

/// The rest of the engine, as far as a link looks at it.
struct Surroundings {
  Instant now{1000s};
  bool online = true;
  UserId self = alice;
  VideoProfile profile;
  Profile self_info;
  History history;
  Outbox outbox;
  Random random{Seed{}};
  Numbers numbers;
  Commands out;

  Context context() {
    return {now, self, online, false, profile, self_info, history, outbox, random, numbers};
  }
  /// What has been asked for since the last question.
  Lines asked() { return lines(std::exchange(out, {})); }
};

}  // namespace trtc::call
