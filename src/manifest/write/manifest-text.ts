// A manifest as text, in the layout that `fmt` leaves as it is: one page a line wherever a page has nothing
// but a title, so that a page that comes or goes is one line of a difference.
//
// The library's own writer would do, and takes minutes for the pages of a large wiki; scalars, where all
// the rules are, are left to it.

import { manifestVersion } from '../../schema/manifest-schema.ts';
import type { Reference } from '../../tree/desired.ts';
import type { ManifestOutline, PageOutline, SpaceOutline } from './outline.ts';
import { scalarText } from './scalar-text.ts';

/** The line by which editors find the schema. */
const schemaLine = '# yaml-language-server: $schema=./node_modules/wikiform/schemas/manifest.schema.json';

/** The main file. */
export function manifestText(outline: ManifestOutline): string {
  const { include, spaces } = outline;
  const lines = [outline.head?.trimEnd() ?? headText(outline)];
  if (include.length > 0) lines.push('', 'include:', ...include.map((file) => `  - ${scalarText(file)}`));
  if (spaces.length > 0) {
    lines.push('');
    writeSpaces(spaces, lines);
  }
  return `${lines.join('\n')}\n`;
}

function headText({ provider, baseUrl }: ManifestOutline): string {
  const long = [`provider:`, `  kind: ${provider}`, `  baseUrl: ${scalarText(baseUrl ?? '')}`];
  const short = [`provider: ${provider}`];
  return [schemaLine, `version: ${manifestVersion}`, ...(baseUrl === undefined ? short : long)].join('\n');
}

/** A file to be included. */
export function spacesText(spaces: readonly SpaceOutline[]): string {
  const lines: string[] = [];
  writeSpaces(spaces, lines);
  return `${lines.join('\n')}\n`;
}

function writeSpaces(spaces: readonly SpaceOutline[], lines: string[]): void {
  lines.push('spaces:');
  spaces.forEach((space, index) => {
    if (index > 0) lines.push('');
    const { key, id, name, description, sharing, pages } = space;
    lines.push(`  ${scalarText(key)}:`, `    name: ${scalarText(name)}`);
    if (description !== undefined) lines.push(`    description: ${scalarText(description)}`);
    if (sharing !== undefined) lines.push(`    sharing: ${sharing}`);
    // In quotes whatever it holds: an id of digits alone would be a number.
    lines.push(`    id: ${JSON.stringify(id)}`);
    if (pages.length > 0) lines.push('    nodes:');
    writePages(pages, 6, lines);
  });
}

/** Pages as the items of a list at this column. */
function writePages(pages: readonly PageOutline[], column: number, lines: string[]): void {
  const blanks = ' '.repeat(column);
  for (const page of pages) {
    const hasChildren = page.children.length > 0;
    writePage(page, hasChildren, blanks, lines);
    if (hasChildren) writePages(page.children, column + 4, lines);
  }
}

/** A page as an item of a list at this column, up to its children, which are to follow four columns on. */
export function pageLines(
  page: Omit<PageOutline, 'children'>,
  hasChildren: boolean,
  column: number,
): readonly string[] {
  const lines: string[] = [];
  writePage(page, hasChildren, ' '.repeat(column), lines);
  return lines;
}

function writePage(
  { title, key, type, id, shortcut }: Omit<PageOutline, 'children'>,
  hasChildren: boolean,
  blanks: string,
  lines: string[],
): void {
  const text = scalarText(title);
  const hasFields = key !== undefined || type !== undefined || id !== undefined || shortcut !== undefined;
  if (!hasFields && !hasChildren) {
    lines.push(`${blanks}- ${text}`);
    return;
  }
  lines.push(`${blanks}- title: ${text}`);
  if (key !== undefined) lines.push(`${blanks}  key: ${scalarText(key)}`);
  if (type !== undefined) lines.push(`${blanks}  type: ${scalarText(type)}`);
  if (id !== undefined) lines.push(`${blanks}  id: ${JSON.stringify(id)}`);
  if (shortcut !== undefined) lines.push(`${blanks}  shortcut: ${referenceText(shortcut)}`);
  if (hasChildren) lines.push(`${blanks}  children:`);
}

function referenceText(reference: Reference): string {
  return 'id' in reference ? `{ id: ${JSON.stringify(reference.id)} }` : scalarText(reference.address);
}
