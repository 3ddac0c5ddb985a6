// How a clause of the behaviour document becomes a test, and what is counted.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { World, type Seen, type User } from './world.js';

export type Verdict = 'KEEP' | 'FIX' | 'SUPERSET' | `D${number}`;

export interface Row {
  row: string;
  verdict: Verdict;
  what: string;
  chapter: { file: string; title: string };
}

export const rows: Row[] = [];
export const totals = { assertions: 0 };

/** A chapter of the suite, by its file and its heading; its tests are named by the row that they prove. */
export function chapter(file: string, title: string) {
  const about = { file, title };
  return (row: string, verdict: Verdict, what: string, prove: (world: World) => Promise<void>): void => {
    rows.push({ row, verdict, what, chapter: about });
    test(`${row}: ${what}`, () => prove(new World()));
  };
}

export function equal(actual: unknown, expected: unknown, message?: string): void {
  totals.assertions += 1;
  assert.deepEqual(actual, expected, message);
}

/** `actual` may hold more than what is promised. */
export function holds(actual: unknown, promised: object, message?: string): void {
  const found = Object.fromEntries(Object.keys(promised).map((key) => [key, (actual as Seen[1] | undefined)?.[key]]));
  equal(found, promised, message);
}

export function matches(text: unknown, pattern: RegExp): void {
  totals.assertions += 1;
  assert.match(String(text), pattern);
}

type Promised = [name: string, payload?: object];

/** Everything that has happened to a user since the last look, in order: names exactly, payloads at least so. */
export function saw(user: User, ...promised: Promised[]): void {
  const news = user.news();
  equal(news.map(([name]) => name), promised.map(([name]) => name), `the events of ${user.id}`);
  promised.forEach(([name, payload], index) => {
    if (payload !== undefined) holds(news[index]?.[1], payload, `${name} of ${user.id}`);
  });
}

/** What a promise of the package rejects with: always an error of ours. */
export async function refused(promise: Promise<unknown>): Promise<Error & { code: number }> {
  const error = (await promise.then(
    () => assert.fail('the promise was kept'),
    (thrown: unknown) => thrown,
  )) as Error & { code: number };
  equal(error.name, 'TRTCCallingError');
  return error;
}
