import { calls } from './calls.ts';
import { groups } from './groups.ts';
import { logins } from './logins.ts';
import { topics } from './topics.ts';

/** The rows of the matrix. */
export const behaviours = [...logins, ...calls, ...topics, ...groups];
