#include "rules.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "json_tree.hpp"
#include "signaling/account.hpp"

namespace trtc::broker {
namespace {

constexpr std::string_view root = "trtc/v1/";
/// Longer than any legitimate topic.
constexpr std::size_t longest_topic = 512;

/// A topic below `root`: two levels or three.
struct Levels {
  std::string_view kind;
  std::string_view first;
  std::optional<std::string_view> last;
};

std::optional<Levels> split(std::string_view topic) {
  if (topic.size() > longest_topic || topic.substr(0, root.size()) != root) return std::nullopt;
  topic.remove_prefix(root.size());
  std::array<std::string_view, 3> levels;
  std::size_t count = 0;
  for (;;) {
    const std::size_t slash = topic.find('/');
    if (count == levels.size()) return std::nullopt;
    levels[count++] = topic.substr(0, slash);
    if (slash == std::string_view::npos) break;
    topic.remove_prefix(slash + 1);
  }
  if (count < 2) return std::nullopt;
  return Levels{levels[0], levels[1], count == 3 ? std::optional(levels[2]) : std::nullopt};
}

bool of_same_app(const Member& member, std::string_view account) {
  return user_of(member.app, account).has_value();
}

bool in_group(const Settings& settings, const Member& member, std::string_view level) {
  const auto group = group_of(member.app, level);
  if (!group) return false;
  if (!settings.groups) return true;
  const auto found = settings.groups->find(*group);
  return found != settings.groups->end() && found->second.count(member.user.text) > 0;
}

/// Rows of the table in protocol section 2 whose last level is `last`.
bool may_hear(const Settings& settings, const Member& member, const Levels& topic, bool last_is_right) {
  if (topic.kind == "in") return last_is_right && topic.first == member.account.text;
  if (topic.kind == "on") return !topic.last && of_same_app(member, topic.first);
  return topic.kind == "group" && last_is_right && in_group(settings, member, topic.first);
}

std::optional<std::uint32_t> app_id(std::string_view text) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool canonical =
      error == std::errc() && end == text.data() + text.size() && std::to_string(number) == text;
  if (!canonical) return std::nullopt;
  return number;
}

/// A key, a list of keys, or keys by name.
std::optional<std::vector<std::string>> keys_of(const Json& value) {
  if (value.is(Json::Kind::text)) return std::vector{value.text};
  if (!value.is(Json::Kind::array) && !value.is(Json::Kind::object)) return std::nullopt;
  std::vector<std::string> keys;
  for (const auto& member : value.members) {
    if (!member.value.is(Json::Kind::text)) return std::nullopt;
    keys.push_back(member.value.text);
  }
  return keys;
}

bool read_apps(const Json* apps, Settings& settings) {
  if (!apps || !apps->is(Json::Kind::object) || apps->members.empty()) return false;
  for (const auto& [name, value] : apps->members) {
    const auto app = app_id(name);
    const auto keys = keys_of(value);
    if (!app || !keys || keys->empty() ||
        std::any_of(keys->begin(), keys->end(), [](auto& key) { return key.empty(); }))
      return false;
    settings.apps[*app] = *keys;
  }
  return true;
}

bool read_groups(const Json* groups, Settings& settings) {
  if (!groups || (groups->is(Json::Kind::text) && groups->text == "open")) return true;
  if (!groups->is(Json::Kind::object)) return false;
  settings.groups.emplace();
  for (const auto& [group, users] : groups->members) {
    if (!users.is(Json::Kind::array) || !is_group_id(group)) return false;
    auto& members = (*settings.groups)[group];
    for (const auto& user : users.members) {
      if (!user.value.is(Json::Kind::text) || !is_user_id(user.value.text)) return false;
      members.insert(user.value.text);
    }
  }
  return true;
}

bool read_skew(const Json* skew, Settings& settings) {
  if (!skew) return true;
  if (!skew->is(Json::Kind::number) || skew->number > 3600) return false;
  settings.clock_skew = skew->number;
  return true;
}

}  // namespace

std::optional<Settings> read_settings(std::string_view text, std::string& problem) {
  const auto json = parse_json(text, 8);
  Settings settings;
  if (!json || !json->is(Json::Kind::object)) {
    problem = "the file is not a JSON object";
  } else if (!read_apps(json->find("apps"), settings)) {
    problem =
        "apps has to be an object like {\"1400000001\": \"<key>\"} or {\"1400000001\": [\"<new>\", "
        "\"<old>\"]}";
  } else if (!read_groups(json->find("groups"), settings)) {
    problem = "groups has to be \"open\" or an object of group ids and lists of user ids";
  } else if (!read_skew(json->find("clockSkewSeconds"), settings)) {
    problem = "clockSkewSeconds has to be a whole number from 0 to 3600";
  } else {
    return settings;
  }
  return std::nullopt;
}

std::optional<Member> member_of(const Settings& settings, std::string_view user_name) {
  const auto app = app_id(user_name.substr(0, user_name.find('_')));
  if (!app || !settings.apps.count(*app)) return std::nullopt;
  auto user = user_of(*app, user_name);
  if (!user) return std::nullopt;
  return Member{*app, std::move(*user), Account(std::string(user_name))};
}

bool owns_client_id(const Member& member, std::string_view client_id) {
  const std::string prefix = member.account.text + '_';
  if (client_id.size() != prefix.size() + 32 || client_id.substr(0, prefix.size()) != prefix) return false;
  client_id.remove_prefix(prefix.size());
  return client_id.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool may_publish(const Settings& settings, const Member& member, std::string_view topic) {
  const auto levels = split(topic);
  if (!levels) return false;
  const bool as_itself = levels->last == member.account.text;
  if (levels->kind == "in") return as_itself && of_same_app(member, levels->first);
  if (levels->kind == "on") return !levels->last && levels->first == member.account.text;
  return levels->kind == "group" && as_itself && in_group(settings, member, levels->first);
}

bool may_subscribe(const Settings& settings, const Member& member, std::string_view filter) {
  const auto levels = split(filter);
  return levels && may_hear(settings, member, *levels, levels->last == "+");
}

bool may_read(const Settings& settings, const Member& member, std::string_view topic) {
  const auto levels = split(topic);
  return levels && may_hear(settings, member, *levels, levels->last && of_same_app(member, *levels->last));
}

}  // namespace trtc::broker
