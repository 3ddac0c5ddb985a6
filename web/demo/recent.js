// The last people this user called or was called by. Only in this browser; a browser that refuses storage just forgets.

const LIMIT = 6;
const storageKey = (self) => `trtc-demo.recent.${self}`;

export function readRecent(self) {
  try {
    const list = JSON.parse(localStorage.getItem(storageKey(self)));
    return Array.isArray(list) ? list.filter((entry) => typeof entry?.peer === 'string').slice(0, LIMIT) : [];
  } catch {
    return [];
  }
}

/** entry: {peer, type, outgoing, outcome, seconds, at}; one per person, newest first. */
export function addRecent(self, entry) {
  const list = [entry, ...readRecent(self).filter(({ peer }) => peer !== entry.peer)].slice(0, LIMIT);
  try {
    localStorage.setItem(storageKey(self), JSON.stringify(list));
  } catch {
    // storage is full or switched off
  }
}
