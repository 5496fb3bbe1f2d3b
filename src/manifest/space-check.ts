// The rules for spaces: names that can be told apart, and archives that exist.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import { quote, verbatim } from '../schema/wording.ts';
import { type Forest, placeOf, type SpaceDraft } from './draft.ts';
import { invalidAddress } from './link.ts';
import { explainMissing, lookUp, mayBeDeclared } from './lookup.ts';
import { checkName } from './title.ts';

export function checkSpaces(forest: Forest): Diagnostic[] {
  const spaces = [...forest.spaces.values()];
  return [
    ...spaces.flatMap((space) => checkName(space.written.name)),
    ...duplicateNames(spaces),
    ...spaces.flatMap((space) => checkArchive(forest, space)),
  ];
}

/** Spaces are found by name unless they have an id, so of one name at most one may lack it. */
function duplicateNames(spaces: readonly SpaceDraft[]): Diagnostic[] {
  const firsts = new Map<string, SpaceDraft>();
  return spaces.flatMap((space) => {
    const { name, id } = space.written;
    if (name === undefined || id !== undefined) return [];
    const first = firsts.get(name.value);
    firsts.set(name.value, first ?? space);
    if (first?.written.name === undefined) return [];
    return [
      diagnostic('DUPLICATE_SPACE', {
        detail: `The spaces ${quote(first.key)} and ${quote(space.key)} are both named ${quote(name.value)}, and a space without \`id\` is found by its name.`,
        help: 'Give one of them another name, or name the existing one by its `id`.',
        ...placeOf(name),
        related: [{ message: 'the same name', source: placeOf(first.written.name).source }],
      }),
    ];
  });
}

function checkArchive(forest: Forest, space: SpaceDraft): Diagnostic[] {
  const { archive } = space.written;
  if (archive === undefined) return [];
  const found = lookUp(forest, archive.value);
  if (found.kind === 'invalid') return [invalidAddress(archive.value, found.reason, placeOf(archive))];
  const unknown = (detail: string, help: string) => [
    diagnostic('ARCHIVE_UNKNOWN', { detail, help, ...placeOf(archive) }),
  ];
  if (found.kind === 'missing') {
    if (mayBeDeclared(forest, found)) return [];
    const { detail, help } = explainMissing(forest, found);
    return unknown(`${detail}, so nothing can be moved under it.`, help);
  }
  const { draft } = found;
  const help = `Name a page of ${quote(space.key)}, and declare it there.`;
  if (draft.space !== space) {
    return unknown(
      `${verbatim(archive.value)} is a page of another space, and pages never leave theirs.`,
      help,
    );
  }
  if (draft.kind === 'shortcut')
    return unknown(`${verbatim(archive.value)} is a shortcut, and nothing can stand under it.`, help);
  return [];
}
