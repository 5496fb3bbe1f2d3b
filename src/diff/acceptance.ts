// The manifest that follows the wiki: for what people moved, renamed, deleted and added, what has to change
// in the text so that the next plan is empty, and the state that goes with it.
//
// Rules. A page that moved goes, with its text, to where its parent is declared now. A page that was renamed
// gets the title; its key follows if it was the title, unless a sibling has that key or a glob names the
// page. What is gone leaves, and so does what was moved to where nothing is declared. What is new is
// declared as an import would declare it. Addresses that change are changed wherever they are named.

import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Arrival, Edits } from '../manifest/edit/edits.ts';
import type { WrittenLink } from '../manifest/edit/written-link.ts';
import type { NodeBinding, SpaceBinding, State } from '../state/state.ts';
import { childAddress, parentAddress, parseAddress } from '../tree/address.ts';
import type { Reference } from '../tree/desired.ts';
import type { Address, NodeId, SpaceId } from '../tree/identifier.ts';
import type { LiveNode, LiveTree } from '../tree/live.ts';
import { push } from './forest.ts';
import type { Match } from './match.ts';
import {
  type AcceptanceInput,
  addressesOf,
  chooseKeys,
  type Settled,
  type Settlement,
  settle,
} from './settlement.ts';
import { looksOf } from './takeover.ts';

export interface Acceptance {
  readonly edits: Edits;
  readonly relink: (link: WrittenLink) => Reference | undefined;
  /** What is remembered once the manifest is edited. */
  readonly state: State;
  /** Pages that change their address though a pattern names it. */
  readonly renamedGlobs: readonly { readonly from: Address; readonly to: Address }[];
  readonly diagnostics: readonly Diagnostic[];
}

export function accept(input: AcceptanceInput): Acceptance {
  const settled = settle(input);
  const keys = chooseKeys(settled, input);
  const addresses = addressesOf(settled, keys);
  const newAddressOf = readdressed(input, addresses);
  const edits = editsOf(settled, keys, addresses, input);
  return {
    edits,
    relink: (link) => relinked(link, input, newAddressOf),
    state: stateOf(settled, addresses, newAddressOf, input),
    renamedGlobs: renamedGlobs(settled, addresses, input),
    diagnostics: settled.diagnostics,
  };
}

function renamedGlobs(
  { pages }: Settlement,
  addresses: ReadonlyMap<NodeId, Address>,
  { isNamed }: AcceptanceInput,
): Acceptance['renamedGlobs'] {
  const renamed: { from: Address; to: Address }[] = [];
  for (const { page, node } of pages.values()) {
    const to = addresses.get(page.id);
    if (node !== undefined && to !== undefined && to !== node.address && isNamed(node.address))
      renamed.push({ from: node.address, to });
  }
  return renamed;
}

/** The address that a declared page will have; `undefined` where it leaves. */
function readdressed(
  { match }: AcceptanceInput,
  addresses: ReadonlyMap<NodeId, Address>,
): (address: Address) => Address | undefined {
  const newAddressOf = (address: Address): Address | undefined => {
    const node = match.desired.nodes.get(address);
    if (node === undefined) return match.desired.spaces.has(address) ? address : undefined;
    const id = match.nodes.get(address)?.id;
    if (id !== undefined) return addresses.get(id);
    const above = match.hidden.has(address) ? newAddressOf(node.parent) : undefined;
    return above === undefined ? undefined : childAddress(above, node.key);
  };
  return newAddressOf;
}

function editsOf(
  settled: Settlement,
  keys: ReadonlyMap<NodeId, string>,
  addresses: ReadonlyMap<NodeId, Address>,
  input: AcceptanceInput,
): Edits {
  const { match, live, editor } = input;
  const titles = new Map<Address, string>();
  const written = new Map<Address, string>();
  const leaves = new Set<Address>();
  const arrivals = new Map<Address, Arrival[]>();
  const oldAddressOf = (parent: NodeId | Address): Address | undefined => {
    const owner = settled.pages.get(parent as NodeId);
    return owner === undefined ? (parent as Address) : owner.node?.address;
  };
  const toNew = (one: Settled): Arrival => {
    if (one.node !== undefined) return { kind: 'declared', address: one.node.address };
    const below = settled.children.get(one.page.id) ?? [];
    return { kind: 'new', page: newPage(one, settled, keys, addresses, input), children: below.map(toNew) };
  };
  for (const one of settled.pages.values()) {
    const { page, node, isRetitled, hasMoved } = one;
    const key = keys.get(page.id);
    // What stays as it is stands in the text as it is.
    if (key === undefined) continue;
    const owner = oldAddressOf(one.parent);
    const arrives = node === undefined || hasMoved;
    if (arrives && owner !== undefined) push(arrivals, owner, toNew(one));
    if (node === undefined) continue;
    if (arrives) leaves.add(node.address);
    if (isRetitled) titles.set(node.address, page.title);
    const title = isRetitled ? page.title : node.title;
    const isWritten = editor.hasKey(node.address);
    if (isWritten ? key !== node.key : key !== title) written.set(node.address, key);
  }
  for (const node of match.desired.nodes.values()) {
    const id = match.nodes.get(node.address)?.id;
    if (id === undefined ? match.gone.has(node.address) : !settled.pages.has(id)) leaves.add(node.address);
  }
  return { titles, keys: written, leaves: topmost(leaves, arrivals), arrivals, names: newNames(match, live) };
}

