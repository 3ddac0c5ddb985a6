// The unions of src/core/protocol.ts once more, as data: what the golden lines of tests/contract are held against. The
// compiler holds both against each other below, so neither can change alone.
import type { Effect, Input, SocketReceived } from '../../src/core/protocol.js';

/** A primitive, the words of an enumeration, a list, a variant by its `type`, or a struct by its members. */
export type Kind =
  | 'number'
  | 'string'
  | 'boolean'
  | readonly string[]
  | { readonly list: Kind }
  | { readonly variant: Table }
  | { readonly [member: string]: Kind };
export interface Table {
  readonly [type: string]: { readonly [member: string]: Kind };
}

const media = ['audio', 'video'] as const;
const connection = ['connecting', 'connected', 'disconnected', 'failed'] as const;
const error = { code: 'number', detail: 'string' } as const;
const sending = { audio: 'boolean', video: 'boolean', screen: 'boolean' } as const;
const user_profile = { nick: 'string', avatar: 'string' } as const;
const profile = { width: 'number', height: 'number', frame_rate: 'number', bitrate: 'number' } as const;
const candidates = { list: { candidate: 'string', mid: 'string', line: 'number', fragment: 'string' } } as const;
const negotiation = { peer: 'number', negotiation: 'number' } as const;
const call = {
  call: 'string',
  room: 'number',
  media,
  role: ['inviter', 'invitee'],
  inviter: 'string',
  invitees: { list: 'string' },
  group: 'boolean',
  group_id: 'string',
  user_data: 'string',
  inviter_profile: user_profile,
} as const;

export const inputs = {
  Login: { op: 'number', user: 'string', user_sig: 'string' },
  Logout: { op: 'number' },
  Call: { op: 'number', user: 'string', media, timeout: 'number', user_data: 'string', room: 'number' },
  GroupCall: {
    op: 'number',
    users: { list: 'string' },
    media,
    timeout: 'number',
    user_data: 'string',
    room: 'number',
    group_id: 'string',
  },
  InviteUsers: { op: 'number', users: { list: 'string' }, timeout: 'number' },
  JoinGroupCall: { op: 'number', media, group_id: 'string', room: 'number' },
  JoinGroup: { op: 'number', group_id: 'string' },
  QuitGroup: { op: 'number', group_id: 'string' },
  Accept: { op: 'number', call: 'string' },
  Reject: { op: 'number', call: 'string', busy: 'boolean' },
  HangUp: { op: 'number' },
  SetCamera: { op: 'number', on: 'boolean' },
  SetMicrophone: { op: 'number', on: 'boolean' },
  SetScreen: { op: 'number', on: 'boolean' },
  SwitchMedia: { op: 'number', media },
  SetVideoProfile: { profile },
  SetSelfInfo: { profile: user_profile },
  PageClosed: {},
  TimePassed: {},
  NetworkChanged: { online: 'boolean' },
  SocketOpened: { socket: 'number' },
  SocketClosed: { socket: 'number', code: 'number', reason: 'string' },
  MediaOpened: { capture: 'number', microphone: 'boolean', camera: 'boolean', camera_failed: 'boolean' },
  MediaFailed: {
    capture: 'number',
    error: ['permission_denied', 'not_found', 'in_use', 'insecure', 'unknown'],
    message: 'string',
  },
  TrackEnded: { kind: ['audio', 'video', 'screen'] },
  DevicesChanged: { microphone: 'boolean', camera: 'boolean' },
  OfferCreated: { ...negotiation, sdp: 'string' },
  AnswerCreated: { ...negotiation, sdp: 'string' },
  NegotiationFailed: { ...negotiation, message: 'string' },
  CandidatesFound: { peer: 'number', candidates },
  ConnectionChanged: { peer: 'number', state: connection },
  RelayMissing: { peer: 'number', why: 'string' },
  MediaFlowChanged: { peer: 'number', flowing: 'boolean' },
} as const;

const result = {
  variant: {
    Nothing: {},
    LoggedIn: { repeated: 'boolean' },
    CallPlaced: { call: 'string', user: 'string', room: 'number', media, sending },
    GroupCallPlaced: {
      call: 'string',
      users: { list: 'string' },
      room: 'number',
      media,
      sending,
      group_id: 'string',
      added: 'boolean',
    },
    CallAccepted: { call: 'string', inviter: 'string', room: 'number', media, sending },
    CallRejected: { call: 'string', inviter: 'string' },
    HungUp: { cancelled: { list: 'string' } },
    Toggled: { done: 'boolean' },
  },
} as const;

