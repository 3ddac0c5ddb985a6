// The arguments of the application's calls, made regular, under the core's names where they go to the core. What cannot be
// understood is a "params error" in the words that applications know (behaviour document, 3.0).
import type { Media, Profile } from './core/protocol.js';
import { fail } from './errors.js';
import { isObject } from './given.js';
import type { DeviceKind, RenderParams, ViewOptions } from './ports.js';

type Given = Readonly<Record<string, unknown>>;

const DEFAULT_TIMEOUT = 30;
/** A call has 8 participants: every one sends to every other, and a browser encodes for each of them. */
const MOST_OTHERS = 7;
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

function objectOf(method: string, options: unknown): Given {
  if (!isObject(options)) throw paramsError(method, options, 'an object is expected');
  return options;
}

/** User ids are strings; numbers are what spreadsheets and input boxes make of them. '' for everything else. */
const idOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

function userOf(method: string, given: Given): string {
  const user = idOf(given['userID']);
  if (user === '') throw paramsError(method, given, 'userID');
  return user;
}

export interface LoginArguments {
  user: string;
  user_sig: string;
}

/** Empty values go to the core, which has codes of their own for them. The signature is never repeated in a message. */
export function loginArguments(options: unknown): LoginArguments {
  const { userID, userSig } = isObject(options) ? options : ({} as Given);
  return { user: idOf(userID), user_sig: idOf(userSig) };
}

/** `given` is what the error shows. */
export function mediaOf(method: string, type: unknown, given = type): Media {
  const number = Number(type);
  if (number !== 1 && number !== 2) throw paramsError(method, given, 'type is 1 or 2');
  return number === 2 ? 'video' : 'audio';
}

/** Seconds; 0 = for ever. */
function timeoutOf(method: string, given: Given): number {
  const { timeout = DEFAULT_TIMEOUT } = given;
  if (typeof timeout === 'number' && timeout >= 0 && timeout <= LONGEST_TIMEOUT) return timeout;
  throw paramsError(method, given, 'timeout is a number of seconds');
}

/** `least` is 1 where a room must be named, and 0 where that means any. */
function roomOf(method: string, given: Given, least: number): number {
  const room = Number(given['roomID'] ?? 0);
  if (Number.isInteger(room) && room >= least && room <= LARGEST_ROOM) return room;
  throw paramsError(method, given, `roomID is a whole number from ${least} to ${LARGEST_ROOM}`);
}

export interface NewCall {
  media: Media;
  /** Seconds; 0 = for ever. */
  timeout: number;
  user_data: string;
  /** 0 = any. */
  room: number;
}

function newCall(method: string, given: Given): NewCall {
  const { type, userData = '' } = given;
  const media = mediaOf(method, type, given);
  if (typeof userData !== 'string') throw paramsError(method, given, 'userData is a string');
  return { media, timeout: timeoutOf(method, given), user_data: userData, room: roomOf(method, given, 0) };
}

export function callArguments(options: unknown): NewCall & { user: string } {
  const given = objectOf('call', options);
  return { user: userOf('call', given), ...newCall('call', given) };
}

/** The list in the order in which it was given, everybody once; the application's array stays as it is. */
function usersOf(method: string, given: Given, self: string): string[] {
  const { userIDList } = given;
  const users = Array.isArray(userIDList) ? [...new Set(userIDList.map(idOf))] : [''];
  if (users.length === 0 || users.includes('')) throw paramsError(method, given, 'userIDList is a list of userIDs');
  if (users.includes(self)) throw fail('CALL_TO_SELF', 'userIDList names oneself');
  if (users.length > MOST_OTHERS) {
    throw fail('LIMIT_EXCEEDED', `userIDList may name ${MOST_OTHERS}: a call has ${MOST_OTHERS + 1} participants`);
  }
  return users;
}

export interface InviteArguments {
  users: string[];
  timeout: number;
}

export function inviteArguments(options: unknown, self: string): InviteArguments {
  const given = objectOf('inviteUser', options);
  return { users: usersOf('inviteUser', given, self), timeout: timeoutOf('inviteUser', given) };
}

export function groupCallArguments(options: unknown, self: string): NewCall & InviteArguments & { group_id: string } {
  const given = objectOf('groupCall', options);
  const group_id = given['groupID'] ? groupOf('groupCall', given) : '';
  return { ...newCall('groupCall', given), users: usersOf('groupCall', given, self), group_id };
}

