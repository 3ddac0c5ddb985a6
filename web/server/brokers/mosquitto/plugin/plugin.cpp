// A plugin for Mosquitto 2: lets in whoever has a UserSig, and enforces the topics of protocol section 2. One
// option, plugin_opt_config: the settings file of trtc-calling-server.
#include <mosquitto.h>
#include <mosquitto_broker.h>
#include <mosquitto_plugin.h>

#include <ctime>
#include <fstream>
#include <memory>
#include <sstream>

#include "rules.hpp"
#include "sessions.hpp"
#include "usersig.hpp"

namespace trtc::broker {
namespace {

struct Plugin {
  mosquitto_plugin_id_t* id = nullptr;
  std::string path;  ///< of the settings file: 2.0.11 does not repeat the options at a reload
  Settings settings;
  Sessions sessions;
};

std::uint64_t seconds_now() { return static_cast<std::uint64_t>(std::time(nullptr)); }

std::string_view view(const char* text) { return text ? text : ""; }

int refuse(std::string_view why) {
  mosquitto_log_printf(MOSQ_LOG_NOTICE, "trtc: login refused: %.*s", static_cast<int>(why.size()),
                       why.data());
  return MOSQ_ERR_AUTH;
}

int on_login(int, void* data, void* self) {
  auto& login = *static_cast<mosquitto_evt_basic_auth*>(data);
  auto& plugin = *static_cast<Plugin*>(self);
  const auto member = member_of(plugin.settings, view(login.username));
  if (!member) return refuse("malformed user name, or unknown application");
  const auto& keys = plugin.settings.apps.at(member->app);
  const std::uint64_t skew = plugin.settings.clock_skew;
  const Verdict verdict =
      verify_user_sig(view(login.password), member->app, member->user.text, keys, seconds_now(), skew);
  if (verdict.kind != Verdict::Kind::genuine) return refuse(words_of(verdict.kind));
  // Another account's client id would end that account's connection.
  const std::string_view client_id = view(mosquitto_client_id(login.client));
  if (!owns_client_id(*member, client_id)) return refuse("client id not allowed");
  plugin.sessions.opened(login.client, std::string(client_id), verdict.expires_at + skew);
  return MOSQ_ERR_SUCCESS;
}

bool allows(const Settings& settings, const Member& member, const mosquitto_evt_acl_check& check) {
  switch (check.access) {
    case MOSQ_ACL_SUBSCRIBE:
      return may_subscribe(settings, member, view(check.topic));
    // Retained messages and QoS 2: nobody needs them.
    case MOSQ_ACL_WRITE:
      return !check.retain && check.qos < 2 && may_publish(settings, member, view(check.topic));
    case MOSQ_ACL_READ:
      return may_read(settings, member, view(check.topic));
    case MOSQ_ACL_UNSUBSCRIBE:
      return true;
    default:
      return false;
  }
}

int on_topic(int, void* data, void* self) {
  const auto& check = *static_cast<mosquitto_evt_acl_check*>(data);
  const auto& plugin = *static_cast<Plugin*>(self);
  const auto member = member_of(plugin.settings, view(mosquitto_client_username(check.client)));
  return member && allows(plugin.settings, *member, check) ? MOSQ_ERR_SUCCESS : MOSQ_ERR_ACL_DENIED;
}

int on_disconnect(int, void* data, void* self) {
  static_cast<Plugin*>(self)->sessions.closed(static_cast<mosquitto_evt_disconnect*>(data)->client);
  return MOSQ_ERR_SUCCESS;
}

/// Called a few times a second. The client comes back with another UserSig, or is refused.
int on_tick(int, void*, void* self) {
  for (const std::string& client_id : static_cast<Plugin*>(self)->sessions.ended(seconds_now()))
    mosquitto_kick_client_by_clientid(client_id.c_str(), false);
  return MOSQ_ERR_SUCCESS;
}

std::optional<Settings> load(const std::string& path) {
  std::string problem = "the settings file cannot be read by the broker's user";
  std::ifstream file(path);
  std::ostringstream text;
  if (file) text << file.rdbuf();
  auto settings = file ? read_settings(text.str(), problem) : std::nullopt;
  if (!settings) mosquitto_log_printf(MOSQ_LOG_ERR, "trtc: %s", problem.c_str());
  return settings;
}

std::string path_of(const mosquitto_opt* options, int count) {
  for (int i = 0; i < count; ++i)
    if (view(options[i].key) == "config") return std::string(view(options[i].value));
  return {};
}

/// After SIGHUP. What works is kept.
int on_reload(int, void*, void* self) {
  auto& plugin = *static_cast<Plugin*>(self);
  auto settings = load(plugin.path);
  if (!settings) return MOSQ_ERR_SUCCESS;
  plugin.settings = std::move(*settings);
  mosquitto_log_printf(MOSQ_LOG_NOTICE, "trtc: settings read again, applications: %zu",
                       plugin.settings.apps.size());
  return MOSQ_ERR_SUCCESS;
}

struct Hook {
  int event;
  MOSQ_FUNC_generic_callback callback;
};
constexpr Hook hooks[] = {
    {MOSQ_EVT_BASIC_AUTH, on_login}, {MOSQ_EVT_ACL_CHECK, on_topic}, {MOSQ_EVT_DISCONNECT, on_disconnect},
    {MOSQ_EVT_TICK, on_tick},        {MOSQ_EVT_RELOAD, on_reload},
};

}  // namespace
}  // namespace trtc::broker

using trtc::broker::Plugin;

extern "C" int mosquitto_plugin_version(int count, const int* versions) {
  for (int i = 0; i < count; ++i)
    if (versions[i] == 5) return 5;
  return -1;
}

extern "C" int mosquitto_plugin_init(mosquitto_plugin_id_t* id, void** self, mosquitto_opt* options,
                                     int count) {
  const std::string path = trtc::broker::path_of(options, count);
  if (path.empty()) {
    mosquitto_log_printf(MOSQ_LOG_ERR,
                         "trtc: plugin_opt_config has to name the settings file of trtc-calling-server");
    return MOSQ_ERR_INVAL;
  }
  auto settings = trtc::broker::load(path);
  if (!settings) return MOSQ_ERR_INVAL;
  auto plugin = std::make_unique<Plugin>(Plugin{id, path, std::move(*settings), {}});
  for (const auto& [event, callback] : trtc::broker::hooks) {
    const int result = mosquitto_callback_register(id, event, callback, nullptr, plugin.get());
    if (result != MOSQ_ERR_SUCCESS) return result;
  }
  *self = plugin.release();
  return MOSQ_ERR_SUCCESS;
}

extern "C" int mosquitto_plugin_cleanup(void* self, mosquitto_opt*, int) {
  const std::unique_ptr<Plugin> plugin(static_cast<Plugin*>(self));
  if (!plugin) return MOSQ_ERR_SUCCESS;
  for (const auto& [event, callback] : trtc::broker::hooks)
    mosquitto_callback_unregister(plugin->id, event, callback, nullptr);
  return MOSQ_ERR_SUCCESS;
}
