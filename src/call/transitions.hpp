// The call's table. One overload is one cell, or one row of cells that share an answer; read it top to
// bottom. The definitions: dialing.cpp, inviting.cpp, seeking.cpp, answering.cpp, arrivals.cpp, leaving.cpp,
// devices.cpp, switching.cpp, mesh.cpp, roster.cpp, member.cpp, media.cpp.
#pragma once

#include "call/state.hpp"

namespace trtc::call {

using WithoutLink = OneOf<Idle, Capturing, Seeking>;

// ---- call(), groupCall(), inviteUser() : dialing.cpp ----
Step on(Context&, const Idle&, const input::Call&);  // open devices
Step on(Context&, const OneOf<Capturing, Offering, Seeking, Ringing, Answering, Joining, InCall>&,
        const input::Call&);  // refused: one call at a time
Step on(Context&, const Idle&, const input::GroupCall&);
Step on(Context&, const InCall&, const input::GroupCall&);  // adds people
Step on(Context&, const OneOf<Capturing, Offering, Seeking, Ringing, Answering, Joining>&,
        const input::GroupCall&);
Step on(Context&, const InCall&, const input::InviteUsers&);
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking, Ringing, Answering, Joining>&,
        const input::InviteUsers&);

// ---- joinInGroupCall() : seeking.cpp ----
Step on(Context&, const Idle&, const input::JoinGroupCall&);  // ask the group
Step on(Context&, const OneOf<Capturing, Offering, Seeking, Ringing, Answering, Joining, InCall>&,
        const input::JoinGroupCall&);
Step on(Context&, const InCall&, const Sought&);  // somebody asks: invite
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking, Ringing, Answering, Joining>&,
        const Sought&);

// ---- accept() : answering.cpp ----
Step on(Context&, const Ringing&, const input::Accept&);    // open devices, answer
Step on(Context&, const Answering&, const input::Accept&);  // shares the first one's outcome
Step on(Context&, const Joining&, const input::Accept&);    // likewise
Step on(Context&, const InCall&, const input::Accept&);     // accepted already
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking>&, const input::Accept&);  // nothing rings

// ---- reject() : leaving.cpp ----
Step on(Context&, const Ringing&, const input::Reject&);
Step on(Context&, const Answering&, const input::Reject&);  // too late to reject: hangup() ends it
Step on(Context&, const Joining&, const input::Reject&);
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking, InCall>&, const input::Reject&);

// ---- hangup() and the end of the session: leaving.cpp ----
Step on(Context&, const Idle&, const input::HangUp&);
Step on(Context&, const Capturing&, const input::HangUp&);  // call() fails, nothing was sent
Step on(Context&, const Offering&, const input::HangUp&);   // likewise
Step on(Context&, const Seeking&, const input::HangUp&);    // joinInGroupCall() fails
Step on(Context&, const Ringing&, const input::HangUp&);    // reject
Step on(Context&, const Answering&, const input::HangUp&);  // accept() fails, reject
Step on(Context&, const Joining&, const input::HangUp&);    // accept() fails, reject
Step on(Context&, const InCall&, const input::HangUp&);     // cancel what is open, leave
Step on(Context&, const Idle&, const SessionOver&);
Step on(Context&, const Capturing&, const SessionOver&);
Step on(Context&, const Offering&, const SessionOver&);
Step on(Context&, const Seeking&, const SessionOver&);
Step on(Context&, const Ringing&, const SessionOver&);
Step on(Context&, const Answering&, const SessionOver&);
Step on(Context&, const Joining&, const SessionOver&);
Step on(Context&, const InCall&, const SessionOver&);

// ---- camera, microphone and screen: devices.cpp ----
Step on(Context&, const OneOf<Idle, Capturing, Seeking, Ringing, Answering>&,
        const input::SetCamera&);  // no device to act on
