// What happened in one trace, as somebody would tell it: who wanted what, which messages left and came, what
// the application heard.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "replay/run.hpp"

namespace trtc::replay {

enum class Kind : std::uint8_t {
  note,  ///< something here: a verb of the user, an event, a report of the browser
  sent,
  received,
};

struct Moment {
  Instant at{};
  Kind kind = Kind::note;
  std::string text;    ///< of a message its type, and what matters of its body
  std::string call;    ///< empty: of none
  std::string peer;    ///< of a message: the user at the other end, or "#" and the group
  std::string id;      ///< of a message: what is the same at both ends; empty: it cannot be told from others
  bool minor = false;  ///< housekeeping: acknowledgements, candidates, claims, presence
};

struct Story {
  std::string user;  ///< who logged in; empty: nobody did
  std::vector<Moment> moments;
};

Story story_of(const Trace& trace, const Run& run);

/// What the application saw: the events, one a line, without what chance has chosen.
std::vector<std::string> events_of(const Run& run);

}  // namespace trtc::replay
