#include "swarm/story.hpp"

#include <algorithm>
#include <map>

namespace trtc::swarm {
namespace {

constexpr std::size_t width = 22;

std::string clock_text(Instant at) {
  const auto ms = at.time_since_epoch().count();
  std::string millis = std::to_string(ms % 1000);
  std::string seconds = std::to_string(ms / 1000);
  return std::string(5 - std::min<std::size_t>(seconds.size(), 5), ' ') + seconds + '.' +
         std::string(3 - millis.size(), '0') + millis;
}

}  // namespace

void Story::note(Instant at, std::size_t user, std::string text) {
  if (wanted_) lines_.push_back({at, user, std::nullopt, std::move(text), false});
}
void Story::arrow(Instant at, std::size_t from, std::size_t to, std::string text, bool lost) {
  if (wanted_) lines_.push_back({at, from, to, std::move(text), lost});
}

std::string Story::text(const std::set<std::size_t>& users, const std::vector<std::string>& names) const {
  std::map<std::size_t, std::size_t> column;
  for (const std::size_t user : users) column.emplace(user, column.size());
  const std::size_t columns = column.size();
  const auto place = [](std::size_t index) { return 10 + index * width; };
  std::string head(place(columns), ' ');
  for (const auto& [user, index] : column) head.replace(place(index), names[user].size(), names[user]);
  std::string out = head + '\n';
  for (const Line& line : lines_) {
    const auto from = column.find(line.from);
    if (from == column.end() || (line.to && column.count(*line.to) == 0)) continue;
    std::string row(place(columns), ' ');
    row.replace(0, 9, clock_text(line.at));
    for (const auto& [user, index] : column) row[place(index)] = '|';
    if (!line.to || *line.to == line.from) {
      row[place(from->second)] = line.lost ? 'x' : '*';
      row.resize(place(columns - 1) + 2, ' ');
      out += row + "  " + (line.to ? "(own) " : "") + line.text + '\n';
      continue;
    }
    const std::size_t a = place(from->second);
    const std::size_t b = place(column.at(*line.to));
    for (std::size_t i = std::min(a, b) + 1; i < std::max(a, b); ++i) row[i] = '-';
    row[b] = line.lost ? 'x' : (a < b ? '>' : '<');
    std::string label = ' ' + line.text + ' ';
    const std::size_t room = std::max(a, b) - std::min(a, b) - 2;
    if (label.size() > room) label.resize(room);
    row.replace(std::min(a, b) + 1 + (room - label.size()) / 2, label.size(), label);
    row.resize(place(columns - 1) + 2, ' ');
    out += row + '\n';
  }
  return out;
}

}  // namespace trtc::swarm
