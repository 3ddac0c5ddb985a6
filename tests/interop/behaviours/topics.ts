// Who hears what. What must not arrive is followed by something that must: when that is there, the other would be, too.
import { otherAppID } from '../brokers/broker.ts';
import type { Client, Message } from '../client.ts';
import type { Behaviour, World } from './world.ts';

const saying = (payload: string) => (message: Message) => message.payload.toString() === payload;

/** Everything that was sent to these clients before has arrived. */
async function settle(world: World, owners: readonly (readonly [string, Client])[]): Promise<void> {
  await Promise.all(owners.map(async ([userID, client]) => {
    if (!(await client.isAlive())) return;
    client.publish(world.inbox(userID, userID), 'settled');
    await client.message(saying('settled'));
  }));
}

/** A client that hears its own inbox. */
async function listener(world: World, userID: string): Promise<Client> {
  const client = await world.client(userID);
  if (!(await client.subscribe(`trtc/v1/in/${world.account(userID)}/+`))) throw new Error(`${userID} may not hear its inbox`);
  return client;
}

/** An invitation of the core's to this callee, as it looks on the wire; whoever has made it is gone. */
async function invitationTo(world: World, callee: string): Promise<Buffer> {
  const [host, wire] = [await world.host(world.name('Caller')), await listener(world, callee)];
  await host.ask({ type: 'Call', user: callee, media: 'audio', timeout: 30_000, user_data: '', room: 0 });
  const { payload } = await wire.message((message) => message.payload.includes('"invite"'));
  await world.close();
  return payload;
}

/** Whether nobody who asks for one of these filters hears what Alice writes to Bob. */
async function isUnheard(world: World, filters: (bob: string) => string[], topic: (world: World, alice: string, bob: string) => string): Promise<boolean> {
  const [alice, bob] = [world.name('Alice'), world.name('bob')];
  const ears = await Promise.all(filters(world.account(bob)).map(async (filter) => {
    const mallory = world.name('mallory');
    const ear = await listener(world, mallory);
    await ear.subscribe(filter);
    return [mallory, ear] as const;
  }));
  const [speaker, witness] = [await world.client(alice), await listener(world, bob)];
  speaker.publish(topic(world, alice, bob), 'secret');
  speaker.publish(world.inbox(bob, alice), 'after');
  await witness.message(saying('after'));
  await settle(world, ears);
  return !ears.some(([, ear]) => ear.received.some(saying('secret')));
}

export const topics: readonly Behaviour[] = [
  {
    name: 'an inbox is heard by its owner only',
    run: (world) => isUnheard(world, (bob) => [`trtc/v1/in/${bob}/+`, 'trtc/v1/in/+/+', 'trtc/#', '#'], (_, alice, bob) => world.inbox(bob, alice)),
  },
  {
    name: 'a message under a forged sender is not delivered',
    async run(world) {
      const [alice, mallory, callee] = [world.name('Alice'), world.name('mallory'), world.name('bob')];
      const bytes = await invitationTo(world, callee);
      const bob = await world.host(callee);
      const attacker = await world.client(mallory);
      attacker.publish(world.inbox(bob.userID, alice), bytes);
      // The same bytes under its own name ring: nothing else was wrong with them.
      const again = (await attacker.isAlive()) ? attacker : await world.client(mallory);
      again.publish(world.inbox(bob.userID, mallory), bytes);
      return (await bob.next('Invited')).call.inviter === mallory;
    },
  },
  {
    name: 'a will under a forged name is not delivered',
    async run(world) {
      const [alice, mallory, bob] = [world.name('Alice'), world.name('mallory'), world.name('bob')];
      const witness = await listener(world, bob);
      await witness.subscribe(`trtc/v1/on/${world.account(alice)}`);
      const wills = [`trtc/v1/on/${world.account(alice)}`, world.inbox(bob, alice)];
      for (const topic of wills) (await world.tryClient(mallory, { will: { topic, payload: 'forged' } }))?.drop();
      const honest = await world.client(mallory, { will: { topic: world.inbox(bob, mallory), payload: 'x' } }).catch(() => world.client(mallory));
      honest.publish(world.inbox(bob, mallory), 'after');
      await witness.message(saying('after'));
      return !witness.received.some(saying('forged'));
    },
  },
  {
    name: 'the will of a client that vanishes is delivered',
    async run(world) {
      const [alice, bob] = [world.name('Alice'), world.name('bob')];
      const topic = `trtc/v1/on/${world.account(alice)}`;
      const witness = await listener(world, bob);
      await witness.subscribe(topic);
      (await world.client(alice, { will: { topic, payload: 'gone' } })).drop();
      await witness.message(saying('gone'));
      return true;
    },
  },
  {
    name: 'the will of a client that says goodbye is not delivered',
    async run(world) {
      const [alice, bob] = [world.name('Alice'), world.name('bob')];
      const topic = `trtc/v1/on/${world.account(alice)}`;
      const witness = await listener(world, bob);
      await witness.subscribe(topic);
      const leaving = await world.client(alice, { will: { topic, payload: 'gone' } });
      leaving.leave();
      await leaving.ends(10_000);
      // Due after the other.
      (await world.client(alice, { will: { topic, payload: 'after' } })).drop();
      await witness.message(saying('after'));
      return !witness.received.some(saying('gone'));
    },
  },
  {
    name: 'the presence of all people at once cannot be heard',
    run: (world) => isUnheard(world, () => ['trtc/v1/on/+', 'trtc/v1/on/#'], (_, alice) => `trtc/v1/on/${world.account(alice)}`),
  },
  {
    name: 'another application cannot be written to',
    async run(world) {
      const [alice, bob] = [world.name('Alice'), world.name('bob')];
      const account = world.account(bob, otherAppID);
      const witness = await world.client(bob, { sdkAppID: otherAppID });
      await witness.subscribe(`trtc/v1/in/${account}/+`);
      const speaker = await world.client(alice);
      speaker.publish(`trtc/v1/in/${account}/${world.account(alice)}`, 'across');
      await speaker.isAlive();
      witness.publish(`trtc/v1/in/${account}/${account}`, 'settled');
      await witness.message(saying('settled'));
      return !witness.received.some(saying('across'));
    },
  },
  {
    name: 'retained messages are not kept',
    async run(world) {
      const [mallory, bob] = [world.name('mallory'), world.name('bob')];
      const attacker = await world.client(mallory);
      attacker.publish(world.inbox(bob, mallory), 'kept', { retain: true });
      await attacker.isAlive();
      const late = await listener(world, bob);
      await settle(world, [[bob, late]]);
      return !late.received.some(saying('kept'));
    },
  },
  {
    name: 'a message of 64 kB is delivered whole',
    async run(world) {
      const [alice, bob] = [world.name('Alice'), world.name('bob')];
      const [speaker, witness] = [await world.client(alice), await listener(world, bob)];
      const payload = Buffer.alloc(65_536, 'x');
      speaker.publish(world.inbox(bob, alice), payload);
      return (await witness.message(({ topic }) => topic === world.inbox(bob, alice))).payload.equals(payload);
    },
  },
  {
    name: 'a message of 1 MB is refused',
    async run(world) {
      const [mallory, bob] = [world.name('mallory'), world.name('bob')];
      const [attacker, witness] = [await world.client(mallory), await listener(world, bob)];
      attacker.publish(world.inbox(bob, mallory), Buffer.alloc(1 << 20, 'x'));
      const again = (await attacker.isAlive()) ? attacker : await world.client(mallory);
      again.publish(world.inbox(bob, mallory), 'after');
      await witness.message(saying('after'));
      return witness.received.length === 1;
    },
  },
];
