// What of a manifest outlives that its spaces are replaced: how to reach the wiki, where the state is, and
// what a plan may do; with the comments among it.

import { type CST, Parser } from 'yaml';
import { lineEnd, lineStart } from './source-slice.ts';
import { scalarOf, spanOf } from './token-span.ts';

const kept: ReadonlySet<string> = new Set(['version', 'provider', 'state', 'guard']);

/** The lines of those fields and above them, as they are; `undefined` where the manifest is not in lines. */
export function keptHead(text: string): string | undefined {
  const plain = text.replaceAll('\r\n', '\n');
  for (const token of new Parser().parse(plain)) {
    if (token.type !== 'document' || token.value?.type !== 'block-map') continue;
    return `${cut(token.value, plain).trimEnd()}\n`;
  }
  return undefined;
}

/** A field reaches from behind the one before it, comments between included, to the end of its last line. */
function cut({ items }: CST.BlockMap, text: string): string {
  let head = '';
  let at = 0;
  for (const item of items) {
    if (!item.key) continue;
    const last = item.value === undefined ? spanOf(item.key) : spanOf(item.value);
    const end = lineEnd(text, Math.max(last.end - 1, lineStart(text, spanOf(item.key).start)));
    if (kept.has(scalarOf(item.key) ?? '')) head += text.slice(at, end);
    at = end;
  }
  return head;
}
