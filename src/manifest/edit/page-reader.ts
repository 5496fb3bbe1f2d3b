// Finds the spaces and pages in the tokens of a file. What anchors, aliases and merge keys bring stands
// somewhere else and is not found; what holds them is marked.

import { type CST, Parser } from 'yaml';
import { childAddress, spaceAddress } from '../../tree/address.ts';
import type { Address } from '../../tree/identifier.ts';
import type {
  BlockList,
  EntryText,
  FileText,
  FlowList,
  ListText,
  MappingText,
  PageText,
  SpaceText,
  Span,
  Tie,
} from './page-text.ts';
import { lineEnd, lineStart, sourceSlices } from './source-slice.ts';
import { hasComments, mergeKey, scalarOf, spanOf, tieIn, tieOfProps } from './token-span.ts';

/** The spaces of a file that parses and means what a manifest may mean. */
export function readSpaceTexts(file: string, text: string): { file: FileText; spaces: readonly SpaceText[] } {
  const found: FileText = { file, source: sourceSlices(text) };
  const root = rootOf(text);
  const spaces = root && entriesOf(root).find(({ key }) => scalarOf(key) === 'spaces')?.value;
  const items = spaces === undefined || !isMap(spaces) ? [] : entriesOf(spaces);
  return { file: found, spaces: items.flatMap((item) => spaceOf(found, item, spaces)) };
}

function rootOf(text: string): CST.Token | undefined {
  for (const token of new Parser().parse(text)) {
    if (token.type === 'document' && token.value && isMap(token.value)) return token.value;
  }
  return undefined;
}

type MapToken = CST.BlockMap | CST.FlowCollection;

const isMap = (token: CST.Token | undefined): token is MapToken =>
  token?.type === 'block-map' || (token?.type === 'flow-collection' && token.start.source === '{');

const isList = (token: CST.Token | undefined): token is CST.BlockSequence | CST.FlowCollection =>
  token?.type === 'block-seq' || (token?.type === 'flow-collection' && token.start.source === '[');

function entriesOf(token: CST.Token): readonly CST.CollectionItem[] {
  if (!isMap(token)) return [];
  return (token.items as readonly CST.CollectionItem[]).filter(({ key }) => key);
}

function spaceOf(file: FileText, item: CST.CollectionItem, spaces: CST.Token | undefined): SpaceText[] {
  const key = scalarOf(item.key);
  const { value } = item;
  if (key === undefined || value === undefined || !isMap(value)) return [];
  const address = spaceAddress(key);
  const isInner = spaces?.type === 'flow-collection';
  const anchored = tieOfProps(item);
  const mapping = mappingOf(file, value, 'nodes', { address, isInner, anchored });
  const tie = anchored ?? tieOfEntries(value);
  return [{ file, key, address, mapping, tie, ...wholeSpan(file, value, mapping) }];
}

/** In lines, whole lines; a list may reach further than its last item. */
function wholeSpan({ source }: FileText, token: MapToken, { form, list }: MappingText): Span {
  const { start, end } = spanOf(token);
  if (form === 'flow') return { start, end };
  const last = lineEnd(source.text, end - 1);
  return {
    start: lineStart(source.text, start),
    end: list?.kind === 'block' ? Math.max(last, list.end) : last,
  };
}

