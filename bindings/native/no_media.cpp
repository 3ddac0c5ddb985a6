#include "native/no_media.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <variant>

namespace trtc::native {
namespace {

constexpr std::string_view session =
    "v=0\r\n"
    "o=- 0 0 IN IP4 127.0.0.1\r\n"
    "s=-\r\n"
    "t=0 0\r\n";

std::string rejected(std::string_view kind, std::string_view protocol, std::string_view format,
                     std::string_view mid) {
  std::string out = "m=";
  out.append(kind).append(" 0 ").append(protocol).append(" ").append(format).append("\r\n");
  out += "c=IN IP4 0.0.0.0\r\n";
  if (!mid.empty()) out.append("a=mid:").append(mid).append("\r\n");
  return out + "a=inactive\r\n";
}

std::string inactive(std::string_view kind, std::string_view format, std::string_view mid) {
  std::string out = "m=";
  out.append(kind).append(" 9 UDP/TLS/RTP/SAVPF ").append(format);
  out += "\r\nc=IN IP4 0.0.0.0\r\na=mid:";
  out += mid;
  out +=
      "\r\na=inactive\r\na=rtcp-mux\r\na=ice-ufrag:none\r\na=ice-pwd:nobodycanconnecttothis\r\na=setup:"
      "actpass\r\n";
  out += "a=fingerprint:sha-256 00";
  for (int i = 1; i < 32; ++i) out += ":00";
  return out + "\r\n";
}

/// Browsers take no offer without a bundle, so the streams are there, inactive. They lead nowhere: there are
/// no candidates, and no certificate has this fingerprint.
std::string offer_of_nothing() {
  std::string out(session);
  out += "a=group:BUNDLE 0 1\r\n";
  out += inactive("audio", "111", "0") + "a=rtpmap:111 opus/48000/2\r\n";
  return out + inactive("video", "96", "1") + "a=rtpmap:96 VP8/90000\r\n";
}

/// The text up to `end`, which it takes away with `end`.
std::string_view take(std::string_view& text, std::string_view end) {
  const std::size_t at = text.find(end);
  const std::string_view taken = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + end.size());
  return taken;
}

/// Each stream of the offer in its place, rejected.
std::string answer_with_nothing(std::string_view offer) {
  std::string out(session);
  std::string_view stream, mid;
  const auto flush = [&] {
    if (stream.empty()) return;
    std::string_view rest = stream;
    const std::string_view kind = take(rest, " ");
    take(rest, " ");  // the port
    const std::string_view protocol = take(rest, " ");
    out += rejected(kind, protocol, take(rest, " "), mid);
  };
  while (!offer.empty()) {
    std::string_view line = take(offer, "\n");
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.starts_with("m=")) {
      flush();
      stream = line.substr(2), mid = {};
    } else if (line.starts_with("a=mid:")) {
      mid = line.substr(6);
    }
  }
  flush();
  return out;
}

}  // namespace

std::string NoMedia::filled(std::string sdp) const {
  constexpr std::string_view filling = "a=x-filling:";
  constexpr std::size_t longest = 200;
  while (sdp.size() + filling.size() + 2 < likeness_.description_bytes) {
    const std::size_t lacking = likeness_.description_bytes - sdp.size() - filling.size() - 2;
    sdp.append(filling).append(std::min(lacking, longest), 'x').append("\r\n");
  }
  return sdp;
}

template <class Created>
std::vector<Input> NoMedia::described(PeerId peer, NegotiationId negotiation, std::string sdp) const {
  std::vector<Input> out{Created{peer, negotiation, filled(std::move(sdp))}};
  if (!likeness_.candidates.empty()) out.push_back(input::CandidatesFound{peer, likeness_.candidates});
  return out;
}

std::vector<Input> NoMedia::answer(const Effect& effect) const {
  if (const auto* open = std::get_if<effect::OpenMedia>(&effect))
    return {input::MediaOpened{open->capture, false, false, false}};
  if (const auto* screen = std::get_if<effect::OpenScreen>(&effect))
    return {input::MediaFailed{screen->capture, MediaError::not_found, "no screen"}};
  if (const auto* offer = std::get_if<effect::CreateOffer>(&effect))
    return described<input::OfferCreated>(offer->peer, offer->negotiation, offer_of_nothing());
  // Nothing has to be connected, so nothing is missing.
  if (const auto* answer = std::get_if<effect::CreateAnswer>(&effect)) {
    auto out =
        described<input::AnswerCreated>(answer->peer, answer->negotiation, answer_with_nothing(answer->sdp));
    out.push_back(input::ConnectionChanged{answer->peer, ConnectionState::connected});
    return out;
  }
  if (const auto* applied = std::get_if<effect::ApplyAnswer>(&effect))
    return {input::ConnectionChanged{applied->peer, ConnectionState::connected}};
  return {};
}

}  // namespace trtc::native
