import { parseAccount, parseGroup, type Account } from './account.js';

/** Who may talk to a group. Asked for every subscription and every message, so it must answer from memory. */
export type GroupPolicy = (account: Account, groupID: string) => boolean;

export interface TopicRules {
  mayPublish(account: Account, topic: string): boolean;
  maySubscribe(account: Account, filter: string): boolean;
}

/**
 * Everything that is not listed is refused, `$SYS` and every other wildcard included. The sender is always the last level
 * and always the account that has signed in: that is what receivers rely on.
 */
export function topicRules(mayJoinGroup: GroupPolicy): TopicRules {
  const ofSameApp = (account: Account, level: string) => parseAccount(level)?.sdkAppID === account.sdkAppID;
  const ofOwnGroup = (account: Account, level: string) => {
    const group = parseGroup(level);
    return group?.sdkAppID === account.sdkAppID && mayJoinGroup(account, group.groupID);
  };
  return {
    mayPublish(account, topic) {
      const [kind, first, last, ...rest] = levels(topic);
      if (first === undefined || rest.length > 0) return false;
      switch (kind) {
        case 'in': return last === account.name && ofSameApp(account, first);
        case 'on': return last === undefined && first === account.name;
        case 'group': return last === account.name && ofOwnGroup(account, first);
        default: return false;
      }
    },
    maySubscribe(account, filter) {
      const [kind, first, last, ...rest] = levels(filter);
      if (first === undefined || rest.length > 0) return false;
      switch (kind) {
        case 'in': return last === '+' && first === account.name;
        case 'on': return last === undefined && ofSameApp(account, first);
        case 'group': return last === '+' && ofOwnGroup(account, first);
        default: return false;
      }
    },
  };
}

const prefix = 'trtc/v1/';
/** Longer than any legitimate topic, and it keeps the patterns below from running over 64 KiB. */
const longestTopic = 512;

function levels(topic: string): string[] {
  if (!topic.startsWith(prefix) || topic.length > longestTopic) return [];
  return topic.slice(prefix.length).split('/');
}
