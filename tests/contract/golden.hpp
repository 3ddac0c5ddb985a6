// The golden lines of the boundary: one JSON object a line, read by these tests and by the SDK's.
#pragma once

#include <doctest/doctest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "media.hpp"

namespace golden {

using nlohmann::json;

inline std::vector<std::string> lines(const std::string& name) {
  std::ifstream file(std::string(TRTC_CONTRACT_DIR) + '/' + name);
  REQUIRE_MESSAGE(file.good(), name);
  std::vector<std::string> all;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty()) all.push_back(line);
  }
  return all;
}

/// Not a JSON text: the value `discarded`, which equals nothing.
inline json parsed(const std::string& text) { return json::parse(text, nullptr, false); }

// ---- What several lines say. ----

inline const std::string tricky_text = "{\"nick\":\"Bób ☎ 📞\",\"line\":\"a\\b\n\u2028\"}";

inline const std::string invite_id = "0f8fad5b-d9cb-469f-a165-70867728950e";

inline const trtc::Candidate host{"candidate:1 1 udp 2113937151 192.0.2.7 54321 typ host", "0", 0, "Yx3f"};
inline const trtc::Candidate last{"", "1", 65535, ""};

}  // namespace golden
