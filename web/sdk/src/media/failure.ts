import type { MediaError, TrackKind } from '../core/protocol.js';
import { type ErrorName, fail, type TRTCCallingError } from '../errors.js';
import { errorName } from '../given.js';

/** Why no device could be opened: the word for the core and a sentence for the person in front of the screen. */
export interface Failure {
  error: MediaError;
  message: string;
}

const deviceNames: Record<TrackKind, string> = { audio: 'microphone', video: 'camera', screen: 'screen' };

export function errorText(reason: unknown): string {
  const name = errorName(reason);
  return name === '' ? String(reason) : `${name}: ${(reason as Error).message}`;
}

export const insecure: Failure = {
  error: 'insecure',
  message: 'The browser offers no camera and microphone to this page; it must be served over HTTPS or from localhost.',
};

/** NotReadableError is the word of the specification; Firefox on Linux and older Chromium abort instead. */
export function isInUse(reason: unknown): boolean {
  return errorName(reason) === 'NotReadableError' || errorName(reason) === 'AbortError';
}

/** No device fits what was asked for, which may be its id. */
export function isGone(reason: unknown): boolean {
  return errorName(reason) === 'OverconstrainedError';
}

/** Reads a getUserMedia or getDisplayMedia rejection that concerned devices of one kind. */
export function failureOf(kind: TrackKind, reason: unknown): Failure {
  const device = deviceNames[kind];
  switch (errorName(reason)) {
    case 'NotAllowedError':
    case 'SecurityError':
      return {
        error: 'permission_denied',
        message:
          kind === 'screen'
            ? 'The screen was not shared: nothing was picked, or the system does not allow it.'
            : `The ${device} is blocked for this page. Allow it in the browser's site settings and try again.`,
      };
    case 'NotFoundError':
    case 'OverconstrainedError':
      return { error: 'not_found', message: `No ${device} was found.` };
    case 'NotReadableError':
    case 'AbortError':
      return { error: 'in_use', message: `The ${device} could not be started; another application may be using it.` };
    default:
      return { error: 'unknown', message: `The ${device} could not be opened (${errorText(reason)}).` };
  }
}

const errorNames: Record<MediaError, ErrorName> = {
  permission_denied: 'PERMISSION_DENIED',
  not_found: 'DEVICE_NOT_FOUND',
  in_use: 'DEVICE_IN_USE',
  insecure: 'INSECURE_PAGE',
  unknown: 'CAPTURE_FAILED',
};

/** What a method that asked for one device rejects with; the catalogue's own sentences speak of calls. */
export const toError = ({ error, message }: Failure): TRTCCallingError => fail(errorNames[error], message, message);
