#include "signaling/groups.hpp"

#include <algorithm>

#include "signaling/account.hpp"

namespace trtc {
namespace {

void fail(Effects& effects, OpId op, ErrorCode code, std::string detail) {
  effects.push_back(effect::Failed{op, {code, std::move(detail)}});
}

}  // namespace

std::vector<Groups::Group>::iterator Groups::find(const std::string& id) {
  return std::find_if(groups_.begin(), groups_.end(), [&](const Group& group) { return group.id == id; });
}

bool Groups::join(const input::JoinGroup& verb, Effects& effects) {
  if (!is_group_id(verb.group_id))
    return fail(effects, verb.op, ErrorCode::invalid_parameter, "groupID " + verb.group_id), false;
  const auto known = find(verb.group_id);
  if (known == groups_.end()) {
    if (groups_.size() >= capacity)
      return fail(effects, verb.op, ErrorCode::limit_exceeded, "a session hears 32 groups at most"), false;
    groups_.push_back({verb.group_id, false, {verb.op}});
    return true;
  }
  if (known->joined) {
    effects.push_back(effect::Done{verb.op, effect::Nothing{}});
  } else if (known->ops.size() >= capacity) {
    fail(effects, verb.op, ErrorCode::limit_exceeded, "joinGroup() is under way already");
  } else {
    known->ops.push_back(verb.op);
  }
  return false;
}

bool Groups::quit(const input::QuitGroup& verb, Effects& effects) {
  const auto known = find(verb.group_id);
  const bool was_there = known != groups_.end();
  if (was_there) {
    for (const OpId op : known->ops)
      fail(effects, op, ErrorCode::cancelled_by_user, "quitGroup() was called");
    groups_.erase(known);
  }
  effects.push_back(effect::Done{verb.op, effect::Nothing{}});
  return was_there;
}

bool Groups::answered(const std::string& id, bool granted, Effects& effects) {
  const auto group = find(id);
  if (group == groups_.end()) return false;
  for (const OpId op : group->ops) {
    if (granted) {
      effects.push_back(effect::Done{op, effect::Nothing{}});
    } else {
      fail(effects, op, ErrorCode::group_refused, "group " + id);
    }
  }
  group->ops.clear();
  group->joined = granted;
  if (!granted) groups_.erase(group);
  return !granted;
}

void Groups::end(Effects& effects) {
  for (const Group& group : groups_) {
    for (const OpId op : group.ops) fail(effects, op, ErrorCode::logged_out, "the session ended");
  }
  groups_.clear();
}

}  // namespace trtc
