// What the package says in the console, behind setLogLevel (behaviour document, 1.4).
// Texts are complete before console is touched: minifiers that drop console calls drop their arguments too.
import type { LogLevel } from './types.js';

const PREFIX = 'TRTCCalling: ';

export class Log {
  level: LogLevel = 0;

  /** Level -1. */
  debug(text: string): void {
    const line = PREFIX + text;
    if (this.level <= -1) console.debug(line);
  }

  /** Levels up to 1. */
  info(text: string): void {
    const line = PREFIX + text;
    if (this.level <= 1) console.info(line);
  }

  /** Levels up to 2. */
  warn(text: string): void {
    const line = PREFIX + text;
    if (this.level <= 2) console.warn(line);
  }

  /** Levels up to 3. `thrown`, where given, keeps its stack trace in the console. */
  error(text: string, thrown?: unknown): void {
    const line = PREFIX + text;
    if (this.level > 3) return;
    if (thrown === undefined) console.error(line);
    else console.error(line, thrown);
  }
}
