// The lines of a state that is just as it was printed, a page a line: each is read by itself. 400,000
// pages take 0.2 s so; as one JSON value they take 2.5 s, most of it for an object with 400,000 keys.
//
// Invariant: what is read here is what JSON would say. A line that is not the plainest is read as JSON,
// and a text that is not such lines, or in which anything is wrong, is left to the reader of the whole.

import { parseAddress } from '../tree/address.ts';
import type { Address } from '../tree/identifier.ts';
import { Bindings } from './bindings.ts';
import { PlainLine } from './plain-line.ts';
import type { NodeBinding } from './state.ts';

export interface StateLines {
  /** The same state without its pages. */
  readonly rest: string;
  readonly nodes: Bindings;
}

type ReadEntry = (entry: Record<string, unknown>) => NodeBinding | undefined;

const opening = '\n  "nodes": {\n';
const closing = '\n  }\n}\n';

/** @param readEntry - makes a binding of its JSON, `undefined` of what is none. */
export function readLines(text: string, readEntry: ReadEntry): StateLines | undefined {
  const begin = text.indexOf(opening) + opening.length;
  const end = text.length - closing.length;
  if (begin < opening.length || begin > end || !text.endsWith(closing)) return undefined;
  const nodes = readNodes(text, begin, end + 1, readEntry);
  return nodes && { rest: `${text.slice(0, begin)}${closing.slice(1)}`, nodes };
}

/** @param end - after the line break of the last line. */
function readNodes(text: string, begin: number, end: number, readEntry: ReadEntry): Bindings | undefined {
  const nodes = new Bindings(text);
  const plain = new PlainLine(text);
  for (let at = begin; at < end; ) {
    const found = plain.read(at);
    const next = found?.next ?? text.indexOf('\n', at) + 1;
    // All lines but the last end in a comma, and each binds another address.
    if ((text.charAt(next - 2) === ',') !== next < end) return undefined;
    if (found === undefined) {
      const read = readLine(text.slice(at, next - (next < end ? 2 : 1)), readEntry);
      if (read === undefined || !nodes.add(...read)) return undefined;
    } else if (!nodes.addPieces(found, plain.window)) return undefined;
    at = next;
  }
  return nodes;
}

function readLine(line: string, readEntry: ReadEntry): [Address, NodeBinding] | undefined {
  const [entry, second] = Object.entries(jsonOf(`{${line}}`));
  if (entry === undefined || second !== undefined) return undefined;
  const [key, value] = entry;
  const address = parseAddress(key);
  const binding = isRecord(value) ? readEntry(value) : undefined;
  return address === undefined || binding === undefined ? undefined : [address, binding];
}

/** No entries where it is no JSON. */
function jsonOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

/** A JSON object. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
