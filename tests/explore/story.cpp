#include "explore/story.hpp"

#include <algorithm>

#include "explore/names.hpp"
#include "machine.hpp"

namespace trtc::explore {

Record* Story::find(std::uint32_t call) {
  const auto at =
      std::find_if(records_.begin(), records_.end(), [call](const Record& one) { return one.call == call; });
  return at == records_.end() ? nullptr : &*at;
}

const Record* Story::current() const {
  if (records_.empty() || records_.back().phase == Record::Phase::over) return nullptr;
  return &records_.back();
}

void Story::supersede(std::uint32_t call) {
  Record* const record = find(call);
  if (record != nullptr) record->phase = Record::Phase::over;
}

// Whatever opens a record must find the one before closed, except that a call of our own may have been
// merged into theirs.
Record& Story::record(const CallInfo& info) {
  const std::uint32_t call = key_of(info.call);
  if (Record* const known = find(call)) {
    known->group = known->group || info.group;
    return *known;
  }
  if (!records_.empty() && records_.back().phase != Record::Phase::over) {
    const bool merged = records_.back().role == CallRole::inviter && !records_.back().began;
    if (!merged) blame("a call begins while another one is told of");
    records_.back().phase = Record::Phase::over;
  }
  Record next;
  next.call = call;
  next.role = info.role;
  next.group = info.group;
  next.inviter = number_of(info.inviter);
  records_.push_back(next);
  return records_.back();
}

void Story::seeks() {
  std::erase_if(records_, [](const Record& one) { return one.group && one.phase == Record::Phase::over; });
}

void Story::take(const Effect& effect) {
  match(effect, [this](const auto& one) { on(one); });
}

void Story::settle(OpId op) {
  const auto at = std::find(open_.begin(), open_.end(), op);
  if (at == open_.end()) return blame("a promise settles twice");
  open_.erase(at);
}

void Story::told(const CallId& call, const char* what) {
  const Record* const known = find(key_of(call));
  if (known != nullptr && known->phase == Record::Phase::over && known->ended)
    blame(std::string(what) + " after the end of its call");
}

void Story::on(const effect::Done& effect) {
  settle(effect.op);
  CallInfo info;
  if (const auto* placed = std::get_if<effect::CallPlaced>(&effect.result)) {
    info.call = placed->call;
  } else if (const auto* group = std::get_if<effect::GroupCallPlaced>(&effect.result)) {
    info.call = group->call;
  } else {
    return;
  }
  if (find(key_of(info.call)) == nullptr) record(info).inviter = 6;  // ourselves
}

void Story::on(const effect::Invited& effect) {
  if (Record* const known = find(key_of(effect.call.call))) {
    if (known->phase != Record::Phase::over || !known->group) return blame("invited twice to the same call");
    std::erase_if(records_, [&](const Record& one) { return one.call == known->call; });
  }
  (void)record(effect.call);
}

void Story::sends(const UserId& user, std::uint8_t what, bool available) {
  const std::uint8_t number = number_of(user);
  const bool open = !records_.empty() && records_.back().phase != Record::Phase::over;
  auto* const members = open ? &records_.back().members : nullptr;
  if (members == nullptr || std::find(members->begin(), members->end(), number) == members->end())
    return blame("tells of a device of somebody who is not there");
  std::uint8_t& known = records_.back().sends[number];
  known = static_cast<std::uint8_t>(available ? known | what : known & ~what);
}

void Story::on(const effect::UserAccepted& effect) { told(effect.call, "UserAccepted"); }

void Story::on(const effect::UserEntered& effect) {
  Record* known = find(key_of(effect.call));
  if (known == nullptr) {  // ON_CALL_BEGIN follows
    CallInfo info;
    info.call = effect.call;
    info.role = CallRole::invitee;
    info.inviter = effect.user;
    known = &record(info);
  }
  if (known->phase == Record::Phase::over) return blame("UserEntered after the end of its call");
  const std::uint8_t user = number_of(effect.user);
  if (std::find(known->members.begin(), known->members.end(), user) != known->members.end())
    return blame("UserEntered twice");
  known->members.push_back(user);
  known->sends[user] = 0;
}

void Story::on(const effect::UserLeft& effect) {
  Record* const known = find(key_of(effect.call));
  if (known == nullptr || std::erase(known->members, number_of(effect.user)) == 0)
    blame("UserLeft of somebody who is not there");
}

void Story::on(const effect::CallBegan& effect) {
  Record& known = record(effect.call);
  if (known.began) return blame("CallBegan twice");
  known.began = true;
  known.phase = Record::Phase::talked;
}

void Story::close(Record& known, CancelReason reason) {
  known.phase = Record::Phase::over;
  known.by_self = acting_;
  known.reason = reason;
}

void Story::on(const effect::CallCancelled& effect) {
  Record& known = record(effect.call);
  if (known.phase == Record::Phase::over) return blame("CallCancelled after the end of its call");
  if (known.began) return blame("CallCancelled of a call that began");
  known.cancelled = true;
  close(known, effect.reason);
}

void Story::on(const effect::CallEnded& effect) {
  Record& known = record(effect.call);
  if (known.ended) return blame("CallEnded twice");
  if (known.phase == Record::Phase::over && !known.cancelled) return blame("CallEnded after the end");
  known.ended = true;
  if (!known.cancelled) close(known, CancelReason::cancelled);
}

}  // namespace trtc::explore
