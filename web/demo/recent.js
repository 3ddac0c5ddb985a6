// The last people this user called or was called by. Only in this browser.
import { recall, remember } from './storage.js';

const LIMIT = 6;
const nameFor = (self) => `recent.${self}`;
const isEntry = (entry) => typeof entry?.peer === 'string' && (entry.peers === undefined || Array.isArray(entry.peers));

export const peersOf = ({ peer, peers }) => peers ?? [peer];
const sameAs = (one) => (other) => [...peersOf(one)].sort().join() === [...peersOf(other)].sort().join();

export function readRecent(self) {
  const list = recall(nameFor(self));
  return Array.isArray(list) ? list.filter(isEntry).slice(0, LIMIT) : [];
}

/** entry: {peer, peers, type, outgoing, outcome, seconds, at}; one for the same people, newest first; `times` missed. */
export function addRecent(self, entry) {
  const list = readRecent(self);
  const before = list.find(sameAs(entry));
  const times = entry.outcome === 'missed' ? (before?.outcome === 'missed' ? (before.times ?? 1) : 0) + 1 : undefined;
  remember(nameFor(self), [{ ...entry, times }, ...list.filter((each) => each !== before)].slice(0, LIMIT));
}
