// What a cell asks for, in a word or two each: the name of the command, and in brackets what sets it apart.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "call/command.hpp"
#include "error.hpp"
#include "names.hpp"
#include "samples.hpp"
#include "session/state.hpp"
#include "words.hpp"

namespace trtc::tools {

inline std::string joined(const std::vector<std::string>& parts, const char* between = ", ") {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : between) + part;
  return text;
}

inline std::string with(std::string name, const std::vector<std::string>& details) {
  return details.empty() ? name : name + '(' + joined(details) + ')';
}

/// The promise, where it is not that of the input itself.
inline std::vector<std::string> promise(OpId op) {
  static const std::map<OpId, std::string> others{
      {sample::op_of_call, "call()"},         {sample::op_of_waiting, "*waiting*"},
      {sample::op_of_camera, "openCamera()"}, {sample::op_of_screen, "startScreenShare()"},
      {sample::op_of_switch, "switch…()"},    {sample::op_of_seek, "joinInGroupCall()"},
      {sample::op_of_login, "login()"}};
  const auto at = others.find(op);
  return at == others.end() ? std::vector<std::string>{} : std::vector{at->second};
}

inline std::string word_of(CancelReason reason) {
  return std::string(wire::word(wire::cancel_reasons, reason));
}
inline std::string name_of_error(ErrorCode code) { return std::string(describe(code).name); }

struct EffectText {
  template <class Plain>
  std::string operator()(const Plain&) const {
    return name_of<Plain>();
  }
  std::string operator()(const effect::OpenMedia& e) const {
    std::vector<std::string> devices;
    if (e.microphone) devices.emplace_back("microphone");
    if (e.camera) devices.emplace_back("camera");
    return with("OpenMedia", devices);
  }
  std::string operator()(const effect::MuteMicrophone& e) const {
    return with("MuteMicrophone", {e.muted ? "muted" : "open"});
  }
  std::string operator()(const effect::CreateOffer& e) const {
    return e.ice_restart ? "CreateOffer(ICE restart)" : "CreateOffer";
  }
  std::string operator()(const effect::Done& e) const {
    std::vector<std::string> details = promise(e.op);
    if (const auto* toggled = std::get_if<effect::Toggled>(&e.result)) {
      details.emplace_back(toggled->done ? "true" : "false");
    } else if (const auto* in = std::get_if<effect::LoggedIn>(&e.result); in != nullptr && in->repeated) {
      details.emplace_back("LoggedIn repeated");
    } else if (!std::holds_alternative<effect::Nothing>(e.result)) {
      details.push_back(name_of_value(e.result));
    }
    return with("Done", details);
  }
  std::string operator()(const effect::Failed& e) const {
    std::vector<std::string> details = promise(e.op);
    details.push_back(name_of_error(e.error.code));
    return with("Failed", details);
  }
  std::string operator()(const effect::VideoAvailable& e) const {
    return with("VideoAvailable", {e.available ? "yes" : "no"});
  }
  std::string operator()(const effect::AudioAvailable& e) const {
    return with("AudioAvailable", {e.available ? "yes" : "no"});
  }
  std::string operator()(const effect::ScreenAvailable& e) const {
    return with("ScreenAvailable", {e.available ? "yes" : "no"});
  }
  std::string operator()(const effect::MediaTypeChanged& e) const {
    return with("MediaTypeChanged", {std::string(wire::word(wire::media_types, e.call.media))});
  }
  std::string operator()(const effect::LimitVideo& e) const {
    return with("LimitVideo", {std::to_string(e.bitrate) + " kbit/s"});
  }
  std::string operator()(const effect::CallCancelled& e) const {
    return with("CallCancelled", e.told ? std::vector{word_of(e.reason), std::string("told")}
                                        : std::vector{word_of(e.reason)});
  }
  std::string operator()(const effect::SignalingChanged& e) const {
    return with("SignalingChanged", {e.connected ? "connected" : "gone"});
  }
  std::string operator()(const effect::UserConnectionChanged& e) const {
    return with("UserConnectionChanged", {std::string(wire::word(wire::connection_states, e.state))});
  }
  std::string operator()(const effect::Errored& e) const {
    return with("Errored", {name_of_error(e.error.code)});
  }
  std::string operator()(const effect::Ignored& e) const { return with("Ignored", {e.why}); }
};

