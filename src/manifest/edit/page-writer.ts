// Writes pages again whose list, key or children change. Whatever does not change comes out as it stands
// in the file, moved to its new column; a list in brackets stays in brackets as long as only titles and
// other brackets come to stand in it, and is laid out in lines otherwise.

import type { Address } from '../../tree/identifier.ts';
import { pageLines } from '../write/manifest-text.ts';
import { flowScalar } from '../write/scalar-text.ts';
import type { Arrival, Edits } from './edits.ts';
import type {
  BlockList,
  EntryText,
  FlowList,
  ListText,
  MappingText,
  PageText,
  SpaceText,
  Span,
} from './page-text.ts';
import { linesOf, reflowed, shifted } from './source-slice.ts';

export interface Writing {
  readonly edits: Edits;
  readonly pages: ReadonlyMap<Address, PageText>;
  /** Pages and spaces in which a list or a key changes, at any depth. */
  readonly touched: ReadonlySet<PageText | SpaceText>;
  /** Notes that something cannot be written; what is returned does not matter then. */
  refuse(owner: PageText | SpaceText, why: string): void;
}

/** What comes to stand in a list. */
type Child = { readonly kind: 'page'; readonly page: PageText } | (Arrival & { readonly kind: 'new' });

const blanksOf = (column: number): string => ' '.repeat(column);

function childrenOf(
  list: ListText | undefined,
  owner: Address | undefined,
  { edits, pages }: Writing,
): Child[] {
  const stay = (list?.items ?? []).filter(
    ({ address }) => address === undefined || !edits.leaves.has(address),
  );
  const arrivals = (owner === undefined ? undefined : edits.arrivals.get(owner)) ?? [];
  return [
    ...stay.map((page) => ({ kind: 'page', page }) as const),
    ...arrivals.flatMap((one) => childOf(one, pages)),
  ];
}

function childOf(arrival: Arrival, pages: Writing['pages']): Child[] {
  if (arrival.kind === 'new') return [arrival];
  const page = pages.get(arrival.address);
  return page === undefined ? [] : [{ kind: 'page', page }];
}

/** A space's fields and pages, from its first line to its last. */
export function spaceText(space: SpaceText, writing: Writing): string {
  const { file, mapping } = space;
  if (mapping.form === 'flow') {
    const text = flowMapping(mapping, space, writing, undefined);
    if (text === undefined)
      writing.refuse(space, 'the space is written in braces, in which no list in lines can stand');
    return text ?? '';
  }
  const children = childrenOf(mapping.list, space.address, writing);
  const body = { start: space.start, end: space.end };
  const lines = withList({ owner: space, ...body, mapping, children, source: file.source }, writing);
  return `${lines.join('\n')}\n`;
}

/** A page as an item of a list in lines, with its dash at the column. */
function blockPage(page: PageText, column: number, writing: Writing): readonly string[] {
  const { source } = page.file;
  if (!writing.touched.has(page)) {
    if (page.isInFlow)
      return linesOf(
        `${blanksOf(column)}- ${reflowed(source.slice(page.value.start, page.value.end), column + 4)}`,
      );
    return shifted(linesOf(source.slice(page.start, page.end)), column - page.column);
  }
  const { mapping } = page;
  const children = childrenOf(mapping?.list, page.address, writing);
  if (mapping?.form === 'block') {
    const lines = withList({ ...page, owner: page, mapping, children, source }, writing);
    return shifted(lines, column - page.column);
  }
  return unfolded(page, column, children, writing);
}

interface Body {
  readonly owner: PageText | SpaceText;
  readonly start: number;
  readonly end: number;
  readonly mapping: MappingText;
  readonly children: readonly Child[];
  readonly source: PageText['file']['source'];
}

/** A mapping in lines, with what its list is to hold; in the columns of the file. */
function withList(body: Body, writing: Writing): string[] {
  const { owner, start, end, mapping, children, source } = body;
  const name = 'key' in owner ? 'nodes' : 'children';
  const entry = mapping.entries.find(({ key }) => key === name);
  const { list } = mapping;
  if (entry === undefined) {
    const own = linesOf(source.slice(start, end));
    if (children.length === 0) return own;
    return [...own, `${blanksOf(mapping.column)}${name}:`, ...items(children, mapping.column + 2, writing)];
  }
  if (children.length === 0) return withoutList(body, entry, list);
  if (list?.kind === 'block') {
    return [
      ...linesOf(source.slice(start, list.start)),
      ...blockItems(list, children, writing),
      ...linesOf(source.slice(list.end, end)),
    ];
  }
  return withFlowList(body, entry, list, writing);
}

