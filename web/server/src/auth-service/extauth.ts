import type { UserSigSettings } from '../auth/login.js';
import type { Questions } from '../auth/questions.js';
import { every, type Clock } from '../clock.js';
import { FrameReader } from './frames.js';

/**
 * ejabberd's external authentication asks by standard input, for instance `auth:1400000001_alice:trtc:<UserSig>`: a text
 * behind its length, two bytes. The answer has a length, too, and is 1 or 0 in two bytes.
 */
export function serveExtauth(input: NodeJS.ReadableStream, output: NodeJS.WritableStream, asked: Questions): void {
  const reader = new FrameReader();
  input.on('data', (chunk: Buffer) => {
    for (const frame of reader.read(chunk)) output.write(Buffer.from([0, 2, 0, answerTo(frame.toString('utf8'), asked) ? 1 : 0]));
  });
}

/** Passwords cannot be set, users neither made nor removed. */
function answerTo(question: string, { login, isAccount }: Questions): boolean {
  const [, operation, userName = '', rest = ''] = /^([a-z_]+):([^:]*):[^:]*(?::(.*))?$/s.exec(question) ?? [];
  switch (operation) {
    // ejabberd takes client ids apart by user, so they need no rule here.
    case 'auth': return login({ userName, password: rest, clientID: undefined }).ok;
    case 'isuser': return isAccount(userName);
    default: return false;
  }
}

const secondsUntilRead = 10;

/** These settings, read again every ten seconds: ejabberd has no signal to pass on. What works is kept. Returns the end of it. */
export function readAgain(settings: { -readonly [K in keyof UserSigSettings]: UserSigSettings[K] }, load: () => UserSigSettings, clock: Clock, complain: (error: unknown) => void): () => void {
  return every(clock, secondsUntilRead * 1000, () => {
    try {
      ({ apps: settings.apps, clockSkewSeconds: settings.clockSkewSeconds } = load());
    } catch (error) {
      complain(error);
    }
  });
}
