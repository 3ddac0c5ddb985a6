// A machine's page: an overview of states × inputs, and for each input what every state does with it, found
// out by running the table.
//
// A Machine names its State and Inputs, has a Stage (a state and the world around it), `samples()` (the
// states to be tried), `variants(Tag<Input>)` (the circumstances in which an input is tried), `run(stage,
// input)`, Text (a command in words) and `condense(state, words)` (well-known sequences of words in one).
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "describe.hpp"
#include "machine.hpp"
#include "names.hpp"

namespace trtc::tools {

template <class Input>
struct Tag {};

/// A state to be tried. Several of one kind differ in what `as` says.
template <class State>
struct Sample {
  State state;
  std::string as;
};

/// One circumstance in which an input is tried: prepares the stage and gives the input, or nothing where it
/// cannot be.
template <class Stage, class Input>
struct Variant {
  std::string when;
  std::function<std::optional<Input>(Stage&)> play;
};

/// What one sample did.
struct Cell {
  std::string state;  ///< the name of its alternative
  std::string as;
  std::string when;
  std::string next;  ///< empty: stays
  std::vector<std::string> commands;
  std::string ignored;  ///< the reason, where that is all
};

class Section {
 public:
  explicit Section(std::string input) : input_(std::move(input)) {}

  void add(Cell cell) { cells_.push_back(std::move(cell)); }
  const std::string& input() const { return input_; }

  /// Where the state can lead to, in the overview.
  std::string overview(const std::string& state) const {
    std::vector<std::string> ways;
    bool acts = false;
    for (const Cell& cell : cells_) {
      if (cell.state != state || idle(cell)) continue;
      acts = true;
      const std::string way = cell.next.empty() ? "stays" : "→ " + cell.next;
      if (std::find(ways.begin(), ways.end(), way) == ways.end()) ways.push_back(way);
    }
    std::sort(ways.begin(), ways.end(), std::greater<>());
    return acts ? joined(ways, "<br>") : "·";
  }

  std::string details() const { return "### " + input_ + "\n\n" + table() + leftovers(); }

 private:
  using Samples = std::vector<const Cell*>;

  static bool idle(const Cell& cell) {
    return !cell.ignored.empty() || (cell.next.empty() && cell.commands.empty());
  }
  static bool same_sample(const Cell& a, const Cell& b) { return a.state == b.state && a.as == b.as; }

  template <class Key>
  using Groups = std::vector<std::pair<Key, Samples>>;

  /// In the order of the keys' first appearance.
  template <class Key>
  static void put(Groups<Key>& groups, Key key, const Samples& cells) {
    auto at =
        std::find_if(groups.begin(), groups.end(), [&](const auto& group) { return group.first == key; });
    if (at == groups.end()) at = groups.insert(groups.end(), {std::move(key), {}});
    at->second.insert(at->second.end(), cells.begin(), cells.end());
  }

  /// What is the same in several circumstances: everything but the circumstances.
  struct Row {
    std::string states;
    std::string answer;
    std::vector<std::string> whens;
  };
  static void put(std::vector<Row>& rows, std::string states, std::string answer, const std::string& when) {
    auto at = std::find_if(rows.begin(), rows.end(),
                           [&](const Row& row) { return row.states == states && row.answer == answer; });
    if (at == rows.end()) at = rows.insert(rows.end(), {std::move(states), std::move(answer), {}});
    at->whens.push_back(when);
  }
  /// The plain case has no name of its own.
  static std::string text_of(const std::vector<std::string>& whens) {
    if (!whens.front().empty()) return joined(whens, "; ");
    const std::string others = joined({whens.begin() + 1, whens.end()}, "; ");
    return others.empty() ? others : "also " + others;
  }

  /// One row for all states that give the same answer, and for all circumstances in which the same states
  /// give it.
  std::string table() const {
    Groups<std::pair<std::string, std::string>> answers;
    for (const Cell& cell : cells_) {
      const std::string next = cell.next.empty() ? "stays" : "→ " + cell.next;
      if (!idle(cell)) put(answers, {cell.when, next + " | " + joined(cell.commands)}, {&cell});
    }
    std::vector<Row> rows;
    for (const auto& [key, cells] : answers) put(rows, states(cells), key.second, key.first);
    std::string text = rows.empty() ? "" : "| In | When | Next | Does |\n|---|---|---|---|\n";
    for (const Row& row : rows)
      text += "| " + row.states + " | " + text_of(row.whens) + " | " + row.answer + " |\n";
    return rows.empty() ? text : text + '\n';
  }

