// The names of types, as the compiler spells them: so no name in a generated page is written down a second
// time.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "call/state.hpp"

namespace trtc::tools {

/// "trtc::call::Idle"
template <class Type>
constexpr std::string_view spelled() {
  // GCC: "… [with Type = X; std::string_view = …]"; Clang: "… [Type = X]".
  constexpr std::string_view text = __PRETTY_FUNCTION__;
  constexpr std::string_view mark = "Type = ";
  constexpr std::size_t begin = text.find(mark) + mark.size();
  return text.substr(begin, text.find_first_of(";]", begin) - begin);
}

template <class Type>
struct NameOf {
  static std::string text() { return std::string(spelled<Type>().substr(spelled<Type>().rfind(':') + 1)); }
};
template <class Message>
struct NameOf<call::Heard<Message>> {
  static std::string text() { return "Heard " + NameOf<Message>::text(); }
};

/// "Idle", "Heard Invite"
template <class Type>
std::string name_of() {
  return NameOf<Type>::text();
}

template <class... Alternatives>
std::array<std::string, sizeof...(Alternatives)> names_of(const std::variant<Alternatives...>*) {
  return {name_of<Alternatives>()...};
}

/// The name of an alternative of a variant.
template <class Variant>
const std::string& name_at(std::size_t index) {
  static const auto names = names_of(static_cast<const Variant*>(nullptr));
  return names[index];
}

template <class Variant>
const std::string& name_of_value(const Variant& value) {
  return name_at<Variant>(value.index());
}

}  // namespace trtc::tools
