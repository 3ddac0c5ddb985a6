import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { SettingsError, StartError, codeOf } from '../errors.js';
import type { HttpSettings } from '../settings/settings.js';

export interface Certificate {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** Undefined: plain HTTP. Throws when the files cannot be used, so that a bad renewal never replaces a good certificate. */
export function readCertificate({ tlsCert, tlsKey }: HttpSettings): Certificate | undefined {
  if (tlsCert === '' && tlsKey === '') return undefined;
  if (tlsCert === '') throw new SettingsError('tlsCert', 'empty', 'give certificate and key, or neither');
  if (tlsKey === '') throw new SettingsError('tlsKey', 'empty', 'give certificate and key, or neither');
  const files = { cert: read(tlsCert), key: read(tlsKey) };
  try {
    createSecureContext(files);
  } catch (error) {
    // OpenSSL's messages name no content of the files.
    throw new StartError(`${tlsCert} and ${tlsKey} cannot be used (${(error as Error).message})`, 'Give a PEM certificate with its chain, and the private key that belongs to it', { cause: error });
  }
  return files;
}

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new StartError(`${file} cannot be read (${codeOf(error) ?? 'unknown error'})`, 'Name a file that this user may read', { cause: error });
  }
}
