// What a host hands over: a configuration in the first line, an input in every other. Nothing of it may crash
// an engine, and whatever the engine answers must be JSON.
#include "wire.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "json_tree.hpp"

namespace {

using namespace trtc;

void require(bool condition) {
  if (!condition) std::abort();
}

void handle(Engine& engine, Instant now, const Input& input) {
  constexpr std::size_t max_depth = 6;
  const auto answer = parse_json(wire::dump_effects(engine.handle(now, input)), max_depth);
  require(answer && answer->is(Json::Kind::array));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  const auto line = [&rest] {
    const std::size_t end = rest.find('\n');
    const std::string_view one = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return one;
  };
  const auto config = wire::parse_config(line());
  Engine engine(config.value_or(Config{1, {"ws://one"}, Seed{}, true}));
  Instant now{};
  for (int lines = 0; !rest.empty() && lines < 200; ++lines) {
    const auto input = wire::parse_input(line());
    if (!input) continue;
    handle(engine, now, *input);
    now += 100ms;
    const auto deadline = engine.next_deadline();
    if (deadline && *deadline <= now) handle(engine, now, input::TimePassed{});
  }
  return 0;
}
