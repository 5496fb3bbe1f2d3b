// Edits the text of a manifest and of what it includes: the smallest change that makes it say something
// else, comments and layout kept. Invariant: what is not to change comes out byte for byte as it was.
//
// What cannot be edited where it stands is refused with its place: pages that an alias, a merge key or the
// copy of a branch brings are written somewhere else, for others too.

import type { Reference } from '../../tree/desired.ts';
import type { Address } from '../../tree/identifier.ts';
import { format } from '../write/format.ts';
import { flowScalar, scalarText } from '../write/scalar-text.ts';
import type { Arrival, Edits, Refusal } from './edits.ts';
import { readSpaceTexts } from './page-reader.ts';
import type { EntryText, ListText, PageText, SpaceText } from './page-text.ts';
import { spaceText, type Writing } from './page-writer.ts';
import { linksOf, type WrittenLink } from './written-link.ts';

export interface Editor {
  /** Whether a page's key is written, and not only its title. */
  hasKey(address: Address): boolean;
  /** Whether the page stands in the text at all. */
  has(address: Address): boolean;
  /**
   * By file, those that change, or what cannot be edited. To be written in this order: a page that goes from one
   * file to another is in both for a moment, and not in neither.
   */
  edit(edits: Edits, relink: (link: WrittenLink) => Reference | undefined): Edited;
}

export interface Edited {
  readonly texts: ReadonlyMap<string, string>;
  readonly refusals: readonly Refusal[];
}

interface Opened {
  readonly lineEnd: string;
  readonly before: string;
  readonly spaces: readonly SpaceText[];
}

/** @param texts - the manifest and what it includes, by file. */
export function openEditor(texts: ReadonlyMap<string, string>): Editor {
  const pages = new Map<Address, PageText>();
  const parents = new Map<PageText, PageText | SpaceText>();
  const find = (address: Address): PageText | undefined => pages.get(address);
  const index = (list: ListText | undefined, owner: PageText | SpaceText): void => {
    for (const page of list?.items ?? []) {
      parents.set(page, owner);
      if (page.address !== undefined) pages.set(page.address, page);
      index(page.mapping?.list, page);
    }
  };
  const files = new Map([...texts].map(([file, text]) => [file, openFile(file, text)] as const));
  const spaces = new Map<Address, SpaceText>();
  for (const opened of files.values()) {
    for (const space of opened.spaces) {
      spaces.set(space.address, space);
      index(space.mapping.list, space);
    }
  }
  return {
    has: (address) => pages.has(address) || spaces.has(address),
    hasKey: (address) => find(address)?.mapping?.entries.some(({ key }) => key === 'key') === true,
    edit(edits, relink) {
      const refusals: Refusal[] = [];
      const touched = new Set<PageText | SpaceText>();
      const touch = (owner: PageText | SpaceText | undefined): void => {
        for (let at = owner; at !== undefined && !touched.has(at); at = parentOf(at, parents))
          touched.add(at);
      };
      const writing: Writing = {
        edits,
        pages,
        touched,
        refuse: (owner, why) =>
          refusals.push({
            file: owner.file.file,
            offset: owner.start,
            address: owner.address ?? ('' as Address),
            why,
          }),
      };
      const owned: Owned = { pages, spaces, parents, writing, touch };
      for (const [address, title] of edits.titles) retitle(address, title, owned);
      for (const [address, key] of edits.keys) rekey(address, key, owned);
      for (const address of edits.leaves) leave(address, owned);
      for (const [address, arrivals] of edits.arrivals) arrive(address, arrivals, owned);
      for (const [address, name] of edits.names) rename(address, name, owned);
      for (const space of spaces.values()) for (const link of linksOf(space)) relinked(link, relink(link));
      const texts = writeFiles(files, writing);
      return { texts: receiversFirst(texts, edits.arrivals, owned), refusals };
    },
  };
}

function openFile(file: string, text: string): Opened {
  const lineEnd = /\r?\n/.exec(text)?.[0] ?? '\n';
  const plain = text.replaceAll('\r\n', '\n');
  const whole = plain.endsWith('\n') ? plain : `${plain}\n`;
  return { lineEnd, before: text, spaces: readSpaceTexts(file, whole).spaces };
}

function parentOf(
  owner: PageText | SpaceText,
  parents: ReadonlyMap<PageText, PageText | SpaceText>,
): PageText | SpaceText | undefined {
  return 'key' in owner ? undefined : parents.get(owner);
}

interface Owned {
  readonly pages: ReadonlyMap<Address, PageText>;
  readonly spaces: ReadonlyMap<Address, SpaceText>;
  readonly parents: ReadonlyMap<PageText, PageText | SpaceText>;
  readonly writing: Writing;
  touch(owner: PageText | SpaceText | undefined): void;
}

/** The page, if it may be edited itself. */
function editable(address: Address, { pages, writing }: Owned): PageText | undefined {
  const page = pages.get(address);
  if (page?.ownTie === undefined) return page;
  writing.refuse(page, `${page.ownTie.what} ties it to another place of the file`);
  return undefined;
}

function retitle(address: Address, title: string, owned: Owned): void {
  const page = editable(address, owned);
  if (page === undefined) return;
  const span = entryOf(page.mapping?.entries, 'title')?.valueSpan ?? page.value;
  const { source } = page.file;
  if (source.text.slice(span.start, span.end).includes('\n'))
    owned.writing.refuse(page, 'its title is written over several lines');
  else source.replace({ ...span, text: written(title, page.isInFlow || page.mapping?.form === 'flow') });
}