Step on(Context&, const Offering&, const input::SetCamera&);
Step on(Context&, const Joining&, const input::SetCamera&);
Step on(Context&, const InCall&, const input::SetCamera&);
Step on(Context&, const OneOf<Idle, Capturing, Seeking, Ringing, Answering>&, const input::SetMicrophone&);
Step on(Context&, const Offering&, const input::SetMicrophone&);
Step on(Context&, const Joining&, const input::SetMicrophone&);
Step on(Context&, const InCall&, const input::SetMicrophone&);
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking, Ringing, Answering, Joining>&,
        const input::SetScreen&);
Step on(Context&, const InCall&, const input::SetScreen&);
Step on(Context&, const Capturing&, const input::MediaOpened&);  // dialing.cpp: make the offer, or invite
Step on(Context&, const Answering&, const input::MediaOpened&);  // answering.cpp: say accept
Step on(Context&, const Offering&, const input::MediaOpened&);
Step on(Context&, const Joining&, const input::MediaOpened&);
Step on(Context&, const InCall&, const input::MediaOpened&);
Step on(Context&, const OneOf<Idle, Seeking, Ringing>&, const input::MediaOpened&);
Step on(Context&, const Capturing&, const input::MediaFailed&);  // dialing.cpp: call() fails
Step on(Context&, const Answering&,
        const input::MediaFailed&);  // answering.cpp: accept() fails, the caller is told
Step on(Context&, const Offering&, const input::MediaFailed&);
Step on(Context&, const Joining&, const input::MediaFailed&);
Step on(Context&, const InCall&, const input::MediaFailed&);
Step on(Context&, const OneOf<Idle, Seeking, Ringing>&, const input::MediaFailed&);
Step on(Context&, const OneOf<Idle, Capturing, Seeking, Ringing, Answering>&, const input::TrackEnded&);
Step on(Context&, const Offering&, const input::TrackEnded&);  // the next device takes over
Step on(Context&, const Joining&, const input::TrackEnded&);
Step on(Context&, const InCall&, const input::TrackEnded&);
Step on(Context&, const OneOf<Idle, Capturing, Seeking, Ringing, Answering>&, const input::DevicesChanged&);
Step on(Context&, const Offering&, const input::DevicesChanged&);  // a microphone has come back
Step on(Context&, const Joining&, const input::DevicesChanged&);
Step on(Context&, const InCall&, const input::DevicesChanged&);

// ---- audio call ↔ video call: switching.cpp ----
Step on(Context&, const InCall&, const input::SwitchMedia&);
Step on(Context&, const Ringing&, const input::SwitchMedia&);
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking, Answering, Joining>&,
        const input::SwitchMedia&);
Step on(Context&, const InCall&, const Heard<message::MediaSwitch>&);
Step on(Context&, const Ringing&, const Heard<message::MediaSwitch>&);
Step on(Context&, const Answering&, const Heard<message::MediaSwitch>&);
Step on(Context&, const Joining&, const Heard<message::MediaSwitch>&);
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking>&, const Heard<message::MediaSwitch>&);

// ---- offers, answers, candidates, connections as the host reports them: media.cpp ----
Step on(Context&, const Offering&, const input::OfferCreated&);  // dialing.cpp: send the invite
Step on(Context&, const InCall&, const input::OfferCreated&);
Step on(Context&, const OneOf<Idle, Capturing, Seeking, Ringing, Answering, Joining>&,
        const input::OfferCreated&);
