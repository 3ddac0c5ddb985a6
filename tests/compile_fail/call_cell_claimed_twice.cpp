// expect: every call state must say what it does with every input
// A second row for states that the call's own table has in a row already.
#include "call/transitions.hpp"

namespace trtc::call {

Step on(Context&, const OneOf<Ringing, InCall>&, const input::Call&);

// The header has asked already, before there was a second row; an alias makes the compiler ask again.
struct Asked : Context {};
static_assert(table_complete<Asked, State, Inputs>,
              "every call state must say what it does with every input");

}  // namespace trtc::call
