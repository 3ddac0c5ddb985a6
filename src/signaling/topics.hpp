// The topics of protocol section 2. The broker enforces who may use which; the core only ever asks for its
// own.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ids.hpp"

namespace trtc::topic {

inline constexpr std::string_view root = "trtc/v1/";

inline std::string inbox(const Account& to, const Account& from) {
  return std::string(root) + "in/" + to.text + '/' + from.text;
}
inline std::string inbox_filter(const Account& me) { return std::string(root) + "in/" + me.text + "/+"; }
inline std::string group(const Account& group, const Account& from) {
  return std::string(root) + "group/" + group.text + '/' + from.text;
}
inline std::string group_filter(const Account& group) {
  return std::string(root) + "group/" + group.text + "/+";
}
inline std::string presence(const Account& account) { return std::string(root) + "on/" + account.text; }

/// The sender's level of a topic below our own inbox.
inline std::optional<std::string_view> inbox_sender(std::string_view topic, const Account& me) {
  const std::string prefix = std::string(root) + "in/" + me.text + '/';
  if (topic.substr(0, prefix.size()) != prefix) return std::nullopt;
  return topic.substr(prefix.size());
}

/// Group and sender of a topic of a group.
struct GroupTopic {
  std::string_view group;
  std::string_view sender;
};
inline std::optional<GroupTopic> group_of(std::string_view topic) {
  const std::string prefix = std::string(root) + "group/";
  if (topic.substr(0, prefix.size()) != prefix) return std::nullopt;
  topic.remove_prefix(prefix.size());
  const std::size_t slash = topic.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  return GroupTopic{topic.substr(0, slash), topic.substr(slash + 1)};
}

/// The account whose presence a topic tells.
inline std::optional<std::string_view> presence_of(std::string_view topic) {
  const std::string prefix = std::string(root) + "on/";
  if (topic.substr(0, prefix.size()) != prefix) return std::nullopt;
  return topic.substr(prefix.size());
}

}  // namespace trtc::topic
