import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire, SourceMap } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { createContext, runInContext } from 'node:vm';
import { FakePlatform } from '../src/fakes/index.js';
import type TRTCCalling from '../src/trtc-calling.js';
import type { Options } from '../src/types.js';

type Class = typeof TRTCCalling;
const run = promisify(execFile);
const sdk = fileURLToPath(new URL('..', import.meta.url));

/** Stands in for what Emscripten makes: it lets everybody in who hands it the right module. */
const glue = `
export default async function createCore(Module) {
  const { instance } = await WebAssembly.instantiate(Module.wasmBinary, {});
  if (!('mark' in instance.exports)) throw new Error('another module');
  return { Engine: class {
    handle(now, text) {
      const { op } = JSON.parse(text);
      return JSON.stringify([{ type: 'Done', op, result: { type: 'LoggedIn', repeated: false } }]);
    }
    deadline() { return -1; }
  } };
}`;
/** (module (memory (export "mark") 0)) */
const wasm = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 5, 3, 1, 0, 0, 7, 8, 1, 4, 109, 97, 114, 107, 2, 0]);

const build = (...options: string[]) =>
  run(process.execPath, ['--import', 'tsx', 'tools/build.ts', ...options], { cwd: sdk });

describe('The build', () => {
  let scratch: string;
  let dist: string;
  let printed: string;
  let script: string;

  before(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'trtc-calling-test-'));
    const core = join(scratch, 'core');
    dist = join(scratch, 'node_modules/trtc-calling-wasm/dist');
    await mkdir(core);
    await writeFile(join(core, 'core.mjs'), glue);
    await writeFile(join(core, 'core.wasm'), wasm);
    printed = (await build('--core', core, '--out', dist)).stdout;
    await cp(join(sdk, 'package.json'), join(dist, '../package.json'));
    script = await readFile(join(dist, 'trtc-calling.js'), 'utf8');
  });
  after(() => rm(scratch, { recursive: true }));

  /** Everything but the core is fake. */
  const logsIn = async (Calling: Class, options: Partial<Options> = {}) => {
    const { createEngine: _, ...platform } = new FakePlatform();
    const calling = new Calling({ SDKAppID: 1, platform, ...options });
    calling.setLogLevel(4);
    assert.equal((await calling.login({ userID: 'alice', userSig: 'sig' })).code, 0);
  };

  test('prints how large the files are', () => {
    for (const name of ['trtc-calling.js', 'trtc-calling.mjs', 'core.wasm']) assert.ok(printed.includes(name));
    assert.match(printed, /raw +gzip +brotli/);
  });

  test('says what to do when there is no core', async () => {
    const error = (await build('--core', '/nowhere', '--out', join(scratch, 'x')).catch((e: unknown) => e)) as {
      stderr: string;
    };
    assert.match(error.stderr, /core\.mjs is missing: run scripts\/build-wasm/);
  });

  test('makes a CommonJS module that is the class, with the Wasm in it', async () => {
    const Calling = createRequire(join(scratch, 'app.js'))('trtc-calling-wasm') as Class;
    assert.equal(typeof Calling, 'function');
    assert.equal(Calling.name, 'TRTCCalling');
    assert.equal(Calling.CALL_TYPE.VIDEO_CALL, 2);
    await logsIn(Calling);
  });

  test('makes a script that defines one global, and needs none', () => {
    const page = createContext({});
    runInContext(script, page);
    assert.deepEqual(Object.keys(page), ['TRTCCalling']);
    assert.equal(runInContext("typeof new TRTCCalling({SDKAppID: 1}).login", page), 'function');
  });

  test('makes an AMD module', () => {
    let defined: unknown;
    const define = Object.assign((needs: unknown[], factory: () => unknown) => (defined = [needs, factory()]), { amd: {} });
    runInContext(script, createContext({ define }));
    const [needs, Calling] = defined as [unknown[], Class];
    assert.equal(needs.length, 0);
    assert.equal(Calling.EVENT.INVITED, 'onInvited');
  });

  test('makes an ECMAScript module for browsers, with the Wasm beside it and nothing of Node in it', async () => {
    const module = (await import(join(dist, 'trtc-calling.mjs'))) as { default: Class };
    assert.deepEqual(Object.keys(module), ['default']);
    assert.equal(new module.default({ SDKAppID: 1 }).EVENT.INVITED, 'onInvited');
    const text = await readFile(join(dist, 'trtc-calling.mjs'), 'utf8');
    assert.match(text, /new URL\("\.\/core\.wasm",import\.meta\.url\)/, 'the form that bundlers recognise');
    assert.match(text, /import\("\.\/core-base64\.mjs"\)/, 'the form that bundlers recognise');
    assert.doesNotMatch(text, /\bnode:|\bprocess\b|\brequire\b/);
    assert.deepEqual(new Uint8Array(await readFile(join(dist, 'core.wasm'))), wasm);
  });

  test('makes an ECMAScript module for Node, which reads the Wasm from the disk', async () => {
    const resolved = createRequire(join(scratch, 'app.js')).resolve('trtc-calling-wasm');
    assert.equal(resolved, join(dist, 'trtc-calling.js'), 'require() gets the bundle');
    await writeFile(join(scratch, 'app.mjs'), "export { default } from 'trtc-calling-wasm';\nexport const where = import.meta.resolve('trtc-calling-wasm');\n");
    const app = (await import(join(scratch, 'app.mjs'))) as { default: Class; where: string };
    assert.equal(app.where, pathToFileURL(join(dist, 'node.mjs')).href);
    await logsIn(app.default);
    await logsIn(app.default, { wasmUrl: pathToFileURL(join(dist, 'core.wasm')) });
    const missing = pathToFileURL(join(dist, 'other.wasm')).href;
    await assert.rejects(logsIn(app.default, { wasmUrl: missing }), { code: 61100, message: /ENOENT/ });
  });

  test('puts a copy of the Wasm into a script, which comes where the file is missing', async () => {
    const copy = join(scratch, 'without-wasm');
    await cp(dist, copy, { recursive: true });
    await rm(join(copy, 'core.wasm'));
    for (const name of ['trtc-calling.mjs', 'node.mjs']) {
      await logsIn(((await import(join(copy, name))) as { default: Class }).default);
    }
    await rm(join(copy, 'core-base64.mjs'));
    const { default: Calling } = (await import(`${join(copy, 'node.mjs')}?again`)) as { default: Class };
    await assert.rejects(logsIn(Calling), { code: 61100, message: /core\.wasm.*core-base64/ });
  });

  for (const name of ['trtc-calling.js', 'trtc-calling.mjs', 'node.mjs']) {
    test(`has a source map of ${name} that leads to the sources, which it holds`, async () => {
      const map = new SourceMap(JSON.parse(await readFile(join(dist, `${name}.map`), 'utf8')) as ConstructorParameters<typeof SourceMap>[0]);
      assert.deepEqual(map.payload.sources.filter((source) => !/^(\.\.\/src\/|glue:core\.mjs$)/.test(source)), []);
      const code = (await readFile(join(dist, name), 'utf8')).split('\n');
      assert.equal(code.at(-2), `//# sourceMappingURL=${name}.map`);
      const line = code.findIndex((text) => text.includes('an object is expected'));
      const found = map.findEntry(line, String(code[line]).indexOf('an object is expected')) as { originalSource: string; originalLine: number };
      assert.match(found.originalSource, /\/src\/arguments\.ts$/);
      const source = map.payload.sourcesContent[map.payload.sources.indexOf(found.originalSource)];
      assert.match(String(source?.split('\n')[found.originalLine]), /an object is expected/);
    });
  }

  test('is the same to the last byte every time, wherever it is written', async () => {
    const second = join(scratch, 'elsewhere/dist');
    await build('--core', join(scratch, 'core'), '--out', second);
    const names = await readdir(dist);
    assert.deepEqual(await readdir(second), names);
    assert.ok(names.length > 10);
    for (const name of names) assert.deepEqual(await readFile(join(second, name)), await readFile(join(dist, name)), name);
  });

  const consumer = `
const calling = new TRTCCalling({ SDKAppID: 0 });
calling.setLogLevel(0);
const invited = ({ sponsor, inviteData: { callType, roomID }, inviteID }: InvitedInfo): void => {
  if (callType === TRTCCalling.CALL_TYPE.VIDEO_CALL) void calling.accept({ inviteID, roomID, callType });
  void sponsor.length;
};
calling.on(TRTCCalling.EVENT.INVITED, invited, calling);
calling.off(TRTCCalling.EVENT.INVITED, invited, calling);
calling.on('onUserVideoAvailable', async ({ userID, isVideoAvailable }: UserVideoInfo) => [userID, isVideoAvailable]);
calling.on(calling.EVENT.CALLING_END, ({ callEnd }) => callEnd.toFixed());
const event: keyof TRTCCalling.EventMap = TRTCCalling.EVENT.NO_RESP;
calling.on(event, () => undefined);
async function use(): Promise<void> {
  await calling.login({ userID: '1', userSig: '2' });
  const called: TRTCCalling.CallResult = await calling.call({ userID: '1', type: TRTCCalling.CALL_TYPE.VIDEO_CALL, timeout: 30 });
  called.data.message.nick = String(called.roomID);
  await calling.accept();
  await calling.reject({ inviteID: '1', isBusy: true, callType: 2 });
  const hungUp = await calling.hangup();
  if (Array.isArray(hungUp)) hungUp[0].inviteID.length;
  await calling.startLocalView({ userID: '1', videoViewDomID: 'v' });
  await calling.stopRemoteView({ userID: '1', videoViewDomID: 'v' });
  const done: boolean = await calling.setMicMute(true);
  await calling.setVideoQuality({ width: 640, height: 480, frameRate: 15, bitrate: 900 });
  void done;
}
void use;
// @ts-expect-error no such event
calling.on('onNothing', () => undefined);
// @ts-expect-error a listener of another event
calling.on('onInvited', ({ isVideoAvailable }: UserVideoInfo) => isVideoAvailable);
`;

  test('declares the same class and types to both module systems', async () => {
    await writeFile(
      join(scratch, 'module.mts'),
      `import TRTCCalling, { InvitedInfo, UserVideoInfo } from 'trtc-calling-wasm';\n${consumer}`,
    );
    await writeFile(
      join(scratch, 'common.cts'),
      `import TRTCCalling = require('trtc-calling-wasm');
type InvitedInfo = TRTCCalling.InvitedInfo;
type UserVideoInfo = TRTCCalling.UserVideoInfo;\n${consumer}`,
    );
    const options = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2020', '--lib', 'es2020,dom', '--types', ''];
    const files = [join(scratch, 'module.mts'), join(scratch, 'common.cts')];
    const compiler = join(createRequire(import.meta.url).resolve('typescript/package.json'), '../bin/tsc');
    const compile = [compiler, ...options, ...files];
    const checked = await run(process.execPath, compile, { cwd: scratch }).catch((error: unknown) => error);
    assert.equal((checked as { stdout: string }).stdout, '');
  });
});
