// The schema's check of a whole file, piece by piece: the top, each space, each page.
// What several aliases share is looked at once.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import { wrongKind } from '../schema/kind-error.ts';
import { type Located, sourceOf } from '../schema/located.ts';
import { manifestVersion } from '../schema/manifest-schema.ts';
import { checkPiece } from '../schema/validator.ts';
import { describe } from '../schema/wording.ts';
import { entriesField, field, itemsField } from './read-fields.ts';

interface Shape {
  /** Whether the file is of a kind that can be read at all. */
  readonly readable: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** @param role - the manifest itself, or a file that it includes. */
export function checkShape(root: Located, role: 'manifest' | 'included'): Shape {
  const refused = notAMapping(root) ?? (role === 'manifest' ? newerVersion(root) : undefined);
  if (refused !== undefined) return { readable: false, diagnostics: [refused] };
  const seen = new Set<unknown>();
  const spaces = [...entriesField(root, 'spaces')];
  const diagnostics = [
    ...checkPiece(role, root),
    ...spaces.flatMap(([key, { at }]) => checkSpace(at, key, seen)),
  ];
  return { readable: true, diagnostics };
}

function checkSpace(space: Located, key: string, seen: Set<unknown>): Diagnostic[] {
  if (space.kind !== 'map') return [wrongKind({ value: space, field: key }, ['object'])];
  const found = checkPiece('space', space, key);
  checkPages(itemsField(space, 'nodes'), seen, found);
  return found;
}

function notAMapping(root: Located): Diagnostic | undefined {
  if (root.kind === 'map') return undefined;
  return diagnostic('FIELD_INVALID', {
    detail: `The file is ${describe(root)}, and should be a mapping.`,
    help: 'Begin with `version: 1`, or in an included file with `spaces:`.',
    source: sourceOf(root),
  });
}

/** A newer format may hold anything, so nothing else is said about the file. */
function newerVersion(root: Located): Diagnostic | undefined {
  const version = field(root, 'version')?.at;
  if (version?.kind !== 'scalar' || typeof version.value !== 'number') return undefined;
  if (!Number.isInteger(version.value) || version.value <= manifestVersion) return undefined;
  return diagnostic('VERSION_UNSUPPORTED', {
    detail: `The manifest is of format ${version.written}; this wikiform reads format ${manifestVersion}.`,
    help: `Update wikiform to a version that reads format ${version.written}.`,
    source: sourceOf(version),
  });
}

/** Adds to `found`: most pages are bare texts with nothing to say about, and lists of nothing add up. */
function checkPages(pages: readonly Located[], seen: Set<unknown>, found: Diagnostic[]): void {
  for (const page of pages) {
    if (page.kind !== 'map') {
      if (!isText(page)) found.push(wrongKind({ value: page, field: undefined }, ['string', 'object']));
      // Aliases of one anchor share their entries.
    } else if (!seen.has(page.entries)) {
      seen.add(page.entries);
      found.push(...checkPiece('page', page));
      checkPages(itemsField(page, 'children'), seen, found);
    }
  }
}

const isText = (value: Located): boolean => value.kind === 'scalar' && typeof value.value === 'string';
