// Section 3.2: on() and off(), with a real event: SDK_READY.
import type TRTCCalling from '../../../web/sdk/src/trtc-calling.js';
import { chapter, equal } from '../support/suite.js';

const proves = chapter('emitter', '3.2 Listeners');
type Listen = (sdk: TRTCCalling, note: (what: unknown) => void) => void;

function emits(row: string, verdict: 'KEEP' | 'FIX', what: string, expected: unknown[], listen: Listen): void {
  proves(`3.2 ${row}`, verdict, what, async (world) => {
    const user = world.user('alice');
    const noted: unknown[] = [];
    listen(user.sdk, (each) => noted.push(each));
    await world.login(user);
    equal(noted, expected);
  });
}

emits('return value', 'KEEP', 'both return undefined', [undefined, undefined], (sdk, note) => {
  note(sdk.on('sdkReady', () => undefined));
  note(sdk.off('sdkReady', () => undefined));
});
emits('this', 'KEEP', 'the context, else the object', [true, true], (sdk, note) => {
  const context = {};
  sdk.on('sdkReady', function (this: unknown) { note(this === context); }, context);
  sdk.on('sdkReady', function (this: unknown) { note(this === sdk); });
});
emits('payload', 'KEEP', 'exactly one argument', [[{ name: 'ts_im_ready' }]], (sdk, note) => {
  sdk.on('sdkReady', (...all: unknown[]) => note(all));
});
emits('several listeners', 'KEEP', 'in the order of their registration', [1, 2, 3], (sdk, note) => {
  for (const number of [1, 2, 3]) sdk.on('sdkReady', () => note(number));
});
emits('same callback twice', 'KEEP', 'called twice', [1, 1], (sdk, note) => {
  const listener = () => note(1);
  sdk.on('sdkReady', listener);
  sdk.on('sdkReady', listener);
});
emits('on with a non-function', 'KEEP', 'throws at once', [true], (sdk, note) => {
  try {
    sdk.on('sdkReady', 5 as never);
  } catch (thrown) {
    note(thrown instanceof Error);
  }
});
emits('unknown names', 'KEEP', 'accepted', [undefined], (sdk, note) => note(sdk.on('nonsense' as 'sdkReady', () => note(1))));
emits('off(name, cb)', 'KEEP', 'removes all of its registrations', [2], (sdk, note) => {
  const listener = () => note(1);
  sdk.on('sdkReady', listener);
  sdk.on('sdkReady', () => note(2));
  sdk.on('sdkReady', listener);
  sdk.off('sdkReady', listener);
});
emits('off(name, cb, ctx)', 'KEEP', 'does not look at the context', [], (sdk, note) => {
  const listener = () => note(1);
  sdk.on('sdkReady', listener, {});
  sdk.off('sdkReady', listener, { other: true });
});
emits('off(name)', 'KEEP', 'removes every listener of the event', [], (sdk, note) => {
  sdk.on('sdkReady', () => note(1));
  sdk.off('sdkReady');
});
emits('off of a stranger', 'KEEP', 'is silent', [1], (sdk, note) => {
  sdk.on('sdkReady', () => note(1));
  sdk.off('sdkReady', () => undefined);
});
emits('removes itself', 'FIX', 'the next listener is called all the same', [1, 2], (sdk, note) => {
  const once = () => {
    sdk.off('sdkReady', once);
    note(1);
  };
  sdk.on('sdkReady', once);
  sdk.on('sdkReady', () => note(2));
});
emits('listener throws', 'FIX', 'the others are called all the same', [2], (sdk, note) => {
  sdk.on('sdkReady', () => {
    throw new Error('of the application');
  });
  sdk.on('sdkReady', () => note(2));
});
proves('3.2 login and logout', 'KEEP', 'listeners stay', async (world) => {
  const user = await world.online('alice');
  await world.until(user.sdk.logout());
  await world.login(user);
  equal(user.count('sdkReady'), 2);
});
