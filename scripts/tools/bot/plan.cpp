#include "bot/plan.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <string_view>
#include <system_error>
#include <utility>

#include "native/address.hpp"
#include "native/user_sig.hpp"
#include "signaling/account.hpp"
#include "words.hpp"

namespace trtc::bot {

const char* const help = R"(A caller without a screen: rings, answers, hangs up, and says what happened.

usage: trtc-bot --server URL --app SDKAPPID --user USERID [OPTION...]

  --server URL       wss://host/mqtt, ws://…, or a broker's own port: mqtts://host, mqtt://host; several are tried in turn
  --app N            the SDKAppID
  --user ID          who the bot is
  --call ID          ring this user; without it the bot waits to be called
  --type TYPE        of the call: audio (default), video
  --timeout SECONDS  how long it rings at the callee (30; 0 = for ever)
  --give-up SECONDS  take the call back after that time
  --answer HOW       of a bot that waits: accept (default), reject, busy, ignore
  --ring SECONDS     let it ring for so long before answering (0)
  --calls N          of a bot that waits: how many calls it takes before it leaves (1)
  --talk SECONDS     hang up so long after the call has begun; `forever`: the other side hangs up. A bot that calls hangs up
                     at once (0), one that waits does not (forever)
  --expect OUTCOME   what is success: ended (a call took place; the default of accept and of --call), rejected, busy,
                     no_answer, cancelled, ...: the reasons of ON_CALL_CANCELED
  --patience SECONDS leave with status 5 after that time (60)
  --user-sig-file F  holds the UserSig; or BOT_USER_SIG in the environment
  --key-file F       holds the application's key, from which a UserSig of ten minutes is made; or BOT_KEY

Standard output has one JSON object a line: `at` (milliseconds since the start), `type`, and what the event tells. The last one
is `Exit`. The bot has no microphone, no camera and no WebRTC, and tells the other side so: it appears without sound and picture.

Exit status: 0 as expected, 1 another outcome, 2 bad arguments, 3 login refused or taken over, 4 no server reached, 5 out of patience.
)";

