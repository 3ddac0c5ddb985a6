import { json, type Reader } from '../settings/readers.js';
import { parseAccount, type Account } from './account.js';
import { anyPublicKey, isPublicKey, keyPairFrom, newKeyPair, signToken, verifyToken, type KeyPair } from './nkeys.js';

/** SDKAppID → the account of NATS that its users belong to. Accounts of NATS do not hear each other. */
export type NatsAccounts = ReadonlyMap<number, NatsAccount>;

export interface NatsAccount {
  /** Its public key, `A...`. */
  readonly account: string;
  /** Signs the tokens of its users. */
  readonly signer: KeyPair;
}

export const natsAccounts: Reader<NatsAccounts> = {
  expects: 'the object "natsAccounts" that trtc-calling-nats-keys has written: {"1400000001": {"account": "A...", "seed": "SA..."}}',
  read(value) {
    if (value instanceof Map) return value as NatsAccounts;
    const given: unknown = typeof value === 'string' ? json(value) : value;
    if (typeof given !== 'object' || given === null || Array.isArray(given)) return undefined;
    const read = Object.entries(given).map(([sdkAppID, entry]) => [Number(sdkAppID), natsAccount(entry)] as const);
    return read.every((pair): pair is [number, NatsAccount] => Number.isSafeInteger(pair[0]) && pair[1] !== undefined) ? new Map(read) : undefined;
  },
};

function natsAccount(entry: unknown): NatsAccount | undefined {
  const { account, seed } = Object(entry) as { account?: unknown; seed?: unknown };
  if (typeof account !== 'string' || typeof seed !== 'string' || !isPublicKey('account', account)) return undefined;
  const signer = keyPairFrom('account', seed);
  return signer && { account, signer };
}

/** NATS cannot read a UserSig: a client swaps it for a token that ends with it, and signs in with that. */
export function natsToken(user: Account, { account, signer }: NatsAccount, now: number, expiresAt: number): string {
  return signToken({
    name: user.name,
    sub: anyPublicKey('user'),
    iat: Math.floor(now / 1000),
    exp: Math.floor(expiresAt / 1000),
    // What it may do stands in the account's token, for all that this key signs.
    nats: { issuer_account: account, type: 'user', version: 2 },
  }, signer);
}

/** Whose token this is, while it is valid: a client that has swapped its UserSig has nothing else to show. */
export function natsUser(token: string, accounts: NatsAccounts, now: number): { readonly account: Account; readonly expiresAt: number } | undefined {
  for (const [sdkAppID, { signer }] of accounts) {
    const claims = verifyToken(token, signer);
    const account = claims && parseAccount(claims.name);
    const expiresAt = (claims?.exp ?? 0) * 1000;
    if (account?.sdkAppID === sdkAppID && expiresAt > now) return { account, expiresAt };
  }
  return undefined;
}

export interface NatsKeys {
  /** For nats-server.conf; nothing in it is secret. */
  readonly configuration: string;
  /** For the settings of the server: secret. */
  readonly natsAccounts: Readonly<Record<string, { readonly account: string; readonly seed: string }>>;
}

/**
 * A new operator of NATS with an account for each application and one for the system. The secrets of all but the signing
 * keys are thrown away: they would only be needed to change the rule, and then everything can be made anew.
 */
export function newNatsKeys(apps: readonly number[], now: number): NatsKeys {
  const iat = Math.floor(now / 1000);
  const [operator, system] = [newKeyPair('operator'), newKeyPair('account')];
  const accountToken = (name: string, key: KeyPair, nats: object) =>
    signToken({ name, sub: key.publicKey, iat, nats: { limits, type: 'account', version: 2, ...nats } }, operator);
  const made = apps.map((app) => {
    const [account, signer] = [newKeyPair('account'), newKeyPair('account')];
    const scope = { kind: 'user_scope', key: signer.publicKey, role: 'caller', template };
    const token = accountToken(String(app), account, { limits: { ...limits, ...withSessions }, signing_keys: [scope] });
    return { app: String(app), account: account.publicKey, seed: signer.seed, token };
  });
  return {
    configuration: [
      `operator: ${signToken({ name: 'trtc-calling', sub: operator.publicKey, iat, nats: { system_account: system.publicKey, type: 'operator', version: 2 } }, operator)}`,
      `system_account: ${system.publicKey}`,
      'resolver: MEMORY',
      'resolver_preload: {',
      `  ${system.publicKey}: ${accountToken('system', system, {})}`,
      ...made.map(({ account, token }) => `  ${account}: ${token}`),
      '}',
      '',
    ].join('\n'),
    natsAccounts: Object.fromEntries(made.map(({ app, account, seed }) => [app, { account, seed }])),
  };
}

const limits = { subs: -1, data: -1, payload: -1, imports: -1, exports: -1, wildcards: true, conn: -1, leaf: -1 };
/** MQTT keeps its sessions in JetStream. */
const withSessions = { mem_storage: -1, disk_storage: -1, streams: -1, consumer: -1 };

/** The topic rule, for everybody whose token this key has signed: slashes are dots, and `+` is `*`. */
const template = {
  pub: { allow: ['trtc.v1.in.*.{{name()}}', 'trtc.v1.on.{{name()}}', 'trtc.v1.group.*.{{name()}}'] },
  sub: { allow: ['trtc.v1.in.{{name()}}.*', 'trtc.v1.on.*', 'trtc.v1.group.*.*'] },
  subs: 64,
  data: -1,
  payload: -1,
  bearer_token: true,
  allowed_connection_types: ['MQTT', 'MQTT_WS'],
};
