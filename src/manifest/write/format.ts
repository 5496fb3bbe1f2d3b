// `fmt`: a file's canonical layout. Invariant: the text means what it meant before, which is looked at each
// time: a layout that would change it is our bug, and never gets to the disk.

import { Parser } from 'yaml';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { assert } from '../../diagnostic/invariant.ts';
import type { Located } from '../../schema/located.ts';
import { parse } from '../parse.ts';
import { layOut } from './layout.ts';

export type Formatted =
  | { readonly kind: 'formatted'; readonly text: string }
  /** It is no YAML that can be read, or not one that a manifest can be. */
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] };

/** @param name - the file as the user named it. */
export function format(name: string, text: string): Formatted {
  const { root, diagnostics } = parse(name, text);
  if (root === undefined || diagnostics.length > 0) return { kind: 'refused', diagnostics };
  const lineEnd = /\r?\n/.exec(text)?.[0] ?? '\n';
  const lines = layOut([...new Parser().parse(text)], text);
  const laidOut = `${lines.join('\n')}\n`.replaceAll('\n', lineEnd);
  const again = laidOut === text ? root : parse(name, laidOut).root;
  assert(again !== undefined && isSame(root, again), `the layout of ${name} would change what it means`);
  return { kind: 'formatted', text: laidOut };
}

/** Whether two values are equal, wherever they are written. */
export function isSame(one: Located, other: Located): boolean {
  switch (one.kind) {
    case 'scalar':
      return other.kind === 'scalar' && Object.is(one.value, other.value);
    case 'list':
      return (
        other.kind === 'list' &&
        one.items.length === other.items.length &&
        one.items.every((item, index) => isSameOrMissing(item, other.items[index]))
      );
    case 'map':
      return (
        other.kind === 'map' &&
        one.entries.size === other.entries.size &&
        [...one.entries].every(([key, { value }]) => isSameOrMissing(value, other.entries.get(key)?.value))
      );
  }
}

const isSameOrMissing = (one: Located, other: Located | undefined): boolean =>
  other !== undefined && isSame(one, other);
