// Guards over parsed JSON, by hand: each reads one field or says which field is missing or odd.

export type Json = Readonly<Record<string, unknown>>;

/** Names the field that is missing or odd; becomes a `malformed` ProviderError. */
export class OddFieldError extends Error {}

/** A plain object, as opposed to an array, `null` and everything else. */
export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object; `path` names it in the error. */
export function record(value: unknown, path: string): Json {
  if (isRecord(value)) return value;
  throw new OddFieldError(value === undefined ? `${path} is missing` : `${path} is not an object`);
}

/** A text that may not be empty. */
export function text(from: Json, field: string, path: string): string {
  const value = from[field];
  if (typeof value === 'string' && value !== '') return value;
  const isAbsent = value === undefined || value === null || value === '';
  throw new OddFieldError(
    `${path}.${field} is ${isAbsent ? 'missing' : `not a text but of type ${typeof value}`}`,
  );
}

/** A text; empty where it is absent. */
export function textOr(from: Json, field: string, path: string): string {
  const value = from[field] ?? '';
  return value === '' ? '' : text(from, field, path);
}

/** True or false; false where it is absent. */
export function flag(from: Json, field: string, path: string): boolean {
  const value = from[field] ?? false;
  if (typeof value === 'boolean') return value;
  throw new OddFieldError(`${path}.${field} is neither true nor false`);
}

/** A word the vendor may add to later is not worth refusing the answer for. */
export function oneOf<const Word extends string>(value: unknown, words: readonly Word[]): Word | undefined {
  return words.find((word) => word === value);
}
