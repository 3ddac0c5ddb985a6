// Calls between two cores. They have to work on every broker.
import assert from 'node:assert/strict';
import type { Host } from '../host.ts';
import type { Behaviour, World } from './world.ts';

async function pair(world: World): Promise<[Host, Host]> {
  return Promise.all([world.host(world.name('Alice')), world.host(world.name('bob'))]);
}

async function again(host: Host): Promise<void> {
  while (!(await host.next('SignalingChanged')).connected);
}

const call = (name: string, run: (world: World) => Promise<void>): Behaviour => ({
  name,
  async run(world) {
    await run(world);
    return true;
  },
});

export const calls: readonly Behaviour[] = [
  call('an invitation rings at the callee and its rejection returns', async (world) => {
    const [alice, bob] = await pair(world);
    await alice.call(bob);
    const invited = await bob.next('Invited');
    assert.equal(invited.call.inviter, alice.userID);
    await bob.ask({ type: 'Reject', call: invited.call.call, busy: false });
    assert.equal((await alice.next('InviteRejected')).user, bob.userID);
  }),
  call('an accepted call begins on both sides and ends on both sides', async (world) => {
    const [alice, bob] = await pair(world);
    await alice.call(bob);
    await bob.ask({ type: 'Accept', call: (await bob.next('Invited')).call.call });
    assert.equal((await alice.next('UserEntered')).user, bob.userID);
    assert.equal((await bob.next('UserEntered')).user, alice.userID);
    await bob.ask({ type: 'HangUp' });
    await Promise.all([alice.next('CallEnded'), bob.next('CallEnded')]);
  }),
  call('an invitation that is taken back stops ringing', async (world) => {
    const [alice, bob] = await pair(world);
    await alice.call(bob);
    await bob.next('Invited');
    await alice.ask({ type: 'HangUp' });
    assert.equal((await bob.next('CallCancelled')).told, true);
  }),
  call('a callee who signs in late rings', async (world) => {
    const [alice, bob] = [await world.host(world.name('Alice')), await world.stranger(world.name('bob'))];
    await alice.call(bob);
    await bob.login(await world.broker.userSig(bob.userID));
    assert.equal((await bob.next('Invited')).call.inviter, alice.userID);
  }),
  call('a newer login takes the account over', async (world) => {
    const alice = await world.host(world.name('Alice'));
    // Logins of the same moment decide by lot (signaling/claim.hpp); this one has been there for a while.
    alice.pass(10_000);
    const second = await world.host(alice.userID);
    await alice.next('KickedOut');
    assert.equal(second.count('KickedOut'), 0);
  }),
  call('after a restart of the broker both come back, and a call gets through', async (world) => {
    const [alice, bob] = await pair(world);
    await world.broker.kill();
    for (const one of [alice, bob]) assert.equal((await one.next('SignalingChanged')).connected, false);
    await world.broker.start();
    await Promise.all([again(alice), again(bob)]);
    await alice.call(bob);
    await bob.ask({ type: 'Reject', call: (await bob.next('Invited')).call.call, busy: true });
    await alice.next('LineBusy');
  }),
  call('a restart of the broker during a call ends nothing', async (world) => {
    const [alice, bob] = await pair(world);
    await alice.call(bob);
    await bob.ask({ type: 'Accept', call: (await bob.next('Invited')).call.call });
    await Promise.all([alice.next('UserEntered'), bob.next('UserEntered')]);
    await world.broker.kill();
    await world.broker.start();
    await Promise.all([again(alice), again(bob)]);
    for (const one of [alice, bob]) assert.equal(one.count('CallEnded'), 0);
    await alice.ask({ type: 'SetMicrophone', on: false });
    while ((await bob.next('AudioAvailable')).available);
    await alice.ask({ type: 'HangUp' });
    await bob.next('CallEnded');
  }),
];
