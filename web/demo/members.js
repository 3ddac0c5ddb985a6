// The others of a call: what became of each invitation, and what comes from each. Lists are never changed in place.

const nothingYet = {
  video: false,
  audio: true,
  screen: false,
  link: 'connected', // the media connection
  quality: 0, // of what comes: 0 unknown, 1 excellent … 6 nothing arrives
  loud: false,
  silent: '', // 'audio' or 'video' that should arrive and does not
  unsent: '', // that should go there and does not
};

/** status: inviting, ringing, joined, left, rejected, busy, no_answer or cancelled, as in the SDK's roster. */
export const member = (userID, status = 'inviting') => ({ userID, status, ...nothingYet });

export const find = (members, userID) => members.find((each) => each.userID === userID);

/** Somebody who is not in the list yet is added to it. */
export function patch(members, userID, changes) {
  if (!find(members, userID)) return [...members, { ...member(userID), ...changes }];
  return members.map((each) => (each.userID === userID ? { ...each, ...changes } : each));
}

export const entered = (members, userID) => patch(members, userID, { ...nothingYet, status: 'joined' });

/** What the SDK tells of people, in the form of its roster. */
export const withRoster = (members, roster) =>
  roster.reduce(
    (list, { userID, status }) => (find(list, userID)?.status === status ? list : patch(list, userID, { status })),
    members,
  );

export const joined = (members) => members.filter(({ status }) => status === 'joined');

const PRESENT = new Set(['inviting', 'ringing', 'joined']);

/** Those who are in the call or may still come. */
export const present = (members) => members.filter(({ status }) => PRESENT.has(status));

/** What happened to whom between two lists: [{userID, status}], for the words that tell it. */
export const news = (before, now) =>
  now.filter(({ userID, status }) => find(before, userID)?.status !== status).map(({ userID, status }) => ({ userID, status }));
