// What happened, for a reader: one line of life for each user, arrows between them.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "time.hpp"

namespace trtc::swarm {

class Story {
 public:
  explicit Story(bool wanted) : wanted_(wanted) {}
  bool wanted() const { return wanted_; }

  void note(Instant at, std::size_t user, std::string text);
  /// A message that arrives now, or is lost.
  void arrow(Instant at, std::size_t from, std::size_t to, std::string text, bool lost);

  /// As a sequence diagram of these users, or of everybody who has anything to tell.
  std::string text(const std::set<std::size_t>& users, const std::vector<std::string>& names) const;

 private:
  struct Line {
    Instant at;
    std::size_t from;
    std::optional<std::size_t> to;
    std::string text;
    bool lost = false;
  };
  bool wanted_;
  std::vector<Line> lines_;
};

}  // namespace trtc::swarm
