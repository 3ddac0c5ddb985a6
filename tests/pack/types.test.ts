// The packed package under the name of the one that it replaces, as TypeScript sees it.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { before, describe, test } from 'node:test';
import { application, output, root } from './support/packed.ts';

const require = createRequire(join(root, 'web/sdk/package.json'));
const compilerOf = (name: string): string => join(dirname(require.resolve(`${name}/package.json`)), 'bin/tsc');

const source = `import TRTCCalling, { InvitedInfo, UserVideoInfo } from 'trtc-calling-js';

const calling: TRTCCalling = new TRTCCalling({ SDKAppID: 1400000000, wasmUrl: '/core.wasm' });
const answer = async ({ sponsor, inviteID, inviteData: { roomID, callType } }: InvitedInfo): Promise<void> => {
  if (sponsor !== '' && callType === TRTCCalling.CALL_TYPE.VIDEO_CALL) await calling.accept({ inviteID, roomID, callType });
};
calling.on(TRTCCalling.EVENT.INVITED, answer);
calling.on('onUserVideoAvailable', ({ userID, isVideoAvailable }: UserVideoInfo) => {
  if (isVideoAvailable) calling.startRemoteView({ userID, videoViewDomID: 'remote' }).catch((error: TRTCCalling.TRTCCallingError) => error.code);
});
export const placed: Promise<TRTCCalling.CallResult> = calling.login({ userID: 'a', userSig: 's' }).then(() => calling.call({ userID: 'b', type: 2 }));
// @ts-expect-error a number is expected
calling.call({ userID: 'b', type: '2' });
`;

const strict = { strict: true, noEmit: true, target: 'es2017', lib: ['es2017', 'dom'], types: [] };

describe('An application of the original package, with the alias installed, compiles', () => {
  let folder: string;
  before(async () => {
    folder = await application('types');
    for (const file of ['app.ts', 'app.mts', 'app.cts']) await writeFile(join(folder, file), source);
  });

  const compiles = async (compiler: string, file: string, options: Record<string, unknown>): Promise<void> => {
    const project = join(folder, 'tsconfig.json');
    await writeFile(project, JSON.stringify({ compilerOptions: { ...strict, ...options }, files: [file] }));
    assert.equal(await output(process.execPath, [compilerOf(compiler), '-p', project], folder), '');
  };

  test('strictly under TypeScript 4.1', () =>
    compiles('typescript-4.1', 'app.ts', { module: 'commonjs', moduleResolution: 'node', esModuleInterop: true }));

  test('under the current TypeScript for a bundler', () => compiles('typescript', 'app.ts', { module: 'esnext', moduleResolution: 'bundler' }));

  test("under the current TypeScript for Node's modules", () => compiles('typescript', 'app.mts', { module: 'nodenext' }));

  test("under the current TypeScript for Node's CommonJS", () => compiles('typescript', 'app.cts', { module: 'nodenext' }));
});
