// `fmt` for a manifest and all it includes. A file that cannot be read or parsed is reported, and the
// others are laid out all the same; what a manifest may say is none of its business.

import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { decode } from '../decode.ts';
import type { ManifestFiles } from '../files.ts';
import { findIncluded, unreadable } from '../include.ts';
import { parse } from '../parse.ts';
import { textsField } from '../read-fields.ts';
import type { Field } from '../written.ts';
import { format } from './format.ts';

export interface FormattedFile {
  /** As the user would type it. */
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

export interface FormattedFiles {
  readonly files: readonly FormattedFile[];
  readonly diagnostics: readonly Diagnostic[];
  /** The files that were read, for code frames. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Lays out these files and whatever they include, each once. */
export function formatFiles(names: readonly string[], files: ManifestFiles): FormattedFiles {
  const formatted: FormattedFile[] = [];
  const diagnostics: Diagnostic[] = [];
  const texts = new Map<string, string>();
  const open: { readonly file: string; readonly place?: Field<string> }[] = names.map((file) => ({ file }));
  const seen = new Set<string>();
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    if (seen.has(next.file)) continue;
    seen.add(next.file);
    const text = textOf(next.file, next.place, files, diagnostics);
    if (text === undefined) continue;
    texts.set(next.file, text);
    const found = format(next.file, text);
    if (found.kind === 'refused') diagnostics.push(...found.diagnostics);
    else formatted.push({ file: next.file, before: text, after: found.text });
    if (names.includes(next.file)) open.push(...includedBy(next.file, text, files, diagnostics));
  }
  return { files: formatted, diagnostics, texts };
}

function textOf(
  file: string,
  place: Field<string> | undefined,
  files: ManifestFiles,
  diagnostics: Diagnostic[],
): string | undefined {
  const content = files.read(file);
  if (content.kind === 'unreadable') {
    diagnostics.push(unreadable(file, content.reason, place));
    return undefined;
  }
  const decoded = decode(file, content.bytes);
  if (decoded.kind === 'refused') diagnostics.push(decoded.diagnostic);
  return decoded.kind === 'refused' ? undefined : decoded.text;
}

function includedBy(file: string, text: string, files: ManifestFiles, diagnostics: Diagnostic[]) {
  const { root } = parse(file, text);
  if (root === undefined) return [];
  const included = findIncluded(file, textsField(root, 'include'), files);
  diagnostics.push(...included.diagnostics);
  return [...included.found].map(([name, place]) => ({ file: name, place }));
}
