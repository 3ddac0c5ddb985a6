import type { LoginFailure } from '../auth/login.js';

/** How this server ends a WebSocket. Clients act on the code; the reason is for people. */
export const CloseCode = {
  normal: 1000,
  goingAway: 1001,
  protocolError: 1002,
  binaryOnly: 1003,
  /** Follows a CONNACK with a refusal. */
  loginRefused: 1008,
  tooBig: 1009,
  tryLater: 1013,
  /** The same session has connected again; this was its older, half-open socket. */
  replaced: 4000,
  /** The account has signed in elsewhere. Do not reconnect. */
  kickedOut: 4001,
  userSigExpired: 4002,
  topicNotAllowed: 4003,
  connectExpected: 4004,
  keepaliveTimeout: 4005,
  tooManyMessages: 4008,
  readsTooSlowly: 4009,
} as const;

export interface Closing {
  readonly code: number;
  readonly reason: string;
}

export const closings = {
  normal: { code: CloseCode.normal, reason: '' },
  goingAway: { code: CloseCode.goingAway, reason: 'server is going away' },
  malformedPacket: { code: CloseCode.protocolError, reason: 'malformed MQTT packet' },
  binaryOnly: { code: CloseCode.binaryOnly, reason: 'binary frames only' },
  tooBig: { code: CloseCode.tooBig, reason: 'MQTT packet too big' },
  tryLater: { code: CloseCode.tryLater, reason: 'too many connections of this account' },
  replaced: { code: CloseCode.replaced, reason: 'replaced' },
  kickedOut: { code: CloseCode.kickedOut, reason: 'kicked out' },
  userSigExpired: { code: CloseCode.userSigExpired, reason: 'UserSig expired' },
  keyRevoked: { code: CloseCode.userSigExpired, reason: 'key revoked' },
  topicNotAllowed: { code: CloseCode.topicNotAllowed, reason: 'topic not allowed' },
  retainNotAllowed: { code: CloseCode.topicNotAllowed, reason: 'retained messages not allowed' },
  qosNotAllowed: { code: CloseCode.topicNotAllowed, reason: 'QoS 2 not allowed' },
  connectExpected: { code: CloseCode.connectExpected, reason: 'CONNECT did not arrive in time' },
  keepaliveTimeout: { code: CloseCode.keepaliveTimeout, reason: 'keep alive timeout' },
  /** Never sent: who does not answer pings does not read close frames. */
  pingMissed: { code: 1006, reason: 'ping missed' },
  tooManyMessages: { code: CloseCode.tooManyMessages, reason: 'too many messages' },
  readsTooSlowly: { code: CloseCode.readsTooSlowly, reason: 'reads too slowly' },
} as const satisfies Record<string, Closing>;

/** MQTT 3.1.1 section 3.2.2.3. */
export const ConnackCode = { identifierRejected: 2, serverUnavailable: 3, badUserNameOrPassword: 4, notAuthorized: 5 } as const;

const connackOf: Readonly<Record<LoginFailure, number>> = {
  account: ConnackCode.badUserNameOrPassword,
  userSig: ConnackCode.badUserNameOrPassword,
  expired: ConnackCode.notAuthorized,
  clientID: ConnackCode.identifierRejected,
  will: ConnackCode.notAuthorized,
};

/** How a login that failed is answered: first CONNACK, then the end of the socket. */
export function answerTo(failure: LoginFailure, reason: string): { readonly connack: number; readonly closing: Closing } {
  return { connack: connackOf[failure], closing: failure === 'expired' ? closings.userSigExpired : { code: CloseCode.loginRefused, reason } };
}

/** Aedes ends a connection with a plain error; its text is all there is to tell the cases apart. */
export function closingFor(error: Error): Closing {
  if (error.message === 'drain timeout') return closings.readsTooSlowly;
  if (error.message === 'keep alive timeout') return closings.keepaliveTimeout;
  return closings.malformedPacket;
}
