// The kit behind both state machines. A machine is a variant of states and one overload `on(context, state,
// input)` for each cell of its table; cells that share an answer are one row whose state is OneOf<...>. A
// missing cell, and a cell that two rows claim, do not compile.
#pragma once

#include <concepts>
#include <cstddef>
#include <list>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

namespace trtc {

/// "Any of these states" as a parameter. The row that names a state alone wins over the row that lists it.
template <class... States>
class OneOf {
 public:
  template <class State>
  requires(std::same_as<State, States> || ...) OneOf(const State&) {}  // NOLINT: the conversion is the point
};

/// A list of types, where only the types matter.
template <class... Types>
struct TypeList {};

/// std::visit as a chain of comparisons: the calls are direct, and the tables of function pointers that
/// std::visit leaves behind for every pair of variant and visitor (a tenth of the Wasm module) do not exist.
template <std::size_t index = 0, class Variant, class Visitor>
decltype(auto) match(Variant&& variant, Visitor&& visitor) {
  constexpr std::size_t size = std::variant_size_v<std::remove_cvref_t<Variant>>;
  if constexpr (index + 1 == size) {
    return visitor(*std::get_if<index>(&variant));
  } else {
    if (variant.index() == index) return visitor(*std::get_if<index>(&variant));
    return match<index + 1>(std::forward<Variant>(variant), std::forward<Visitor>(visitor));
  }
}

/// A list whose elements are moved in; a braced list would copy them, and copying is code. Not a vector: what
/// grows one, and moves what is in it, would be there again wherever something is added.
template <class Command, class... Parts>
std::list<Command> list_of(Parts&&... parts) {
  std::list<Command> out;
  (out.emplace_back(std::forward<Parts>(parts)), ...);
  return out;
}

template <class Command>
void append(std::list<Command>& out, std::list<Command>&& more) {
  out.splice(out.end(), more);
}

template <class Context, class State, class Input>
concept HandledCell = requires(Context& context, const State& state, const Input& input) {
  on(context, state, input);
};

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
