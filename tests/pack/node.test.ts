// The packed package in Node: on servers that render pages, in bots and in tests.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Server } from '../e2e/harness/server.ts';
import { application, output } from './support/packed.ts';

/** Node 20 has no WebSocket of its own; 22 has. */
const logIn = `
async function logIn(TRTCCalling, WebSocket) {
  globalThis.WebSocket ??= WebSocket;
  const [sdkAppID, userID, userSig, server] = process.argv.slice(2);
  const calling = new TRTCCalling({ SDKAppID: sdkAppID, server });
  const { code } = await calling.login({ userID, userSig });
  const refused = await calling.call({ userID: 'bob', type: 1 }).catch((error) => error.code);
  await calling.logout();
  console.log(JSON.stringify({ code, refused }));
}
`;

/** Fails where the import looks at anything that is not Node's. */
const untouched = `
const looked = [];
for (const name of ['window', 'document', 'navigator', 'location', 'self', 'WebSocket', 'RTCPeerConnection', 'fetch', 'crypto', 'WebAssembly']) {
  const value = globalThis[name];
  Object.defineProperty(globalThis, name, { configurable: true, get() { looked.push(name); return value; } });
}
const { default: TRTCCalling } = await import('trtc-calling-wasm');
new TRTCCalling({ SDKAppID: 1 }).on(TRTCCalling.EVENT.INVITED, () => undefined);
console.log(JSON.stringify(looked));
`;

describe('In Node', () => {
  let server: Server;
  let folder: string;
  const node = async (...args: string[]): Promise<unknown> => JSON.parse(await output(process.execPath, args, folder)) as unknown;

  before(async () => {
    [server, folder] = await Promise.all([Server.start(), application('node')]);
    await writeFile(join(folder, 'module.mjs'), `import TRTCCalling from 'trtc-calling-wasm';\nimport { WebSocket } from 'ws';\n${logIn}logIn(TRTCCalling, WebSocket);\n`);
    await writeFile(join(folder, 'common.cjs'), `const TRTCCalling = require('trtc-calling-wasm');\nconst { WebSocket } = require('ws');\n${logIn}logIn(TRTCCalling, WebSocket);\n`);
    await writeFile(join(folder, 'untouched.mjs'), untouched);
  });
  after(() => server?.stop());

  const user = async (userID: string): Promise<string[]> => {
    const { sdkAppID, userSig } = await server.userSig(userID);
    return [String(sdkAppID), userID, userSig, `${server.url}mqtt`];
  };

  for (const [how, file] of [['import', 'module.mjs'], ['require()', 'common.cjs']] as const) {
    for (const flags of [[], ['--disallow-code-generation-from-strings']]) {
      test(`${how} gives a class that logs in${flags.length > 0 ? ' where code must not be made from strings' : ''}`, async () => {
        assert.deepEqual(await node(...flags, file, ...(await user('robot'))), { code: 0, refused: 61007 });
      });
    }
  }

  test('import and construction look at nothing of a browser', async () => {
    assert.deepEqual(await node('untouched.mjs'), []);
  });
});
