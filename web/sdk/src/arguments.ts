// The arguments of the application's calls, made regular. What cannot be understood is a "params error" in the words
// that applications know (behaviour document, 3.0).
import type { Media } from './core/protocol.js';
import { fail } from './errors.js';
import type { ViewOptions } from './ports.js';

type Given = Readonly<Record<string, unknown>>;

const DEFAULT_TIMEOUT = 30;
const LARGEST_ROOM = 2 ** 32 - 1;
/** Milliseconds travel in 32 bits; that is 49 days. */
const LONGEST_TIMEOUT = Math.floor((2 ** 32 - 1) / 1000);

function json(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return '(cannot be shown)'; // Circular, such as an element that a framework has decorated.
  }
}

export const paramsError = (method: string, given: unknown, detail = ''): Error =>
  fail('INVALID_PARAMETER', detail, `TRTCCalling.${method} - params error: ${json(given)}`);

const isObject = (value: unknown): value is Given => typeof value === 'object' && value !== null;

function objectOf(method: string, options: unknown): Given {
  if (!isObject(options)) throw paramsError(method, options, 'an object is expected');
  return options;
}

/** User ids are strings; numbers are what spreadsheets and input boxes make of them. */
function userOf(method: string, given: Given): string {
  const { userID } = given;
  if (typeof userID === 'string' && userID !== '') return userID;
  if (typeof userID === 'number') return String(userID);
  throw paramsError(method, given, 'userID');
}

export interface LoginArguments {
  user: string;
  userSig: string;
}

/** Empty values go to the core, which has codes of their own for them. The signature is never repeated in a message. */
export function loginArguments(options: unknown): LoginArguments {
  const { userID, userSig } = isObject(options) ? options : ({} as Given);
  const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
  return { user: text(userID), userSig: text(userSig) };
}

export interface CallArguments {
  user: string;
  media: Media;
  /** Seconds; 0 = for ever. */
  timeout: number;
  userData: string;
  /** 0 = any. */
  room: number;
}

export function callArguments(options: unknown): CallArguments {
  const given = objectOf('call', options);
  const { timeout = DEFAULT_TIMEOUT, userData = '', roomID = 0 } = given;
  const user = userOf('call', given);
  const type = Number(given['type']);
  if (type !== 1 && type !== 2) throw paramsError('call', given, 'type is 1 or 2');
  if (typeof timeout !== 'number' || !(timeout >= 0 && timeout <= LONGEST_TIMEOUT)) {
    throw paramsError('call', given, 'timeout is a number of seconds');
  }
  if (typeof userData !== 'string') throw paramsError('call', given, 'userData is a string');
  const room = Number(roomID);
  if (!Number.isInteger(room) || room < 0 || room > LARGEST_ROOM) {
    throw paramsError('call', given, `roomID is a whole number up to ${LARGEST_ROOM}`);
  }
  return { user, media: type === 2 ? 'video' : 'audio', timeout, userData, room };
}

export interface AnswerArguments {
  /** '' where none was given. */
  inviteID: string;
  isBusy: boolean;
}

/** Both generations: without arguments, and with those of INVITED. */
export function answerArguments(options: unknown): AnswerArguments {
  const { inviteID, isBusy } = isObject(options) ? options : ({} as Given);
  return { inviteID: typeof inviteID === 'string' ? inviteID : '', isBusy: Boolean(isBusy) };
}

export function viewArguments(method: string, options: unknown): ViewOptions {
  const given = objectOf(method, options);
  const { videoViewDomID } = given;
  const userID = userOf(method, given);
  if (!videoViewDomID || (typeof videoViewDomID !== 'string' && !isObject(videoViewDomID))) {
    throw paramsError(method, given, 'videoViewDomID');
  }
  return { userID, videoViewDomID: videoViewDomID as string | HTMLElement };
}

export const stopViewArguments = (method: string, options: unknown): { userID: string } => ({
  userID: userOf(method, objectOf(method, options)),
});
