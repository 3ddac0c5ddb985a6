// Which strings may travel as MQTT text. The same rules bind us when sending and the broker when delivering.
#pragma once

#include <string_view>

namespace trtc::mqtt {

/// At most 65535 bytes of well-formed UTF-8 without surrogates or U+0000 [MQTT-1.5.3-1, MQTT-1.5.3-2].
bool is_text(std::string_view text);

/// What a PUBLISH may carry: text, at least one character, no wildcard [MQTT-4.7.3-1, MQTT-3.3.2-2].
bool is_topic_name(std::string_view topic);

/// What a SUBSCRIBE may carry: wildcards fill whole levels, `#` only the last [MQTT-4.7.1-2, MQTT-4.7.1-3].
bool is_topic_filter(std::string_view filter);

}  // namespace trtc::mqtt
