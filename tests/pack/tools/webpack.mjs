// usage: node webpack.mjs PACKAGE FOLDER — bundles FOLDER/main.js with webpack of that name into FOLDER/out.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [name, folder] = process.argv.slice(2);
const webpack = createRequire(import.meta.url)(name);

webpack({ mode: 'production', context: folder, entry: './main.js', output: { path: join(folder, 'out'), filename: 'main.js' } }, (error, stats) => {
  if (error) throw error;
  console.log(stats.toString({ modules: false }));
  // Its advice about large files is not about us.
  process.exitCode = stats.hasErrors() ? 1 : 0;
});
