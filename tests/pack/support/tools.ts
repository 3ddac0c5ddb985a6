// The tools of applications, as their command lines run them.
import { join } from 'node:path';
import { here, output } from './packed.ts';

/** What brings the Wasm into a page. */
export type Carrier = 'core.wasm' | 'a script of its own' | 'the bundle';

export interface Tool {
  /** Bundles the application in a folder; the page that loads the result, relative to it. */
  build(folder: string): Promise<string>;
  carrier: Carrier;
}

const bin = (path: string): string => join(here, 'node_modules', path);
const node = (folder: string, args: string[], env?: NodeJS.ProcessEnv): Promise<string> => output(process.execPath, args, folder, env);

export const vite = (version: string): string => bin(`${version}/bin/vite.js`);

export const tools: Readonly<Record<string, Tool>> = {
  'Vite 8': {
    async build(folder) {
      await node(folder, [vite('vite'), 'build', '--outDir', 'out']);
      return 'out/index.html';
    },
    carrier: 'core.wasm',
  },
  'webpack 5': {
    async build(folder) {
      await node(folder, [join(here, 'tools/webpack.mjs'), 'webpack', folder]);
      return 'bundled.html';
    },
    carrier: 'core.wasm',
  },
  'webpack 4': {
    async build(folder) {
      // It hashes with an algorithm that OpenSSL 3 has put away.
      await node(folder, ['--openssl-legacy-provider', join(here, 'tools/webpack.mjs'), 'webpack-4', folder]);
      return 'bundled.html';
    },
    carrier: 'the bundle',
  },
  esbuild: {
    async build(folder) {
      await output(bin('esbuild/bin/esbuild'), ['main.js', '--bundle', '--format=esm', '--splitting', '--minify', '--outdir=out'], folder);
      return 'bundled.html';
    },
    carrier: 'a script of its own',
  },
  Rollup: {
    async build(folder) {
      await node(folder, [bin('rollup/dist/bin/rollup'), '--config', join(here, 'tools/rollup.config.mjs')]);
      return 'bundled.html';
    },
    carrier: 'a script of its own',
  },
};
