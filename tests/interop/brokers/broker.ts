// What the tests want of a broker, whoever has written it.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signUserSig } from '../../../web/server/src/auth/usersig.ts';

/** The applications that every broker of the tests knows. */
export const sdkAppID = 1400000001;
export const otherAppID = 1400000002;
/** Their keys. */
export const apps: Readonly<Record<string, string>> = { [sdkAppID]: randomBytes(32).toString('hex'), [otherAppID]: randomBytes(32).toString('hex') };

/** The only group that has members. */
export const team = { groupID: '@TGS#Team-1', members: ['Member-1', 'member_2', 'member3'] };

/** The server's settings file, as whoever verifies UserSigs reads it. */
export const settings = { apps, groups: { [team.groupID]: team.members }, clockSkewSeconds: 0 };

/** `forged`: by somebody who has another key. `expired`: an hour ago. */
export type Kind = 'genuine' | 'forged' | 'expired';

export interface Wanted {
  kind?: Kind;
  sdkAppID?: number;
  /** Seconds that it stays valid. */
  expire?: number;
}

export function userSigOf(userID: string, { kind = 'genuine', sdkAppID: app = sdkAppID, expire = 3600 }: Wanted = {}): string {
  const now = Math.floor(Date.now() / 1000);
  const time = kind === 'expired' ? now - 3600 - expire : now;
  return signUserSig({ sdkAppID: app, userID, key: kind === 'forged' ? 'x'.repeat(64) : apps[app]!, time, expire });
}

/** One process of a broker. */
export interface Node {
  readonly url: string;
  /** Of its process, where it is one. */
  pid?(): number | undefined;
  /** As a crash. */
  kill(): Promise<void>;
  /** Again, at the same address; resolves when it takes logins. */
  start(): Promise<void>;
}

export interface Broker extends Node {
  readonly name: string;
  readonly sdkAppID: number;
  /** All of them; the broker's own `url`, `kill` and `start` are those of the first. */
  readonly nodes: readonly Node[];
  /** What login() takes: a UserSig, or what this broker wants in its place. */
  userSig(userID: string, wanted?: Wanted): Promise<string>;
  stop(): Promise<void>;
}

export interface Folder {
  readonly path: string;
  remove(): void;
}

export function temporaryFolder(name: string): Folder {
  const path = mkdtempSync(join(tmpdir(), `trtc-${name}-`));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
