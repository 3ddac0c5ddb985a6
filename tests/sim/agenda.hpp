// What is going to happen, soonest first; what was planned for the same moment happens in the order in which
// it was planned.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "time.hpp"

namespace trtc::sim {

template <class What>
class Agenda {
 public:
  void add(Instant at, What what) {
    heap_.push_back({at, order_++, std::move(what)});
    std::push_heap(heap_.begin(), heap_.end(), later);
  }
  bool empty() const { return heap_.empty(); }
  Instant next() const { return heap_.front().at; }
  const What& front() const { return heap_.front().what; }
  What take() {
    std::pop_heap(heap_.begin(), heap_.end(), later);
    What what = std::move(heap_.back().what);
    heap_.pop_back();
    return what;
  }

 private:
  struct Event {
    Instant at;
    std::uint64_t order;
    What what;
  };
  static bool later(const Event& a, const Event& b) { return a.at != b.at ? a.at > b.at : a.order > b.order; }

  std::vector<Event> heap_;
  std::uint64_t order_ = 0;
};

}  // namespace trtc::sim
