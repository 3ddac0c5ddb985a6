// A TRTCCalling object over a scripted core, and what tests need to speak with both.
import type { CallInfo, Effect, Input, Profile, Result } from '../../src/core/protocol.js';
import { FakePlatform } from '../../src/fakes/index.js';
import type { EventMap } from '../../src/payloads.js';
import TRTCCalling from '../../src/trtc-calling.js';
import type { Options } from '../../src/types.js';

export type Seen = [name: string, payload: unknown];

/** Everything that waits in microtasks has happened. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export const online: Effect = { type: 'StatusChanged', session: 'online', call: 'idle' };
export const loggedOut: Effect = { type: 'StatusChanged', session: 'logged_out', call: 'idle' };

/** Of users who have not said how they want to be shown. */
export const nobody: Profile = { nick: '', avatar: '' };

export const callInfo = (given: Partial<CallInfo> = {}): CallInfo => ({
  call: 'call-1',
  room: 77,
  media: 'video',
  role: 'invitee',
  inviter: 'bob',
  invitees: ['alice'],
  group: false,
  group_id: '',
  user_data: '',
  inviter_profile: nobody,
  ...given,
});

export interface Calling {
  sdk: TRTCCalling;
  platform: FakePlatform;
  /** Every event since the beginning. */
  events: Seen[];
  /** Lets the core say something of its own accord. */
  core(...effects: Effect[]): Promise<void>;
  /** What the core was told, by type. */
  told<Type extends Input['type']>(type: Type): Extract<Input, { type: Type }>[];
}

export const done = (op: number, result: Result): Effect => ({ type: 'Done', op, result });

/** An object that nobody has logged in with; the core lets everybody in. */
export function calling(options: Partial<Options> = {}): Calling {
  const platform = new FakePlatform();
  const sdk = new TRTCCalling({ SDKAppID: 1400000000, platform, ...options });
  sdk.setLogLevel(4);
  const events: Seen[] = [];
  for (const name of new Set(Object.values(TRTCCalling.EVENT))) {
    sdk.on(name as keyof EventMap, (payload) => events.push([name, payload]));
  }
  platform.engine.on('Login', ({ op }) => [online, done(op, { type: 'LoggedIn', repeated: false }), { type: 'Ready' }]);
  const core = async (...effects: Effect[]) => {
    platform.engine.on('NetworkChanged', () => effects);
    if (platform.page === undefined) throw new Error('nobody is logged in');
    platform.page.report({ type: 'NetworkChanged', online: true });
    await settled();
    platform.engine.on('NetworkChanged', () => []);
  };
  const told = <Type extends Input['type']>(type: Type) =>
    platform.engine.inputs.filter((input): input is Extract<Input, { type: Type }> => input.type === type);
  return { sdk, platform, events, core, told };
}

/** The same, logged in as alice, with the events of the login forgotten. */
export async function loggedIn(options: Partial<Options> = {}): Promise<Calling> {
  const it = calling(options);
  await it.sdk.login({ userID: 'alice', userSig: 'sig' });
  await settled();
  it.events.length = 0;
  return it;
}

/** The error that a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<Error & { code?: number }> {
  try {
    await promise;
  } catch (thrown) {
    return thrown as Error;
  }
  throw new Error('the promise was kept');
}
