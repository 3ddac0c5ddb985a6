// The packed package without any tool, and what becomes of it on servers and under policies of all kinds.
import assert from 'node:assert/strict';
import { basename, join } from 'node:path';
import { before, describe, test } from 'node:test';
import type { HTTPRequest } from 'puppeteer-core';
import { application, here } from './support/packed.ts';
import { assertLoggedIn, carrierOf, visit } from './support/pages.ts';
import type { Instead } from './support/pages.ts';
import { openPlace } from './support/place.ts';

const place = openPlace();
const open = (page: string, instead?: Instead) => visit(place.browser, place.address('plain', page), instead);

const isFile = (request: HTTPRequest, name: string): boolean => basename(new URL(request.url()).pathname) === name;
/** For core.wasm only. */
const wasm =
  (answer: ReturnType<Instead>): Instead =>
  (request) =>
    isFile(request, 'core.wasm') ? answer : undefined;

before(() => application('plain', join(here, 'app')));

describe('A page of the strictest policy that allows Wasm logs in', () => {
  test('with a script tag, and downloads one file', async () => {
    const seen = await open('script.html');
    assertLoggedIn(seen);
    assert.equal(carrierOf(seen), 'the bundle');
  });

  test('with the module, and downloads no copy of the Wasm', async () => {
    const seen = await open('module.html');
    assertLoggedIn(seen);
    assert.equal(carrierOf(seen), 'core.wasm');
  });

  test('with Trusted Types and no policy for them', async () => {
    assertLoggedIn(await open('trusted.html'));
  });
});

describe('The module logs in', () => {
  for (const [what, answer] of [
    ['where core.wasm is missing', { status: 404, body: 'not found' }],
    ['where a page comes in its place', { status: 200, contentType: 'text/html', body: '<!doctype html>' }],
    ['where a page comes that is called Wasm', { status: 200, contentType: 'application/wasm', body: '<!doctype html>' }],
    ['where the connection is cut', 'nothing'],
  ] as const) {
    test(`${what}, with the copy that is a script`, async () => {
      const seen = await open('module.html', wasm(answer));
      assertLoggedIn({ ...seen, problems: [] });
      assert.equal(carrierOf(seen), 'a script of its own');
    });
  }

  test('where the server does not know the type of Wasm, without the copy', async () => {
    const bytes = await (await fetch(place.address('plain', 'node_modules/trtc-calling-wasm/dist/core.wasm'))).arrayBuffer();
    const seen = await open('module.html', wasm({ contentType: 'application/octet-stream', body: Buffer.from(bytes) }));
    assertLoggedIn(seen);
    assert.equal(carrierOf(seen), 'core.wasm');
  });

  test('with core.wasm from the place that wasmUrl names', async () => {
    const seen = await open('module.html?wasmUrl=/plain/node_modules/trtc-calling-js/dist/core.wasm');
    assertLoggedIn(seen);
    assert.equal(carrierOf(seen), 'core.wasm');
  });
});

describe('The module says what is wrong', () => {
  test('with wasmUrl, instead of looking elsewhere', async () => {
    const seen = await open('module.html?wasmUrl=/nowhere.wasm');
    assert.match(seen.title, /^TRTCCallingError 61100: .*\/nowhere\.wasm: HTTP 404$/);
    assert.equal(carrierOf(seen), 'core.wasm');
  });

  test('under a policy that forbids Wasm', async () => {
    const policy = { 'content-security-policy': "default-src 'self'" };
    const page = await (await fetch(place.address('plain', 'module.html'))).text();
    const seen = await open('module.html', (request) =>
      isFile(request, 'module.html') ? { contentType: 'text/html', headers: policy, body: page } : undefined,
    );
    assert.match(seen.title, /^TRTCCallingError 61100: .*WebAssembly/);
  });
});