/** The id of a group, alone or as a member of options. */
export function groupOf(method: string, options: unknown): string {
  const groupID = idOf(isObject(options) ? options['groupID'] : options);
  if (groupID === '') throw paramsError(method, options, 'groupID');
  return groupID;
}

export function joinArguments(options: unknown): { media: Media; group_id: string; room: number } {
  const method = 'joinInGroupCall';
  const given = objectOf(method, options);
  const media = mediaOf(method, given['type'], given);
  return { media, group_id: groupOf(method, given), room: roomOf(method, given, 1) };
}

export interface AnswerArguments {
  /** '' where none was given. */
  call: string;
  busy: boolean;
}

/** Both generations: without arguments, and with those of INVITED. */
export function answerArguments(options: unknown): AnswerArguments {
  const { inviteID, isBusy } = isObject(options) ? options : ({} as Given);
  return { call: typeof inviteID === 'string' ? inviteID : '', busy: Boolean(isBusy) };
}

/** What of `given` says how a picture is shown. */
function renderOf(method: string, given: unknown): RenderParams {
  const render: Record<string, unknown> = {};
  const fits = ['cover', 'contain', 'fill'];
  for (const key of ['objectFit', 'mirror', 'muted'] as const) {
    const value = objectOf(method, given)[key];
    if (value === undefined) continue;
    if (key === 'objectFit' ? !fits.includes(value as string) : typeof value !== 'boolean') {
      throw paramsError(method, given, key);
    }
    render[key] = value;
  }
  return render;
}

export function viewArguments(method: string, options: unknown): ViewOptions {
  const given = objectOf(method, options);
  const { videoViewDomID, options: render } = given;
  const userID = userOf(method, given);
  if (!videoViewDomID || (typeof videoViewDomID !== 'string' && !isObject(videoViewDomID))) {
    throw paramsError(method, given, 'videoViewDomID');
  }
  const view: ViewOptions = { userID, videoViewDomID: videoViewDomID as string | HTMLElement };
  if (render !== undefined) view.render = renderOf(method, render);
  return view;
}

/** `user` is undefined where oneself is meant. */
export function renderArguments(options: unknown, self: string): { user: string | undefined; render: RenderParams } {
  const method = 'setVideoRenderParams';
  const given = objectOf(method, options);
  const user = idOf(given['userID']);
  return { user: user === '' || user === self ? undefined : user, render: renderOf(method, given) };
}

export const stopViewArguments = (method: string, options: unknown): { userID: string } => ({
  userID: userOf(method, objectOf(method, options)),
});

const deviceKinds: ReadonlyMap<string, DeviceKind> = new Map([
  ['video', 'videoinput'],
  ['camera', 'videoinput'],
  ['audio', 'audioinput'],
  ['microphone', 'audioinput'],
  ['speaker', 'audiooutput'],
]);

/** `given` is what the error shows. */
export function kindOf(method: string, type: unknown, given = type): DeviceKind {
  const kind = deviceKinds.get(String(type).replace(/s$/, ''));
  if (kind === undefined) throw paramsError(method, given, 'there is no such type of device');
  return kind;
}

export function deviceArguments(options: unknown): { kind: DeviceKind; deviceId: string } {
  const given = objectOf('switchDevice', options);
  const { deviceType, deviceId } = given;
  if (typeof deviceId !== 'string' || deviceId === '') throw paramsError('switchDevice', given, 'deviceId');
  return { kind: kindOf('switchDevice', deviceType, given), deviceId };
}

/** The successor says 0 and 1, its predecessor's forks say whether it is the front camera. */
export function facingOf(camera: unknown): 'user' | 'environment' {
  if (camera === 0 || camera === true || camera === 'front') return 'user';
  if (camera === 1 || camera === false || camera === 'back') return 'environment';
  throw paramsError('switchCamera', camera, '0 is the front camera, 1 the back one');
}

/** What is left out stays as it was. */
export function profileArguments(options: unknown, { nick, avatar }: Profile): Profile {
  const given = objectOf('setSelfInfo', options);
  const member = (key: string, before: string, most: number) => {
    const { [key]: value = before } = given;
    if (typeof value !== 'string') throw paramsError('setSelfInfo', given, `${key} is a string`);
    if (new TextEncoder().encode(value).length > most) throw fail('LIMIT_EXCEEDED', `${key}: ${most} bytes`);
    return value;
  };
  return { nick: member('nickName', nick, 128), avatar: member('avatar', avatar, 1024) };
}
