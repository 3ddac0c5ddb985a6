#include "replay/diagram.hpp"

#include <algorithm>
#include <cstddef>
#include <deque>
#include <map>
#include <optional>

namespace trtc::replay {
namespace {

constexpr std::size_t time_width = 11;
constexpr std::size_t lane_width = 44;

struct Row {
  std::int64_t at = 0;
  std::size_t lane = 0;
  std::optional<std::size_t> to;  ///< of a message
  bool from_afar = false;         ///< only its arrival is known
  bool lost = false;              ///< it left, and the trace at the other end has not got it
  std::string text;
  std::string call;
};

std::int64_t milliseconds(Instant at) { return at.time_since_epoch().count(); }

// ---- Which arrival belongs to which message. ----

struct Sent {
  std::size_t story = 0;
  const Moment* moment = nullptr;
  const Moment* arrival = nullptr;
  std::size_t arrived_at = 0;  ///< its story
};

struct Post {
  std::vector<Sent> sent;
  std::vector<std::pair<std::size_t, const Moment*>> from_afar;
};

/// A message that was repeated has one id: the first arrival belongs to the first of them that no other has.
Post match_messages(const std::vector<Told>& told) {
  Post post;
  std::map<std::string, std::deque<std::size_t>> waiting;
  for (std::size_t story = 0; story < told.size(); ++story) {
    for (const Moment& moment : told[story].story.moments) {
      if (moment.kind != Kind::sent) continue;
      if (!moment.id.empty()) waiting[moment.id].push_back(post.sent.size());
      post.sent.push_back({story, &moment, nullptr, 0});
    }
  }
  for (std::size_t story = 0; story < told.size(); ++story) {
    for (const Moment& moment : told[story].story.moments) {
      if (moment.kind != Kind::received) continue;
      auto& candidates = waiting[moment.id];
      if (moment.id.empty() || candidates.empty()) {
        post.from_afar.emplace_back(story, &moment);
        continue;
      }
      Sent& sent = post.sent[candidates.front()];
      sent.arrival = &moment, sent.arrived_at = story;
      candidates.pop_front();
    }
  }
  return post;
}

// ---- One time for all. ----

/// What to add to the times of `other` so that they are those of the first: the wall clocks' opinion,
/// corrected where a message would arrive before it left.
std::int64_t shift_of(std::size_t other, const std::vector<Told>& told, const Post& post) {
  std::int64_t shift = told[other].clock - told[0].clock;
  std::optional<std::int64_t> least;
  std::optional<std::int64_t> most;
  for (const Sent& sent : post.sent) {
    if (sent.arrival == nullptr) continue;
    const std::int64_t left = milliseconds(sent.moment->at);
    const std::int64_t arrived = milliseconds(sent.arrival->at);
    if (sent.story == 0 && sent.arrived_at == other)
      least = std::max(least.value_or(left - arrived), left - arrived);
    if (sent.story == other && sent.arrived_at == 0)
      most = std::min(most.value_or(arrived - left), arrived - left);
  }
  if (least && most && *least > *most) return (*least + *most) / 2;
  if (least) shift = std::max(shift, *least);
  if (most) shift = std::min(shift, *most);
  return shift;
}

// ---- Drawing. ----

using Cells = std::vector<std::string>;

std::size_t column(std::size_t lane) { return time_width + lane * lane_width; }

std::string trimmed(const Cells& cells) {
  std::string line;
  for (const std::string& cell : cells) line += cell;
  line.erase(line.find_last_not_of(' ') + 1);
  return line + '\n';
}

/// Bytes of UTF-8 that go on belong to the cell before.
void put(Cells& cells, std::size_t at, std::string_view text) {
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xc0U) == 0x80) {
      cells[at - 1] += c;
      continue;
    }
    if (at == cells.size()) cells.emplace_back();
    cells[at++] = std::string(1, c);
  }
}

Cells blank(std::size_t lanes) {
  Cells cells(column(lanes), " ");
  for (std::size_t lane = 0; lane < lanes; ++lane) cells[column(lane)] = "│";
  return cells;
}