/** The field goes with its last page; comments that stood in the list stay. */
function withoutList(
  { start, end, mapping, source }: Body,
  entry: EntryText,
  list: ListText | undefined,
): string[] {
  const isFirst = mapping.entries[0] === entry;
  const isBlock = list?.kind === 'block';
  const headEnd = isBlock ? list.start : entry.valueSpan.start;
  const gaps = isBlock ? list.gaps.flatMap((gap) => linesOf(source.slice(gap.start, gap.end))) : [];
  const behind = isBlock
    ? /^[^#]*:[ \t]+(#.*)$/m.exec(source.slice(entry.start, headEnd))?.[1]
    : /#.*/.exec(source.slice(entry.valueSpan.end, entry.end))?.[0];
  const comment = behind === undefined ? [] : [`${blanksOf(mapping.column)}${behind}`];
  const rest = [...gaps, ...linesOf(source.slice(isBlock ? list.end : entry.end, end))];
  if (!isFirst) return [...linesOf(source.slice(start, entry.start)), ...comment, ...rest];
  const head = source.slice(start, headEnd);
  const keyLine = isBlock ? head.replace(/[ \t]*(?:#.*)?\n$/, '') : head.trimEnd();
  return [...linesOf(`${keyLine} []`), ...comment, ...rest];
}

function withFlowList(body: Body, entry: EntryText, list: FlowList | undefined, writing: Writing): string[] {
  const { owner, start, end, mapping, children, source } = body;
  const { valueSpan } = entry;
  const inBrackets = list === undefined ? undefined : flowItems(list, children, writing);
  if (inBrackets !== undefined)
    return linesOf(`${source.slice(start, valueSpan.start)}${inBrackets}${source.slice(valueSpan.end, end)}`);
  if (list?.hasComments)
    writing.refuse(owner, 'the list in brackets holds comments; write it in lines first');
  const behind = source.slice(valueSpan.end, entry.end).trimEnd();
  return [
    ...linesOf(`${source.slice(start, valueSpan.start).trimEnd()}${behind}`),
    ...items(children, mapping.column + 2, writing),
    ...linesOf(source.slice(entry.end, end)),
  ];
}

/** Items in lines where there were some: those that stay keep the comments and blank lines between them. */
function blockItems(list: BlockList, children: readonly Child[], writing: Writing): string[] {
  const lines: string[] = [];
  const staying = new Set<PageText>();
  const gaps = list.gaps.map(({ start, end }) => linesOf(list.source.slice(start, end)));
  const addGap = (gap: readonly string[]): void => {
    const isDoubled = lines.at(-1)?.trim() === '' && gap[0]?.trim() === '';
    lines.push(...(isDoubled ? gap.slice(1) : gap));
  };
  list.items.forEach((page, index) => {
    addGap(gaps[index] ?? []);
    if (page.address !== undefined && writing.edits.leaves.has(page.address)) return;
    staying.add(page);
    lines.push(...blockPage(page, list.column, writing));
  });
  const arriving = children.filter((child) => child.kind === 'new' || !staying.has(child.page));
  lines.push(...items(arriving, list.column, writing));
  addGap(gaps.at(-1) ?? []);
  return lines;
}

function items(children: readonly Child[], column: number, writing: Writing): string[] {
  return children.flatMap((child) => {
    if (child.kind === 'page') return blockPage(child.page, column, writing);
    const below = child.children.flatMap((one) => childOf(one, writing.pages));
    return [...pageLines(child.page, below.length > 0, column), ...items(below, column + 4, writing)];
  });
}

/** A bare title, or a page in braces, with a field a line. */
function unfolded(page: PageText, column: number, children: readonly Child[], writing: Writing): string[] {
  const { source } = page.file;
  const { mapping, value } = page;
  const inBraces = mapping === undefined ? undefined : flowMapping(mapping, page, writing, page.address);
  const head = page.isInFlow ? `${blanksOf(column)}- ` : source.slice(page.start, value.start);
  const tail = page.isInFlow ? '' : source.slice(value.end, page.end);
  if (inBraces !== undefined) return placed(linesOf(`${head}${inBraces}${tail}`), page, column);
  if (mapping?.list?.kind === 'flow' && mapping.list.hasComments)
    writing.refuse(page, 'the list in brackets holds comments; write it in lines first');
  if (mapping !== undefined && page.ownTie !== undefined)
    writing.refuse(page, `${page.ownTie.what} stands in it`);
  const from = page.isInFlow ? column : page.column;
  const fields = fieldsOf(page, from, writing).filter(({ name }) => name !== 'children');
  const [title, ...others] = fields.map(({ name, text }) => `${name}: ${text}`);
  const [behind = '', ...comments] = linesOf(tail);
  const lines = [
    ...linesOf(`${head}${title ?? ''}${behind}`),
    ...others.map((field) => `${blanksOf(from + 2)}${field}`),
    ...comments,
    ...(children.length === 0 ? [] : [`${blanksOf(from + 2)}children:`]),
  ];
  return [...placed(lines, page, column), ...items(children, column + 4, writing)];
}

const placed = (lines: readonly string[], page: PageText, column: number): string[] =>
  page.isInFlow ? [...lines] : shifted(lines, column - page.column);

interface FieldText {
  readonly name: string;
  readonly text: string;
}

/** The fields as they are written, the title first, with a key that comes to them. */
function fieldsOf(page: PageText, column: number, { edits }: Writing): FieldText[] {
  const { source } = page.file;
  const textOf = ({ start, end }: Span): string => reflowed(source.slice(start, end), column + 4);
  const key = page.address === undefined ? undefined : edits.keys.get(page.address);
  const isWritten = page.mapping?.entries.some((entry) => entry.key === 'key') === true;
  const keyField = key === undefined || isWritten ? [] : [{ name: 'key', text: flowScalar(key) }];
  if (page.mapping === undefined) return [{ name: 'title', text: textOf(page.value) }, ...keyField];
  const fields = page.mapping.entries.map(({ key: name, valueSpan }) => ({ name, text: textOf(valueSpan) }));
  const isTitle = ({ name }: FieldText): boolean => name === 'title';
  return [...fields.filter(isTitle), ...keyField, ...fields.filter((field) => !isTitle(field))];
}

/** A list in brackets; `undefined` where something in it needs lines of its own. */
function flowItems(list: FlowList, children: readonly Child[], writing: Writing): string | undefined {
  if (list.hasComments) return undefined;
  const texts = children.map((child) => flowChild(child, writing));
  return texts.includes(undefined) ? undefined : `[${texts.join(', ')}]`;
}

function flowChild(child: Child, writing: Writing): string | undefined {
  if (child.kind === 'page') return flowPage(child.page, writing);
  const { title, key, type, id, shortcut } = child.page;
  const isBare =
    [key, type, id, shortcut].every((field) => field === undefined) && child.children.length === 0;
  return isBare ? flowScalar(title) : undefined;
}

function flowPage(page: PageText, writing: Writing): string | undefined {
  const { source } = page.file;
  const { mapping, value } = page;
  if (mapping === undefined) return flowTitle(page, writing);
  if (!page.isInFlow) return undefined;
  return writing.touched.has(page)
    ? flowMapping(mapping, page, writing, page.address)
    : reflowed(source.slice(value.start, value.end), page.column + 4);
}

/** A bare title, unless it has comments of its own or gets children. */
function flowTitle(page: PageText, { edits }: Writing): string | undefined {
  const { address, file, value } = page;
  const around = file.source.slice(page.start, value.start) + file.source.slice(value.end, page.end);
  if (!page.isInFlow && around.includes('#')) return undefined;
  const arrivals = address === undefined ? undefined : edits.arrivals.get(address);
  if (arrivals !== undefined && arrivals.length > 0) return undefined;
  const title = (address === undefined ? undefined : edits.titles.get(address)) ?? page.title ?? '';
  const key = address === undefined ? undefined : edits.keys.get(address);
  return key === undefined ? flowScalar(title) : `{ title: ${flowScalar(title)}, key: ${flowScalar(key)} }`;
}

/** A mapping in braces with what its list is to hold; `undefined` where that needs lines of its own. */
function flowMapping(
  mapping: MappingText,
  owner: PageText | SpaceText,
  writing: Writing,
  address: Address | undefined,
): string | undefined {
  if (mapping.form !== 'flow') return undefined;
  const isSpace = 'key' in owner;
  const name = isSpace ? 'nodes' : 'children';
  const children = childrenOf(mapping.list, isSpace ? owner.address : address, writing);
  const { source } = owner.file;
  const fields = isSpace
    ? mapping.entries.map(({ key, valueSpan }) => ({
        name: key,
        text: source.slice(valueSpan.start, valueSpan.end),
      }))
    : fieldsOf(owner, owner.column, writing);
  const others = fields.filter((field) => field.name !== name);
  const { list } = mapping;
  if (children.length > 0 && list?.kind !== 'flow') return undefined;
  const text = list?.kind === 'flow' && children.length > 0 ? flowItems(list, children, writing) : '';
  if (text === undefined) return undefined;
  const all = text === '' ? others : [...others, { name, text }];
  return `{ ${all.map((field) => `${field.name}: ${field.text}`).join(', ')} }`;
}
