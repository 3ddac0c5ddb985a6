#include "explore/diagram.hpp"

#include <algorithm>

#include "explore/stage.hpp"

namespace trtc::explore {
namespace {

constexpr std::size_t margin = 10;
constexpr std::size_t width = 34;

std::size_t column(std::uint8_t place) { return margin + place * width; }

std::string lifelines(std::size_t places) {
  std::string out(column(static_cast<std::uint8_t>(places)), ' ');
  for (std::uint8_t place = 0; place < places; ++place) out[column(place)] = '|';
  return out;
}

void put(std::string& line, std::size_t at, const std::string& text) {
  if (line.size() < at + text.size()) line.resize(at + text.size(), ' ');
  line.replace(at, text.size(), text);
}

std::string seconds(Duration at) {
  const auto ms = at.count();
  const std::string rest = std::to_string(ms % 1000);
  return std::to_string(ms / 1000) + '.' + std::string(3 - rest.size(), '0') + rest;
}

void arrow(std::string& line, const Line& step) {
  const std::size_t from = column(step.place), to = column(step.to);
  const std::size_t left = std::min(from, to), right = std::max(from, to);
  put(line, left + 1, std::string(right - left - 1, '-'));
  line[step.to > step.place ? right - 1 : left + 1] = step.to > step.place ? '>' : '<';
  std::string text = ' ' + step.text.substr(step.text.find(' ') + 1) + ' ';
  const std::string& name = step.text;
  if (name.rfind("lose:", 0) == 0) text = " lost:" + text;
  if (name.rfind("hold:", 0) == 0) text = " held back:" + text;
  if (name.rfind("repeat:", 0) == 0) text = " (comes again later)" + text;
  if (name.rfind("release:", 0) == 0) text = " at last:" + text;
  text = text.substr(0, width - 6);
  put(line, left + 3, text);
}

}  // namespace

std::string diagram(const World& world, const Trace& trace) {
  const std::size_t places = world.setup->places.size();
  std::string head(margin, ' ');
  for (std::uint8_t place = 0; place < places; ++place) put(head, column(place), place_name(world, place));
  std::string out = head + '\n';
  for (const Line& step : trace) {
    if (step.kind == Line::Kind::sent) continue;
    std::string line = lifelines(places);
    if (step.kind == Line::Kind::choice) {
      put(line, 0, seconds(step.at));
      if (step.place != step.to) {
        arrow(line, step);
      } else {
        const std::size_t colon = step.text.find(':');
        const bool act = step.text.substr(0, colon) == place_name(world, step.place);
        put(line, column(step.place),
            '[' + (act ? step.text.substr(colon + 1) : step.text.substr(0, colon)) + ']');
      }
    } else {
      put(line, column(step.place) + 2, step.text.substr(0, width - 3));
    }
    out += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
  }
  return out;
}

}  // namespace trtc::explore
