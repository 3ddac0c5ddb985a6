// Writes JSON text, member after member, without a tree in between. Reading is nlohmann's business; its
// writer, with trees and floating point, would be a sixth of the whole Wasm module for objects whose shape is
// known here anyway.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace trtc {

/// Appends a quoted, escaped string. What is not UTF-8 becomes U+FFFD: text of a page may hold half a
/// surrogate pair, and a message must never fail for that.
void append_json_string(std::string& out, std::string_view text);

/// One object; closed when the value goes out of scope.
class JsonObject {
 public:
  explicit JsonObject(std::string& out) : out_(out) { out_ += '{'; }
  JsonObject(const JsonObject&) = delete;
  JsonObject& operator=(const JsonObject&) = delete;
  ~JsonObject() { out_ += '}'; }

  JsonObject& text(const char* key, const std::string& value);
  JsonObject& word(const char* key, std::string_view value);  ///< of a fixed vocabulary
  JsonObject& number(const char* key, std::uint32_t value);
  JsonObject& flag(const char* key, bool value);
  /// Begins a member whose value the caller writes to the returned text: an object or an array.
  std::string& member(const char* key);

 private:
  std::string& out_;
  bool first_ = true;
};

/// One array; `next()` before each element gives the text to write it to.
class JsonArray {
 public:
  explicit JsonArray(std::string& out) : out_(out) { out_ += '['; }
  JsonArray(const JsonArray&) = delete;
  JsonArray& operator=(const JsonArray&) = delete;
  ~JsonArray() { out_ += ']'; }

  std::string& next();

 private:
  std::string& out_;
  bool first_ = true;
};

}  // namespace trtc
