import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { done, loggedIn, rejection, settled } from './support/calling.js';
import { calledBob, fails } from './support/calls.js';

const legacy = [
  ['switchToAudioCall', 'audio'],
  ['switchToVideoCall', 'video'],
] as const;

describe('Switching between audio and video', () => {
  for (const [method, media] of legacy) {
    test(`${method}() asks the core and resolves with undefined`, async () => {
      const { sdk, platform, told } = await calledBob();
      platform.engine.on('SwitchMedia', ({ op }) => [done(op, { type: 'Nothing' })]);
      assert.equal(await sdk[method](), undefined);
      assert.deepEqual(told('SwitchMedia'), [{ type: 'SwitchMedia', op: 3, media }]);
    });

    for (const code of [61002, 2024, 60002]) {
      test(`${method}() resolves with undefined also when the core says ${code}`, async () => {
        const { sdk, platform } = await loggedIn();
        platform.engine.on('SwitchMedia', fails(code));
        assert.equal(await sdk[method](), undefined);
      });
    }
  }

  test('is said in the console when it cannot be', async (t) => {
    const { sdk, platform } = await loggedIn();
    platform.engine.on('SwitchMedia', fails(61002, 'a group call'));
    const warn = t.mock.method(console, 'warn', () => undefined);
    sdk.setLogLevel(2);
    await sdk.switchToAudioCall();
    assert.match(String(warn.mock.calls[0]?.arguments[0]), /switchToAudioCall - CALL_STATUS: idle/);
  });

  test('switchCallMediaType() takes both types', async () => {
    const { sdk, platform, told } = await loggedIn();
    platform.engine.on('SwitchMedia', ({ op }) => [done(op, { type: 'Nothing' })]);
    await sdk.switchCallMediaType(1);
    await sdk.switchCallMediaType(2);
    assert.deepEqual(
      told('SwitchMedia').map(({ media }) => media),
      ['audio', 'video'],
    );
  });

  for (const code of [61002, 60001, 60002]) {
    test(`switchCallMediaType() rejects when the core says ${code}`, async () => {
      const { sdk, platform } = await loggedIn();
      platform.engine.on('SwitchMedia', fails(code));
      assert.equal((await rejection(sdk.switchCallMediaType(2))).code, code);
    });
  }

  for (const wrong of [undefined, 0, 3, 'video', {}]) {
    test(`switchCallMediaType(${JSON.stringify(wrong)}) is refused`, async () => {
      const { sdk, told } = await loggedIn();
      assert.equal((await rejection(sdk.switchCallMediaType(wrong as never))).code, 61001);
      assert.deepEqual(told('SwitchMedia'), []);
    });
  }

  test('getSwitchCallModeStatus() says whether one is under way, until it is answered either way', async () => {
    const { sdk, core, told } = await loggedIn();
    assert.equal(sdk.getSwitchCallModeStatus(), false);
    const first = sdk.switchCallMediaType(1);
    const second = rejection(sdk.switchCallMediaType(2));
    await settled();
    assert.equal(sdk.getSwitchCallModeStatus(), true);
    const [one, two] = told('SwitchMedia').map(({ op }) => op) as [number, number];
    await core({ type: 'Failed', op: two, error: { code: 61002, detail: '' } });
    await second;
    assert.equal(sdk.getSwitchCallModeStatus(), true);
    await core(done(one, { type: 'Nothing' }));
    await first;
    assert.equal(sdk.getSwitchCallModeStatus(), false);
  });
});
