// Fields that are not known, at their key, and fields that are missing, at the first key of their
// mapping.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import type { ChosenError } from './branch.ts';
import { anchorOf, type Found, type Located, type LocatedMap, type Place, sourceOf } from './located.ts';
import { manifestSchema } from './manifest-schema.ts';
import { didYouMean, nearest } from './nearest.ts';
import { either, quote } from './wording.ts';

export function unknownField(error: ChosenError, field: string, found: Found): Diagnostic {
  const known = Object.keys(error.parentSchema?.properties ?? {});
  const entry = found.value.kind === 'map' ? found.value.entries.get(field) : undefined;
  return diagnostic('FIELD_UNKNOWN', {
    detail: `There is no field ${quote(field)} here.`,
    help: titleAsKey(found.value, field) ?? misplaced(field, known) ?? suggestion(field, known),
    source: sourceOf(entry?.key ?? found.value),
    related: anchorOf(found.value),
  });
}

function suggestion(field: string, known: readonly string[]): string {
  const names = either(
    known.map((name) => `\`${name}\``),
    'and',
  );
  return `The fields here are ${names}.${didYouMean(field, known)}`;
}

const pageFields = Object.keys(manifestSchema.$defs.page.properties);

/** `- Onboarding: […]` is how other tools write a page with children, and `- Apollo: goals` a title with a colon. */
export function titleAsKey(value: Located, field: string): string | undefined {
  if (value.kind !== 'map' || value.entries.size !== 1) return undefined;
  if (nearest(field, pageFields) !== undefined) return undefined;
  const under = value.entries.get(field)?.value;
  if (under?.kind === 'list')
    return `For a page with children write \`title: ${quote(field)}\`, and the list under \`children:\`.`;
  if (under?.kind !== 'scalar') return undefined;
  return `A title that holds a colon needs quotes: \`${quote(`${field}: ${under.written}`.trimEnd())}\`.`;
}

/** Included files hold nothing but spaces. */
function misplaced(field: string, known: readonly string[]): string | undefined {
  if (known.length !== 1 || known[0] !== 'spaces' || !(field in manifestSchema.properties)) return undefined;
  return `An included file holds only \`spaces\`. Write \`${field}\` in the manifest that includes it.`;
}

export function missingField(error: ChosenError, found: Found): Diagnostic {
  const { missing } = error;
  const names = either(missing.map((name) => `\`${name}\``));
  const where = found.field === undefined ? 'here' : `in \`${found.field}\``;
  return diagnostic('FIELD_MISSING', {
    detail: `${names} is missing ${where}.`,
    help: `Add ${names}.${example(error, missing)}`,
    source: sourceOf(firstKey(found.value)),
    related: anchorOf(found.value),
  });
}

function example(error: ChosenError, missing: readonly string[]): string {
  const schema = error.parentSchema?.properties?.[missing[0] ?? ''];
  const first = schema?.examples?.[0] ?? schema?.const;
  if (typeof first !== 'string' && typeof first !== 'number') return '';
  return ` For example \`${missing[0]}: ${first}\`.`;
}

function firstKey(value: Located): Place {
  if (value.kind !== 'map' || value.anchor !== undefined) return value;
  return firstWritten(value) ?? value;
}

/** Merged entries stand elsewhere in the file; the mapping's own first key is the first after its start. */
function firstWritten(map: LocatedMap): Place | undefined {
  for (const { key } of map.entries.values()) if (key.offset >= map.offset) return key;
  return undefined;
}
