/**
 * Runs `action` in a task of its own, after those that are already queued; returns how to call it off. A message, not
 * a timer: browsers hold the timers of a hidden page back for up to a second, and a call may well be set up in one.
 */
export function inNextTask(action: () => void): () => void {
  const channel = new MessageChannel();
  const close = (): void => {
    channel.port1.onmessage = null;
    channel.port1.close();
  };
  channel.port1.onmessage = () => {
    close();
    action();
  };
  channel.port2.postMessage(undefined);
  return close;
}
