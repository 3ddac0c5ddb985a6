// expect: every state must say what it does with every input
// A lamp that is off says nothing about a power cut.
#include <variant>

#include "machine.hpp"

namespace lamp {

struct Off {};
struct On {};
struct Press {};
struct PowerCut {};

struct Context {};
using State = std::variant<Off, On>;
using Inputs = trtc::TypeList<Press, PowerCut>;
struct Step {};

Step on(Context&, const Off&, const Press&);
Step on(Context&, const On&, const Press&);
Step on(Context&, const On&, const PowerCut&);

static_assert(trtc::table_complete<Context, State, Inputs>,
              "every state must say what it does with every input");

}  // namespace lamp
