// Who is shown under which name. A nick name is another user's choice: it is text, it is short, and where it matters the
// user ID stands beside it.
import { recall, remember } from './storage.js';

const LIMIT = 100; // names that this browser remembers
const names = new Map(Array.isArray(recall('names')) ? recall('names') : []);

/** Without line breaks and without the marks that turn the direction of what follows. */
const clean = (nick) =>
  String(nick ?? '').replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, ' ').trim().slice(0, 64);

/** The SDK told how `userID` wants to be shown; '' takes the name back. */
export function learnName(userID, nick) {
  const name = clean(nick);
  if ((names.get(userID) ?? '') === name) return;
  names.delete(userID);
  if (name) names.set(userID, name);
  remember('names', [...names].slice(-LIMIT));
}

export const nameOf = (userID) => names.get(userID) ?? userID;

/** 'bob' or 'Bob (bob)': where one user must not pass for another. */
export const fullNameOf = (userID) => (nameOf(userID) === userID ? userID : `${nameOf(userID)} (${userID})`);

export const namesOf = (userIDs) => userIDs.map(nameOf).join(', ');
