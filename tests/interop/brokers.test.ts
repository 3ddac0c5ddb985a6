// The C++ MQTT client and the call protocol over brokers of other people.
import assert from 'node:assert/strict';
import { after, before, describe, test, type TestContext } from 'node:test';
import { aedes } from './brokers/aedes.ts';
import type { Broker } from './brokers/broker.ts';
import { mosquitto } from './brokers/mosquitto.ts';
import { Host } from './host.ts';

for (const [name, open] of [['Aedes', aedes], ['Mosquitto', mosquitto]] as const) {
  describe(name, () => {
    let broker: Broker;
    let users = 0;

    before(async () => {
      broker = await open();
    });
    after(() => broker.stop());

    async function join(t: TestContext, userID: string): Promise<Host> {
      const host = await Host.start(userID, broker.sdkAppID, broker.url);
      t.after(() => host.close());
      await host.login(await broker.userSig(userID));
      await host.next('Ready');
      return host;
    }

    async function pair(t: TestContext): Promise<[Host, Host]> {
      users += 1;
      // Upper case and a hyphen: what account names have to escape.
      return Promise.all([join(t, `Alice-${users}`), join(t, `bob_${users}`)]);
    }

    test('an invitation rings at the callee and its rejection returns', async (t) => {
      const [alice, bob] = await pair(t);
      await alice.call(bob);
      const { call } = await bob.next('Invited');
      assert.equal(call.inviter, alice.userID);
      await bob.ask({ type: 'Reject', call: call.call, busy: false });
      assert.equal((await alice.next('InviteRejected')).user, bob.userID);
    });

    test('an accepted call begins on both sides and ends on both sides', async (t) => {
      const [alice, bob] = await pair(t);
      await alice.call(bob);
      const { call } = await bob.next('Invited');
      await bob.ask({ type: 'Accept', call: call.call });
      assert.equal((await alice.next('UserEntered')).user, bob.userID);
      assert.equal((await bob.next('UserEntered')).user, alice.userID);
      await bob.ask({ type: 'HangUp' });
      await Promise.all([alice.next('CallEnded'), bob.next('CallEnded')]);
    });

    test('an invitation that is taken back stops ringing', async (t) => {
      const [alice, bob] = await pair(t);
      await alice.call(bob);
      await bob.next('Invited');
      await alice.ask({ type: 'HangUp' });
      assert.equal((await bob.next('CallCancelled')).told, true);
    });

    test('both come back after the broker was killed, and a call gets through', async (t) => {
      const [alice, bob] = await pair(t);
      await broker.kill();
      for (const one of [alice, bob]) assert.equal((await one.next('SignalingChanged')).connected, false);
      await broker.start();
      for (const one of [alice, bob]) assert.equal((await one.next('SignalingChanged')).connected, true);
      await alice.call(bob);
      const { call } = await bob.next('Invited');
      await bob.ask({ type: 'Reject', call: call.call, busy: true });
      await alice.next('LineBusy');
    });

    test('a restart of the broker during a call ends nothing', async (t) => {
      const [alice, bob] = await pair(t);
      await alice.call(bob);
      await bob.ask({ type: 'Accept', call: (await bob.next('Invited')).call.call });
      await Promise.all([alice.next('UserEntered'), bob.next('UserEntered')]);
      await broker.kill();
      await broker.start();
      for (const one of [alice, bob]) {
        while (!(await one.next('SignalingChanged')).connected);
        assert.equal(one.count('CallEnded'), 0);
      }
      await alice.ask({ type: 'SetMicrophone', on: false });
      while ((await bob.next('AudioAvailable')).available);
      await alice.ask({ type: 'HangUp' });
      await bob.next('CallEnded');
    });

    test('a newer login takes the account over', async (t) => {
      const [alice] = await pair(t);
      // Logins of the same moment decide by lot (signaling/claim.hpp); this one has been there for a while.
      alice.pass(10_000);
      const second = await join(t, alice.userID);
      await alice.next('KickedOut');
      assert.equal(second.count('KickedOut'), 0);
    });
  });
}
