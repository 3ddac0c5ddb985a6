/** Runs actions one after the other, in the order in which they come; one that fails does not keep the others back. */
export function turns(): (action: () => Promise<void>) => Promise<void> {
  let last = Promise.resolve();
  return (action) => {
    const done = last.then(action);
    last = done.catch(() => undefined);
    return done;
  };
}
