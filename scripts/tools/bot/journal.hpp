// What the bot says: one JSON object a line, in the words of the boundary (bindings/wire.hpp).
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "effect.hpp"
#include "input.hpp"

namespace trtc::bot {

class Journal {
 public:
  /// An event of the application, or the answer to a verb. Of the socket's effects only its opening is told.
  void note(const Effect& effect);
  /// Why a connection ended; the rest of the world's reports is not for operators.
  void note(const Input& input);
  void exit(int status, const std::string& outcome, const std::string& expected,
            const std::optional<Error>& error);

 private:
  void write(const std::string& members) const;

  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace trtc::bot
