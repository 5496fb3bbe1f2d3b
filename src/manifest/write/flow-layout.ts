// Collections in `[…]` and `{…}`: on one line where they fit and hold no comment, else an item a line.

import type { CST } from 'yaml';
import { flowScalarText } from './scalar-layout.ts';

/** Columns that a collection on one line may reach. */
const lineWidth = 100;

interface Item {
  /** Comments on lines of their own. */
  readonly before: string[];
  readonly token: CST.FlowCollection['items'][number];
  after: string | undefined;
}

interface Content {
  readonly items: readonly Item[];
  /** Comments behind the last item. */
  readonly dangling: readonly string[];
}

/**
 * @param start - the column at which it begins.
 * @param column - that of the line it begins on.
 */
export function flowText(token: CST.FlowCollection, start: number, column: number): string {
  const content = contentOf(token);
  return singleLine(token, content, start) ?? itemLines(token, content, column);
}

/** As the key of a mapping, which has to stand on one line. */
export function flowKeyText(token: CST.FlowCollection): string {
  return singleLine(token, contentOf(token), Number.NEGATIVE_INFINITY) ?? '';
}

function singleLine(
  token: CST.FlowCollection,
  { items, dangling }: Content,
  start: number,
): string | undefined {
  const hasComments = dangling.length > 0 || items.some(({ before, after }) => before.length > 0 || after);
  if (hasComments) return undefined;
  const inner = items.map((item) => itemText(item.token, Number.NEGATIVE_INFINITY, 0)).join(', ');
  const [open, close] = brackets(token);
  const pad = open === '{' && inner !== '' ? ' ' : '';
  const text = `${open}${pad}${inner}${pad}${close}`;
  return text.includes('\n') || start + text.length > lineWidth ? undefined : text;
}

function itemLines(token: CST.FlowCollection, { items, dangling }: Content, column: number): string {
  const [open, close] = brackets(token);
  const blanks = ' '.repeat(column + 2);
  const lines = items.flatMap(({ token: item, before, after }, index) => {
    const comma = index === items.length - 1 ? '' : ',';
    const behind = after === undefined ? '' : ` ${after}`;
    const text = itemText(item, column + 2, column + 2);
    return [...before, `${text}${comma}${behind}`].map((line) => `${blanks}${line}`);
  });
  const last = dangling.map((comment) => `${blanks}${comment}`);
  return [open, ...lines, ...last, `${' '.repeat(column)}${close}`].join('\n');
}

const brackets = ({ start }: CST.FlowCollection): readonly [string, string] =>
  start.source === '{' ? ['{', '}'] : ['[', ']'];

type TokenList = readonly CST.Token[] | undefined;

/** Items with the comments around them; those inside an item go before it. */
function contentOf(token: CST.FlowCollection): Content {
  const items: Item[] = [];
  let before: string[] = [];
  let isSameLine = false;
  const take = (tokens: TokenList): void => {
    for (const one of tokens ?? []) {
      if (one.type === 'newline') isSameLine = false;
      if (one.type !== 'comment') continue;
      const last = items.at(-1);
      const text = one.source.trimEnd();
      if (isSameLine && last !== undefined && last.after === undefined && before.length === 0)
        last.after = text;
      else before.push(text);
    }
  };
  for (const item of token.items) {
    take(item.start);
    if (isEmpty(item)) continue;
    items.push({ before: [...before, ...innerComments(item)], token: item, after: undefined });
    before = [];
    isSameLine = true;
    take(endOf(item));
  }
  const close = token.end.findIndex((one) => one.type === 'flow-map-end' || one.type === 'flow-seq-end');
  take(token.end.slice(0, close));
  return { items, dangling: before };
}

const isIndicator = ({ type }: CST.Token): boolean =>
  type === 'anchor' || type === 'tag' || type === 'explicit-key-ind' || type === 'map-value-ind';

function isEmpty({ start, key, sep, value }: Item['token']): boolean {
  return !key && !value && !sep?.some(isIndicator) && !start.some(isIndicator);
}

/** What stands behind the last part of an item. */
function endOf({ key, sep, value }: Item['token']): TokenList {
  const last = value ?? key;
  const behindColon = value === undefined && sep !== undefined ? sep : [];
  if (last === null || last === undefined) return behindColon;
  return [...behindColon, ...trailing(last)];
}

/** The blanks and comments behind a node. */
export function trailing(token: CST.Token): readonly CST.SourceToken[] {
  if (token.type === 'flow-collection') {
    const close = token.end.findIndex(({ type }) => type === 'flow-map-end' || type === 'flow-seq-end');
    return token.end.slice(close + 1);
  }
  return 'end' in token ? (token.end ?? []) : [];
}

function innerComments({ key, sep, value }: Item['token']): string[] {
  if (value === undefined) return [];
  const inner: CST.Token[] = [...(key ? trailing(key) : []), ...(sep ?? [])];
  return inner.flatMap((token) => (token.type === 'comment' ? [token.source.trimEnd()] : []));
}

function itemText({ start, key, sep, value }: Item['token'], begin: number, column: number): string {
  let text = '';
  const add = (piece: string): void => {
    text += text === '' || piece === ':' ? piece : ` ${piece}`;
  };
  const addNode = (token: CST.Token): void => add(nodeText(token, begin + text.length + 1, column));
  const addAll = (tokens: TokenList): void => {
    for (const token of tokens ?? []) if (isIndicator(token)) add('source' in token ? token.source : '');
  };
  addAll(start);
  if (key) addNode(key);
  if (key?.type === 'alias') text += ' ';
  addAll(sep);
  if (value) addNode(value);
  return text;
}

function nodeText(token: CST.Token, begin: number, column: number): string {
  if (token.type === 'flow-collection') return flowText(token, begin, column);
  return isFlowScalar(token) ? flowScalarText(token, column + 2) : '';
}

export function isFlowScalar(token: CST.Token): token is CST.FlowScalar {
  const { type } = token;
  return (
    type === 'scalar' ||
    type === 'alias' ||
    type === 'single-quoted-scalar' ||
    type === 'double-quoted-scalar'
  );
}
