#include "bot/journal.hpp"

#include <cstdio>
#include <string_view>
#include <variant>

#include "json_text.hpp"
#include "wire.hpp"

namespace trtc::bot {
namespace {

/// What is between the host and the core only: sockets, devices, peer connections.
bool is_machinery(const Effect& effect) {
  return effect.index() < Effect(effect::Done{}).index() || std::holds_alternative<effect::Ignored>(effect);
}

}  // namespace

void Journal::write(const std::string& members) const {
  const auto at =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start_);
  std::printf("{\"at\":%lld,%s\n", static_cast<long long>(at.count()), members.c_str());
  std::fflush(stdout);
}

void Journal::note(const Effect& effect) {
  std::string text;
  if (const auto* open = std::get_if<effect::OpenSocket>(&effect)) {
    JsonObject(text).text("type", "Connecting").text("url", open->url);
  } else if (!is_machinery(effect)) {
    text = wire::dump_effects({effect});
    text = text.substr(1, text.size() - 2);  // the one element of the array
  }
  if (!text.empty()) write(text.substr(1));
}

void Journal::note(const Input& input) {
  const auto* closed = std::get_if<input::SocketClosed>(&input);
  if (closed == nullptr) return;
  std::string text;
  JsonObject(text).text("type", "ConnectionLost").number("code", closed->code).text("reason", closed->reason);
  write(text.substr(1));
}

void Journal::exit(int status, const std::string& outcome, const std::string& expected,
                   const std::optional<Error>& error) {
  std::string text;
  {
    JsonObject line(text);
    line.text("type", "Exit").number("status", static_cast<std::uint32_t>(status));
    line.text("outcome", outcome).text("expected", expected);
    if (error) {
      const ErrorInfo& info = describe(error->code);
      JsonObject told(line.member("error"));
      told.number("code", static_cast<std::uint32_t>(info.code)).word("name", info.name);
      told.text("message", std::string(info.message))
          .text("remedy", std::string(info.remedy))
          .text("detail", error->detail);
    }
  }
  write(text.substr(1));
}

}  // namespace trtc::bot