/** What lies below a page that leaves for good leaves with it. */
function topmost(
  leaves: ReadonlySet<Address>,
  arrivals: ReadonlyMap<Address, readonly Arrival[]>,
): Set<Address> {
  const arriving = new Set<Address>();
  const note = (one: Arrival): void => {
    if (one.kind === 'declared') arriving.add(one.address);
    else one.children.forEach(note);
  };
  for (const list of arrivals.values()) list.forEach(note);
  const goesAlong = (address: Address): boolean => {
    const above = nearestAbove(address, leaves);
    return above !== undefined && !arriving.has(above);
  };
  return new Set([...leaves].filter((address) => arriving.has(address) || !goesAlong(address)));
}

function nearestAbove(address: Address, leaves: ReadonlySet<Address>): Address | undefined {
  for (let at = parentAddress(address); at !== undefined; at = parentAddress(at))
    if (leaves.has(at)) return at;
  return undefined;
}

function newPage(
  { page, parent }: Settled,
  { children }: Settlement,
  keys: ReadonlyMap<NodeId, string>,
  addresses: ReadonlyMap<NodeId, Address>,
  { capabilities, live }: AcceptanceInput,
): (Arrival & { kind: 'new' })['page'] {
  const key = keys.get(page.id);
  const isShortcut = page.kind === 'shortcut';
  const twins = (children.get(parent) ?? []).filter((other) => looksOf(other.page) === looksOf(page));
  return {
    title: page.title,
    key: key === page.title ? undefined : key,
    type: isShortcut || page.type === capabilities.defaultType ? undefined : page.type,
    id: twins.length > 1 ? page.id : undefined,
    shortcut: page.origin === null ? undefined : referenceTo(page.origin, addresses, live),
  };
}

function referenceTo(origin: NodeId, addresses: ReadonlyMap<NodeId, Address>, live: LiveTree): Reference {
  const address = live.nodes.get(origin)?.kind === 'shortcut' ? undefined : addresses.get(origin);
  return address === undefined ? { id: origin } : { address };
}

function newNames({ spaces, desired }: Match, live: LiveTree): ReadonlyMap<Address, string> {
  const names = new Map<Address, string>();
  for (const [address, space] of spaces) {
    const name = space.kind === 'live' ? live.spaces.get(space.id)?.name : undefined;
    if (name !== undefined && name !== desired.spaces.get(address)?.name) names.set(address, name);
  }
  return names;
}

/** A page that leaves is named by its id from now on; an archive cannot be, and stays as it is. */
function relinked(
  link: WrittenLink,
  { match }: AcceptanceInput,
  newAddressOf: (address: Address) => Address | undefined,
): Reference | undefined {
  const address = parseAddress(link.address);
  if (address === undefined || !match.desired.nodes.has(address)) return undefined;
  const now = newAddressOf(address);
  if (now !== undefined) return now === address ? undefined : { address: now };
  const id = match.nodes.get(address)?.id ?? match.bindings.byAddress.get(address)?.id;
  return id === undefined || link.kind === 'archive' ? undefined : { id };
}

function stateOf(
  settled: Settlement,
  addresses: ReadonlyMap<NodeId, Address>,
  newAddressOf: (address: Address) => Address | undefined,
  { state, match, live }: AcceptanceInput,
): State {
  const nodes = new Map<Address, NodeBinding>();
  for (const { page, parent } of settled.pages.values()) {
    const address = addresses.get(page.id);
    if (address === undefined) continue;
    const above = addresses.get(parent as NodeId) ?? (parent as Address);
    const known = state.nodes.get(address);
    if (known !== undefined && isOf(page, above, known)) nodes.set(address, known);
    else nodes.set(address, bindingOf(page, above, match.bindings.ofPage(page.id)?.alias));
  }
  for (const [address, binding] of state.nodes) {
    if (settled.pages.has(binding.id)) continue;
    const kept = match.desired.nodes.has(address) ? newAddressOf(address) : address;
    const parent = kept === undefined ? undefined : parentAddress(kept);
    if (kept !== undefined && parent !== undefined && !nodes.has(kept))
      nodes.set(kept, { ...binding, parent });
  }
  const spaces = new Map<Address, SpaceBinding>();
  for (const [address, binding] of state.spaces) {
    const found: SpaceId | undefined = live.spaces.has(binding.id) ? binding.id : undefined;
    const name = found === undefined ? binding.name : (live.spaces.get(found)?.name ?? binding.name);
    spaces.set(address, { ...binding, name });
  }
  return { ...state, spaces, nodes };
}

function bindingOf(
  { id, title, type, kind, origin }: LiveNode,
  parent: Address,
  alias: string | undefined,
): NodeBinding {
  const binding = { id, parent, title, type, kind, origin, archived: false };
  return alias === undefined ? binding : { ...binding, alias };
}

/** Whether the binding says just that already. */
function isOf({ id, title, type, kind, origin }: LiveNode, parent: Address, known: NodeBinding): boolean {
  const isSamePage = known.id === id && known.type === type && known.kind === kind && known.origin === origin;
  return isSamePage && known.title === title && known.parent === parent && !known.archived;
}
