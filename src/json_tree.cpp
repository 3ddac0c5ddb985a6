#include "json_tree.hpp"

#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

namespace trtc {
namespace {

using Input = decltype(nlohmann::detail::input_adapter(std::string_view().begin(), std::string_view().end()));
using Lexer = nlohmann::detail::lexer<nlohmann::json, Input>;
using Token = Lexer::token_type;

/// The grammar of RFC 8259 over nlohmann's tokens. `depth`: how many levels of arrays and objects may follow.
class Parser {
 public:
  explicit Parser(std::string_view text)
      : lexer_(nlohmann::detail::input_adapter(text.begin(), text.end())) {}

  bool all(Json& out, std::size_t depth) {
    return value(lexer_.scan(), out, depth) && lexer_.scan() == Token::end_of_input;
  }

 private:
  bool value(Token token, Json& out, std::size_t depth) {
    switch (token) {
      case Token::literal_null:
        return true;
      case Token::literal_true:
      case Token::literal_false:
        out.kind = Json::Kind::boolean;
        out.boolean = token == Token::literal_true;
        return true;
      case Token::value_unsigned:
        out.kind = Json::Kind::number;
        out.number = lexer_.get_number_unsigned();
        return true;
      case Token::value_integer:
      case Token::value_float:
        out.kind = Json::Kind::other;
        return token == Token::value_integer || std::isfinite(lexer_.get_number_float());
      case Token::value_string:
        out.kind = Json::Kind::text;
        out.text = std::move(lexer_.get_string());
        return true;
      case Token::begin_array:
        out.kind = Json::Kind::array;
        return depth > 0 && members(Token::end_array, out, depth - 1);
      case Token::begin_object:
        out.kind = Json::Kind::object;
        return depth > 0 && members(Token::end_object, out, depth - 1);
      default:
        return false;
    }
  }

  bool members(Token end, Json& out, std::size_t depth) {
    Token token = lexer_.scan();
    if (token == end) return true;
    for (;;) {
      Json::Member& member = out.members.emplace_back();
      if (end == Token::end_object) {
        if (token != Token::value_string) return false;
        member.name = std::move(lexer_.get_string());
        if (lexer_.scan() != Token::name_separator) return false;
        token = lexer_.scan();
      }
      if (!value(token, member.value, depth)) return false;
      token = lexer_.scan();
      if (token == end) return true;
      if (token != Token::value_separator) return false;
      token = lexer_.scan();
    }
  }

  Lexer lexer_;
};

}  // namespace

const Json* Json::find(std::string_view name) const {
  for (const auto& [key, value] : members) {
    if (key == name) return &value;
  }
  return nullptr;
}

std::optional<Json> parse_json(std::string_view text, std::size_t max_depth) {
  // nlohmann's lexer takes a NUL for the end of its input, so what follows it would go unread.
  if (text.find('\0') != std::string_view::npos) return std::nullopt;
  Json root;
  if (!Parser(text).all(root, max_depth)) return std::nullopt;
  return root;
}

}  // namespace trtc
