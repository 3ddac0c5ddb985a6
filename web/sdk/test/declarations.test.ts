import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { declarations } from '../tools/declarations.js';

const sdk = fileURLToPath(new URL('..', import.meta.url));
const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript-4.1/package.json')), 'bin/tsc');

/** The names that applications know from DefinitelyTyped, in the places where they are used. */
const use = `
const options: Options = { SDKAppID: '1400000000', tim: {} };
const calling = new TRTCCalling(options);
const level: LogLevel = 4;
calling.setLogLevel(level);
const whom: UserInfo = { userID: 'bob' };
const invited: Callback<InvitedInfo> = ({ sponsor, userIDList, isFromGroup, inviteData, inviteID }) => {
  const { callType, roomID } = inviteData;
  if (isFromGroup && callType === TRTCCalling.CALL_TYPE.VIDEO_CALL && userIDList.includes(sponsor)) {
    const accepted: AcceptOptions = { inviteID, roomID, callType };
    return calling.accept(accepted).then((answer) => answer && answer.data.message.payload.data);
  }
  const rejected: RejectOptions = { inviteID, isBusy: true, callType };
  return calling.reject(rejected);
};
calling.on(TRTCCalling.EVENT.INVITED, invited, calling);
calling.off(calling.EVENT.INVITED, invited);
calling.on(TRTCCalling.EVENT.USER_VIDEO_AVAILABLE, ({ userID, isVideoAvailable }: UserVideoInfo) => {
  const view: ViewOptions = { userID, videoViewDomID: 'remote' };
  return isVideoAvailable ? calling.startRemoteView(view) : calling.stopRemoteView(view);
});
calling.on('onUserAudioAvailable', ({ userID, isAudioAvailable }: UserAudioInfo) => [userID, isAudioAvailable]);
const names: (keyof EventMap)[] = [TRTCCalling.EVENT.CALLING_END, TRTCCalling.EVENT.CALL_END, 'onNoResp'];
for (const name of names) calling.on(name, () => undefined);

async function calls(): Promise<number> {
  const login: LoginOptions = { userID: 'alice', userSig: 'signature' };
  await calling.login(login);
  const one: CallOptions = { ...whom, type: 2, timeout: 30, offlinePushInfo: {} };
  const { roomID, data } = await calling.call(one);
  data.message.nick = 'Alice';
  const many: GroupCallOptions = { userIDList: ['bob', 'carol'], type: 1, groupID: 'team' };
  const { userIDList, inviteID } = await calling.groupCall(many);
  await calling.setVideoQuality('720p');
  await calling.switchDevice({ deviceType: 'video', deviceId: (await calling.getCameras())[0].deviceId });
  await calling.hangup();
  return roomID + userIDList.length + inviteID.length;
}
calls().catch((error: TRTCCallingError) => error.getCode() + error.remedy.length);
// @ts-expect-error a group call needs a list
calling.groupCall({ type: 2 });
// @ts-expect-error a listener of another event
calling.on('onInvited', ({ isVideoAvailable }: UserVideoInfo) => isVideoAvailable);
`;

const NAMES = [
  ...['AcceptOptions', 'Callback', 'CallOptions', 'EventMap', 'GroupCallOptions', 'InvitedInfo', 'LoginOptions'],
  ...['LogLevel', 'Options', 'RejectOptions', 'TRTCCallingError'],
  ...['UserAudioInfo', 'UserInfo', 'UserVideoInfo', 'ViewOptions'],
];
const generic = (name: string): string => (name === 'Callback' ? 'Callback<T>' : name);
const aliased = NAMES.map((name) => `type ${generic(name)} = TRTCCalling.${generic(name)};`).join('\n');

/** The three ways into the package, as applications of that time have them. */
const consumers: Readonly<Record<string, string>> = {
  'default import': `import TRTCCalling, { ${NAMES.join(', ')} } from 'trtc-calling-wasm';\n${use}`,
  require: `import TRTCCalling = require('trtc-calling-wasm');\n${aliased}\n${use}`,
  'script tag': `/// <reference types="trtc-calling-wasm" />\n${aliased}\n${use}`,
};

const fileOf = (way: string): string => `${way.replace(' ', '-')}.ts`;

describe('TypeScript 4.1 reads the declarations', () => {
  let scratch: string;
  let said: string;

  before(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'trtc-calling-test-'));
    const dist = join(scratch, 'node_modules/trtc-calling-wasm');
    await mkdir(dist, { recursive: true });
    await declarations(sdk, dist);
    const files = Object.entries(consumers).map(async ([way, source]) => {
      const file = join(scratch, fileOf(way));
      await writeFile(file, source);
      return file;
    });
    const options = ['--strict', '--noEmit', '--esModuleInterop', '--moduleResolution', 'node', '--module', 'commonjs'];
    const target = ['--target', 'es2017', '--lib', 'es2017,dom', '--listFiles'];
    const command = [compiler, ...options, ...target, ...(await Promise.all(files))];
    const ran = await promisify(execFile)(process.execPath, command, { cwd: scratch }).catch((error: unknown) => error);
    said = (ran as { stdout: string }).stdout;
  });
  after(() => rm(scratch, { recursive: true }));

  /** With --listFiles the compiler names what it has read, besides what is wrong in it. */
  const lines = (name: string) => said.split('\n').filter((line) => line.includes(name));

  test('without a complaint about themselves', () => {
    assert.deepEqual(lines('trtc-calling-wasm'), [join(scratch, 'node_modules/trtc-calling-wasm/index.d.ts')]);
  });

  for (const way of Object.keys(consumers)) {
    test(`of an application with ${way}, which uses DefinitelyTyped's names`, () => {
      assert.deepEqual(lines(fileOf(way)), [join(scratch, fileOf(way))]);
    });
  }
});