/** Merge keys and anchors among the fields themselves; what pages hold is their own. */
function tieOfEntries(token: MapToken): Tie | undefined {
  for (const item of token.items as readonly CST.CollectionItem[]) {
    const isPages = scalarOf(item.key) === 'nodes' || scalarOf(item.key) === 'children';
    const found =
      tieOfProps(item) ?? mergeKey(item) ?? (isPages && isList(item.value) ? undefined : tieIn(item.value));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Where a mapping or a list stands. */
interface Setting {
  /** Of the page or space it belongs to. */
  readonly address: Address | undefined;
  /** Whether it stands in braces or brackets. */
  readonly isInner: boolean;
  /** What makes it stand elsewhere too. */
  readonly anchored: Tie | undefined;
}

function mappingOf(
  file: FileText,
  token: MapToken,
  listName: 'nodes' | 'children',
  { address, isInner, anchored }: Setting,
): MappingText {
  const form = token.type === 'block-map' ? 'block' : 'flow';
  const items = entriesOf(token);
  const entries = items.map((item) => entryOf(file, item, form));
  const list = items.find(({ key }) => scalarOf(key) === listName);
  const column = columnOf(file, token.type === 'block-map' ? firstKey(token) : token.offset);
  const setting = {
    address,
    isInner: isInner || form === 'flow',
    anchored: anchored ?? (list && tieOfProps(list)),
  };
  return { form, column, entries, list: list?.value && listOf(file, list.value, setting) };
}

function firstKey(token: CST.BlockMap): number {
  const [item] = entriesOf(token);
  return item?.key ? spanOf(item.key).start : token.offset;
}

function columnOf({ source }: FileText, offset: number): number {
  return offset - lineStart(source.text, offset);
}

function entryOf({ source }: FileText, item: CST.CollectionItem, form: 'block' | 'flow'): EntryText {
  const key = item.key ? spanOf(item.key) : { start: 0, end: 0 };
  const colon = item.sep?.find(({ type }) => type === 'map-value-ind');
  const none = { start: (colon?.offset ?? key.end) + 1, end: (colon?.offset ?? key.end) + 1 };
  const valueSpan = item.value === undefined ? none : spanOf(item.value);
  const end = form === 'flow' ? valueSpan.end : lineEnd(source.text, Math.max(valueSpan.end - 1, key.end));
  const start = form === 'flow' ? key.start : lineStart(source.text, key.start);
  return { key: scalarOf(item.key) ?? '', value: item.value, valueSpan, start, end };
}

function listOf(file: FileText, token: CST.Token, setting: Setting): ListText | undefined {
  if (token.type === 'block-seq') return blockListOf(file, token, setting);
  return isList(token) ? flowListOf(file, token, setting) : undefined;
}

function flowListOf(file: FileText, token: CST.FlowCollection, setting: Setting): FlowList {
  const items = token.items.flatMap((item) => {
    const { value } = item;
    if (value === undefined) return [];
    const place = { ...spanOf(value), column: 0, isInFlow: true };
    return [pageOf(file, value, place, { ...setting, anchored: setting.anchored ?? tieOfProps(item) })];
  });
  const { isInner } = setting;
  return { kind: 'flow', ...spanOf(token), items, isInner, hasComments: hasComments(token) };
}

/** The region begins behind the line of the list's key and ends where what belongs to the list ends. */
function blockListOf(file: FileText, token: CST.BlockSequence, setting: Setting): BlockList {
  const { text } = file.source;
  const items: PageText[] = [];
  const gaps: Span[] = [];
  const dashes = token.items.flatMap((item) => {
    const dash = item.start.find(({ type }) => type === 'seq-item-ind');
    return dash === undefined ? [] : [{ item, offset: dash.offset }];
  });
  const column = columnOf(file, dashes[0]?.offset ?? token.offset);
  let at = regionStart(text, lineStart(text, dashes[0]?.offset ?? token.offset));
  const start = at;
  for (const { item, offset } of dashes) {
    const contentEnd = item.value === undefined ? offset + 1 : spanOf(item.value).end;
    const end = withDeeperComments(text, lineEnd(text, contentEnd - 1), column);
    const lead = leadStart(text, lineStart(text, offset), at, column);
    gaps.push({ start: at, end: lead });
    const place = { start: lead, end, column, isInFlow: false };
    const value = item.value ?? { type: 'scalar' as const, offset: offset + 1, indent: column, source: '' };
    items.push(pageOf(file, value, place, { ...setting, anchored: setting.anchored ?? tieOfProps(item) }));
    at = end;
  }
  const end = withDeeperComments(text, at, column - 1);
  gaps.push({ start: at, end });
  return { kind: 'block', source: file.source, start, end, column, items, gaps };
}

/** Comments and blank lines between the key of a list and its first item are the list's. */
function regionStart(text: string, firstItem: number): number {
  let at = firstItem;
  while (at > 0) {
    const before = lineStart(text, at - 1);
    if (!/^[ \t]*(?:#.*)?\r?$/.test(text.slice(before, at - 1))) break;
    at = before;
  }
  return at;
}

/** Comments in the column of the dash, right above it, are the item's. */
function leadStart(text: string, item: number, least: number, column: number): number {
  let at = item;
  while (at > least) {
    const before = lineStart(text, at - 1);
    const line = text.slice(before, at - 1);
    if (before < least || !new RegExp(`^ {${column}}#`).test(line)) break;
    at = before;
  }
  return at;
}

/** The end, moved over comments that stand deeper than the column, and blank lines between them. */
function withDeeperComments(text: string, end: number, column: number): number {
  let reached = end;
  for (let at = end; at < text.length; ) {
    const next = lineEnd(text, at);
    const line = text.slice(at, next).trimEnd();
    const isDeeper = line.trimStart().startsWith('#') && line.length - line.trimStart().length > column;
    if (line !== '' && !isDeeper) break;
    at = next;
    if (isDeeper) reached = at;
  }
  return reached;
}

type PagePlace = Pick<PageText, 'start' | 'end' | 'column' | 'isInFlow'>;

/** @param setting - of the list, with what anchors the page. */
function pageOf(file: FileText, token: CST.Token, place: PagePlace, setting: Setting): PageText {
  const { address: parent, anchored } = setting;
  const fields = entriesOf(token);
  const fieldOf = (name: string): string | undefined =>
    scalarOf(fields.find(({ key }) => scalarOf(key) === name)?.value);
  const title = isMap(token) ? fieldOf('title') : scalarOf(token);
  const key = fieldOf('key') ?? title;
  const address =
    parent === undefined || key === undefined || key === '' ? undefined : childAddress(parent, key);
  return {
    file,
    address,
    title,
    ...place,
    value: spanOf(token),
    mapping: isMap(token) ? mappingOf(file, token, 'children', { ...setting, address }) : undefined,
    ownTie: anchored ?? (isMap(token) ? tieOfEntries(token) : tieIn(token)),
    tie: anchored ?? tieIn(token),
  };
}
