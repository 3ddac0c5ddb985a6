// Calls as far as tests need them before they begin.
import type { CallType } from '../../../web/sdk/src/types.js';
import type { User, World } from './world.js';

export interface Pair {
  alice: User;
  bob: User;
}

export async function pair(world: World): Promise<Pair> {
  return { alice: await world.online('alice'), bob: await world.online('bob') };
}

/** alice calls, bob rings; nothing has been looked at. */
export async function ringing(world: World, type: CallType = 2, timeout?: number): Promise<Pair> {
  const both = await pair(world);
  await world.until(both.alice.sdk.call({ userID: 'bob', type, ...(timeout === undefined ? {} : { timeout }) }));
  return both;
}

/** alice and bob talk; what led to it has been looked at. */
export async function talking(world: World, type: CallType = 2): Promise<Pair> {
  const both = await ringing(world, type);
  await world.until(both.bob.sdk.accept());
  forget(both.alice, both.bob);
  return both;
}

export function forget(...users: User[]): void {
  for (const user of users) user.news();
}

/** The caller's devices are still being asked for. */
export async function dialing(world: World): Promise<Pair> {
  const both = await pair(world);
  both.alice.media.held = true;
  const call = both.alice.sdk.call({ userID: 'bob', type: 2 });
  call.catch(() => undefined);
  await world.pass();
  return both;
}
