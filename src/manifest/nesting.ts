// How deep YAML nests, found out before anything walks it recursively.
// Invariant: no value that leaves `parse` nests deeper than `deepestNesting` collections, aliases
// followed, so everything downstream may recurse. The parser's own composer overflows near 800.

import type { CST } from 'yaml';

/** Collections inside one another; a level of pages takes two, its mapping and its list. */
export const deepestNesting = 512;

/** Levels of pages that fit into `deepestNesting`. */
export const deepestLevel = 250;

interface Pending {
  readonly token: CST.Token;
  readonly depth: number;
}

/** The offset where the tokens first nest too deep, or `undefined`. */
export function tooDeepAt(tokens: readonly CST.Token[]): number | undefined {
  const pending: Pending[] = tokens.map((token) => ({ token, depth: 0 }));
  let first: number | undefined;
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { token, depth } = next;
    if (depth > deepestNesting) first = Math.min(first ?? token.offset, token.offset);
    else for (const inner of innerTokens(token)) pending.push({ token: inner, depth: depth + 1 });
  }
  return first;
}

function innerTokens(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return token.value === undefined ? [] : [token.value];
  if (!('items' in token)) return [];
  const inner: CST.Token[] = [];
  for (const item of token.items) {
    if (item.key) inner.push(item.key);
    if (item.value) inner.push(item.value);
  }
  return inner;
}

/** The offset of the last quoted text that begins before `end`: the one whose closing quote is missing. */
export function quoteOpenedBefore(tokens: readonly CST.Token[], end: number): number | undefined {
  const pending = [...tokens];
  let last: number | undefined;
  for (let token = pending.pop(); token !== undefined; token = pending.pop()) {
    const quoted = token.type === 'single-quoted-scalar' || token.type === 'double-quoted-scalar';
    if (quoted && token.offset < end) last = Math.max(last ?? 0, token.offset);
    for (const inner of innerTokens(token)) pending.push(inner);
  }
  return last;
}