Step on(Context&, const Ringing&, const input::AnswerCreated&);
Step on(Context&, const Answering&, const input::AnswerCreated&);
Step on(Context&, const Joining&, const input::AnswerCreated&);
Step on(Context&, const InCall&, const input::AnswerCreated&);
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking>&, const input::AnswerCreated&);
Step on(Context&, const Offering&, const input::NegotiationFailed&);   // dialing.cpp: call() fails
Step on(Context&, const Answering&, const input::NegotiationFailed&);  // answering.cpp: accept() fails
Step on(Context&, const Joining&, const input::NegotiationFailed&);    // likewise
Step on(Context&, const InCall&, const input::NegotiationFailed&);
Step on(Context&, const OneOf<Idle, Capturing, Seeking, Ringing>&, const input::NegotiationFailed&);
Step on(Context&, const WithoutLink&, const input::CandidatesFound&);
Step on(Context&, const Offering&, const input::CandidatesFound&);
Step on(Context&, const Ringing&, const input::CandidatesFound&);
Step on(Context&, const Answering&, const input::CandidatesFound&);
Step on(Context&, const Joining&, const input::CandidatesFound&);
Step on(Context&, const InCall&, const input::CandidatesFound&);
Step on(Context&, const WithoutLink&, const input::ConnectionChanged&);
Step on(Context&, const Offering&, const input::ConnectionChanged&);
Step on(Context&, const Ringing&, const input::ConnectionChanged&);
Step on(Context&, const Answering&, const input::ConnectionChanged&);
Step on(Context&, const Joining&, const input::ConnectionChanged&);
Step on(Context&, const InCall&, const input::ConnectionChanged&);
Step on(Context&, const WithoutLink&, const input::RelayMissing&);
Step on(Context&, const Offering&, const input::RelayMissing&);
Step on(Context&, const Ringing&, const input::RelayMissing&);
Step on(Context&, const Answering&, const input::RelayMissing&);
Step on(Context&, const Joining&, const input::RelayMissing&);
Step on(Context&, const InCall&, const input::RelayMissing&);
Step on(Context&, const WithoutLink&, const input::MediaFlowChanged&);
Step on(Context&, const Offering&, const input::MediaFlowChanged&);
Step on(Context&, const Ringing&, const input::MediaFlowChanged&);
Step on(Context&, const Answering&, const input::MediaFlowChanged&);
Step on(Context&, const Joining&, const input::MediaFlowChanged&);
Step on(Context&, const InCall&, const input::MediaFlowChanged&);

// ---- somebody calls: arrivals.cpp (busy, glare, recall are decided in collision.hpp) ----
Step on(Context&, const Idle&, const Arrival&);
Step on(Context&, const Capturing&, const Arrival&);
Step on(Context&, const Offering&, const Arrival&);
Step on(Context&, const Seeking&, const Arrival&);  // joinInGroupCall() has asked for it
Step on(Context&, const Ringing&, const Arrival&);
Step on(Context&, const Answering&, const Arrival&);
Step on(Context&, const Joining&, const Arrival&);
Step on(Context&, const InCall&, const Arrival&);
Step on(Context&, const Ringing&, const Heard<message::Invite>&);  // sent again: say again that it rings
Step on(Context&, const InCall&, const Heard<message::Invite>&);   // of another member: greet it
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking, Answering, Joining>&,
        const Heard<message::Invite>&);

// ---- what the callee tells the inviter: inviting.cpp ----
Step on(Context&, const InCall&, const Heard<message::Ringing>&);
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking, Ringing, Answering, Joining>&,
        const Heard<message::Ringing>&);
Step on(Context&, const InCall&, const Heard<message::Accept>&);  // the first session wins
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking, Ringing, Answering, Joining>&,
        const Heard<message::Accept>&);
Step on(Context&, const InCall&,
        const Heard<message::Reject>&);  // or accepted, then hung up before it knew: a leave
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking, Ringing, Answering, Joining>&,
        const Heard<message::Reject>&);

// ---- what the inviter tells the callee: answering.cpp ----
Step on(Context&, const Joining&, const Heard<message::Confirm>&);
Step on(Context&, const InCall&, const Heard<message::Confirm>&);  // mesh.cpp: a member greets back
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking, Ringing, Answering>&,
        const Heard<message::Confirm>&);
