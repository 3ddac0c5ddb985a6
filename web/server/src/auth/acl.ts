import type { Log } from '../log.js';
import { parseAccount, parseGroup, type Account } from './account.js';

/** Who is a member of a group. Asked for every subscription and every message, so it must answer from memory. */
export type GroupPolicy = (account: Account, groupID: string) => boolean;

/** Foreign code; an exception here would end the process. */
export function guarded(policy: GroupPolicy, log: Log): GroupPolicy {
  return (account, groupID) => {
    try {
      return policy(account, groupID);
    } catch (error) {
      log('error', 'group policy failed', { error: String(error) });
      return false;
    }
  };
}

/**
 * `refuse` is for what no correct client sends. A correct client may well speak to a group whose member it is not: it is
 * not heard, and the connection that carries its call lives on.
 */
export type PublishVerdict = 'deliver' | 'drop' | 'refuse';

export interface TopicRules {
  judgePublish(account: Account, topic: string): PublishVerdict;
  maySubscribe(account: Account, filter: string): boolean;
  mayLeaveWill(account: Account, topic: string): boolean;
}

/**
 * Everything that is not listed is refused, `$SYS` and every other wildcard included. The sender is always the last level
 * and always the account that has signed in: that is what receivers rely on.
 */
export function topicRules(mayJoinGroup: GroupPolicy): TopicRules {
  const ofSameApp = (account: Account, level: string) => parseAccount(level)?.sdkAppID === account.sdkAppID;
  const judgeGroup = (account: Account, level: string): PublishVerdict => {
    const group = parseGroup(level);
    if (group?.sdkAppID !== account.sdkAppID) return 'refuse';
    return mayJoinGroup(account, group.groupID) ? 'deliver' : 'drop';
  };
  const deliverIf = (allowed: boolean): PublishVerdict => (allowed ? 'deliver' : 'refuse');
  return {
    judgePublish(account, topic) {
      const [kind, first, last, ...rest] = levels(topic);
      if (first === undefined || rest.length > 0) return 'refuse';
      switch (kind) {
        case 'in': return deliverIf(last === account.name && ofSameApp(account, first));
        case 'on': return deliverIf(last === undefined && first === account.name);
        case 'group': return last === account.name ? judgeGroup(account, first) : 'refuse';
        default: return 'refuse';
      }
    },
    maySubscribe(account, filter) {
      const [kind, first, last, ...rest] = levels(filter);
      if (first === undefined || rest.length > 0) return false;
      switch (kind) {
        case 'in': return last === '+' && first === account.name;
        case 'on': return last === undefined && ofSameApp(account, first);
        case 'group': return last === '+' && judgeGroup(account, first) === 'deliver';
        default: return false;
      }
    },
    mayLeaveWill: (account, topic) => topic === `${prefix}on/${account.name}`,
  };
}

const prefix = 'trtc/v1/';
/** Longer than any legitimate topic, and it keeps the patterns below from running over 64 KiB. */
const longestTopic = 512;

function levels(topic: string): string[] {
  if (!topic.startsWith(prefix) || topic.length > longestTopic) return [];
  return topic.slice(prefix.length).split('/');
}
