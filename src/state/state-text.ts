// State as text and back: JSON, sorted, one space or node a line, so that it can be committed, read in
// a diff and merged by Git. Reading trusts nothing: a hand-edited file is a message, never a crash.

import { parseAddress } from '../tree/address.ts';
import { type Identity, isEndpoint } from '../tree/capability.ts';
import { type Address, compareText, nodeId, spaceId } from '../tree/identifier.ts';
import { isVendorKind } from '../tree/vendor.ts';
import { Bindings } from './bindings.ts';
import type { NodeBinding, SpaceBinding, State } from './state.ts';
import { isRecord, readLines } from './state-line.ts';

/** Major versions break; a newer major is refused. */
export const stateFormatVersion = '1.0';

export type ParsedState =
  | { readonly kind: 'state'; readonly state: State }
  | { readonly kind: 'newer'; readonly version: string }
  | { readonly kind: 'broken'; readonly why: string };

export function printState(state: State): string {
  const confirmed = [...(state.confirmed ?? [])].sort(compareText);
  return `{
  "formatVersion": ${JSON.stringify(stateFormatVersion)},
  "provider": ${JSON.stringify(state.provider)},
  "identity": ${JSON.stringify(state.identity)},${confirmed.length === 0 ? '' : `\n  "confirmed": ${JSON.stringify(confirmed)},`}
  "spaces": {${printLines(state.spaces, printSpace)}},
  "nodes": {${printLines(state.nodes, printNode)}}
}
`;
}

/** Puts a line's pieces behind those that are there: one long list of them is joined once. */
type Print<T> = (address: Address, binding: T, pieces: string[]) => void;

function printLines<T>(bindings: ReadonlyMap<Address, T>, print: Print<T>): string {
  if (bindings.size === 0) return '';
  const pieces: string[] = [];
  for (const address of [...bindings.keys()].sort(compareText)) {
    const binding = bindings.get(address);
    if (binding === undefined) continue;
    pieces.push(pieces.length === 0 ? '\n    ' : ',\n    ');
    print(address, binding, pieces);
  }
  pieces.push('\n  ');
  return pieces.join('');
}

function printSpace(address: Address, { id, name, alias }: SpaceBinding, pieces: string[]): void {
  const entry = { id, name, ...(alias === undefined ? {} : { alias }) };
  pieces.push(JSON.stringify(address), ': ', JSON.stringify(entry));
}

/** Most pages have nothing that JSON would write otherwise than as it is. */
function printNode(address: Address, binding: NodeBinding, pieces: string[]): void {
  const { id, parent, title, type } = binding;
  if (isPlain(address, binding)) {
    pieces.push('"', address, '": {"id":"', id, '","parent":"', parent);
    pieces.push('","title":"', title, '","type":"', type, '"}');
    return;
  }
  const entry = {
    id,
    parent,
    title,
    type,
    ...(binding.kind === 'shortcut' ? { nodeType: 'shortcut', origin: binding.origin } : {}),
    ...(binding.archived ? { archived: true } : {}),
    ...(binding.alias === undefined ? {} : { alias: binding.alias }),
  };
  pieces.push(JSON.stringify(address), ': ', JSON.stringify(entry));
}

function isPlain(address: Address, binding: NodeBinding): boolean {
  const { id, parent, title, type, kind, archived, alias } = binding;
  if (kind === 'shortcut' || archived || alias !== undefined) return false;
  return !(
    escaped.test(address) ||
    escaped.test(parent) ||
    escaped.test(title) ||
    escaped.test(id) ||
    escaped.test(type)
  );
}

/** What JSON may write as an escape: quotes, backslashes, control characters, halves of pairs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const escaped = /["\\\u0000-\u001f\ud800-\udfff]/;

export function parseState(text: string): ParsedState {
  const lines = readLines(text, parseNode);
  return lines === undefined ? parseWhole(text) : parseWhole(lines.rest, lines.nodes);
}

/** @param known - the pages, where they were read already and `text` is the state without them. */
function parseWhole(text: string, known?: Bindings): ParsedState {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return broken(`it is not JSON (${error instanceof Error ? error.message : String(error)})`);
  }
  if (!isRecord(value)) return broken('it is not a JSON object');
  const version = value.formatVersion;
  if (typeof version !== 'string' || !/^\d+\.\d+$/.test(version)) return broken('it has no formatVersion');
  if (Number(version.split('.')[0]) > 1) return { kind: 'newer', version };
  return parseBody(value, known);
}

