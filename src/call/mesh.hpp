// A call of several: every two members have a connection of their own, and nobody is in charge of all.
//
//   newcomer                 inviter                another member
//      | accept ---------------> |                        |
//      | <--- confirm {members}  |  and an offer          |
//      | join ------------------------------------------> |
//      | <---------------------------------- confirm, and an offer
//
// Whoever was there first offers. Two newcomers that hear of each other at the same moment both say `join`;
// then the lower user id offers. A newcomer also greets whom a later confirm names, so that two who were
// invited by different members at the same time find each other. A greeting
// repeats the pass of the call, which is in every invitation: who only knows the call's id stays outside, and
// who was invited needs nobody to speak for it.
//
// A member whose list is full (most_others) turns the newcomer away, and whoever is turned away by one leaves
// the whole call: so two who are in a call have each other. Only a newcomer believes that it is one too many,
// hence no member can talk another one out of the call.
#pragma once

#include "call/state.hpp"

namespace trtc::call {

/// Each member sends its picture to each other one, so nobody invites to a call of eight.
inline constexpr std::size_t max_others = 7;
/// Several who invite in the same moment may make it more. They stay, up to here: nobody is in charge who
/// could say which of them is one too many. As many as one message names (codec.hpp, `bound::seats`).
inline constexpr std::size_t most_others = 15;

// ---- Who is where. ----

template <class Call, class Each>
void each_link(Call& state, Each each) {
  for (auto& invitee : state.invitees) {
    if (invitee.link) each(*invitee.link);
  }
  for (auto& member : state.members) each(member.link);
  for (auto& greeted : state.greeted) each(greeted.link);
}

Invitee* invitee_of(InCall& state, const UserId& user);
const Invitee* invitee_of(const InCall& state, const UserId& user);
const Member* member_of(const InCall& state, const UserId& user);
const Member* member_at(const InCall& state, const UserId& user, const SessionId& session);
Member* member_at(InCall& state, const UserId& user, const SessionId& session);
/// In the call with us, or on the way.
bool has_met(const InCall& state, const UserId& user);
/// The members, in what is said to one of them.
std::vector<message::Seat> seats(const InCall& state, const UserId& to = {});
/// How many would take part with `added`: they, we, those we have met, and whoever rings on anybody's behalf.
std::size_t participants(const InCall& state, const std::vector<UserId>& added);

// ---- Entering. ----

/// What a newcomer says of itself, and the message that says so.
struct Newcomer {
  UserId user;
  SessionId session;
  std::uint32_t seq = 0;
  message::Hello hello;
  Foretold foretold;  ///< what it said later, and came earlier
};

/// The two are members of the call now: what both sides tell their applications, in the order of section 5.1.
void enter(Context& context, InCall& state, const Newcomer& newcomer, Link link, bool invited, Commands& out);

/// The newcomer's own connection to us, which we offer; and our word, with whom else to greet.
Link offer_to(Context& context, const Newcomer& newcomer, Commands& out);
void confirm(Context& context, const InCall& state, const UserId& user, const SessionId& session,
             Commands& out);

/// Greets a member that others have named, unless we have met. False: there is no room for it. `entering`: it
/// was here before us, and may turn us away.
bool greet(Context& context, InCall& state, const message::Seat& seat, Commands& out, bool entering = false);
/// Whom a confirmation names. A newcomer that has no room for everybody is one too many.
Step greet_all(Context& context, InCall state, const std::vector<message::Seat>& seats, bool entering,
               Commands out);
/// Whom a goodbye or a greeting names: they may not know of us, nor have greeted us yet.
void greet_unmet(Context& context, InCall& state, const std::vector<message::Seat>& seats, Commands& out);

/// A newcomer has greeted us.
void welcome(Context& context, InCall& state, const Newcomer& newcomer, Commands& out);

// ---- Leaving. ----

/// We have entered a call that has no room for us: the application is told, and we leave (leaving.cpp).
Step turned_away(Context& context, const InCall& state, Commands out);

/// Takes a member out of the call; the application is told. `seq`: of its goodbye.
void part_from(Context& context, InCall& state, const UserId& user, Commands& out, std::uint32_t seq = 0);

/// Whether nobody is left to talk to or to wait for.
bool is_over(const InCall& state);

// ---- What the picture may cost. ----

/// Of the profile's bitrate, in percent, and by how much the picture's sides shrink, in percent, for so many
/// receivers. All of it together stays below 1.7 times of what a call of two costs.
effect::LimitVideo limit_for(const VideoProfile& profile, std::size_t receivers);

/// The number of members has changed.
void plan_video(const Context& context, InCall& state, Commands& out);

}  // namespace trtc::call