  /// One line for all states that ignore it for the same reason; the circumstances only where a state has
  /// others, too.
  std::string leftovers() const {
    Groups<std::string> always;
    Groups<std::pair<std::string, std::string>> sometimes;
    for (const Cell& cell : cells_) {
      if (!idle(cell)) continue;
      const bool whatever = std::all_of(cells_.begin(), cells_.end(), [&](const Cell& one) {
        return !same_sample(one, cell) || (idle(one) && one.ignored == cell.ignored);
      });
      if (whatever) put(always, cell.ignored, {&cell});
      if (!whatever) put(sometimes, {cell.when, cell.ignored}, {&cell});
    }
    const auto verdict = [](const std::string& why) {
      return why.empty() ? "nothing to do" : "ignored (" + why + ')';
    };
    std::string text;
    for (const auto& [why, cells] : always) text += "- " + verdict(why) + ": " + states(cells) + '\n';
    std::vector<Row> rows;
    for (const auto& [key, cells] : sometimes) put(rows, states(cells), verdict(key.second), key.first);
    for (const Row& row : rows) {
      const std::string when = text_of(row.whens);
      text += "- " + row.answer + (when.empty() ? "" : ", " + when) + ": " + row.states + '\n';
    }
    return text.empty() ? text : text + '\n';
  }

  /// The names of the cells' states; without `as` where all samples of a state are among them.
  std::string states(const Samples& cells) const {
    std::vector<std::string> names;
    for (const Cell* cell : cells) {
      const bool all = std::all_of(cells_.begin(), cells_.end(), [&](const Cell& one) {
        return one.state != cell->state || one.when != cell->when || among(cells, one);
      });
      const std::string name = all || cell->as.empty() ? cell->state : cell->state + ' ' + cell->as;
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    std::set<std::string> kinds;
    for (const Cell& cell : cells_) kinds.insert(cell.state);
    return names.size() > 2 && names.size() == kinds.size() && every_is_whole(names, kinds) ? "all states"
                                                                                            : joined(names);
  }
  static bool every_is_whole(const std::vector<std::string>& names, const std::set<std::string>& kinds) {
    return std::all_of(names.begin(), names.end(),
                       [&](const std::string& name) { return kinds.contains(name); });
  }
  static bool among(const Samples& cells, const Cell& wanted) {
    return std::any_of(cells.begin(), cells.end(),
                       [&](const Cell* one) { return same_sample(*one, wanted); });
  }

  std::string input_;
  std::vector<Cell> cells_;
};

template <class Machine, class Step>
Cell cell_of(const Sample<typename Machine::State>& sample, const std::string& when, const Step& step) {
  Cell cell{name_of_value(sample.state), sample.as, when, {}, {}, {}};
  if (step.next && step.next->index() != sample.state.index()) cell.next = name_of_value(*step.next);
  for (const auto& command : step.commands)
    cell.commands.push_back(std::visit(typename Machine::Text{}, command));
  cell.commands = Machine::condense(sample.state, std::move(cell.commands));
  // "Takes note": a state that was replaced by a changed one of its kind.
  if (step.next && cell.next.empty() && cell.commands.empty()) cell.commands = {"takes note"};
  if (step.commands.size() != 1 || step.next) return cell;
  const auto* const effect = std::get_if<Effect>(&step.commands.front());
  const auto* const ignored = effect == nullptr ? nullptr : std::get_if<effect::Ignored>(effect);
  if (ignored != nullptr) cell.ignored = ignored->why;
  return cell;
}

/// Every variant of the input in every sample of a state.
template <class Machine, class Input>
Section section() {
  Section section(name_of<Input>());
  std::set<std::size_t> tried;
  for (const auto& variant : Machine::variants(Tag<Input>{})) {
    for (const auto& sample : Machine::samples()) {
      typename Machine::Stage stage(sample.state);
      const auto input = variant.play(stage);
      if (!input) continue;
      tried.insert(sample.state.index());
      section.add(cell_of<Machine>(sample, variant.when, Machine::run(stage, *input)));
    }
  }
  if (tried.size() == std::variant_size_v<typename Machine::State>) return section;
  std::fprintf(stderr, "%s is not tried in every state\n", section.input().c_str());
  std::exit(1);
}

template <class Machine, class... Inputs>
std::vector<Section> sections(TypeList<Inputs...>) {
  return {section<Machine, Inputs>()...};
}

template <class Machine>
std::string page() {
  const auto all = sections<Machine>(typename Machine::Inputs{});
  std::string text = "| |";
  std::string rule = "|---|";
  for (std::size_t i = 0; i < std::variant_size_v<typename Machine::State>; ++i) {
    text += ' ' + name_at<typename Machine::State>(i) + " |";
    rule += "---|";
  }
  text += '\n' + rule + '\n';
  for (const Section& one : all) {
    text += "| " + one.input() + " |";
    for (std::size_t i = 0; i < std::variant_size_v<typename Machine::State>; ++i) {
      text += ' ' + one.overview(name_at<typename Machine::State>(i)) + " |";
    }
    text += '\n';
  }
  text += '\n';
  for (const Section& one : all) text += one.details();
  return text;
}

}  // namespace trtc::tools
