import { join } from 'node:path';

// Where Next.js is installed; it would take the folder of the outermost lock file.
export default { turbopack: { root: join(import.meta.dirname, '../..') } };
