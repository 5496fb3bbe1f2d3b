// The manifest that follows the wiki: for what people moved, renamed, deleted and added, what has to change
// in the text so that the next plan is empty, and the state that goes with it.
//
// Rules. A page that moved goes, with its text, to where its parent is declared now. A page that was renamed
// gets the title; its key follows if it was the title, unless a sibling has that key or a glob names the
// page. What is gone leaves, and so does what was moved to where nothing is declared. What is new is
// declared as an import would declare it. Addresses that change are changed wherever they are named.

import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Editor } from '../manifest/edit/editor.ts';
import type { Arrival, Edits } from '../manifest/edit/edits.ts';
import type { WrittenLink } from '../manifest/edit/written-link.ts';
import type { NodeBinding, SpaceBinding, State } from '../state/state.ts';
import { childAddress, parentAddress, parseAddress } from '../tree/address.ts';
import type { Capabilities } from '../tree/capability.ts';
import type { DesiredNode, Reference } from '../tree/desired.ts';
import type { Address, NodeId, SpaceId } from '../tree/identifier.ts';
import { type LiveNode, type LiveTree, placeKey } from '../tree/live.ts';
import type { Match } from './match.ts';
import { unusedKey } from './space-key.ts';
import { looksOf, skippedPage, undeclarable } from './takeover.ts';

export interface AcceptanceInput {
  readonly live: LiveTree;
  readonly match: Match;
  readonly state: State;
  readonly editor: Pick<Editor, 'hasKey'>;
  readonly capabilities: Capabilities;
  /** Whether a pattern of the manifest names the page. */
  readonly isNamed: (address: Address) => boolean;
  /** Whether pages that people added are declared. */
  readonly takesNew: boolean;
}

