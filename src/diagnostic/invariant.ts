// Our own bugs. An InvariantError never blames the user: it stops the run, and the command shows one
// paragraph with the version and where to report it.

/** Thrown when wikiform contradicts itself; seeing one is a bug in wikiform. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

/**
 * States what must hold, and narrows.
 *
 * @throws {InvariantError} when it does not hold.
 */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantError(message);
}

/**
 * Ends an exhaustive switch: a new member of the union breaks the build here.
 *
 * @throws {InvariantError} always.
 */
export function assertNever(value: never): never {
  throw new InvariantError(`unexpected value: ${JSON.stringify(value)}`);
}

/** The value, which cannot be undefined here. @throws {InvariantError} when it is. */
export function present<T>(value: T | undefined | null, what: string): T {
  if (value === undefined || value === null) throw new InvariantError(`missing ${what}`);
  return value;
}