void draw_arrow(Cells& cells, const Row& row) {
  const std::size_t from = column(row.lane);
  const std::size_t to = column(*row.to);
  const std::size_t left = std::min(from, to) + 1;
  const std::size_t right = std::max(from, to) - 1;
  for (std::size_t at = left; at <= right; ++at) cells[at] = row.from_afar ? "╌" : "─";
  if (to > from) {
    cells[row.lost ? right - 4 : right] = row.lost ? "×" : "▶";
  } else {
    cells[row.lost ? left + 4 : left] = row.lost ? "×" : "◀";
  }
  const std::string label = ' ' + row.text.substr(0, lane_width - 6) + ' ';
  put(cells, left + (right - left - std::min(label.size(), right - left)) / 2, label);
}

std::string draw(const Row& row, std::int64_t start, std::size_t lanes) {
  Cells cells = blank(lanes);
  const std::string time = std::to_string(row.at - start) + " ms";
  put(cells, time_width - 2 - std::min(time.size(), time_width - 2), time);
  if (!row.to) {
    put(cells, column(row.lane) + 2, row.text);
  } else if (*row.to == row.lane) {
    put(cells, column(row.lane) + 2, "⟲ " + row.text);
  } else {
    draw_arrow(cells, row);
  }
  return trimmed(cells);
}

class Page {
 public:
  Page(const std::vector<Told>& told, const DiagramOptions& options) : told_(told), options_(options) {
    for (const Told& one : told) lanes_.push_back(one.story.user.empty() ? "(nobody)" : one.story.user);
    post_ = match_messages(told);
    for (std::size_t story = 0; story < told.size(); ++story)
      shifts_.push_back(story == 0 ? 0 : shift_of(story, told, post_));
    collect();
  }

  std::string text() {
    std::stable_sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) { return a.at < b.at; });
    if (rows_.empty()) return "nothing to draw\n";
    Cells head(column(lanes_.size()), " ");
    for (std::size_t lane = 0; lane < lanes_.size(); ++lane) put(head, column(lane), lanes_[lane]);
    std::string all = trimmed(head);
    std::string call;
    for (const Row& row : rows_) {
      if (!row.call.empty() && row.call != call) {
        call = row.call;
        all += "──── call " + call + '\n';
      }
      all += draw(row, rows_.front().at, lanes_.size());
    }
    return all;
  }

 private:
  bool wanted(const Moment& moment) const {
    if (moment.minor && !options_.all) return false;
    return options_.call.empty() || moment.call.starts_with(options_.call);
  }

  std::int64_t time(std::size_t story, const Moment& moment) const {
    return milliseconds(moment.at) + shifts_[story];
  }

  std::size_t lane_of(const std::string& user) {
    const auto known = std::find(lanes_.begin(), lanes_.end(), user);
    if (known != lanes_.end()) return static_cast<std::size_t>(known - lanes_.begin());
    lanes_.push_back(user);
    return lanes_.size() - 1;
  }

  bool has_trace(const std::string& user) const {
    return std::any_of(told_.begin(), told_.end(), [&](const Told& one) { return one.story.user == user; });
  }

  void collect() {
    for (std::size_t story = 0; story < told_.size(); ++story) {
      for (const Moment& moment : told_[story].story.moments) {
        if (moment.kind == Kind::note && wanted(moment))
          rows_.push_back({time(story, moment), story, {}, false, false, moment.text, moment.call});
      }
    }
    for (const Sent& sent : post_.sent) {
      if (!wanted(*sent.moment)) continue;
      Row row{
          time(sent.story, *sent.moment), sent.story, {}, false, false, sent.moment->text, sent.moment->call};
      row.to = sent.arrival != nullptr ? sent.arrived_at : lane_of(sent.moment->peer);
      if (sent.arrival != nullptr)
        row.text += " +" + std::to_string(time(sent.arrived_at, *sent.arrival) - row.at) + " ms";
      row.lost = sent.arrival == nullptr && !sent.moment->id.empty() && has_trace(sent.moment->peer);
      rows_.push_back(row);
    }
    for (const auto& [story, moment] : post_.from_afar) {
      // Without an id it is drawn where it left.
      if (!wanted(*moment) || (moment->id.empty() && has_trace(moment->peer))) continue;
      rows_.push_back(
          {time(story, *moment), lane_of(moment->peer), story, true, false, moment->text, moment->call});
    }
  }

  const std::vector<Told>& told_;
  const DiagramOptions& options_;
  Post post_;
  std::vector<std::string> lanes_;
  std::vector<std::int64_t> shifts_;
  std::vector<Row> rows_;
};

}  // namespace

std::string diagram(const std::vector<Told>& told, const DiagramOptions& options) {
  return Page(told, options).text();
}

}  // namespace trtc::replay