export const effects = {
  OpenSocket: { socket: 'number', url: 'string' },
  SendBytes: { socket: 'number', bytes: 'number' },
  CloseSocket: { socket: 'number' },
  OpenMedia: { capture: 'number', microphone: 'boolean', camera: 'boolean', profile },
  CloseMedia: {},
  CloseCamera: {},
  MuteMicrophone: { muted: 'boolean' },
  OpenScreen: { capture: 'number' },
  CloseScreen: {},
  LimitVideo: { bitrate: 'number', scale: 'number' },
  CreatePeer: { peer: 'number', user: 'string', offerer: 'boolean' },
  CreateOffer: { ...negotiation, ice_restart: 'boolean' },
  CreateAnswer: { ...negotiation, sdp: 'string' },
  ApplyAnswer: { ...negotiation, sdp: 'string' },
  AddCandidates: { peer: 'number', candidates },
  StartSending: { peer: 'number' },
  ClosePeer: { peer: 'number' },
  Done: { op: 'number', result },
  Failed: { op: 'number', error },
  StatusChanged: {
    session: ['logged_out', 'connecting', 'online', 'reconnecting', 'kicked_out'],
    call: ['idle', 'dialing', 'inviting', 'ringing', 'accepting', 'in_call'],
  },
  Ready: {},
  KickedOut: {},
  Invited: { call },
  UserAccepted: { call: 'string', user: 'string' },
  UserEntered: { call: 'string', user: 'string', profile: user_profile },
  UserLeft: { call: 'string', user: 'string' },
  VideoAvailable: { user: 'string', available: 'boolean' },
  AudioAvailable: { user: 'string', available: 'boolean' },
  ScreenAvailable: { user: 'string', available: 'boolean' },
  ScreenStopped: {},
  RosterChanged: {
    call,
    roster: {
      list: {
        user: 'string',
        status: ['inviting', 'ringing', 'joined', 'left', 'rejected', 'busy', 'no_answer', 'cancelled'],
      },
    },
  },
  MediaTypeChanged: { call, from: media },
  InviteRejected: { call, user: 'string' },
  LineBusy: { call, user: 'string' },
  NoResponse: { call, users: { list: 'string' } },
  CallTimedOut: { call, users: { list: 'string' } },
  CallCancelled: {
    call,
    user: 'string',
    reason: [
      'cancelled',
      'rejected',
      'busy',
      'no_answer',
      'answered_elsewhere',
      'rejected_elsewhere',
      'kicked_out',
      'logged_out',
      'unreachable',
      'failed',
    ],
    told: 'boolean',
  },
  CallBegan: { call },
  CallEnded: { call, user: 'string', seconds: 'number' },
  SignalingChanged: { connected: 'boolean' },
  UserConnectionChanged: { user: 'string', state: connection },
  Errored: { error },
  Ignored: { why: 'string', what: 'string' },
} as const;

// ---- The proof that the tables and the unions say the same. ----

type Primitives = { number: number; string: string; boolean: boolean };
type ValueOf<K> = K extends keyof Primitives
  ? Primitives[K]
  : K extends readonly (infer Word)[]
    ? Word
    : K extends { readonly list: infer Item }
      ? ValueOf<Item>[]
      : K extends { readonly variant: infer T }
        ? OneOf<T>
        : { -readonly [Member in keyof K]: ValueOf<K[Member]> };
type OneOf<T> = { [Type in keyof T]: { type: Type } & ValueOf<T[Type]> }[keyof T];
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

/** SocketReceived has no JSON form. */
export const inputsAreTheUnion: Same<OneOf<typeof inputs>, Exclude<Input, SocketReceived>> = true;
export const effectsAreTheUnion: Same<OneOf<typeof effects>, Effect> = true;

/** What is wrong with a value, as sentences that begin with where. */
export function faults(value: unknown, kind: Kind, where: string): string[] {
  if (typeof kind === 'string') return typeof value === kind ? [] : [`${where} is not a ${kind}`];
  if (isWords(kind)) return kind.includes(value as string) ? [] : [`${where} is not one of ${kind.join(', ')}`];
  if (isList(kind)) {
    if (!Array.isArray(value)) return [`${where} is not a list`];
    return value.flatMap((item, index) => faults(item, kind.list, `${where}[${index}]`));
  }
  if (isVariant(kind)) return variantFaults(value, kind.variant, where);
  return memberFaults(value, kind as Table[string], where, []);
}

/** A struct with its name as `type`. */
export function variantFaults(value: unknown, table: Table, where: string): string[] {
  const type = (value as { type?: string } | null)?.type ?? '';
  const members = Object.hasOwn(table, type) ? table[type] : undefined;
  return members === undefined ? [`${where}: no type '${type}'`] : memberFaults(value, members, `${where} ${type}`, ['type']);
}

function memberFaults(value: unknown, members: Table[string], where: string, also: string[]): string[] {
  if (typeof value !== 'object' || value === null) return [`${where} is not an object`];
  const known = new Set([...Object.keys(members), ...also]);
  const unknown = Object.keys(value).filter((key) => !known.has(key));
  return [
    ...unknown.map((key) => `${where}.${key} is unknown`),
    ...Object.entries(members).flatMap(([key, kind]) =>
      faults((value as Record<string, unknown>)[key], kind, `${where}.${key}`),
    ),
  ];
}

const isWords = (kind: object): kind is readonly string[] => Array.isArray(kind);
const isList = (kind: object): kind is { list: Kind } => 'list' in kind;
const isVariant = (kind: object): kind is { variant: Table } => 'variant' in kind;
