// The session's table. One overload is one cell, or one row of cells that share an answer; read it top to
// bottom.
#pragma once

#include "session/state.hpp"

namespace trtc::session {

using AnyState = OneOf<LoggedOut, Connecting, Online, Reconnecting, KickedOut>;
using Away = OneOf<LoggedOut, KickedOut>;
using Inside = OneOf<Online, Reconnecting>;

// login()
Step on(Context&, const Away&, const input::Login&);          // connect
Step on(Context&, const Connecting&, const input::Login&);    // same user: share the outcome; else refuse
Step on(Context&, const Online&, const input::Login&);        // same user: done already; else change the user
Step on(Context&, const Reconnecting&, const input::Login&);  // likewise

// logout()
Step on(Context&, const Away&, const input::Logout&);        // nothing to leave: done
Step on(Context&, const Connecting&, const input::Logout&);  // the waiting login() fails
Step on(Context&, const Inside&, const input::Logout&);      // end the call, say goodbye

// the page goes away
Step on(Context&, const Away&, const input::PageClosed&);
Step on(Context&, const Connecting&, const input::PageClosed&);  // the waiting login() fails
Step on(Context&, const Inside&, const input::PageClosed&);      // end the call, say goodbye

// the connection
Step on(Context&, const Connecting&, const transport::Up&);    // logged in: claim the account
Step on(Context&, const Reconnecting&, const transport::Up&);  // back: claim again
Step on(Context&, const OneOf<LoggedOut, Online, KickedOut>&, const transport::Up&);
Step on(Context&, const Online&, const transport::Down&);  // the transport is trying again already
Step on(Context&, const OneOf<LoggedOut, Connecting, Reconnecting, KickedOut>&, const transport::Down&);
Step on(Context&, const Connecting&, const transport::Refused&);  // login() fails
Step on(Context&, const Inside&, const transport::Refused&);      // the UserSig is not accepted any more
Step on(Context&, const Away&, const transport::Refused&);

// the account
Step on(Context&, const Connecting&, const transport::Replaced&);
Step on(Context&, const Inside&, const transport::Replaced&);  // KICKED_OUT
Step on(Context&, const Away&, const transport::Replaced&);
Step on(Context&, const Connecting&, const transport::Expired&);
Step on(Context&, const Inside&, const transport::Expired&);  // ERROR, KICKED_OUT
Step on(Context&, const Away&, const transport::Expired&);
Step on(Context&, const Online&, const ForeignClaim&);  // claim.hpp decides
Step on(Context&, const OneOf<LoggedOut, Connecting, Reconnecting, KickedOut>&, const ForeignClaim&);

// time
Step on(Context&, const Connecting&, const input::TimePassed&);  // login() gives up
Step on(Context&, const Online&, const input::TimePassed&);      // settle and repeat the claim
Step on(Context&, const OneOf<LoggedOut, Reconnecting, KickedOut>&, const input::TimePassed&);

static_assert(table_complete<Context, State, Inputs>,
              "every session state must say what it does with every input");

}  // namespace trtc::session
