import { toBytes } from '../trace/bytes.js';

/** Decodes text that the build has encoded. */
export function decoded(base64: string): Uint8Array<ArrayBuffer> {
  return toBytes(atob(base64));
}
