// Who is logged in where.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Refused } from './harness/participant.ts';
import { connect, everyPair, expectMedia, named, Stage } from './harness/stage.ts';

const stage = Stage.open();

for (const pair of everyPair) {
  describe(named(pair), () => {
    test('a second login takes over and ends the call of the first', async (t) => {
      const [alice, bob] = await stage.pair(t, pair);
      await connect(alice, bob);
      await expectMedia(alice, bob);
      const second = await stage.again(t, alice, { browser: pair.callee });
      await stage.logIn(second);
      await alice.waitFor('KICKED_OUT');
      await alice.expectNothingLeft();
      await bob.expectEvents([['USER_LEAVE', { userID: alice.userID }], 'CALLING_END']);
      await bob.expectNothingLeft();

      // The new session is the one that is reached.
      await bob.call(second);
      await second.expectEvents([['INVITED', { sponsor: bob.userID }]]);
      await second.reject();
      await bob.expectEvents(['REJECT']);
      await bob.expectNoMoreEvents();
    });

    test('a callee who logs in while the invitation is valid rings and can accept', async (t) => {
      const alice = await stage.join(t, 'alice', { browser: pair.caller });
      const bob = await stage.join(t, 'bob', { browser: pair.callee, offline: true });
      await alice.call(bob);
      await stage.logIn(bob);
      await bob.expectEvents([['INVITED', { sponsor: alice.userID }]]);
      await bob.accept();
      await alice.waitFor('USER_ENTER', { userID: bob.userID });
      await Promise.all([alice.show(bob), bob.show(alice)]);
      await expectMedia(alice, bob);
    });

    test('a callee who logs in after the deadline does not ring', async (t) => {
      const alice = await stage.join(t, 'alice', { browser: pair.caller });
      const bob = await stage.join(t, 'bob', { browser: pair.callee, offline: true });
      await alice.call(bob, { timeout: 1 });
      await alice.expectEvents([['NO_RESP', { userID: bob.userID, userIDList: [bob.userID] }], 'CALLING_END']);
      await stage.logIn(bob);
      // A later call gets through: whatever was sent before it would have arrived before it.
      await alice.call(bob);
      const [invited] = await bob.expectEvents(['INVITED']);
      assert.equal((await bob.allEvents()).filter(({ key }) => key === 'INVITED').length, 1);
      assert.equal(invited!.payload['sponsor'], alice.userID);
    });
  });
}

test('a forged UserSig is refused at login', async (t) => {
  const alice = await stage.join(t, 'alice', { offline: true });
  await assert.rejects(alice.login('eJwrzy*KSy5KTUtNVbJSMlSyUgIAHmoEbQ__'), (error) => error instanceof Refused && error.code === 61004);
});

test('the UserSig of somebody else is refused at login', async (t) => {
  const alice = await stage.join(t, 'alice', { offline: true });
  const { userSig } = await stage.server.userSig('mallory');
  await assert.rejects(alice.login(userSig), (error) => error instanceof Refused && error.code === 61004);
});

test('logging out during a call ends it for the other side', async (t) => {
  const [alice, bob] = await stage.pair(t, everyPair[0]!);
  await connect(alice, bob);
  await alice.invoke('logout');
  await bob.expectEvents([['USER_LEAVE', { userID: alice.userID }], 'CALLING_END']);
  await Promise.all([alice.expectNothingLeft(), bob.expectNothingLeft()]);
});
