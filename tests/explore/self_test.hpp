#pragma once

namespace trtc::explore {

/// Shows worlds to the checker that are broken by hand: it must refuse each of them, and no other. One line
/// each. True: it does.
bool test_the_checker();

}  // namespace trtc::explore
