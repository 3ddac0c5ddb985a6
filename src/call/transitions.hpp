// The call's table. One overload is one cell, or one row of cells that share an answer; read it top to
// bottom. The definitions: dialing.cpp, answering.cpp, arrivals.cpp, leaving.cpp, devices.cpp, member.cpp,
// media.cpp.
#pragma once

#include "call/state.hpp"

namespace trtc::call {

using Anywhere = OneOf<Idle, Capturing, Offering, Inviting, Ringing, Answering, Joining, InCall>;
using Dialing = OneOf<Capturing, Offering>;
using WithoutLink = OneOf<Idle, Capturing>;

// ---- call() : dialing.cpp ----
Step on(Context&, const Idle&, const input::Call&);  // open devices
Step on(Context&, const OneOf<Capturing, Offering, Inviting, Ringing, Answering, Joining, InCall>&,
        const input::Call&);  // refused: one call at a time

// ---- accept() : answering.cpp ----
Step on(Context&, const Ringing&, const input::Accept&);    // open devices, answer
Step on(Context&, const Answering&, const input::Accept&);  // shares the first one's outcome
Step on(Context&, const Joining&, const input::Accept&);    // likewise
Step on(Context&, const InCall&, const input::Accept&);     // accepted already
Step on(Context&, const OneOf<Idle, Capturing, Offering, Inviting>&, const input::Accept&);  // nothing rings

// ---- reject() : leaving.cpp ----
Step on(Context&, const Ringing&, const input::Reject&);
Step on(Context&, const Answering&, const input::Reject&);  // too late to reject: hangup() ends it
Step on(Context&, const Joining&, const input::Reject&);
Step on(Context&, const OneOf<Idle, Capturing, Offering, Inviting, InCall>&, const input::Reject&);

// ---- hangup() and the end of the session: leaving.cpp ----
Step on(Context&, const Idle&, const input::HangUp&);
Step on(Context&, const Capturing&, const input::HangUp&);  // call() fails, nothing was sent
Step on(Context&, const Offering&, const input::HangUp&);   // likewise
Step on(Context&, const Inviting&, const input::HangUp&);   // cancel
Step on(Context&, const Ringing&, const input::HangUp&);    // reject
Step on(Context&, const Answering&, const input::HangUp&);  // accept() fails, reject
Step on(Context&, const Joining&, const input::HangUp&);    // accept() fails, reject
Step on(Context&, const InCall&, const input::HangUp&);     // leave
Step on(Context&, const Idle&, const SessionOver&);
Step on(Context&, const Capturing&, const SessionOver&);
Step on(Context&, const Offering&, const SessionOver&);
Step on(Context&, const Inviting&, const SessionOver&);
Step on(Context&, const Ringing&, const SessionOver&);
Step on(Context&, const Answering&, const SessionOver&);
Step on(Context&, const Joining&, const SessionOver&);
Step on(Context&, const InCall&, const SessionOver&);

// ---- camera and microphone: devices.cpp ----
Step on(Context&, const OneOf<Idle, Capturing, Ringing, Answering>&,
        const input::SetCamera&);  // no device to act on
Step on(Context&, const Offering&, const input::SetCamera&);
Step on(Context&, const Inviting&, const input::SetCamera&);
Step on(Context&, const Joining&, const input::SetCamera&);
Step on(Context&, const InCall&, const input::SetCamera&);
Step on(Context&, const OneOf<Idle, Capturing, Ringing, Answering>&, const input::SetMicrophone&);
Step on(Context&, const Offering&, const input::SetMicrophone&);
Step on(Context&, const Inviting&, const input::SetMicrophone&);
Step on(Context&, const Joining&, const input::SetMicrophone&);
Step on(Context&, const InCall&, const input::SetMicrophone&);
Step on(Context&, const Capturing&, const input::MediaOpened&);  // dialing.cpp: make the offer
Step on(Context&, const Answering&, const input::MediaOpened&);  // answering.cpp: say accept
Step on(Context&, const Offering&, const input::MediaOpened&);
Step on(Context&, const Inviting&, const input::MediaOpened&);
Step on(Context&, const Joining&, const input::MediaOpened&);
Step on(Context&, const InCall&, const input::MediaOpened&);
Step on(Context&, const OneOf<Idle, Ringing>&, const input::MediaOpened&);
Step on(Context&, const Capturing&, const input::MediaFailed&);  // dialing.cpp: call() fails
Step on(Context&, const Answering&,
        const input::MediaFailed&);  // answering.cpp: accept() fails, the caller is told
Step on(Context&, const Offering&, const input::MediaFailed&);
Step on(Context&, const Inviting&, const input::MediaFailed&);
Step on(Context&, const Joining&, const input::MediaFailed&);
Step on(Context&, const InCall&, const input::MediaFailed&);
Step on(Context&, const OneOf<Idle, Ringing>&, const input::MediaFailed&);
Step on(Context&, const OneOf<Idle, Capturing, Ringing, Answering>&, const input::TrackEnded&);
Step on(Context&, const Offering&, const input::TrackEnded&);
Step on(Context&, const Inviting&, const input::TrackEnded&);
Step on(Context&, const Joining&, const input::TrackEnded&);
Step on(Context&, const InCall&, const input::TrackEnded&);

// ---- offers, answers, candidates, connections as the host reports them: media.cpp ----
Step on(Context&, const Offering&, const input::OfferCreated&);  // dialing.cpp: send the invite
Step on(Context&, const Inviting&, const input::OfferCreated&);
Step on(Context&, const InCall&, const input::OfferCreated&);
Step on(Context&, const OneOf<Idle, Capturing, Ringing, Answering, Joining>&, const input::OfferCreated&);
Step on(Context&, const Ringing&, const input::AnswerCreated&);
Step on(Context&, const Answering&, const input::AnswerCreated&);
Step on(Context&, const Joining&, const input::AnswerCreated&);
Step on(Context&, const InCall&, const input::AnswerCreated&);
Step on(Context&, const OneOf<Idle, Capturing, Offering, Inviting>&, const input::AnswerCreated&);
Step on(Context&, const Offering&, const input::NegotiationFailed&);   // dialing.cpp: call() fails
Step on(Context&, const Answering&, const input::NegotiationFailed&);  // answering.cpp: accept() fails
Step on(Context&, const Joining&, const input::NegotiationFailed&);    // likewise
Step on(Context&, const Inviting&, const input::NegotiationFailed&);
Step on(Context&, const InCall&, const input::NegotiationFailed&);
Step on(Context&, const OneOf<Idle, Capturing, Ringing>&, const input::NegotiationFailed&);
Step on(Context&, const WithoutLink&, const input::CandidatesFound&);
Step on(Context&, const Offering&, const input::CandidatesFound&);
Step on(Context&, const Inviting&, const input::CandidatesFound&);
Step on(Context&, const Ringing&, const input::CandidatesFound&);
Step on(Context&, const Answering&, const input::CandidatesFound&);
Step on(Context&, const Joining&, const input::CandidatesFound&);
Step on(Context&, const InCall&, const input::CandidatesFound&);
Step on(Context&, const WithoutLink&, const input::ConnectionChanged&);
Step on(Context&, const Offering&, const input::ConnectionChanged&);
Step on(Context&, const Inviting&, const input::ConnectionChanged&);
Step on(Context&, const Ringing&, const input::ConnectionChanged&);
Step on(Context&, const Answering&, const input::ConnectionChanged&);
Step on(Context&, const Joining&, const input::ConnectionChanged&);
Step on(Context&, const InCall&, const input::ConnectionChanged&);
Step on(Context&, const WithoutLink&, const input::MediaFlowChanged&);
Step on(Context&, const Offering&, const input::MediaFlowChanged&);
Step on(Context&, const Inviting&, const input::MediaFlowChanged&);
Step on(Context&, const Ringing&, const input::MediaFlowChanged&);
Step on(Context&, const Answering&, const input::MediaFlowChanged&);
Step on(Context&, const Joining&, const input::MediaFlowChanged&);
Step on(Context&, const InCall&, const input::MediaFlowChanged&);

// ---- somebody calls: arrivals.cpp (busy, glare, recall are decided in collision.hpp) ----
Step on(Context&, const Idle&, const Arrival&);
Step on(Context&, const Capturing&, const Arrival&);
Step on(Context&, const Offering&, const Arrival&);
Step on(Context&, const Inviting&, const Arrival&);
Step on(Context&, const Ringing&, const Arrival&);
Step on(Context&, const Answering&, const Arrival&);
Step on(Context&, const Joining&, const Arrival&);
Step on(Context&, const InCall&, const Arrival&);
Step on(Context&, const Ringing&, const Heard<message::Invite>&);  // sent again: say again that it rings
Step on(Context&, const OneOf<Idle, Capturing, Offering, Inviting, Answering, Joining, InCall>&,
        const Heard<message::Invite>&);

// ---- what the callee tells the inviter: dialing.cpp ----
Step on(Context&, const Inviting&, const Heard<message::Ringing>&);
Step on(Context&, const InCall&,
        const Heard<message::Ringing>&);  // another session of the callee: stop ringing
Step on(Context&, const OneOf<Idle, Capturing, Offering, Ringing, Answering, Joining>&,
        const Heard<message::Ringing>&);
Step on(Context&, const Inviting&, const Heard<message::Accept>&);
Step on(Context&, const InCall&,
        const Heard<message::Accept>&);  // another session of the callee was too late
Step on(Context&, const OneOf<Idle, Capturing, Offering, Ringing, Answering, Joining>&,
        const Heard<message::Accept>&);
Step on(Context&, const Inviting&, const Heard<message::Reject>&);
Step on(Context&, const InCall&,
        const Heard<message::Reject>&);  // accepted, then hung up before it knew: a leave
Step on(Context&, const OneOf<Idle, Capturing, Offering, Ringing, Answering, Joining>&,
        const Heard<message::Reject>&);

// ---- what the inviter tells the callee: answering.cpp ----
Step on(Context&, const Joining&, const Heard<message::Confirm>&);
Step on(Context&, const OneOf<Idle, Capturing, Offering, Inviting, Ringing, Answering, InCall>&,
        const Heard<message::Confirm>&);
Step on(Context&, const Ringing&, const Heard<message::Cancel>&);
Step on(Context&, const Answering&, const Heard<message::Cancel>&);
Step on(Context&, const Joining&, const Heard<message::Cancel>&);
Step on(Context&, const OneOf<Idle, Capturing, Offering, Inviting, InCall>&, const Heard<message::Cancel>&);
Step on(Context&, const Ringing&, const Heard<message::Ended>&);
Step on(Context&, const Answering&, const Heard<message::Ended>&);
Step on(Context&, const Joining&, const Heard<message::Ended>&);
Step on(Context&, const InCall&, const Heard<message::Ended>&);  // member.cpp: the member lost the call
Step on(Context&, const OneOf<Idle, Capturing, Offering, Inviting>&, const Heard<message::Ended>&);

// ---- what members tell each other: member.cpp; descriptions and candidates: media.cpp ----
Step on(Context&, const Inviting&, const Heard<message::Description>&);
Step on(Context&, const Answering&, const Heard<message::Description>&);
Step on(Context&, const Joining&, const Heard<message::Description>&);
Step on(Context&, const InCall&, const Heard<message::Description>&);
Step on(Context&, const OneOf<Idle, Capturing, Offering, Ringing>&, const Heard<message::Description>&);
Step on(Context&, const Inviting&, const Heard<message::Candidates>&);
Step on(Context&, const Ringing&, const Heard<message::Candidates>&);
Step on(Context&, const Answering&, const Heard<message::Candidates>&);
Step on(Context&, const Joining&, const Heard<message::Candidates>&);
Step on(Context&, const InCall&, const Heard<message::Candidates>&);
Step on(Context&, const OneOf<Idle, Capturing, Offering>&, const Heard<message::Candidates>&);
Step on(Context&, const InCall&, const Heard<message::Restart>&);
Step on(Context&, const OneOf<Idle, Capturing, Offering, Inviting, Ringing, Answering, Joining>&,
        const Heard<message::Restart>&);
Step on(Context&, const InCall&, const Heard<message::State>&);
Step on(Context&, const Inviting&, const Heard<message::State>&);  // dialing.cpp: overtook its accept
Step on(Context&, const Joining&, const Heard<message::State>&);   // answering.cpp: overtook its confirm
Step on(Context&, const OneOf<Idle, Capturing, Offering, Ringing, Answering>&, const Heard<message::State>&);
Step on(Context&, const InCall&, const Heard<message::Leave>&);
Step on(Context&, const Joining&, const Heard<message::Leave>&);  // answering.cpp: overtook its confirm
Step on(Context&, const OneOf<Idle, Capturing, Offering, Inviting, Ringing, Answering>&,
        const Heard<message::Leave>&);

// ---- presence ----
Step on(Context&, const Ringing&, const PeerGone&);    // answering.cpp: wait a little, then stop ringing
Step on(Context&, const Answering&, const PeerGone&);  // likewise
Step on(Context&, const Joining&, const PeerGone&);    // likewise
Step on(Context&, const InCall&, const PeerGone&);     // member.cpp: gone once the media stops too
Step on(Context&, const OneOf<Idle, Capturing, Offering, Inviting>&, const PeerGone&);
Step on(Context&, const Inviting&, const PeerHere&);  // dialing.cpp: ring a session that turned up
Step on(Context&, const Ringing&, const PeerHere&);   // answering.cpp
Step on(Context&, const Answering&, const PeerHere&);
Step on(Context&, const Joining&, const PeerHere&);
Step on(Context&, const InCall&, const PeerHere&);  // member.cpp
Step on(Context&, const OneOf<Idle, Capturing, Offering>&, const PeerHere&);

// ---- time ----
Step on(Context&, const Inviting&, const input::TimePassed&);  // dialing.cpp: no answer
Step on(Context&, const Ringing&,
        const input::TimePassed&);  // answering.cpp: no answer, or the inviter vanished
Step on(Context&, const Answering&, const input::TimePassed&);  // likewise
Step on(Context&, const Joining&, const input::TimePassed&);    // likewise
Step on(Context&, const InCall&, const input::TimePassed&);     // member.cpp: the ladder
Step on(Context&, const OneOf<Idle, Capturing, Offering>&, const input::TimePassed&);

static_assert(table_complete<Context, State, Inputs>,
              "every call state must say what it does with every input");

}  // namespace trtc::call
