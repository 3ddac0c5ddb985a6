// What the page tells about itself: the network's comings and goings, and its own end.
import type { Report } from './ports.js';

/** Says PageClosed to the core at once: when pagehide returns, the page may be gone. */
export interface PageEvents {
  report: Report;
  onPageHide(): void;
}

/** Starts to listen, outside of browsers to nothing; the answer stops it. */
export function watchPage({ report, onPageHide }: PageEvents): () => void {
  if (typeof window === 'undefined' || typeof window.addEventListener !== 'function') return () => undefined;
  // A hint only: a tab that becomes visible has had its timers throttled and should look around, too.
  const onChange = () => report({ type: 'NetworkChanged', online: navigator.onLine !== false });
  const listeners: [name: string, listener: () => void][] = [
    ['online', onChange],
    ['offline', onChange],
    // Fired at the document; it bubbles.
    ['visibilitychange', onChange],
    ['pagehide', onPageHide],
  ];
  for (const [name, listener] of listeners) window.addEventListener(name, listener);
  return () => {
    for (const [name, listener] of listeners) window.removeEventListener(name, listener);
  };
}
