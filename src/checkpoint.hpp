// What an idle engine remembers, as text: a log that has become too long can begin anew with it (the flight
// recorder, web/sdk/src/trace/recorder.ts), and scripts/replay makes an engine of it that goes on alike, bit
// for bit.
#pragma once

#include <cstdint>
#include <string>

#include "engine.hpp"

namespace trtc {

/// What was written down, one value after the other.
class Archive {
 public:
  virtual std::int64_t number() = 0;
  /// An id, a topic: a word of the protocol.
  virtual std::string name() = 0;
  /// What a user or a token says.
  virtual std::string text() = 0;

 protected:
  ~Archive() = default;
};

/// Two members of a JSON object, `"state":[…],"texts":[…]`: numbers and names, and texts. Empty unless
/// nothing is under way, which is so in every idle page again and again: no call, no letter without its
/// acknowledgement, no packet half received, no verb without its answer.
std::string checkpoint(Engine& engine);

/// Makes a new engine, which has the same configuration, remember that.
void restore(Engine& engine, Archive& archive);

}  // namespace trtc
