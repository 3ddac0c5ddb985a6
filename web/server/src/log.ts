export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * One event. Callers pass only what may be seen by whoever reads logs: never a UserSig, a key, a payload, or a whole
 * session id.
 */
export type Log = (level: Exclude<LogLevel, 'silent'>, event: string, fields?: LogFields) => void;

/** One JSON object a line: `time`, `level`, `event`, then the fields. JSON escapes line breaks, so a line is one event. */
export function jsonLog(threshold: LogLevel, write: (line: string) => void, now: () => number = Date.now): Log {
  const least = logLevels.indexOf(threshold);
  return (level, event, fields = {}) => {
    if (logLevels.indexOf(level) < least) return;
    write(`${JSON.stringify({ time: new Date(now()).toISOString(), level, event, ...fields })}\n`);
  };
}

export function stdoutLog(threshold: LogLevel): Log {
  return jsonLog(threshold, (line) => process.stdout.write(line));
}