inline std::string text_of(const Effect& effect) { return std::visit(EffectText{}, effect); }

inline std::string text_of(Sending sending) {
  if (!sending.audio && !sending.video) return " silent";
  return std::string(sending.audio ? " audio" : "") + (sending.video ? " video" : "") +
         (sending.screen ? " screen" : "");
}

template <class Line>
std::string text_of(const std::vector<Line>& roster) {
  std::string text;
  for (const Line& entry : roster)
    text += ' ' + entry.user.text + ':' + std::string(wire::word(wire::roster_statuses, entry.status));
  return text;
}

struct MessageText {
  template <class Plain>
  std::string operator()(const Plain&) const {
    return name_of<Plain>();
  }
  std::string operator()(const message::Accept& m) const { return "Accept" + text_of(m.hello.sending); }
  std::string operator()(const message::Confirm& m) const {
    return "Confirm" + text_of(m.hello.sending) + (m.members.empty() ? "" : " and members");
  }
  std::string operator()(const message::Join& m) const { return "Join" + text_of(m.hello.sending); }
  std::string operator()(const message::MediaSwitch& m) const {
    return "MediaSwitch " + std::string(wire::word(wire::media_types, m.media));
  }
  std::string operator()(const message::Roster& m) const { return "Roster" + text_of(m.list); }
  std::string operator()(const message::Leave& m) const {
    return std::string("Leave") + (m.members.empty() ? "" : " and members");
  }
  std::string operator()(const message::State& m) const { return "State" + text_of(m.sending); }
  std::string operator()(const message::Reject& m) const { return "Reject " + word_of(m.reason); }
  std::string operator()(const message::Cancel& m) const { return "Cancel " + word_of(m.reason); }
  std::string operator()(const message::Ended& m) const { return "Ended " + word_of(m.reason); }
  std::string operator()(const message::Description& m) const { return m.answer ? "answer" : "offer"; }
  std::string operator()(const message::Restart& m) const { return m.fresh ? "Restart fresh" : "Restart"; }
};

struct CallCommandText {
  std::string operator()(const Effect& effect) const { return text_of(effect); }
  std::string operator()(const call::Send& command) const {
    std::vector<std::string> details{std::visit(MessageText{}, command.letter.body)};
    if (command.letter.session.empty()) details.emplace_back("all sessions");
    if (command.letter.session == sample::second_session) details.emplace_back("second session");
    if (command.letter.to != sample::other) details.push_back("to " + command.letter.to.text);
    return with("Send", details);
  }
  std::string operator()(const call::Remember& command) const {
    return with("Remember", {word_of(command.past.reason)});
  }
  std::string operator()(const call::SendToGroup&) const { return "SendToGroup(Invite)"; }
  std::string operator()(const call::SaySeek&) const { return "SaySeek"; }
  std::string operator()(const call::DropCall&) const { return "DropCall"; }
  std::string operator()(const call::DropInvites&) const { return "DropInvites"; }
};

struct SessionCommandText {
  std::string operator()(const Effect& effect) const { return text_of(effect); }
  std::string operator()(const session::Connect&) const { return "Connect"; }
  std::string operator()(const session::Disconnect& command) const {
    return with("Disconnect", {command.clean ? "goodbye" : "silently"});
  }
  std::string operator()(const session::SayClaim& command) const {
    static const std::vector<std::string> phases{"login", "resume", "settled"};
    return with("SayClaim", {phases[static_cast<std::size_t>(command.claim.phase)] + ' ' +
                             std::to_string(command.claim.epoch)});
  }
  std::string operator()(const session::SayHere&) const { return "SayHere"; }
  std::string operator()(const session::EndCall& command) const {
    return with("EndCall", command.page_closed
                               ? std::vector{word_of(command.reason), std::string("page closed")}
                               : std::vector{word_of(command.reason)});
  }
};

}  // namespace trtc::tools
