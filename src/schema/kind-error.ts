// A value of another kind than asked for: a number where a text should be, a text where a list
// should be. The help spells out what to write, with the characters of the file.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import { anchorOf, type Found, type LocatedScalar, sourceOf } from './located.ts';
import { describe, either, quote } from './wording.ts';

const names: Readonly<Record<string, string>> = {
  string: 'a text',
  object: 'a mapping',
  array: 'a list',
  boolean: 'true or false',
  integer: 'a whole number',
  number: 'a number',
};

/** @param kinds - the schema's names of the kinds that would be right. */
export function wrongKind(found: Found, kinds: readonly string[]): Diagnostic {
  const { value, field } = found;
  const place = { source: sourceOf(value), related: anchorOf(value) };
  if (field === 'id' && value.kind === 'scalar' && typeof value.value === 'number') {
    return diagnostic('ID_UNQUOTED', {
      detail: `Without quotes ${value.written} is a number, and long numbers lose their last digits.`,
      help: `Write \`id: "${value.written}"\`.`,
      ...place,
    });
  }
  const wanted = either(kinds.map((kind) => names[kind] ?? kind));
  const subject = field === undefined ? 'This' : `\`${field}\``;
  return diagnostic('FIELD_INVALID', {
    detail: `${subject} is ${describe(value)}, and should be ${wanted}.`,
    help: helpFor(found, kinds),
    ...place,
  });
}

function helpFor({ value, field }: Found, kinds: readonly string[]): string {
  if (value.kind !== 'scalar') return `Write ${either(kinds.map((kind) => names[kind] ?? kind))} here.`;
  if (value.value === null && value.written === '') return helpForNothing(field, kinds);
  if (kinds.includes('string')) return `Quote it: \`${lead(field)}${quote(value.written)}\`.`;
  if (typeof value.value === 'string') return helpForText(value, field, kinds);
  return `Write ${either(kinds.map((kind) => names[kind] ?? kind))} here.`;
}

function helpForNothing(field: string | undefined, kinds: readonly string[]): string {
  if (kinds.includes('array')) return `Write a list, \`${lead(field)}[]\`, or leave the field out.`;
  if (field === undefined) return 'Write a title after the dash, or take the dash away.';
  return `Write ${either(kinds.map((kind) => names[kind] ?? kind))}, or leave the field out.`;
}

function helpForText(value: LocatedScalar, field: string | undefined, kinds: readonly string[]): string {
  const text = String(value.value);
  const number = kinds.includes('integer') || kinds.includes('number');
  if (number && text.trim() !== '' && Number.isFinite(Number(text))) {
    return `Write it without quotes: \`${lead(field)}${text}\`.`;
  }
  if (kinds.includes('boolean') && /^(yes|no|on|off|true|false)$/i.test(text)) {
    return `Write \`${lead(field)}${/^(yes|on|true)$/i.test(text) ? 'true' : 'false'}\`.`;
  }
  if (kinds.includes('array')) return `Write a list: \`${lead(field)}[${quote(text)}]\`.`;
  return `Write ${either(kinds.map((kind) => names[kind] ?? kind))} here.`;
}

function lead(field: string | undefined): string {
  return field === undefined ? '' : `${field}: `;
}
