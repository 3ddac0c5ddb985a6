// What can be said of values whose type nobody has checked.

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/** Without the members that are undefined: what is not told is absent. */
export const told = <Members extends object>(members: Members): { [Name in keyof Members]?: NonNullable<Members[Name]> } =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Members;

/** The `name` of a DOMException or Error; browsers do not agree on the class. */
export const errorName = (reason: unknown): string =>
  reason instanceof Error || reason instanceof DOMException ? reason.name : '';
