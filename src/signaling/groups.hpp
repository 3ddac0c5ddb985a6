// The groups whose messages this session hears: joinGroup(), quitGroup(). The broker's SUBACK decides; a
// reconnection subscribes again by itself.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "effect.hpp"
#include "input.hpp"

namespace trtc {

class Groups {
 public:
  static constexpr std::size_t capacity = 32;

  /// True: subscribe now. Answered by `answered`, or at once where it is a member already.
  bool join(const input::JoinGroup& verb, Effects& effects);
  /// True: unsubscribe now.
  bool quit(const input::QuitGroup& verb, Effects& effects);

  /// The broker's word. True: no.
  bool answered(const std::string& id, bool granted, Effects& effects);

  /// The session is over.
  void end(Effects& effects);

 private:
  friend struct Checkpoint;
  friend struct Inspection;  // tests/explore
  struct Group {
    std::string id;
    bool joined = false;
    std::vector<OpId> ops;
  };
  std::vector<Group>::iterator find(const std::string& id);

  std::vector<Group> groups_;
};

}  // namespace trtc
