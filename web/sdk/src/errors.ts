// The one class of errors that leaves the package, and the sentences it speaks.
import { catalogue } from './errors.generated.js';
import type { TRTCCallingError as PublicError } from './types.js';

export type ErrorName = (typeof catalogue)[keyof typeof catalogue]['name'] | 'CORE_UNAVAILABLE' | 'INVALID_PROFILE';

interface Entry {
  name: ErrorName;
  message: string;
  remedy: string;
}

/**
 * The core's, and what it cannot say itself: that it is missing, and 65535, with which setVideoQuality has always refused
 * (behaviour document, 3.11).
 */
const entries: Readonly<Record<number, Entry>> = {
  ...catalogue,
  61100: {
    name: 'CORE_UNAVAILABLE',
    message: 'the call engine could not be loaded',
    remedy: "check the network, the `wasmUrl` option and that the page's Content-Security-Policy allows 'wasm-unsafe-eval'",
  },
  65535: {
    name: 'INVALID_PROFILE',
    message: 'no such video profile',
    remedy: "Pass '240p', '360p', '480p', '720p', '1080p' or {width, height, frameRate, bitrate}.",
  },
};

/** All codes, ascending. */
export const knownCodes = (): number[] => Object.keys(entries).map(Number);

const unknown: Entry = { name: 'CORE_FAILED', message: 'unknown error', remedy: 'Report the code and the detail.' };

/** The catalogue's entry; a code that this version does not know is still an error with a readable text. */
export const describe = (code: number): Entry => entries[code] ?? unknown;

export const codeOf = (name: ErrorName): number => knownCodes().find((code) => describe(code).name === name) as number;

/** "what happened: what is special about it". */
export const sentence = (code: number, detail: string): string =>
  detail === '' ? describe(code).message : `${describe(code).message}: ${detail}`;

export class TRTCCallingError extends Error implements PublicError {
  readonly code: number;
  readonly detail: string;
  readonly remedy: string;

  constructor(code: number, detail = '', message = sentence(code, detail)) {
    super(message);
    this.name = 'TRTCCallingError';
    this.code = code;
    this.detail = detail;
    this.remedy = describe(code).remedy;
  }

  getCode(): number {
    return this.code;
  }
}

export const fail = (name: ErrorName, detail = '', message?: string): TRTCCallingError =>
  new TRTCCallingError(codeOf(name), detail, message);

/** What went wrong, as text, whatever was thrown. */
export function textOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message || thrown.name;
  return String(thrown);
}

/** Whatever was thrown, as an error of ours: nothing else leaves the package. */
export const ours = (thrown: unknown): TRTCCallingError =>
  thrown instanceof TRTCCallingError ? thrown : fail('CORE_FAILED', textOf(thrown));