const entryOf = (entries: readonly EntryText[] | undefined, name: string): EntryText | undefined =>
  entries?.find(({ key }) => key === name);

const written = (text: string, isInFlow: boolean): string => (isInFlow ? flowScalar(text) : scalarText(text));

/** A key that is written already is replaced; another comes below the title. */
function rekey(address: Address, key: string, owned: Owned): void {
  const page = editable(address, owned);
  if (page === undefined) return;
  const { mapping } = page;
  const { source } = page.file;
  const known = entryOf(mapping?.entries, 'key');
  if (known !== undefined)
    source.replace({ ...known.valueSpan, text: written(key, mapping?.form === 'flow') });
  else if (mapping?.form !== 'block') owned.touch(page);
  else {
    const at = (entryOf(mapping.entries, 'title')?.end ?? 0) - 1;
    source.replace({ start: at, end: at, text: `\n${' '.repeat(mapping.column)}key: ${scalarText(key)}` });
  }
}

function leave(address: Address, { pages, parents, writing, touch }: Owned): void {
  const page = pages.get(address);
  if (page === undefined) return;
  const { tie } = page;
  if (tie !== undefined) writing.refuse(page, `${tie.what} ties it to another place of the file`);
  const owner = parents.get(page);
  checkOwner(owner, writing);
  touch(owner);
}

function arrive(
  address: Address,
  arrivals: readonly Arrival[],
  { pages, spaces, writing, touch }: Owned,
): void {
  if (arrivals.length === 0) return;
  const owner = pages.get(address) ?? spaces.get(address);
  checkOwner(owner, writing);
  touch(owner);
}

function checkOwner(owner: PageText | SpaceText | undefined, writing: Writing): void {
  const tie = owner === undefined ? undefined : 'ownTie' in owner ? owner.ownTie : owner.tie;
  if (owner !== undefined && tie !== undefined)
    writing.refuse(owner, `${tie.what} ties it to another place of the file`);
}

function rename(address: Address, name: string, { spaces, writing }: Owned): void {
  const space = spaces.get(address);
  const entry = entryOf(space?.mapping.entries, 'name');
  if (space === undefined || entry === undefined) return;
  if (space.tie !== undefined)
    writing.refuse(space, `${space.tie.what} ties it to another place of the file`);
  const { source } = space.file;
  source.replace({ ...entry.valueSpan, text: written(name, space.mapping.form === 'flow') });
}

function relinked({ source, span, isField, isInFlow }: WrittenLink, reference: Reference | undefined): void {
  if (reference === undefined) return;
  const isId = 'id' in reference;
  const field = isId ? `id: ${JSON.stringify(reference.id)}` : `from: ${flowScalar(reference.address)}`;
  const short = isId ? `{ ${field} }` : written(reference.address, isInFlow);
  source.replace({ ...span, text: isField ? field : short });
}

function writeFiles(files: ReadonlyMap<string, Opened>, writing: Writing): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const [file, { lineEnd, before, spaces }] of files) {
    const [first] = spaces;
    if (first === undefined) continue;
    const { source } = first.file;
    let text = '';
    let at = 0;
    for (const space of spaces) {
      if (!writing.touched.has(space)) continue;
      text += source.slice(at, space.start) + spaceText(space, writing);
      at = space.end;
    }
    text += source.slice(at, source.text.length);
    const whole = text.replaceAll('\n', lineEnd);
    if (whole !== before && text !== source.text) texts.set(file, keptTidy(file, before, whole));
  }
  return texts;
}

/** The same files, each behind those to which pages of it go. Where files exchange pages, one has to be the first. */
function receiversFirst(
  texts: ReadonlyMap<string, string>,
  arrivals: Edits['arrivals'],
  { pages, spaces }: Owned,
): ReadonlyMap<string, string> {
  const receivers = new Map<string, Set<string>>();
  const note = (arrival: Arrival, to: string): void => {
    if (arrival.kind === 'new') for (const child of arrival.children) note(child, to);
    const from = arrival.kind === 'new' ? undefined : pages.get(arrival.address)?.file.file;
    if (from === undefined || from === to) return;
    receivers.set(from, (receivers.get(from) ?? new Set()).add(to));
  };
  for (const [address, list] of arrivals) {
    const to = (pages.get(address) ?? spaces.get(address))?.file.file;
    if (to !== undefined) for (const arrival of list) note(arrival, to);
  }
  const ordered = new Map<string, string>();
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const receiver of receivers.get(file) ?? []) visit(receiver);
    const text = texts.get(file);
    if (text !== undefined) ordered.set(file, text);
  };
  for (const file of texts.keys()) visit(file);
  return ordered;
}

/** A file that was laid out canonically stays so: what grew may be too long for its line. */
function keptTidy(file: string, before: string, after: string): string {
  if (isAsTidy(before, after)) return after;
  const was = format(file, before);
  if (was.kind === 'refused' || was.text !== before) return after;
  const is = format(file, after);
  return is.kind === 'formatted' ? is.text : after;
}

/**
 * Whether it can be seen without laying out the whole file, as in a manifest that was imported: no new line
 * holds brackets or a comment, no blank lines have come together, and no comment could belong elsewhere now.
 */
function isAsTidy(before: string, after: string): boolean {
  if (/^\s*\n|\n[ \t]*\r?\n[ \t]*\r?\n|\n\s*\n$|\n[ \t]+#/.test(after)) return false;
  const known = new Set(before.split('\n'));
  return after.split('\n').every((line) => known.has(line) || !/[[\]{}#]/.test(line));
}
