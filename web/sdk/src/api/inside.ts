// Where an object of the public class keeps its inside.
import type { Client } from '../client.js';

/**
 * Keeps the client of an object where neither enumeration nor reactive frameworks find it. The value is a function:
 * a proxy may wrap objects that are read through it, and `this` may be such a proxy, but a function stays what it is.
 */
export const CLIENT = Symbol('client');

interface Inside {
  readonly [CLIENT]: () => Client;
}

export const clientOf = (object: object): Client => (object as Inside)[CLIENT]();

/** Not enumerable: Vue 2 makes every property reactive that it can enumerate. */
export function hide(object: object, key: PropertyKey, value: unknown): void {
  Object.defineProperty(object, key, { value, writable: true, configurable: true });
}
