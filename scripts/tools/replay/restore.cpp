#include "replay/restore.hpp"

#include <nlohmann/json.hpp>

#include "checkpoint.hpp"

namespace trtc::replay {
namespace {

using nlohmann::json;

class Reader final : public Archive {
 public:
  explicit Reader(const std::string& text) : all_(json::parse(text, nullptr, false)) {}

  std::int64_t number() override {
    const json* const next = take("state", state_);
    good_ = good_ && next != nullptr && next->is_number_integer();
    return good_ ? next->get<std::int64_t>() : 0;
  }
  std::string name() override { return string("state", state_); }
  std::string text() override { return string("texts", texts_); }

  /// Everything has been read, and was what was asked for.
  bool done() const { return good_ && all_["state"].size() == state_ && all_["texts"].size() == texts_; }

 private:
  const json* take(const char* list, std::size_t& at) {
    if (!all_.is_object() || !all_.contains(list) || !all_[list].is_array() || at >= all_[list].size())
      return nullptr;
    return &all_[list][at++];
  }
  std::string string(const char* list, std::size_t& at) {
    const json* const next = take(list, at);
    good_ = good_ && next != nullptr && next->is_string();
    return good_ ? next->get<std::string>() : std::string();
  }

  json all_;
  std::size_t state_ = 0;
  std::size_t texts_ = 0;
  bool good_ = true;
};

}  // namespace

bool restore(Engine& engine, const std::string& checkpoint) {
  Reader reader(checkpoint);
  trtc::restore(engine, reader);
  return reader.done();
}

bool remembers(Engine& engine, const std::string& checkpoint) {
  const json given = json::parse(checkpoint, nullptr, false);
  const json own = json::parse('{' + trtc::checkpoint(engine) + '}', nullptr, false);
  return given.is_object() && own.value("state", json()) == given.value("state", json()) &&
         own.value("texts", json()) == given.value("texts", json());
}

}  // namespace trtc::replay
