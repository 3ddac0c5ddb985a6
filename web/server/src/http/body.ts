import type { IncomingMessage } from 'node:http';

/** The body as text; undefined if it is longer than `mostBytes` or ends early. Call it before anything is awaited: what nobody listens to is thrown away. */
export function readBody(request: IncomingMessage, mostBytes: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > mostBytes) resolve(undefined);
      else chunks.push(chunk);
    });
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.on('close', () => resolve(undefined));
  });
}

/** The fields of a form or of a JSON object, texts as they are; undefined for everything else. */
export function parseFields(body: string, contentType: string): Readonly<Record<string, unknown>> | undefined {
  if (/^application\/x-www-form-urlencoded\b/i.test(contentType)) return Object.fromEntries(new URLSearchParams(body));
  if (!/^application\/json\b/i.test(contentType)) return undefined;
  try {
    const fields: unknown = JSON.parse(body);
    return typeof fields === 'object' && fields !== null && !Array.isArray(fields) ? fields as Record<string, unknown> : undefined;
  } catch {
    return undefined;
  }
}
