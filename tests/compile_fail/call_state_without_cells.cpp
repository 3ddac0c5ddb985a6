// expect: every call state must say what it does with every input
// No row of the call's own table is a catch-all: a state that is added is refused until somebody has thought
// of it.
#include <variant>

#include "call/transitions.hpp"

namespace trtc::call {

struct OnHold {};

template <class... States>
std::variant<States..., OnHold> with_on_hold(const std::variant<States...>&);
using Longer = decltype(with_on_hold(State{}));

template <class... Inputs>
constexpr bool any_answer(TypeList<Inputs...>) {
  return (HandledCell<Context, OnHold, Inputs> || ...);
}
static_assert(!any_answer(Inputs{}));

static_assert(table_complete<Context, Longer, Inputs>,
              "every call state must say what it does with every input");

}  // namespace trtc::call
