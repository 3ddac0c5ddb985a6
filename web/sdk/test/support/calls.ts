// Calls between alice, who is tested, and bob, as the scripted core tells of them.
import type { Effect, Input } from '../../src/core/protocol.js';
import type { CallMessage } from '../../src/types.js';
import { callInfo, done, loggedIn } from './calling.js';

export type OpOf = { op: number };

export const placed = ({ op }: OpOf): Effect[] => [
  done(op, {
    type: 'CallPlaced',
    call: 'call-1',
    user: 'bob',
    room: 77,
    media: 'video',
    sending: { audio: true, video: false, screen: false },
  }),
];

export const fails = (code: number, detail = '') => (input: Input): Effect[] => [
  { type: 'Failed', op: (input as OpOf).op, error: { code, detail } },
];

/** The signal that a message describes, with its inner payload. */
export function signal({ payload }: CallMessage): Record<string, unknown> {
  const outer = JSON.parse(payload.data) as Record<string, unknown>;
  return { ...outer, data: JSON.parse(outer['data'] as string) as unknown };
}

/** In a call that alice has placed to bob. */
export async function calledBob() {
  const it = await loggedIn();
  it.platform.engine.on('Call', placed);
  const result = await it.sdk.call({ userID: 'bob', type: 2 });
  return { ...it, result };
}

/** Called by bob. */
export async function calledByBob() {
  const it = await loggedIn();
  await it.core({ type: 'Invited', call: callInfo() });
  return it;
}
