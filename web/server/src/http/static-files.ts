import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
  '.ts': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.wav': 'audio/wav',
};

/** Answers with a file below `root`. False: there is none, and nothing has been answered. */
export async function serveFile(root: string, path: string, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  const file = await locate(root, path);
  if (!file) return false;
  // Weak: made of size and time, not of the content.
  const etag = `W/"${file.size.toString(16)}-${Math.floor(file.modified).toString(16)}"`;
  response.setHeader('ETag', etag);
  response.setHeader('Cache-Control', 'no-cache');
  response.setHeader('Content-Type', types[extname(file.path).toLowerCase()] ?? 'application/octet-stream');
  if ((request.headers['if-none-match'] ?? '').split(',').some((tag) => tag.trim() === etag)) {
    response.writeHead(304).end();
    return true;
  }
  response.setHeader('Content-Length', file.size);
  if (request.method === 'HEAD') {
    response.writeHead(200).end();
    return true;
  }
  // Exactly the length that was announced, even if the file grows meanwhile.
  const content = file.size === 0 ? undefined : createReadStream(file.path, { start: 0, end: file.size - 1 });
  response.writeHead(200);
  if (!content) response.end();
  else await pipeline(content, response).catch(() => response.destroy());
  return true;
}

interface Located {
  readonly path: string;
  readonly size: number;
  readonly modified: number;
}

async function locate(root: string, path: string): Promise<Located | undefined> {
  const segments = path.split('/').filter((segment) => segment !== '');
  if (!segments.every(isPlain)) return undefined;
  if (path.endsWith('/') || path === '') segments.push('index.html');
  try {
    const base = await realpath(root);
    // Resolved, so that a symbolic link cannot lead out of the directory.
    const file = await realpath(join(base, ...segments));
    if (!file.startsWith(base.endsWith(sep) ? base : base + sep)) return undefined;
    const { size, mtimeMs, isFile } = await stat(file).then((s) => ({ size: s.size, mtimeMs: s.mtimeMs, isFile: s.isFile() }));
    return isFile ? { path: file, size, modified: mtimeMs } : undefined;
  } catch {
    return undefined;
  }
}

/** No parent, no hidden file, nothing that some file system reads as a separator, a drive or an end. */
function isPlain(segment: string): boolean {
  return !segment.startsWith('.') && !/[\\:\0]/.test(segment);
}
