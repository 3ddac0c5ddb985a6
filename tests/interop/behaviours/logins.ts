import { randomBytes } from 'node:crypto';
import { Client } from '../client.ts';
import type { Kind } from '../brokers/broker.ts';
import type { Behaviour, World } from './world.ts';

/** USER_SIG_REFUSED and USER_SIG_EXPIRED: what the application is told. */
const refusals = [61004, 61006];

/** Whether the core's login is refused, and the core knows why. */
async function isRefused(world: World, kind: Kind): Promise<boolean> {
  const userID = world.name('Alice');
  const host = await world.stranger(userID);
  return host.login(await world.broker.userSig(userID, { kind })).then(
    () => false,
    ({ code, message }: Error & { code: number }) => {
      if (!refusals.includes(code)) throw new Error(`refused with ${code} ${message}`);
      return true;
    },
  );
}

export const logins: readonly Behaviour[] = [
  {
    name: 'a genuine UserSig signs in',
    async run(world) {
      await world.host(world.name('Alice'));
      return true;
    },
  },
  { name: 'a forged UserSig is refused, and the application told so', run: (world) => isRefused(world, 'forged') },
  { name: 'an expired UserSig is refused, and the application told so', run: (world) => isRefused(world, 'expired') },
  {
    name: 'a UserSig of somebody else, or none, is refused',
    async run(world) {
      const [alice, mallory] = [world.name('Alice'), world.name('mallory')];
      // With NATS the token alone says who somebody is; the name counts for nothing.
      const borrowed = await world.tryClient(alice, { password: await world.broker.userSig(mallory) });
      const asAlice = borrowed !== undefined && (await borrowed.subscribe(`trtc/v1/in/${world.account(alice)}/+`));
      const nobody = await Client.connect(world.broker.url, { clientID: randomBytes(16).toString('hex') });
      nobody?.leave();
      return !asAlice && nobody === undefined;
    },
  },
  {
    name: 'nobody is thrown out by another account that uses its client id',
    async run(world) {
      const [alice, mallory] = [world.name('Alice'), world.name('mallory')];
      const clientID = `${world.account(alice)}_${randomBytes(16).toString('hex')}`;
      const victim = await world.client(alice, { clientID });
      await world.tryClient(mallory, { clientID });
      return victim.isAlive();
    },
  },
  {
    name: 'a session ends with its UserSig',
    async run(world) {
      const client = await world.client(world.name('Alice'), { expire: 3 });
      return client.ends(8_000);
    },
  },
];
