// How large the files of the package are, as they are and as servers send them.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`.padStart(9);

export async function printSizes(files: string[]): Promise<void> {
  console.log(`${''.padEnd(18)}${'raw'.padStart(9)} ${'gzip'.padStart(9)} ${'brotli'.padStart(9)}`);
  for (const file of files) {
    const bytes = await readFile(file);
    const sizes = [bytes, gzipSync(bytes, { level: 9 }), brotliCompressSync(bytes)].map(({ length }) => length);
    console.log(basename(file).padEnd(18) + sizes.map(kilobytes).join(' '));
  }
}
