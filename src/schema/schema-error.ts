// Ajv's errors become diagnostics: type and choice errors at the value, unknown fields at their key,
// missing fields at the first key of the mapping that lacks them.

import type { ErrorObject } from 'ajv/dist/2020.js';
import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import { chosenBranches } from './branch.ts';
import { withoutConsequences } from './consequence.ts';
import { missingField, unknownField } from './field-error.ts';
import { wrongKind } from './kind-error.ts';
import { anchorOf, type Found, type Located, sourceOf } from './located.ts';
import { nearest } from './nearest.ts';
import { describe, either } from './wording.ts';

/** The diagnostics for the errors that Ajv found in a value. */
export function schemaDiagnostics(errors: readonly ErrorObject[], root: Found): Diagnostic[] {
  return withoutConsequences(chosenBranches(errors), root).map(({ error, found }) => {
    if (error.unknown !== undefined) return unknownField(error, error.unknown, found);
    if (error.missing.length > 0) return missingField(error, found);
    return error.kinds.length > 0 ? wrongKind(found, error.kinds) : invalidValue(error, found);
  });
}

function invalidValue(error: ErrorObject, found: Found): Diagnostic {
  const name = found.field === undefined ? 'This' : `\`${found.field}\``;
  const { detail, help } = objection(error, found.value);
  return diagnostic('FIELD_INVALID', {
    detail: `${name} ${detail}.`,
    help,
    source: sourceOf(found.value),
    related: anchorOf(found.value),
  });
}

function objection(error: ErrorObject, value: Located): { detail: string; help: string } {
  const { params } = error;
  const is = describe(value);
  switch (error.keyword) {
    case 'enum':
      return choice([...params.allowedValues.map(String), ...longForm(error)], value);
    case 'const':
      return choice([String(params.allowedValue)], value);
    case 'minimum':
      return { detail: `is ${is}, and the least is ${params.limit}`, help: `Write ${params.limit} or more.` };
    case 'maximum':
      return { detail: `is ${is}, and the most is ${params.limit}`, help: `Write ${params.limit} or less.` };
    case 'minLength':
      return { detail: 'is an empty text', help: 'Write a value, or leave the field out.' };
    default:
      return { detail: `cannot be ${is}`, help: wantedForm(error) };
  }
}

/** What else than one of the choices may be written; a union says so at its choices. */
function longForm({ parentSchema }: ErrorObject): string[] {
  return parentSchema?.$comment === undefined ? [] : [`\`${parentSchema.$comment}\``];
}

function choice(allowed: readonly string[], value: Located): { detail: string; help: string } {
  const written = value.kind === 'scalar' ? String(value.value) : '';
  const meant = nearest(written, allowed);
  return {
    detail: `is ${describe(value)}, and can only be ${either(allowed)}`,
    help: meant === undefined ? `Write ${either(allowed)}.` : `Did you mean \`${meant}\`?`,
  };
}

/** The schema's own words on what a text should look like. */
function wantedForm({ parentSchema }: ErrorObject): string {
  const examples: readonly unknown[] = parentSchema?.examples ?? [];
  const like = either(examples.map((example) => `\`${String(example)}\``));
  return `${parentSchema?.$comment ?? ''}${like === '' ? '' : ` Write it like ${like}.`}`.trim();
}
