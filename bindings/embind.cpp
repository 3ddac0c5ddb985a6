// The Wasm module: one class, strings and bytes.
#include <emscripten/bind.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "checkpoint.hpp"
#include "wire.hpp"

namespace {

using emscripten::typed_memory_view;
using emscripten::val;

/// See web/sdk/src/core/engine.ts for the other side.
class BoundEngine {
 public:
  /// An unreadable configuration gives an engine without servers: login() then reports server_unreachable.
  explicit BoundEngine(const std::string& config)
      : engine_(trtc::wire::parse_config(config).value_or(trtc::Config{})) {}

  /// `input`: one JSON object. Returns the effects as a JSON array; "null" where the text is not an input.
  std::string handle(double now, const std::string& input) {
    const auto parsed = trtc::wire::parse_input(input);
    return parsed ? run(now, *parsed) : "null";
  }

  /// Bytes that arrived on a socket: a Uint8Array, which embind takes for a std::string as it is.
  std::string receive(double now, std::uint32_t socket, const std::string& bytes) {
    return run(now, trtc::input::SocketReceived{{socket}, trtc::Bytes(bytes.begin(), bytes.end())});
  }

  /// The bytes of the SendBytes effect that carries this index; valid until the next call.
  val output(std::uint32_t index) const {
    if (index >= output_.size()) return val::undefined();
    const trtc::Bytes& bytes = output_[index];
    return val(typed_memory_view(bytes.size(), bytes.data()));
  }

  /// When to call with TimePassed at the latest, or -1.
  double deadline() const {
    const auto next = engine_.next_deadline();
    return next ? static_cast<double>(next->time_since_epoch().count()) : -1;
  }

  /// What the engine remembers, as members of a JSON object; "" while something is under way.
  std::string checkpoint() { return trtc::checkpoint(engine_); }

 private:
  std::string run(double now, const trtc::Input& input) {
    const trtc::Instant instant{trtc::Duration(static_cast<std::int64_t>(now))};
    trtc::Effects effects = engine_.handle(instant, input);
    output_.clear();
    for (trtc::Effect& effect : effects) {
      if (auto* send = std::get_if<trtc::effect::SendBytes>(&effect))
        output_.push_back(std::move(send->bytes));
    }
    return trtc::wire::dump_effects(effects);
  }

  trtc::Engine engine_;
  std::vector<trtc::Bytes> output_;
};

}  // namespace

EMSCRIPTEN_BINDINGS(trtc) {
  emscripten::class_<BoundEngine>("Engine")
      .constructor<std::string>()
      .function("handle", &BoundEngine::handle)
      .function("receive", &BoundEngine::receive)
      .function("output", &BoundEngine::output)
      .function("deadline", &BoundEngine::deadline)
      .function("checkpoint", &BoundEngine::checkpoint);
}
