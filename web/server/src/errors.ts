/** A setting cannot be used. The message names the setting, the value and what to do about it. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  constructor(
    readonly setting: string,
    /** As text; keys of applications are never part of it. */
    readonly value: string,
    readonly remedy: string,
  ) {
    super(`Setting "${setting}" cannot be ${value}: ${remedy}`);
  }
}

/** The settings are fine, but the server could not start with them (port taken, key file unreadable, ...). */
export class StartError extends Error {
  override readonly name = 'StartError';
  constructor(readonly reason: string, readonly remedy: string, options?: ErrorOptions) {
    super(`The server cannot start: ${reason}. ${remedy}`, options);
  }
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
