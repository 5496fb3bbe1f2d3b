// Where tokens begin and end, and what stands in them.

import { CST } from 'yaml';
import type { Span, Tie } from './page-text.ts';

/** From the first character of a node to behind its last, comments and blanks behind it left out. */
export function spanOf(token: CST.Token): Span {
  return { start: startOf(token), end: endOf(token) };
}

function startOf(token: CST.Token): number {
  return 'offset' in token ? token.offset : 0;
}

function endOf(token: CST.Token): number {
  switch (token.type) {
    case 'flow-collection': {
      const close = token.end.find(({ type }) => type === 'flow-map-end' || type === 'flow-seq-end');
      return close === undefined ? token.offset + 1 : close.offset + 1;
    }
    case 'block-map':
    case 'block-seq':
      return endOfItems(token);
    case 'block-scalar': {
      const header = token.props.reduce((sum, prop) => sum + ('source' in prop ? prop.source.length : 0), 0);
      return token.offset + header + token.source.length;
    }
    default:
      return startOf(token) + ('source' in token ? token.source.length : 0);
  }
}

function endOfItems({ items, offset }: CST.BlockMap | CST.BlockSequence): number {
  for (let index = items.length - 1; index >= 0; index -= 1) {
    const item = items[index];
    if (item === undefined) continue;
    if (item.value !== undefined) return endOf(item.value);
    const mark = [...(item.sep ?? []), ...item.start].findLast(({ type }) => isMark(type));
    if (mark !== undefined) return Math.max(mark.offset + mark.source.length, item.key ? endOf(item.key) : 0);
    if (item.key) return endOf(item.key);
  }
  return offset;
}

const isMark = (type: string): boolean =>
  type === 'map-value-ind' || type === 'seq-item-ind' || type === 'anchor' || type === 'tag';

/** The text of a scalar; `undefined` of anything else. */
export function scalarOf(token: CST.Token | null | undefined): string | undefined {
  if (token === null || token === undefined || token.type === 'alias') return undefined;
  return CST.isScalar(token) ? CST.resolveAsScalar(token)?.value : undefined;
}

type Item = CST.CollectionItem;

/** What ties a node, or anything in it, to another place of the file. */
export function tieIn(token: CST.Token | null | undefined): Tie | undefined {
  if (token === null || token === undefined) return undefined;
  if (token.type === 'alias') return { what: `the alias ${token.source}`, offset: token.offset };
  if (!CST.isCollection(token)) return undefined;
  for (const item of token.items as readonly Item[]) {
    const found = tieOfProps(item) ?? mergeKey(item) ?? tieIn(item.key) ?? tieIn(item.value);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** An anchor or a tag on what the item holds. */
export function tieOfProps({ start, sep }: Item): Tie | undefined {
  const prop = [...start, ...(sep ?? [])].find(({ type }) => type === 'anchor' || type === 'tag');
  if (prop === undefined) return undefined;
  return { what: `the ${prop.type} ${prop.source}`, offset: prop.offset };
}

export function mergeKey({ key }: Item): Tie | undefined {
  const isMerge = key?.type === 'scalar' && key.source === '<<';
  return isMerge ? { what: 'a merge key', offset: key.offset } : undefined;
}

/** Whether there is a comment inside the brackets or braces. */
export function hasComments(token: CST.FlowCollection): boolean {
  const close = token.end.findIndex(({ type }) => type === 'flow-map-end' || type === 'flow-seq-end');
  if (token.end.slice(0, close).some(({ type }) => type === 'comment')) return true;
  return token.items.some(({ start, key, sep, value }) => {
    const around = [...start, ...(sep ?? []), ...behind(key), ...behind(value)];
    if (around.some(({ type }) => type === 'comment')) return true;
    return [key, value].some((node) => node?.type === 'flow-collection' && hasComments(node));
  });
}

const behind = (token: CST.Token | null | undefined): readonly CST.SourceToken[] =>
  token !== null && token !== undefined && 'end' in token ? (token.end ?? []) : [];
