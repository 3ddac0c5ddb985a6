// A host without media: what the other side is told.
#include "native/no_media.hpp"

#include <doctest/doctest.h>

#include <string>
#include <variant>

using namespace trtc;
using native::NoMedia;

namespace {

const std::string browsers_offer =
    "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE audio v1\r\n"
    "m=audio 9 UDP/TLS/RTP/SAVPF 111 63\r\nc=IN IP4 0.0.0.0\r\na=mid:audio\r\na=sendrecv\r\n"
    "m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=sendrecv\r\na=mid:v1\r\n";

const std::string session_part = "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";

}  // namespace

TEST_CASE("no device opens, so nothing is said to be sent") {
  const auto reports = NoMedia().answer(effect::OpenMedia{{7}, true, true, {}});
  REQUIRE(reports.size() == 1);
  const auto& opened = std::get<input::MediaOpened>(reports[0]);
  CHECK(opened.capture == CaptureId{7});
  CHECK_FALSE(opened.microphone);
  CHECK_FALSE(opened.camera);
  CHECK_FALSE(opened.camera_failed);
}

TEST_CASE("the answer has each stream of the offer in its place, with its mid, and rejects it") {
  const auto reports = NoMedia().answer(effect::CreateAnswer{{1}, {2}, browsers_offer});
  REQUIRE(reports.size() == 2);
  const auto& created = std::get<input::AnswerCreated>(reports[0]);
  CHECK(created.peer == PeerId{1});
  CHECK(created.negotiation == NegotiationId{2});
  CHECK(created.sdp ==
        session_part +
            "m=audio 0 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\na=mid:audio\r\na=inactive\r\n"
            "m=video 0 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\na=mid:v1\r\na=inactive\r\n");
  CHECK(std::get<input::ConnectionChanged>(reports[1]).state == ConnectionState::connected);
}

TEST_CASE("the offer has one bundle of inactive streams and no way to reach them") {
  const auto reports = NoMedia().answer(effect::CreateOffer{{1}, {2}, false});
  REQUIRE(reports.size() == 1);
  const std::string& sdp = std::get<input::OfferCreated>(reports[0]).sdp;
  CHECK(sdp.starts_with(session_part + "a=group:BUNDLE 0 1\r\nm=audio 9 "));
  CHECK(sdp.find("m=video 9 ") != std::string::npos);
  CHECK(sdp.find("a=inactive") != sdp.rfind("a=inactive"));
  for (const char* const none : {"a=sendrecv", "a=sendonly", "a=recvonly", "a=candidate"})
    CHECK(sdp.find(none) == std::string::npos);
}

TEST_CASE("an offer that is no session description gets an answer without streams") {
  for (const char* const wrong : {"", "m=", "m=audio", "\r\n\r\nm=audio 9\r\n", "a=mid:0\r\n"}) {
    CAPTURE(wrong);
    const auto reports = NoMedia().answer(effect::CreateAnswer{{1}, {2}, wrong});
    CHECK(std::get<input::AnswerCreated>(reports[0]).sdp.starts_with(session_part));
  }
}

TEST_CASE("a likeness fills descriptions up and has candidates") {
  const NoMedia media({3000, {{"candidate:1", "0", 0, "u"}}});
  const auto reports = media.answer(effect::CreateOffer{{1}, {2}, false});
  REQUIRE(reports.size() == 2);
  const auto size = std::get<input::OfferCreated>(reports[0]).sdp.size();
  CHECK(size > 2980);
  CHECK(size <= 3000);
  CHECK(std::get<input::CandidatesFound>(reports[1]).candidates.size() == 1);
}
