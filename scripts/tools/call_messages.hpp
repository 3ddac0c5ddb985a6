// In which circumstances messages of our call are tried: from its other side, from another session of that
// user, late.
#pragma once

#include <initializer_list>
#include <string>
#include <utility>

#include "call_arrivals.hpp"

namespace trtc::tools {

template <class Message>
Mail<Message> heard(Message message, const SessionId& session = sample::session,
                    std::uint32_t seq = sample::seq + 1) {
  return {sample::other, session, seq, std::move(message)};
}
template <class Message>
Mail<Message> from_stranger(Message message) {
  return {sample::stranger, sample::strange_session, 1, std::move(message)};
}

/// From the right one, from another session of that user, and from somebody else.
template <class Message>
CallVariants<call::Heard<Message>> by_senders(const Message& message, const std::string& when = {}) {
  return {always(when, heard(message)),
          always("from another session", heard(message, sample::second_session)),
          always("from somebody else", from_stranger(message))};
}

template <class Message>
CallVariants<call::Heard<Message>> also(CallVariants<call::Heard<Message>> first,
                                        CallVariants<call::Heard<Message>> more) {
  first.insert(first.end(), more.begin(), more.end());
  return first;
}

inline CallVariants<call::Heard<message::Invite>> call_variants(Tag<call::Heard<message::Invite>>) {
  message::Invite forged = sample::invite();
  forged.pass = sample::nonce;
  return also(by_senders(sample::invite()),
              {where("of our call, from another member", in<call::InCall>, from_newcomer(sample::invite())),
               where("of our call, without its pass", in<call::InCall>, from_newcomer(forged))});
}
inline CallVariants<call::Heard<message::Ringing>> call_variants(Tag<call::Heard<message::Ringing>>) {
  return by_senders(message::Ringing{});
}

inline CallVariants<call::Heard<message::Accept>> call_variants(Tag<call::Heard<message::Accept>>) {
  const message::Accept accept{{{true, true, false}, {}}};
  const auto second_answered = [](CallStage& stage) {
    if (!two_sessions_ring(stage)) return false;
    stage.link()->session = sample::second_session;
    stage.link()->phase = call::Link::Phase::stable;
    return true;
  };
  return also(by_senders(accept),
              {where("two sessions ring", two_sessions_ring, heard(accept)),
               where("two sessions ring, the other one's answer came first", second_answered, heard(accept)),
               where("from one who has asked", invitee_asked, from_stranger(accept))});
}

inline CallVariants<call::Heard<message::Confirm>> call_variants(Tag<call::Heard<message::Confirm>>) {
  const message::Hello hello{{true, true, false}, {}};
  const message::Confirm confirm{hello, MediaType::video, 0, {}};
  const message::Confirm of_many{hello, MediaType::video, 0, {{sample::dave, sample::daves_session}}};
  const message::Confirm of_more{hello, MediaType::video, 0, {{sample::frank, sample::franks_session}}};
  const message::Confirm switched{hello, MediaType::audio, 1, {}};
  const auto overtaken = [](CallStage& stage) {
    auto* const state = std::get_if<call::Joining>(&stage.state);
    if (state == nullptr) return false;
    state->foretold = {sample::session, sample::seq + 2, {true, false, false}};
    return true;
  };
  return also(by_senders(confirm), {where("overtaken by a State without picture", overtaken, heard(confirm)),
                                    where("with other members", in<call::Joining>, heard(of_many)),
                                    where("of an audio call by now", in<call::Joining>, heard(switched)),
                                    where("a newcomer has knocked", frank_knocks, heard(confirm)),
                                    where("naming a further member", in<call::InCall>, heard(of_more)),
                                    where("from one whom we have greeted", greets, from_greeted(of_many))});
}

inline CallVariants<call::Heard<message::Reject>> call_variants(Tag<call::Heard<message::Reject>>) {
  using enum CancelReason;
  const auto concerned = in<call::InCall>;
  return also(by_senders(message::Reject{rejected}),
              {where("busy", concerned, heard(message::Reject{busy})),
               where("no_answer", concerned, heard(message::Reject{no_answer})),
               where("unreachable", concerned, heard(message::Reject{unreachable})),
               where("failed", concerned, heard(message::Reject{failed})),
               where("two sessions ring", two_sessions_ring, heard(message::Reject{rejected})),
               where("from one who has asked", invitee_asked, from_stranger(message::Reject{busy}))});
}

/// The end of the invitation, for the given reasons.
template <class Message>
CallVariants<call::Heard<Message>> endings(std::initializer_list<CancelReason> others) {
  const auto rings = in<call::Ringing, call::Answering, call::Joining>;
  CallVariants<call::Heard<Message>> all = by_senders(Message{CancelReason::cancelled}, "cancelled");
  for (const CancelReason reason : others)
    all.push_back(where(word_of(reason), rings, heard(Message{reason})));
  return all;
}
inline CallVariants<call::Heard<message::Cancel>> call_variants(Tag<call::Heard<message::Cancel>>) {
  using enum CancelReason;
  return also(
      endings<message::Cancel>({no_answer, answered_elsewhere, rejected_elsewhere}),
      {where("one too many, from one whom we have greeted", greets, from_greeted(message::Cancel{busy}))});
}
inline CallVariants<call::Heard<message::Ended>> call_variants(Tag<call::Heard<message::Ended>>) {
  using enum CancelReason;
  const auto late = heard(message::Ended{}, sample::session, sample::seq - 1);
  return also(endings<message::Ended>({no_answer, rejected, failed}),
              {where("late, from before the confirm", in<call::InCall>, late),
               where("from one whom we have greeted", greets, from_greeted(message::Ended{}))});
}

/// The offerer waits for an answer; the answerer has answered.
inline bool negotiating(CallStage& stage) {
  if (stage.link() == nullptr) return true;
  using Phase = call::Link::Phase;
  if (!stage.is<call::Offering>())
    stage.link()->phase = stage.inviter() ? Phase::awaiting_answer : Phase::stable;
  return true;
}
inline bool offers(CallStage& stage) { return negotiating(stage) && stage.inviter(); }
inline bool is_offered(CallStage& stage) { return negotiating(stage) && !stage.inviter(); }

inline CallVariants<call::Heard<message::Description>> call_variants(Tag<call::Heard<message::Description>>) {
  const message::Description answer{true, sample::exchange, false, "v=0 answer"};
  const message::Description early{true, sample::exchange - 1, false, "v=0 answer"};
  const message::Description restart{false, sample::exchange + 1, false, "v=0 offer"};
  const message::Description rebuilt{false, sample::exchange + 1, true, "v=0 offer"};
  const message::Description known{false, sample::exchange, false, "v=0 offer"};
  return {where("the answer", offers, heard(answer)),
          where("the answer, from another session", offers, heard(answer, sample::second_session)),
          where("an answer of an earlier exchange", offers, heard(early)),
          where("an offer: ICE restart", is_offered, heard(restart)),
          where("an offer: new connection", is_offered, heard(rebuilt)),
          where("an offer that is known", is_offered, heard(known)),
          where("an offer, from another session", is_offered, heard(restart, sample::second_session)),
          always("from somebody else", from_stranger(restart)),
          where("the first offer of one whom we have greeted", greets, from_greeted(rebuilt))};
}

inline CallVariants<call::Heard<message::Candidates>> call_variants(Tag<call::Heard<message::Candidates>>) {
  const auto of = [](std::uint32_t exchange) {
    return message::Candidates{exchange, {{"candidate:3", "0", 0, "ufrag"}}};
  };
  return also(by_senders(of(sample::exchange)),
              {always("ahead of their description", heard(of(sample::exchange + 1))),
               always("of an earlier exchange", heard(of(sample::exchange - 1))),
               where("from one whom we have greeted, ahead of its offer", greets, from_greeted(of(1)))});
}

inline CallVariants<call::Heard<message::Restart>> call_variants(Tag<call::Heard<message::Restart>>) {
  const message::Restart restart{sample::exchange, false};
  const auto renewing = [](CallStage& stage) { return stage.is<call::InCall>() && making(stage); };
  return also(by_senders(restart),
              {always("with a new connection", heard(message::Restart{sample::exchange, true})),
               always("of an earlier exchange", heard(message::Restart{sample::exchange - 1, false})),
               where("an offer is being made", renewing, heard(restart))});
}

inline CallVariants<call::Heard<message::State>> call_variants(Tag<call::Heard<message::State>>) {
  const auto old = heard(message::State{{false, false, false}}, sample::session, sample::seq - 1);
  return also(by_senders(message::State{{true, false, false}}, "picture off"),
              {always("both off", heard(message::State{})), where("late", in<call::InCall>, old),
               where("from one whom we have greeted", greets, from_greeted(message::State{}))});
}

inline CallVariants<call::Heard<message::Join>> call_variants(Tag<call::Heard<message::Join>>) {
  const message::Join join{{{true, true, false}, {}}, sample::pass};
  const message::Join forged{{{true, true, false}, {}}, sample::nonce};
  return also(by_senders(join),
              {always("from a newcomer", from_newcomer(join)),
               always("from a newcomer without the call's pass", from_newcomer(forged)),
               where("from a newcomer, and there is no room", is_crowded, from_newcomer(join)),
               where("from one whom we have greeted", greets, from_greeted(join)),
               where("from another session, the one we know has said goodbye", member_said_goodbye,
                     heard(join, sample::second_session))});
}
inline CallVariants<call::Heard<message::Roster>> call_variants(Tag<call::Heard<message::Roster>>) {
  const message::Roster news{{{sample::frank, RosterStatus::rejected}, {sample::dave, RosterStatus::left}}};
  const message::Roster foreign{{{sample::stranger, RosterStatus::rejected}}};
  return also(by_senders(news), {where("of somebody whom we have invited", greets, heard(foreign))});
}
inline CallVariants<call::Heard<message::MediaSwitch>> call_variants(Tag<call::Heard<message::MediaSwitch>>) {
  const auto switched_before = [](CallStage& stage) {
    const call::MediaVersion newer{2, sample::self};
    if (stage.in_call() != nullptr) stage.in_call()->media = newer;
    if (stage.invitation() != nullptr) stage.invitation()->media = newer;
    return stage.in_call() != nullptr || stage.invitation() != nullptr;
  };
  return also(by_senders(message::MediaSwitch{MediaType::audio, 1}, "to audio"),
              {where("to video", audio_call, heard(message::MediaSwitch{MediaType::video, 1})),
               where("an older one", switched_before, heard(message::MediaSwitch{MediaType::audio, 1}))});
}

inline CallVariants<call::Heard<message::Leave>> call_variants(Tag<call::Heard<message::Leave>>) {
  const auto old = heard(message::Leave{30}, sample::session, sample::seq - 1);
  return also(by_senders(message::Leave{30}),
              {where("late, from before the confirm", in<call::InCall>, old),
               where("the last one, while somebody rings", alone_but_for_ringing, heard(message::Leave{30})),
               where("from one whom we have greeted", greets, from_greeted(message::Leave{30}))});
}

}  // namespace trtc::tools
