// Errors that only follow from others are left out: of several at one value the most telling stays,
// and a field is not missing when it is there under a mistyped name.

import type { ChosenError } from './branch.ts';
import { titleAsKey } from './field-error.ts';
import { type Found, follow } from './located.ts';
import { nearest } from './nearest.ts';

interface PlacedError {
  readonly error: ChosenError;
  readonly found: Found;
}

export function withoutConsequences(errors: readonly ChosenError[], root: Found): PlacedError[] {
  const placed = errors.map((error) => ({ error, found: follow(root, error.instancePath) }));
  const best = bestRanks(errors);
  const mistyped = new Set(placed.flatMap(mistypedFields));
  return placed.filter(
    ({ error }) =>
      rank(error) <= (best.get(error.instancePath) ?? 0) &&
      !error.missing.some((field) => mistyped.has(`${error.instancePath}/${field}`)),
  );
}

/** 0 for errors about fields, which say nothing about one another; else lower is more telling. */
function rank({ keyword, kinds, missing, unknown }: ChosenError): number {
  if (missing.length > 0 || unknown !== undefined) return 0;
  if (keyword === 'enum') return 1;
  return kinds.length > 0 ? 2 : 3;
}

function bestRanks(errors: readonly ChosenError[]): Map<string, number> {
  const best = new Map<string, number>();
  for (const error of errors) {
    const own = rank(error);
    if (own > 0) best.set(error.instancePath, Math.min(own, best.get(error.instancePath) ?? own));
  }
  return best;
}

/** The pointers of the fields that unknown ones were probably meant to be. */
function mistypedFields({ error, found }: PlacedError): string[] {
  if (error.unknown === undefined) return [];
  const known = Object.keys(error.parentSchema?.properties ?? {});
  const meant =
    titleAsKey(found.value, error.unknown) === undefined ? nearest(error.unknown, known) : 'title';
  return meant === undefined ? [] : [`${error.instancePath}/${meant}`];
}
