import { isGroupID, isUserID } from './account.js';
import type { GroupPolicy } from './acl.js';
import { json, type Reader } from '../settings/readers.js';

/** `open`: everybody belongs to every group. Else group id → user ids; groups that are not listed have no members. */
export type Groups = 'open' | Readonly<Record<string, readonly string[]>>;

export const groups: Reader<Groups> = {
  expects: '"open", or a JSON object of group ids and lists of user ids like {"team": ["alice", "bob"]}; '
    + 'group ids are [A-Za-z0-9_@#-]{1,48}, user ids [A-Za-z0-9_-]{1,32}',
  read(value) {
    const given = parse(value);
    if (given === 'open') return given;
    return isObject(given) && !wrongEntry(given) ? given as Groups : undefined;
  },
  culprit(value) {
    const given = parse(value);
    const wrong = isObject(given) ? wrongEntry(given) : undefined;
    return wrong && Object.fromEntries([wrong]);
  },
};

export function groupPolicy(groups: Groups): GroupPolicy {
  if (groups === 'open') return () => true;
  const members = new Map(Object.entries(groups).map(([groupID, userIDs]) => [groupID, new Set(userIDs)]));
  return (account, groupID) => members.get(groupID)?.has(account.userID) ?? false;
}

function parse(value: unknown): unknown {
  return typeof value === 'string' && value !== 'open' ? json(value) : value;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The first group that cannot be used, with only those of its members that cannot. */
function wrongEntry(table: object): [string, unknown] | undefined {
  for (const [groupID, members] of Object.entries(table) as [string, unknown][]) {
    if (!Array.isArray(members)) return [groupID, members];
    const wrong = members.filter((member) => typeof member !== 'string' || !isUserID(member));
    if (!isGroupID(groupID) || wrong.length > 0) return [groupID, wrong];
  }
  return undefined;
}
