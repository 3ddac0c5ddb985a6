// The error catalogue as the SDK's TypeScript.
#pragma once

#include <string>
#include <string_view>

#include "error.hpp"

namespace trtc::tools {

/// As the SDK's formatter likes it: single quotes, unless that would need an escape.
inline std::string quoted(std::string_view text) {
  const bool has_single = text.find('\'') != std::string_view::npos;
  const char quote = has_single && text.find('"') == std::string_view::npos ? '"' : '\'';
  std::string out(1, quote);
  for (const char c : text) {
    if (c == quote || c == '\\') out += '\\';
    out += c;
  }
  return out + quote;
}

inline std::string errors_page() {
  std::string text =
      "// Generated from the core's error catalogue (src/error.cpp): what happened, and what to do about "
      "it.\n"
      "export const catalogue = {\n";
  for (const ErrorInfo& info : error_catalogue()) {
    text += "  " + std::to_string(static_cast<std::uint32_t>(info.code)) + ": {\n";
    text += "    name: " + quoted(info.name) + ",\n";
    text += "    message: " + quoted(info.message) + ",\n";
    text += "    remedy: " + quoted(info.remedy) + ",\n  },\n";
  }
  return text + "} as const;\n";
}

}  // namespace trtc::tools