export interface Acceptance {
  readonly edits: Edits;
  readonly relink: (link: WrittenLink) => Reference | undefined;
  /** What is remembered once the manifest is edited. */
  readonly state: State;
  /** Pages that change their address though a pattern names it. */
  readonly renamedGlobs: readonly { readonly from: Address; readonly to: Address }[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A page that is declared afterwards. */
interface Settled {
  readonly page: LiveNode;
  /** As it was declared; `undefined` of a new page. */
  readonly node: DesiredNode | undefined;
  /** Where it goes: a page's id, or a space's address. */
  readonly parent: NodeId | Address;
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
    renamedGlobs: [...settled.pages.values()].flatMap(({ page, node }) => {
      const to = addresses.get(page.id);
      return node === undefined || to === undefined || to === node.address || !input.isNamed(node.address)
        ? []
        : [{ from: node.address, to }];
    }),
    diagnostics: settled.diagnostics,
  };
}

interface Settlement {
  /** By id, parents before children. */
  readonly pages: ReadonlyMap<NodeId, Settled>;
  /** By `Settled.parent`, in the order of the wiki. */
  readonly children: ReadonlyMap<NodeId | Address, readonly Settled[]>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Walks the live tree from the declared spaces down, through what is or will be declared. */
function settle(input: AcceptanceInput): Settlement {
  const { live, match } = input;
  const pages = new Map<NodeId, Settled>();
  const children = new Map<NodeId | Address, readonly Settled[]>();
  const diagnostics: Diagnostic[] = [];
  const open: { readonly place: string; readonly parent: NodeId | Address }[] = [];
  for (const [address, space] of match.spaces) {
    if (space.kind === 'live')
      open.push({ place: placeKey({ space: space.id, parent: null }), parent: address });
  }
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { place, parent } = next;
    const found = [...(live.children.get(place) ?? [])].flatMap((id): Settled[] => {
      const page = live.nodes.get(id);
      if (page === undefined) return [];
      const address = match.addressOf.get(id);
      const node = address === undefined ? undefined : match.desired.nodes.get(address);
      return node !== undefined || isWelcome(page, input, diagnostics) ? [{ page, node, parent }] : [];
    });
    children.set(parent, found);
    for (const one of found) {
      pages.set(one.page.id, one);
      if (one.page.kind !== 'shortcut') open.push({ place: one.page.id, parent: one.page.id });
    }
  }
  return { pages, children, diagnostics };
}

function isWelcome(page: LiveNode, input: AcceptanceInput, diagnostics: Diagnostic[]): boolean {
  const { match, takesNew, capabilities } = input;
  if (!takesNew || match.bindings.byId.has(page.id) || match.isIgnored(page)) return false;
  const problem = undeclarable(page, capabilities);
  if (problem !== undefined) diagnostics.push(skippedPage(page, match.places.parentOf(page), problem));
  return problem === undefined;
}

/** Whether the wiki's title differs from the one last applied, and from the manifest's. */
function isRetitled({ page, node }: Settled, { match }: AcceptanceInput): boolean {
  const bound = match.bindings.byId.get(page.id);
  return node !== undefined && bound !== undefined && bound.title !== page.title && node.title !== page.title;
}

function hasMoved({ node, parent }: Settled, { match }: AcceptanceInput): boolean {
  if (node === undefined) return false;
  const declared = match.nodes.get(node.parent)?.id ?? node.parent;
  return declared !== parent;
}

/** Those that stay as they are keep their keys; the others choose among what is left, in the wiki's order. */
function chooseKeys({ children }: Settlement, input: AcceptanceInput): ReadonlyMap<NodeId, string> {
  const keys = new Map<NodeId, string>();
  for (const siblings of children.values()) {
    const taken = new Set<string>();
    const isKept = (one: Settled): boolean =>
      one.node !== undefined && !isRetitled(one, input) && !hasMoved(one, input);
    for (const { page, node } of siblings.filter(isKept)) {
      keys.set(page.id, node?.key ?? page.title);
      taken.add(node?.key ?? page.title);
    }
    const reserved = new Set(siblings.map(({ page }) => page.title));
    for (const one of siblings) {
      if (isKept(one)) continue;
      const key = chosenKey(one, taken, reserved, input);
      keys.set(one.page.id, key);
      taken.add(key);
    }
  }
  return keys;
}

function chosenKey(
  one: Settled,
  taken: ReadonlySet<string>,
  reserved: ReadonlySet<string>,
  input: AcceptanceInput,
): string {
  const { page, node } = one;
  const follows = node === undefined || (isRetitled(one, input) && isTitleTheKey(node, input));
  const wanted = follows ? page.title : node.key;
  if (wanted !== '' && !taken.has(wanted)) return wanted;
  if (node !== undefined && !taken.has(node.key)) return node.key;
  return unusedKey(wanted === '' ? 'untitled' : wanted, (key) => taken.has(key) || reserved.has(key));
}

const isTitleTheKey = (node: DesiredNode, { editor, isNamed }: AcceptanceInput): boolean =>
  node.key === node.title && !editor.hasKey(node.address) && !isNamed(node.address);

function addressesOf({ pages }: Settlement, keys: ReadonlyMap<NodeId, string>): ReadonlyMap<NodeId, Address> {
  const addresses = new Map<NodeId, Address>();
  for (const { page, parent } of pages.values()) {
    const above = addresses.get(parent as NodeId) ?? (parent as Address);
    addresses.set(page.id, childAddress(above, keys.get(page.id) ?? page.title));
  }
  return addresses;
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
    const { page, node, parent } = one;
    const owner = oldAddressOf(parent);
    const arrives = node === undefined || hasMoved(one, input);
    if (arrives && owner !== undefined) arrivals.set(owner, [...(arrivals.get(owner) ?? []), toNew(one)]);
    if (node === undefined) continue;
    if (arrives) leaves.add(node.address);
    const isNewTitle = isRetitled(one, input);
    if (isNewTitle) titles.set(node.address, page.title);
    const key = keys.get(page.id) ?? node.key;
    const title = isNewTitle ? page.title : node.title;
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
    const above = addresses.get(parent as NodeId) ?? (parent as Address);
    const { id, title, type, kind, origin } = page;
    if (address !== undefined)
      nodes.set(address, { id, parent: above, title, type, kind, origin, archived: false });
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
