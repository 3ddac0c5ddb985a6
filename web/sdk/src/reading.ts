// What every method does with what it was given and what the core has answered.
import type { Result } from './core/protocol.js';
import { fail, ours } from './errors.js';

type Of<Type extends Result['type']> = Extract<Result, { type: Type }>;

export function expected<Type extends Result['type']>(result: Result, type: Type): Of<Type> {
  if (result.type !== type) throw fail('CORE_FAILED', `${result.type} instead of ${type}`);
  return result as Of<Type>;
}

/** What is thrown becomes a rejection, always with an error of ours: methods never throw. */
export function attempt<T>(act: () => Promise<T>): Promise<T> {
  try {
    return act();
  } catch (thrown) {
    return Promise.reject(ours(thrown));
  }
}
