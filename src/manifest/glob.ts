// Globs of addresses in `protect` and `ignore`: `*` within a key, `**` across keys. A glob begins with
// a space's key, as every address does.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import { anchorOf, sourceOf } from '../schema/located.ts';
import { didYouMean } from '../schema/nearest.ts';
import { quote, verbatim } from '../schema/wording.ts';
import { escapeKey } from '../tree/address.ts';
import type { Field } from './written.ts';

/** @param spaces - keys of the declared spaces; `undefined` where not all of them are known. */
export function checkGlobs(
  globs: readonly Field<string>[],
  spaces: readonly string[] | undefined,
): Diagnostic[] {
  return globs.flatMap((glob) => {
    const problem = objection(glob.value);
    if (problem !== undefined) return [invalid(glob, problem)];
    return spaces === undefined ? [] : matchesNothing(glob, spaces.map(escapeKey));
  });
}

function objection(glob: string): string | undefined {
  if (glob.trim() === '') return 'is blank';
  if (glob.startsWith('!')) return 'begins with `!`, which would turn its meaning round';
  if (glob.startsWith('/') || glob.startsWith('./')) return 'does not begin with the key of a space';
  if (/[^\\]\/$/.test(glob)) return 'ends with `/`, and no address does';
  if (/[^\\]\/\//.test(glob)) return 'holds `//`, and no address does';
  if (/(^|[^\\])(\\\\)*\\$/.test(glob)) return 'ends with a lone `\\`';
  return undefined;
}

function invalid(glob: Field<string>, problem: string): Diagnostic {
  return diagnostic('GLOB_INVALID', {
    detail: `The glob ${verbatim(glob.value)} ${problem}.`,
    help: 'Write it like `handbook/Drafts/**`: a whole address, with `*` within a key and `**` across keys.',
    source: sourceOf(glob.at),
    related: anchorOf(glob.at),
  });
}

/** A mistyped space would leave its pages unprotected without a word. */
function matchesNothing(glob: Field<string>, spaces: readonly string[]): Diagnostic[] {
  const first = /^(?:\\.|[^\\/])*/.exec(glob.value)?.[0] ?? '';
  if (/[*?[\]{}()!+@]/.test(first) || spaces.includes(first)) return [];
  return [
    diagnostic('ADDRESS_UNKNOWN', {
      severity: 'warning',
      detail: `No space ${quote(first)} is declared, so the glob ${verbatim(glob.value)} matches nothing.`,
      help: `Take it away, or begin it with the key of a declared space.${didYouMean(first, spaces)}`,
      source: sourceOf(glob.at),
      related: anchorOf(glob.at),
    }),
  ];
}