Step on(Context&, const Ringing&, const Heard<message::Cancel>&);
Step on(Context&, const Answering&, const Heard<message::Cancel>&);
Step on(Context&, const Joining&, const Heard<message::Cancel>&);
Step on(Context&, const InCall&, const Heard<message::Cancel>&);  // member.cpp: a newcomer is one too many
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking>&, const Heard<message::Cancel>&);
Step on(Context&, const Ringing&, const Heard<message::Ended>&);
Step on(Context&, const Answering&, const Heard<message::Ended>&);
Step on(Context&, const Joining&, const Heard<message::Ended>&);
Step on(Context&, const InCall&, const Heard<message::Ended>&);  // member.cpp: the member lost the call
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking>&, const Heard<message::Ended>&);

// ---- what members tell each other: mesh.cpp, roster.cpp, member.cpp; descriptions and candidates: media.cpp
// ----
Step on(Context&, const InCall&, const Heard<message::Join>&);
Step on(Context&, const Joining&, const Heard<message::Join>&);  // overtook our confirm
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking, Ringing, Answering>&,
        const Heard<message::Join>&);
Step on(Context&, const InCall&, const Heard<message::Roster>&);
Step on(Context&, const Ringing&, const Heard<message::Roster>&);
Step on(Context&, const Answering&, const Heard<message::Roster>&);
Step on(Context&, const Joining&, const Heard<message::Roster>&);
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking>&, const Heard<message::Roster>&);
Step on(Context&, const Answering&, const Heard<message::Description>&);
Step on(Context&, const Joining&, const Heard<message::Description>&);
Step on(Context&, const InCall&, const Heard<message::Description>&);
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking, Ringing>&,
        const Heard<message::Description>&);
Step on(Context&, const Ringing&, const Heard<message::Candidates>&);
Step on(Context&, const Answering&, const Heard<message::Candidates>&);
Step on(Context&, const Joining&, const Heard<message::Candidates>&);
Step on(Context&, const InCall&, const Heard<message::Candidates>&);
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking>&, const Heard<message::Candidates>&);
Step on(Context&, const InCall&, const Heard<message::Restart>&);
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking, Ringing, Answering, Joining>&,
        const Heard<message::Restart>&);
Step on(Context&, const InCall&, const Heard<message::State>&);   // or it overtook what makes a member
Step on(Context&, const Joining&, const Heard<message::State>&);  // overtook its confirm
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking, Ringing, Answering>&,
        const Heard<message::State>&);
Step on(Context&, const InCall&, const Heard<message::Leave>&);
Step on(Context&, const Joining&, const Heard<message::Leave>&);  // answering.cpp: overtook its confirm
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking, Ringing, Answering>&,
        const Heard<message::Leave>&);

// ---- presence ----
Step on(Context&, const Ringing&, const PeerGone&);    // answering.cpp: wait a little, then stop ringing
Step on(Context&, const Answering&, const PeerGone&);  // likewise
Step on(Context&, const Joining&, const PeerGone&);    // likewise
Step on(Context&, const InCall&, const PeerGone&);     // member.cpp: gone once the media stops too
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking>&, const PeerGone&);
Step on(Context&, const Ringing&, const PeerHere&);  // answering.cpp
Step on(Context&, const Answering&, const PeerHere&);
Step on(Context&, const Joining&, const PeerHere&);
Step on(Context&, const InCall&, const PeerHere&);  // inviting.cpp: ring a session that turned up
Step on(Context&, const OneOf<Idle, Capturing, Offering, Seeking>&, const PeerHere&);

// ---- time ----
Step on(Context&, const Seeking&, const input::TimePassed&);  // seeking.cpp: ask again, give up
Step on(Context&, const Ringing&,
        const input::TimePassed&);  // answering.cpp: no answer, or the inviter vanished
Step on(Context&, const Answering&, const input::TimePassed&);  // likewise
Step on(Context&, const Joining&, const input::TimePassed&);    // likewise
Step on(Context&, const InCall&, const input::TimePassed&);     // member.cpp: deadlines and ladders
Step on(Context&, const OneOf<Idle, Capturing, Offering>&, const input::TimePassed&);

static_assert(table_complete<Context, State, Inputs>,
              "every call state must say what it does with every input");

}  // namespace trtc::call
