import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { catalogue } from '../src/errors.generated.js';
import { codeOf, TRTCCallingError } from '../src/errors.js';

describe('The error catalogue', () => {
  const header = readFileSync(new URL('../../../src/error.hpp', import.meta.url), 'utf8');
  const codes = [...header.matchAll(/^ {2}(\w+) = (\d+),$/gm)].map(([, name, code]) => [name, Number(code)] as const);

  test('has the codes and names of the core', () => {
    assert.ok(codes.length > 20);
    assert.deepEqual(
      Object.entries(catalogue).map(([code, { name }]) => [name.toLowerCase(), Number(code)]),
      codes,
    );
  });

  test('has a message and a remedy for each', () => {
    for (const [code, { message, remedy }] of Object.entries(catalogue)) assert.ok(message && remedy, code);
  });

  test('knows the code that only setVideoQuality uses', () => {
    assert.equal(codeOf('INVALID_PROFILE'), 65535);
  });
});

describe('A TRTCCallingError', () => {
  test('is an Error with a code, in two forms', () => {
    const error = new TRTCCallingError(2024);
    assert.ok(error instanceof Error && error instanceof TRTCCallingError);
    assert.equal(error.name, 'TRTCCallingError');
    assert.equal(error.code, error.getCode());
    assert.equal(error.message, catalogue[2024].message);
    assert.equal(error.detail, '');
    assert.ok(error.stack?.includes('errors.test'));
  });
});
