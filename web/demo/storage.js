// What this browser remembers for the page. A browser that refuses storage just forgets.

const key = (name) => `trtc-demo.${name}`;

export function recall(name) {
  try {
    return JSON.parse(localStorage.getItem(key(name))) ?? undefined;
  } catch {
    return undefined;
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(key(name), JSON.stringify(value));
  } catch {
    // storage is full or switched off
  }
}
