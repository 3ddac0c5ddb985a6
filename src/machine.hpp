// The kit behind both state machines. A machine is a variant of states and one overload `on(context, state, input)`
// for each cell of its table; cells that share an answer are one row whose state is OneOf<...>. A missing cell, and
// a cell that two rows claim, do not compile.
#pragma once

#include <concepts>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

namespace trtc {

/// "Any of these states" as a parameter. The row that names a state alone wins over the row that lists it.
template <class... States>
class OneOf {
 public:
  template <class State>
    requires(std::same_as<State, States> || ...)
  OneOf(const State&) {}  // NOLINT: the conversion is the point
};

/// A list of types, where only the types matter.
template <class... Types>
struct TypeList {};

/// What a cell answers: the next state (none: stay) and what to do, in order.
template <class State, class Command>
struct StepOf {
  std::optional<State> next;
  std::vector<Command> commands;
};

template <class Context, class State, class Input>
concept HandledCell = requires(Context& context, const State& state, const Input& input) { on(context, state, input); };

template <class Context, class State, class Inputs>
inline constexpr bool row_complete = false;
template <class Context, class State, class... Inputs>
inline constexpr bool row_complete<Context, State, TypeList<Inputs...>> =
    (HandledCell<Context, State, Inputs> && ...);

/// Whether every state of the variant answers every input of the list.
template <class Context, class States, class Inputs>
inline constexpr bool table_complete = false;
template <class Context, class... States, class Inputs>
inline constexpr bool table_complete<Context, std::variant<States...>, Inputs> =
    (row_complete<Context, States, Inputs> && ...);

}  // namespace trtc
