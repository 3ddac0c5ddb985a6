#include "replay/trace.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

#include "wire.hpp"

namespace trtc::replay {
namespace {

using nlohmann::json;

json parsed(std::string_view text) { return json::parse(text, nullptr, false); }

const json* find(const json& object, const char* key) {
  const auto at = object.find(key);
  return at == object.end() ? nullptr : &*at;
}

std::optional<std::uint64_t> number(const json& object, const char* key) {
  const json* const value = find(object, key);
  if (value == nullptr || !value->is_number_unsigned()) return std::nullopt;
  return value->get<std::uint64_t>();
}

/// One character a byte, as UTF-8: U+0000 … U+00FF.
std::optional<Bytes> bytes_of(const std::string& text) {
  Bytes bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto lead = static_cast<std::uint8_t>(text[i]);
    if (lead < 0x80) {
      bytes.push_back(lead);
    } else if ((lead == 0xc2 || lead == 0xc3) && i + 1 < text.size()) {
      bytes.push_back(
          static_cast<std::uint8_t>((lead & 3) << 6 | (static_cast<std::uint8_t>(text[++i]) & 63)));
    } else {
      return std::nullopt;
    }
  }
  return bytes;
}

/// Takes `,"d":"…"}` off the end of a line.
std::optional<std::uint32_t> take_digest(std::string& line) {
  constexpr std::string_view begin = R"(,"d":")";
  constexpr std::string_view end = R"("})";
  const std::size_t at = line.rfind(begin);
  if (at == std::string::npos || !line.ends_with(end)) return std::nullopt;
  const char* const first = line.data() + at + begin.size();
  const char* const last = line.data() + line.size() - end.size();
  std::uint32_t value = 0;
  const auto [stopped, error] = std::from_chars(first, last, value, 16);
  if (error != std::errc() || stopped != last) return std::nullopt;
  line.resize(at);
  return value;
}

std::optional<Input> input_of(const json& object) {
  if (const json* const input = find(object, "in")) return wire::parse_input(input->dump());
  const json* const bytes = find(object, "bytes");
  const auto socket = number(object, "socket");
  if (bytes == nullptr || !bytes->is_string() || !socket) return std::nullopt;
  auto received = bytes_of(bytes->get<std::string>());
  if (!received) return std::nullopt;
  return input::SocketReceived{{static_cast<std::uint32_t>(*socket)}, std::move(*received)};
}

std::optional<std::string> read_header(std::string_view line, Trace& trace) {
  const json header = parsed(line);
  if (!header.is_object()) return "it is not a trace: a JSON object is expected";
  if (number(header, "trace") != 1U) return "it is not a trace of version 1";
  const json* const config = find(header, "config");
  auto parsed_config = config == nullptr ? std::nullopt : wire::parse_config(config->dump());
  if (!parsed_config) return "the configuration of the core is missing or cannot be read";
  const json* const clock = find(header, "at");
  if (clock != nullptr && clock->is_number_integer()) trace.clock = clock->get<std::int64_t>();
  trace.header = line;
  trace.config = std::move(*parsed_config);
  return std::nullopt;
}

std::optional<std::string> read_line(std::string_view text, std::size_t number_of_line, Trace& trace) {
  const json object = parsed(text);
  if (!object.is_object()) return "a JSON object is expected; the file may have been cut off";
  if (const json* const saw = find(object, "saw"); saw != nullptr && saw->is_string()) {
    trace.saw.push_back(saw->get<std::string>());
    return std::nullopt;
  }
  if (const auto dropped = number(object, "dropped"); dropped && trace.lines.empty()) {
    trace.dropped = *dropped;
    return std::nullopt;
  }
  if (find(object, "state") != nullptr) {
    Rest rest{trace.lines.size(), number_of_line, std::string(text), {}};
    rest.digest = take_digest(rest.text);
    trace.rests.push_back(std::move(rest));
    return std::nullopt;
  }
  if (!trace.lines.empty() && !trace.lines.back().digest)
    return "something follows the line on which the core crashed";
  const auto at = number(object, "t");
  auto input = input_of(object);
  if (!at || !input) return at ? "the core has no such input" : "the time \"t\" is missing";
  Line line{number_of_line,
            Instant(Duration(static_cast<std::int64_t>(*at))),
            std::string(text),
            std::move(*input),
            {}};
  line.digest = take_digest(line.text);
  if (!line.digest && find(object, "d") != nullptr)
    return "the digest \"d\" is not a number of 32 bits in hexadecimal";
  trace.lines.push_back(std::move(line));
  return std::nullopt;
}

}  // namespace

std::variant<Trace, Malformed> read_trace(std::string_view text) {
  Trace trace;
  std::size_t number_of_line = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number_of_line;
    if (line.empty()) continue;
    const auto why = trace.header.empty() ? read_header(line, trace) : read_line(line, number_of_line, trace);
    if (why) return Malformed{"line " + std::to_string(number_of_line) + ": " + *why};
  }
  if (trace.header.empty()) return Malformed{"it is empty"};
  return trace;
}

std::uint32_t digest(std::string_view text, std::uint32_t seed) {
  for (const char c : text) seed = (seed ^ static_cast<std::uint8_t>(c)) * 0x01000193U;
  return seed;
}

}  // namespace trtc::replay
