import type { LoginQuestion, PublishQuestion } from '../auth/questions.js';

export type Fields = Readonly<Record<string, unknown>>;

/** What a broker wants to know, once its own words are stripped off. */
export type Question =
  | ({ readonly kind: 'login'; /** The client's, where the broker tells. */ readonly address?: string } & LoginQuestion)
  | ({ readonly kind: 'publish' } & PublishQuestion)
  | { readonly kind: 'subscribe'; readonly userName: string; readonly filters: readonly string[] }
  | { readonly kind: 'account'; readonly userName: string }
  /** What no client of ours asks for. */
  | { readonly kind: 'refused'; readonly userName: string };

export interface Answer {
  readonly type: string;
  readonly body: string;
}

/** How one kind of broker asks, and wants to be answered. */
export interface Dialect {
  /** Ends in a slash; what follows is the dialect's. */
  readonly path: string;
  /** Undefined: not a question of this dialect. */
  read(path: string, fields: Fields, hook: string): Question | undefined;
  format(allowed: boolean): Answer;
}

/** Empty for what is not a text, which is nobody's name, topic or password. */
export function textOf(fields: Fields, name: string): string {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return typeof value === 'string' ? value : '';
}

/** Brokers with templates write numbers and truth values as texts. */
export function isTrue(fields: Fields, name: string): boolean {
  const value = Object.hasOwn(fields, name) ? fields[name] : false;
  return !(value === undefined || value === false || value === 'false' || value === 0 || value === '0' || value === '');
}

export function qosOf(fields: Fields): number {
  const value = Object.hasOwn(fields, 'qos') ? fields['qos'] : 0;
  return value === undefined || value === '' ? 0 : Number(value);
}
