#include "json_tree.hpp"

#include <nlohmann/json.hpp>
#include <utility>

namespace trtc {
namespace {

/// Receives the parser's events (nlohmann::json_sax). Returning false stops the parser.
class Builder {
 public:
  Builder(Json& root, std::size_t max_depth) : max_depth_(max_depth) { open_.push_back(&root); }

  bool null() { return add(Json::Kind::null); }
  bool boolean(bool value) {
    add(Json::Kind::boolean);
    last_->boolean = value;
    return true;
  }
  bool number_integer(std::int64_t) { return add(Json::Kind::other); }
  bool number_unsigned(std::uint64_t value) {
    add(Json::Kind::number);
    last_->number = value;
    return true;
  }
  bool number_float(double, const std::string&) { return add(Json::Kind::other); }
  bool string(std::string& value) {
    add(Json::Kind::text);
    last_->text = std::move(value);
    return true;
  }
  template <class Binary>
  bool binary(Binary&) {
    return false;
  }
  bool key(std::string& name) {
    name_ = std::move(name);
    return true;
  }
  bool start_object(std::size_t) { return open(Json::Kind::object); }
  bool start_array(std::size_t) { return open(Json::Kind::array); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  template <class Exception>
  bool parse_error(std::size_t, const std::string&, const Exception&) {
    return false;
  }

 private:
  bool add(Json::Kind kind) {
    Json& parent = *open_.back();
    if (open_.size() == 1) {
      last_ = &parent;
    } else {
      // The parent's other members are closed, so no pointer into this vector is in use while it grows.
      parent.members.push_back({std::move(name_), {}});
      last_ = &parent.members.back().value;
    }
    name_.clear();
    last_->kind = kind;
    return true;
  }
  bool open(Json::Kind kind) {
    if (open_.size() > max_depth_) return false;
    add(kind);
    open_.push_back(last_);
    return true;
  }
  bool close() {
    open_.pop_back();
    return true;
  }

  std::size_t max_depth_;
  std::vector<Json*> open_;
  Json* last_ = nullptr;
  std::string name_;
};

}  // namespace

const Json* Json::find(std::string_view name) const {
  for (const auto& [key, value] : members) {
    if (key == name) return &value;
  }
  return nullptr;
}

std::optional<Json> parse_json(std::string_view text, std::size_t max_depth) {
  // nlohmann's parser takes a NUL for the end of its input, so what follows it would go unread.
  if (text.find('\0') != std::string_view::npos) return std::nullopt;
  Json root;
  Builder builder(root, max_depth);
  if (!nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) return std::nullopt;
  return root;
}

}  // namespace trtc
