/**
 * Names on the wire (design: protocol, section 2). `enc` maps [A-Za-z0-9_@#-] to [a-z0-9_-] and back, because some
 * brokers fold case and `#` is a wildcard: `[a-z0-9_]` stays, `X` becomes `-x`, `-` becomes `--`, `@` becomes `-0`, `#`
 * becomes `-1`. Every text has one decoding or none.
 */
export interface Account {
  readonly sdkAppID: number;
  readonly userID: string;
  /** `{SDKAppID}_{enc(userID)}`: the MQTT user name and a topic level. */
  readonly name: string;
}

export interface Group {
  readonly sdkAppID: number;
  readonly groupID: string;
}

const longestUserID = 32;
const longestGroupID = 48;
const largestAppID = 2 ** 32 - 1;

export function isUserID(text: string): boolean {
  return text.length <= longestUserID && /^[A-Za-z0-9_-]+$/.test(text);
}

/** The characters of Tencent's group ids: `@TGS#...` is what its service assigns. */
export function isGroupID(text: string): boolean {
  return text.length <= longestGroupID && /^[A-Za-z0-9_@#-]+$/.test(text);
}

export function encodeID(id: string): string {
  return id.replace(/[A-Z@#-]/g, (c) => `-${c === '@' ? '0' : c === '#' ? '1' : c.toLowerCase()}`);
}

/** Undefined for whatever `encodeID` cannot have produced. */
export function decodeID(text: string): string | undefined {
  if (!/^(?:[a-z0-9_]|-[a-z01-])+$/.test(text)) return undefined;
  return text.replace(/-(.)/g, (_, c: string) => (c === '0' ? '@' : c === '1' ? '#' : c.toUpperCase()));
}

export function accountName(sdkAppID: number, userID: string): string {
  return `${sdkAppID}_${encodeID(userID)}`;
}

export function parseAccount(name: string): Account | undefined {
  const scoped = parseScoped(name, isUserID);
  return scoped && { sdkAppID: scoped.sdkAppID, userID: scoped.id, name };
}

export function parseGroup(name: string): Group | undefined {
  const scoped = parseScoped(name, isGroupID);
  return scoped && { sdkAppID: scoped.sdkAppID, groupID: scoped.id };
}

/** `{account}_{session}`, the session being 128 bits as lower-case hex. */
export function parseClientID(clientID: string): { account: string; session: string } | undefined {
  const match = /^(.{1,128})_([0-9a-f]{32})$/.exec(clientID);
  return match ? { account: match[1]!, session: match[2]! } : undefined;
}

function parseScoped(name: string, isID: (text: string) => boolean): { sdkAppID: number; id: string } | undefined {
  // Twice the length: every character of the id may be an escape.
  if (name.length > 11 + 2 * longestGroupID) return undefined;
  const match = /^(0|[1-9][0-9]{0,9})_(.+)$/.exec(name);
  const sdkAppID = Number(match?.[1]);
  const id = match && decodeID(match[2]!);
  if (!id || !isID(id) || sdkAppID > largestAppID) return undefined;
  return { sdkAppID, id };
}
