// The golden lines of the boundary: one JSON object a line, read by these tests and by the SDK's.
#pragma once

#include <doctest/doctest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

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

}  // namespace golden
