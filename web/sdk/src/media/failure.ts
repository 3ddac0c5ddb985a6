import type { MediaError, TrackKind } from '../core/protocol.js';

/** Why no device could be opened: the word for the core and a sentence for the person in front of the screen. */
export interface Failure {
  error: MediaError;
  message: string;
}

const deviceNames: Record<TrackKind, string> = { audio: 'microphone', video: 'camera' };

/** The `name` of a DOMException or Error; browsers do not agree on the class. */
export function errorName(reason: unknown): string {
  return reason instanceof Error || reason instanceof DOMException ? reason.name : '';
}

export function errorText(reason: unknown): string {
  return reason instanceof Error || reason instanceof DOMException ? `${reason.name}: ${reason.message}` : String(reason);
}

export const insecure: Failure = {
  error: 'insecure',
  message: 'The browser offers no camera and microphone to this page; it must be served over HTTPS or from localhost.',
};

/** NotReadableError is the word of the specification; Firefox on Linux and older Chromium abort instead. */
export function isInUse(reason: unknown): boolean {
  return errorName(reason) === 'NotReadableError' || errorName(reason) === 'AbortError';
}

/** Reads a getUserMedia rejection that concerned devices of one kind. */
export function failureOf(kind: TrackKind, reason: unknown): Failure {
  const device = deviceNames[kind];
  switch (errorName(reason)) {
    case 'NotAllowedError':
    case 'SecurityError':
      return {
        error: 'permission_denied',
        message: `The ${device} is blocked for this page. Allow it in the browser's site settings and try again.`,
      };
    case 'NotFoundError':
      return { error: 'not_found', message: `No ${device} was found.` };
    case 'NotReadableError':
    case 'AbortError':
      return { error: 'in_use', message: `The ${device} could not be started; another application may be using it.` };
    default:
      return { error: 'unknown', message: `The ${device} could not be opened (${errorText(reason)}).` };
  }
}
