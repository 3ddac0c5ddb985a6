// What the bot is asked to do: its command line, and secrets from elsewhere.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "media.hpp"
#include "time.hpp"

namespace trtc::bot {

/// How whoever waits answers.
enum class Answer : std::uint8_t { accept, reject, busy, ignore };

struct Plan {
  std::vector<std::string> servers;
  std::uint32_t app = 0;
  std::string user;
  std::string user_sig;

  std::string callee;  ///< empty: wait to be called
  MediaType media = MediaType::audio;
  Duration timeout{30000};
  std::optional<Duration> give_up;

  Answer answer = Answer::accept;
  Duration ring{};
  unsigned calls = 1;

  std::optional<Duration> talk;  ///< nothing: the other side hangs up
  std::string expected;          ///< the outcome that is success
  Duration patience{60000};
};

struct Refusal {
  std::string why;  ///< empty: help was asked for
};

extern const char* const help;

/// `environment` as getenv(). Files are read here; secrets are never flags, which everybody on a machine
/// sees.
std::optional<Refusal> read_plan(const std::vector<std::string>& arguments,
                                 const char* (*environment)(const char*), Plan& out);

}  // namespace trtc::bot
