import type { ViewOptions } from '../ports.js';

export type Target = ViewOptions['videoViewDomID'];

/** Vue 3 tells under this name what its proxy stands for. */
interface Proxied {
  __v_raw?: HTMLElement;
}

/**
 * The element that the application means, if it is in a page now, also in that of a frame or of another window. Ids
 * begin with user data (`video-12 3`, `video-张三`): no selector would do.
 */
export function findContainer(target: Target): HTMLElement | undefined {
  const found = typeof target === 'string' ? document.getElementById(target) : elementOf(target);
  // A frame that is gone leaves its document connected, without a window.
  return found?.isConnected && found.ownerDocument.defaultView ? found : undefined;
}

function elementOf(target: HTMLElement & Proxied): HTMLElement | null | undefined {
  try {
    const element = target.__v_raw ?? target;
    return isElement(element) ? element : document.getElementById(element.id);
  } catch {
    return undefined; // Not even its id can be read: a proxy that does not know what it stands for.
  }
}

/** Every window has an HTMLElement of its own: `instanceof` would not do. For the DOM itself a proxy is no element. */
function isElement(value: HTMLElement): boolean {
  try {
    document.contains(value);
    return value.nodeType === 1;
  } catch {
    return false;
  }
}