namespace {

using Setter = std::function<bool(const std::string&, Plan&)>;

template <class Number>
bool number(std::string_view text, Number& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size();
}

/// Seconds, with a fraction where wanted; at most a day.
std::optional<Duration> seconds(const std::string& text) {
  double value = 0;
  constexpr double day = 86400;
  if (!number(text, value) || value < 0 || value > day) return std::nullopt;
  return Duration(static_cast<std::int64_t>(value * 1000));
}

template <class Member>
Setter time_of(Member Plan::*member) {
  return [member](const std::string& text, Plan& plan) {
    const auto value = seconds(text);
    if (value) plan.*member = *value;
    return value.has_value();
  };
}

Setter user_of(std::string Plan::*member) {
  return [member](const std::string& text, Plan& plan) {
    plan.*member = text;
    return is_user_id(text);
  };
}

template <class Value>
Setter choice(Value Plan::*member, std::vector<std::pair<std::string, Value>> words) {
  return [member, words = std::move(words)](const std::string& text, Plan& plan) {
    const auto at =
        std::find_if(words.begin(), words.end(), [&text](const auto& word) { return word.first == text; });
    if (at == words.end()) return false;
    plan.*member = at->second;
    return true;
  };
}

bool read_file(const std::string& path, std::string& out) {
  std::ifstream file(path);
  out.assign(std::istreambuf_iterator<char>(file), {});
  while (!out.empty() && (out.back() == '\n' || out.back() == '\r')) out.pop_back();
  return !out.empty();
}

/// What is on the command line and not in the plan.
struct Given {
  std::string user_sig;
  std::string key;
  bool talk = false;
};

std::map<std::string, Setter> setters(Given& given) {
  const auto file = [](std::string& secret) -> Setter {
    return [&secret](const std::string& path, Plan&) { return read_file(path, secret); };
  };
  return {
      {"--server",
       [](const std::string& text, Plan& plan) {
         plan.servers.push_back(text);
         return native::parse_address(text).has_value();
       }},
      {"--app", [](const std::string& text, Plan& plan) { return number(text, plan.app); }},
      {"--user", user_of(&Plan::user)},
      {"--call", user_of(&Plan::callee)},
      {"--type", choice<MediaType>(&Plan::media, {{"audio", MediaType::audio}, {"video", MediaType::video}})},
      {"--timeout", time_of(&Plan::timeout)},
      {"--give-up", time_of(&Plan::give_up)},
      {"--answer", choice<Answer>(&Plan::answer, {{"accept", Answer::accept},
                                                  {"reject", Answer::reject},
                                                  {"busy", Answer::busy},
                                                  {"ignore", Answer::ignore}})},
      {"--ring", time_of(&Plan::ring)},
      {"--calls",
       [](const std::string& text, Plan& plan) { return number(text, plan.calls) && plan.calls > 0; }},
      {"--talk",
       [&given](const std::string& text, Plan& plan) {
         plan.talk = seconds(text);
         given.talk = true;
         return plan.talk || text == "forever";
       }},
      {"--expect",
       [](const std::string& text, Plan& plan) {
         plan.expected = text;
         return text == "ended" || wire::value_of<CancelReason>(wire::cancel_reasons, text);
       }},
      {"--patience", time_of(&Plan::patience)},
      {"--user-sig-file", file(given.user_sig)},
      {"--key-file", file(given.key)},
  };
}

std::string default_outcome(const Plan& plan) {
  if (plan.give_up) return "cancelled";
  if (!plan.callee.empty() || plan.answer == Answer::accept) return "ended";
  if (plan.answer == Answer::ignore) return "no_answer";
  return plan.answer == Answer::busy ? "busy" : "rejected";
}

std::optional<Refusal> complete(Given given, const char* (*environment)(const char*), Plan& out) {
  const auto fall_back = [environment](std::string& secret, const char* name) {
    const char* const value = environment(name);
    if (secret.empty() && value != nullptr) secret = value;
  };
  fall_back(given.user_sig, "BOT_USER_SIG");
  fall_back(given.key, "BOT_KEY");
  if (out.servers.empty()) return Refusal{"--server is missing"};
  if (out.app == 0) return Refusal{"--app is missing"};
  if (out.user.empty()) return Refusal{"--user is missing"};
  out.user_sig = std::move(given.user_sig);
  if (out.user_sig.empty() && !given.key.empty()) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const auto time = std::chrono::duration_cast<std::chrono::seconds>(now).count();
    constexpr std::uint64_t lifetime = 600;
    out.user_sig =
        native::sign_user_sig(out.app, given.key, out.user, static_cast<std::uint64_t>(time), lifetime);
  }
  if (out.user_sig.empty()) return Refusal{"neither a UserSig nor a key: BOT_USER_SIG, BOT_KEY or a file"};
  if (!given.talk && !out.callee.empty()) out.talk = Duration{};
  if (out.expected.empty()) out.expected = default_outcome(out);
  return std::nullopt;
}

}  // namespace

std::optional<Refusal> read_plan(const std::vector<std::string>& arguments,
                                 const char* (*environment)(const char*), Plan& out) {
  Given given;
  const auto known = setters(given);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    std::string name = arguments[i];
    if (name == "--help") return Refusal{};
    std::optional<std::string> value;
    if (const std::size_t equals = name.find('='); equals != std::string::npos) {
      value = name.substr(equals + 1);
      name.resize(equals);
    } else if (i + 1 < arguments.size()) {
      value = arguments[++i];
    }
    const auto setter = known.find(name);
    if (setter == known.end()) return Refusal{"unknown option " + name};
    if (!value) return Refusal{name + " needs a value"};
    if (!setter->second(*value, out)) return Refusal{name + " cannot be '" + *value + "'"};
  }
  return complete(std::move(given), environment, out);
}

}  // namespace trtc::bot
