// expect: is ambiguous
// Two rows list the lamp that is on; neither is more at home there than the other.
#include <variant>

#include "machine.hpp"

namespace lamp {

struct Off {};
struct On {};
struct Broken {};
struct Press {};

struct Context {};
using State = std::variant<Off, On, Broken>;
struct Step {};

Step on(Context&, const trtc::OneOf<Off, On>&, const Press&);
Step on(Context&, const trtc::OneOf<On, Broken>&, const Press&);

Step press(Context& context, const State& state) {
  return trtc::match(state, [&](const auto& one) { return on(context, one, Press{}); });
}

}  // namespace lamp