function parseBody(value: Record<string, unknown>, known?: Bindings): ParsedState {
  const { provider, identity } = value;
  if (!isVendorKind(provider)) return broken(`its provider is ${JSON.stringify(provider)}`);
  if (!isIdentity(identity)) return broken(`its identity is ${JSON.stringify(identity)}`);
  const spaces = parseMap(value.spaces, 'spaces', parseSpace);
  if (typeof spaces === 'string') return broken(spaces);
  const read = known ?? parseMap(value.nodes, 'nodes', parseNode);
  if (typeof read === 'string') return broken(read);
  const nodes = Bindings.of(read);
  const twice = sharedPage(nodes) ?? sharedSpace(spaces);
  if (twice !== undefined) return broken(twice);
  return { kind: 'state', state: { provider, identity, spaces, nodes, ...confirmedOf(value) } };
}

/** What no call is called is left out: it is memory, and costs a call at most. */
function confirmedOf({ confirmed }: Record<string, unknown>): Pick<State, 'confirmed'> {
  const known = Array.isArray(confirmed) ? confirmed.filter(isEndpoint) : [];
  return known.length === 0 ? {} : { confirmed: new Set(known) };
}

/** A merge of two branches can leave one page bound twice; using either would be a guess. */
function sharedPage(nodes: Bindings): string | undefined {
  if (nodes.twice === undefined) return undefined;
  const [other, address] = nodes.twice;
  return `${other} and ${address} both bind the page ${nodes.get(address)?.id}`;
}

function sharedSpace(spaces: ReadonlyMap<Address, SpaceBinding>): string | undefined {
  const holders = new Map<string, Address>();
  for (const [address, { id }] of spaces) {
    const other = holders.get(id);
    if (other !== undefined) return `${other} and ${address} both bind the space ${id}`;
    holders.set(id, address);
  }
  return undefined;
}

function parseMap<T>(
  value: unknown,
  name: string,
  parse: (entry: Record<string, unknown>) => T | undefined,
): Map<Address, T> | string {
  if (!isRecord(value)) return `"${name}" is not an object`;
  const bindings = new Map<Address, T>();
  for (const [key, entry] of Object.entries(value)) {
    const address = parseAddress(key);
    if (address === undefined) return `"${name}" holds ${JSON.stringify(key)}, which is no address`;
    const binding = isRecord(entry) ? parse(entry) : undefined;
    if (binding === undefined) return `"${name}" holds a binding of ${key} that cannot be read`;
    bindings.set(address, binding);
  }
  return bindings;
}

function parseSpace(entry: Record<string, unknown>): SpaceBinding | undefined {
  const { id, name } = entry;
  if (!isId(id) || typeof name !== 'string') return undefined;
  return { id: spaceId(id), name, ...aliasOf(entry) };
}

function parseNode(entry: Record<string, unknown>): NodeBinding | undefined {
  const { id, title, type, nodeType, origin } = entry;
  const parent = typeof entry.parent === 'string' ? parseAddress(entry.parent) : undefined;
  if (!isId(id) || parent === undefined || typeof title !== 'string' || typeof type !== 'string')
    return undefined;
  if (nodeType !== undefined && nodeType !== 'shortcut' && nodeType !== 'origin') return undefined;
  return {
    id: nodeId(id),
    parent,
    title,
    type,
    kind: nodeType ?? 'origin',
    origin: isId(origin) ? nodeId(origin) : null,
    archived: entry.archived === true,
    ...aliasOf(entry),
  };
}

const aliasOf = ({ alias }: Record<string, unknown>): { alias?: string } => (isId(alias) ? { alias } : {});
const broken = (why: string): ParsedState => ({ kind: 'broken', why });
const isId = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isIdentity = (value: unknown): value is Identity => value === 'app' || value === 'user';
