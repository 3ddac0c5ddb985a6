// JSON text that came from outside, as a tree. nlohmann's lexer reads it: escapes, UTF-8, numbers. Its tree,
// with ordered maps, copies and comparisons of everything, and its parser, with exceptions that carry texts
// nobody reads, would be most of the Wasm module's JSON code, so the grammar and the tree are ours; a test
// compares them with nlohmann's. The depth is bounded while parsing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace trtc {

struct Json {
  enum class Kind : std::uint8_t {
    null,
    boolean,
    number,  ///< a whole number that is not negative: the only kind that any message of ours has
    text,
    array,
    object,
    other,  ///< negative or fractional
  };

  Kind kind = Kind::null;
  bool boolean = false;
  std::uint64_t number = 0;
  std::string text;
  struct Member;
  std::vector<Member> members;  ///< of an array: with empty names

  bool is(Kind wanted) const { return kind == wanted; }
  /// The first member of this name, or null.
  const Json* find(std::string_view name) const;
};

struct Json::Member {
  std::string name;
  Json value;
};

/// Nothing where the text is not JSON, or nested deeper than `max_depth`.
std::optional<Json> parse_json(std::string_view text, std::size_t max_depth);

}  // namespace trtc
