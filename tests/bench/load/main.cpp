// The load generator of tests/bench/load/bench.ts: users of the native core in one process and one thread.
//
// usage: LOAD_KEY=… trtc_load SERVER APP USERS AT_ONCE IDLE_MS CALLS_PER_SECOND CALLING_MS TALK_MS
//
// Standard output has one JSON line for each phase: logins, calling, calls.
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "crowd.hpp"

namespace {

template <class Number>
bool read(std::string_view text, Number& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size();
}

bool read(std::string_view text, trtc::Duration& out) {
  std::int64_t value = 0;
  const bool well = read(text, value);
  out = trtc::Duration(value);
  return well;
}

}  // namespace

int main(int argc, char** argv) {
  trtc::load::Settings settings;
  constexpr int arguments = 8;
  const char* const key = std::getenv("LOAD_KEY");
  const bool well = argc == 1 + arguments && key != nullptr && read(argv[2], settings.app) &&
                    read(argv[3], settings.users) && read(argv[4], settings.at_once) &&
                    read(argv[5], settings.idle) && read(argv[6], settings.rate) &&
                    read(argv[7], settings.calling) && read(argv[8], settings.talk);
  if (!well || settings.users == 0 || settings.at_once == 0) {
    std::fputs(
        "usage: LOAD_KEY=... trtc_load SERVER APP USERS AT_ONCE IDLE_MS CALLS_PER_SECOND CALLING_MS "
        "TALK_MS\n",
        stderr);
    return 2;
  }
  settings.server = argv[1];
  settings.key = key;
  trtc::native::Network network;
  return trtc::load::Crowd(network, std::move(settings)).run() ? 0 : 1;
}
