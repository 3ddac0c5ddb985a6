#include "mqtt/text.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace trtc::mqtt;
using namespace std::string_literals;

TEST_CASE("text may hold any character of Unicode") {
  CHECK(is_text(""));
  CHECK(is_text("plain"));
  CHECK(is_text("\xC2\x80 \xDF\xBF"));
  CHECK(is_text("\xE0\xA0\x80 \xED\x9F\xBF \xEE\x80\x80 \xEF\xBF\xBF"));
  CHECK(is_text("\xF0\x90\x80\x80 \xF4\x8F\xBF\xBF"));
  CHECK(is_text("\xEF\xBB\xBF"));  // [MQTT-1.5.3-3]: U+FEFF is an ordinary character
}

TEST_CASE("text refuses NUL, surrogates, overlong forms and what lies beyond Unicode") {
  CHECK_FALSE(is_text("a\0b"s));
  CHECK_FALSE(is_text("\xED\xA0\x80"));
  CHECK_FALSE(is_text("\xED\xBF\xBF"));
  CHECK_FALSE(is_text("\xC0\x80"));
  CHECK_FALSE(is_text("\xC1\xBF"));
  CHECK_FALSE(is_text("\xE0\x9F\xBF"));
  CHECK_FALSE(is_text("\xF0\x8F\xBF\xBF"));
  CHECK_FALSE(is_text("\xF4\x90\x80\x80"));
  CHECK_FALSE(is_text("\xF5\x80\x80\x80"));
  CHECK_FALSE(is_text("\xFF"));
}

TEST_CASE("text refuses characters cut short and continuation bytes alone") {
  CHECK_FALSE(is_text("\x80"));
  CHECK_FALSE(is_text("\xC2"));
  CHECK_FALSE(is_text("\xE2\x82"));
  CHECK_FALSE(is_text("\xE2\x82g"));
  CHECK_FALSE(is_text("\xF0\x9F\x98"));
  CHECK_FALSE(is_text("\xF0\x9F\x98g"));
  CHECK_FALSE(is_text("\xC2g"));
}

TEST_CASE("text fits a two-byte length") {
  CHECK(is_text(std::string(65535, 'a')));
  CHECK_FALSE(is_text(std::string(65536, 'a')));
}

TEST_CASE("a topic name is text with at least one character and no wildcard") {
  CHECK(is_topic_name("/"));
  CHECK(is_topic_name("trtc/v1/in/1_b/1_a"));
  CHECK_FALSE(is_topic_name(""));
  CHECK_FALSE(is_topic_name("a/+/b"));
  CHECK_FALSE(is_topic_name("a/#"));
  CHECK_FALSE(is_topic_name("a+b"));
  CHECK_FALSE(is_topic_name("a\0"s));
  CHECK_FALSE(is_topic_name("\xFF"));
}

TEST_CASE("a topic filter has wildcards only as whole levels and # only at the end") {
  for (const char* filter : {"#", "+", "/", "a/#", "a/+/b", "+/+", "/+", "+/b/#", "a//b"}) {
    CAPTURE(filter);
    CHECK(is_topic_filter(filter));
  }
  for (const char* filter : {"", "a#", "a/#/b", "#/", "a+", "+a/b", "a/b+/c", "##", "++", "\xFF"}) {
    CAPTURE(filter);
    CHECK_FALSE(is_topic_filter(filter));
  }
  CHECK_FALSE(is_topic_filter("a\0b"s));
}
