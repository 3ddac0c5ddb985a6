// What the page tells about itself: the network's comings and goings, its own end, and that it was not the end.
import { listen } from './listen.js';
import type { Report } from './ports.js';

export interface PageEvents {
  report: Report;
  /** When this returns the page may be gone, or frozen in the back/forward cache. */
  onPageHide(): void;
  /** The page has come back from the back/forward cache, with everything that it had in memory. */
  onPageRestored(): void;
}

/** Starts to listen, outside of browsers to nothing; the answer stops it. */
export function watchPage({ report, onPageHide, onPageRestored }: PageEvents): () => void {
  if (typeof window === 'undefined' || typeof window.addEventListener !== 'function') return () => undefined;
  // A hint only: a tab that becomes visible has had its timers throttled and should look around, too.
  const onChange = () => report({ type: 'NetworkChanged', online: navigator.onLine !== false });
  // Every page that is loaded is shown, too; `persisted` is said of those that were there before.
  const onPageShow = (event: Event) => {
    if ((event as PageTransitionEvent).persisted) onPageRestored();
  };
  const stops = [
    // The last one is fired at the document; it bubbles.
    listen(window, ['online', 'offline', 'visibilitychange'], onChange),
    listen(window, ['pagehide'], onPageHide),
    listen(window, ['pageshow'], onPageShow),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
