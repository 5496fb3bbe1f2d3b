// Reading the manifest and what it includes. Files that cannot be read or parsed are reported and
// left out; the others go on.
// Order: the manifest first, then the included files by name, whatever order their globs stand in.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import type { Located } from '../schema/located.ts';
import { quote } from '../schema/wording.ts';
import { compareText } from '../tree/identifier.ts';
import { decode } from './decode.ts';
import { placeOf } from './draft.ts';
import type { ManifestFiles } from './files.ts';
import { parse } from './parse.ts';
import { checkShape } from './shape.ts';
import type { Field } from './written.ts';

export interface ReadFile {
  readonly file: string;
  /** `undefined` where the file is not text. */
  readonly text: string | undefined;
  /** `undefined` where nothing in it can be trusted. */
  readonly root: Located | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** @param place - where the file is asked for, when a manifest asks for it. */
export function readFile(
  file: string,
  role: 'manifest' | 'included',
  files: ManifestFiles,
  place?: Field<string>,
): ReadFile {
  const content = files.read(file);
  const refused = (found: Diagnostic) => ({ file, text: undefined, root: undefined, diagnostics: [found] });
  if (content.kind === 'unreadable') return refused(unreadable(file, content.reason, place));
  const decoded = decode(file, content.bytes);
  if (decoded.kind === 'refused') return refused(decoded.diagnostic);
  const { root, diagnostics } = parse(file, decoded.text);
  if (root === undefined) return { file, text: decoded.text, root, diagnostics };
  const shape = checkShape(root, role);
  return {
    file,
    text: decoded.text,
    root: shape.readable ? root : undefined,
    diagnostics: [...diagnostics, ...elsewhere(shape.diagnostics, diagnostics)],
  };
}

/** A value that could not be read is not also of the wrong kind. */
function elsewhere(found: readonly Diagnostic[], earlier: readonly Diagnostic[]): Diagnostic[] {
  const place = ({ source }: Diagnostic) => `${source?.line}:${source?.column}`;
  const taken = new Set(earlier.map(place));
  return found.filter((diagnostic) => !taken.has(place(diagnostic)));
}

export function unreadable(file: string, reason: string, place: Field<string> | undefined): Diagnostic {
  return diagnostic('FILE_UNREADABLE', {
    detail: `${file} cannot be read: ${reason}.`,
    help:
      place === undefined
        ? 'Name a manifest with `--file`, or write one: README.md and examples/ show how.'
        : 'Mend the file, or the include.',
    ...(place === undefined ? {} : placeOf(place)),
  });
}

export interface Included {
  readonly files: readonly ReadFile[];
  readonly diagnostics: readonly Diagnostic[];
}

export function readIncluded(
  main: string,
  patterns: readonly Field<string>[],
  files: ManifestFiles,
): Included {
  const { found, diagnostics } = findIncluded(main, patterns, files);
  return {
    files: [...found].map(([file, pattern]) => readFile(file, 'included', files, pattern)),
    diagnostics,
  };
}

export interface FoundFiles {
  /** By name, sorted, with the pattern that leads to each. */
  readonly found: ReadonlyMap<string, Field<string>>;
  readonly diagnostics: readonly Diagnostic[];
}

/** The names of the files that a manifest includes. */
export function findIncluded(
  main: string,
  patterns: readonly Field<string>[],
  files: ManifestFiles,
): FoundFiles {
  const found = new Map<string, Field<string>>();
  const diagnostics: Diagnostic[] = [];
  if (patterns.length === 0) return { found, diagnostics };
  for (const pattern of patterns) {
    const match = files.match(main, pattern.value);
    if (match.kind === 'outside') diagnostics.push(outside(pattern));
    else if (match.files.length === 0) diagnostics.push(notFound(pattern));
    else for (const file of match.files) if (!found.has(file)) found.set(file, pattern);
  }
  const own = ownNames(main, files);
  for (const [file, pattern] of found) if (own.has(file)) diagnostics.push(circular(pattern, main));
  const others = [...found].filter(([file]) => !own.has(file));
  return { found: new Map(others.sort(([a], [b]) => compareText(a, b))), diagnostics };
}

/** The manifest as the user named it, and as a pattern would find it: `./a/../wikiform.yaml` is `wikiform.yaml`. */
function ownNames(main: string, files: ManifestFiles): Set<string> {
  const match = files.match(main, main.split(/[\\/]/).at(-1) ?? main);
  return new Set([main, ...(match.kind === 'files' ? match.files : [])]);
}

function outside(pattern: Field<string>): Diagnostic {
  return diagnostic('INCLUDE_OUTSIDE', {
    detail: `${quote(pattern.value)} leads outside the repository, where the manifest's history does not reach.`,
    help: 'Put the file into the repository.',
    ...placeOf(pattern),
  });
}

function notFound(pattern: Field<string>): Diagnostic {
  return diagnostic('INCLUDE_NOT_FOUND', {
    detail: `No file matches ${quote(pattern.value)}, read from the directory of the manifest.`,
    help: 'Correct the pattern, or take it away.',
    ...placeOf(pattern),
  });
}

function circular(pattern: Field<string>, main: string): Diagnostic {
  return diagnostic('INCLUDE_CIRCULAR', {
    detail: `${quote(pattern.value)} matches ${main}, the manifest itself.`,
    help: 'Keep included files in a directory of their own, such as `spaces/*.yaml`.',
    ...placeOf(pattern),
  });
}
