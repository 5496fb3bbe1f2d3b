// Ajv reports every branch of an `anyOf` that failed. A person meant one of them: the one whose kind
// of value they wrote. Only its errors are kept.
// Invariant: the branches of an `anyOf` in our schemas are written in place, not behind a `$ref`, so
// that the paths of their errors begin with the path of the `anyOf`.

import type { ErrorObject } from 'ajv/dist/2020.js';

export interface ChosenError extends ErrorObject {
  /** The kinds of value that would have been right, where the kind is wrong. */
  readonly kinds: readonly string[];
  /** The fields of which one is needed, where none is there. */
  readonly missing: readonly string[];
  /** The field that is not known, where there is one. */
  readonly unknown: string | undefined;
}

/** The errors of the branches that were meant; an `anyOf` of which none was meant becomes one error. */
export function chosenBranches(errors: readonly ErrorObject[]): ChosenError[] {
  let kept = errors.map(toChosen);
  for (const union of errors) if (union.keyword === 'anyOf') kept = withoutOtherBranches(kept, union);
  return kept;
}

function toChosen(error: ErrorObject): ChosenError {
  const { keyword, params } = error;
  return {
    ...error,
    kinds: keyword === 'type' ? [params.type].flat() : [],
    missing: keyword === 'required' ? [String(params.missingProperty)] : [],
    unknown: keyword === 'additionalProperties' ? String(params.additionalProperty) : undefined,
  };
}

function withoutOtherBranches(errors: readonly ChosenError[], union: ErrorObject): ChosenError[] {
  const inside = errors.filter((error) => branchOf(error, union) !== undefined);
  const here = inside.filter((error) => error.instancePath === union.instancePath);
  const otherKinds = here.filter((error) => error.keyword === 'type');
  const others = new Set(otherKinds.map((error) => branchOf(error, union)));
  const meant = inside.filter((error) => !others.has(branchOf(error, union)));
  const outside = errors.filter((error) => !inside.includes(error) && !isUnion(error, union));
  if (meant.length === 0) return [...outside, merged(union, otherKinds)];
  if (meant.every((error) => here.includes(error) && error.missing.length > 0))
    return [...outside, merged(union, meant)];
  return [...outside, ...meant];
}

/** One error that stands for the same trouble in every branch. */
function merged(union: ErrorObject, branches: readonly ChosenError[]): ChosenError {
  const kinds = branches.flatMap((error) => error.kinds);
  const missing = branches.flatMap((error) => error.missing);
  return { ...union, kinds, missing, unknown: undefined };
}

function isUnion(error: ErrorObject, union: ErrorObject): boolean {
  return error.schemaPath === union.schemaPath && error.instancePath === union.instancePath;
}

function branchOf(error: ErrorObject, union: ErrorObject): string | undefined {
  const prefix = `${union.schemaPath}/`;
  const inside = error.schemaPath.startsWith(prefix) && error.instancePath.startsWith(union.instancePath);
  return inside ? error.schemaPath.slice(prefix.length).split('/', 1)[0] : undefined;
}
