// For the single-file bundle: the Wasm is part of the script. It is decoded when it is first needed, not at import.
import base64 from 'core-base64';

export function wasm(): Promise<Uint8Array> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index);
  return Promise.resolve(bytes);
}
