// Reading typed fields out of located mappings. A field that is absent or of another kind is
// `undefined`; nothing is reported here.

import type { Located, LocatedMap } from '../schema/located.ts';
import type { Field } from './written.ts';

const noEntries: LocatedMap['entries'] = new Map();

function entriesOf(value: Located | undefined): LocatedMap['entries'] {
  return value?.kind === 'map' ? value.entries : noEntries;
}

/** The value under a name. */
export function field(value: Located | undefined, name: string): Field<Located> | undefined {
  const entry = entriesOf(value).get(name);
  return entry && { value: entry.value, key: entry.key, at: entry.value };
}

/** The text under a name. */
export function textField(value: Located | undefined, name: string): Field<string> | undefined {
  const found = field(value, name);
  return found && asText(found);
}

/** A field as text. A number or a word is taken as it is written, so that one missing pair of quotes
 * does not make everything that refers to the page unknown. */
export function asText(found: Field<Located>): Field<string> | undefined {
  const { at, key } = found;
  if (at.kind !== 'scalar' || at.value === null) return undefined;
  return { value: typeof at.value === 'string' ? at.value : at.written, key, at };
}

/** The number under a name. */
export function numberField(value: Located | undefined, name: string): Field<number> | undefined {
  const found = field(value, name);
  return found && asNumber(found);
}

function asNumber({ at, key }: Field<Located>): Field<number> | undefined {
  if (at.kind !== 'scalar' || typeof at.value !== 'number') return undefined;
  return { value: at.value, key, at };
}

export function isTrue(value: Located | undefined, name: string): boolean {
  const found = field(value, name);
  return found?.at.kind === 'scalar' && found.at.value === true;
}

/** The texts of the list under a name. */
export function textsField(value: Located | undefined, name: string): Field<string>[] {
  return itemsField(value, name).flatMap((item) => {
    if (item.kind !== 'scalar' || typeof item.value !== 'string') return [];
    return [{ value: item.value, key: item, at: item }];
  });
}

/** The items of the list under a name. */
export function itemsField(value: Located | undefined, name: string): readonly Located[] {
  const found = field(value, name)?.at;
  return found?.kind === 'list' ? found.items : [];
}

/** The numbers of a mapping, by key. */
export function numbersOf(value: Located | undefined): Map<string, Field<number>> {
  return fieldsOf(value, asNumber);
}

/** The texts of a mapping, by key. */
export function textsOf(value: Located | undefined): Map<string, Field<string>> {
  return fieldsOf(value, asText);
}

function fieldsOf<T>(
  value: Located | undefined,
  read: (found: Field<Located>) => Field<T> | undefined,
): Map<string, Field<T>> {
  const fields = new Map<string, Field<T>>();
  for (const [name, entry] of entriesOf(value)) {
    const found = read({ value: entry.value, key: entry.key, at: entry.value });
    if (found !== undefined) fields.set(name, found);
  }
  return fields;
}

/** The entries of the mapping under a name. */
export function entriesField(value: Located | undefined, name: string): Map<string, Field<Located>> {
  return fieldsOf(field(value, name)?.at, (found) => found);
}
