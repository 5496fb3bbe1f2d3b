// Which pages are declared once the manifest follows the wiki, where, and by which keys: the live tree from
// the declared spaces down, through what is declared and what is new.

import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Editor } from '../manifest/edit/editor.ts';
import type { State } from '../state/state.ts';
import { childAddress } from '../tree/address.ts';
import type { Capabilities } from '../tree/capability.ts';
import type { DesiredNode } from '../tree/desired.ts';
import type { Address, NodeId } from '../tree/identifier.ts';
import { type LiveNode, type LiveTree, nodesAt, placeKey } from '../tree/live.ts';
import type { Match } from './match.ts';
import { unusedKey } from './space-key.ts';
import { skippedPage, undeclarable } from './takeover.ts';

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

/** A page that is declared afterwards. */
export interface Settled {
  readonly page: LiveNode;
  /** As it was declared; `undefined` of a new page. */
  readonly node: DesiredNode | undefined;
  /** Where it goes: a page's id, or a space's address. */
  readonly parent: NodeId | Address;
  /** Whether the wiki's title differs from the one last applied, and from the manifest's. */
  readonly isRetitled: boolean;
  /** Whether it is declared elsewhere. */
  readonly hasMoved: boolean;
}

export interface Settlement {
  /** By id, parents before children. */
  readonly pages: ReadonlyMap<NodeId, Settled>;
  /** By `Settled.parent`, in the order of the wiki; no entry where there are none. */
  readonly children: ReadonlyMap<NodeId | Address, readonly Settled[]>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Walks the live tree from the declared spaces down, through what is or will be declared. */
export function settle(input: AcceptanceInput): Settlement {
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
    const found = settleBelow(next.place, next.parent, input, diagnostics);
    if (found.length > 0) children.set(next.parent, found);
    for (const one of found) {
      const { id, kind } = one.page;
      pages.set(id, one);
      if (kind !== 'shortcut' && live.children.has(id)) open.push({ place: id, parent: id });
    }
  }
  return { pages, children, diagnostics };
}

function settleBelow(
  place: string,
  parent: NodeId | Address,
  input: AcceptanceInput,
  diagnostics: Diagnostic[],
): Settled[] {
  const { live, match } = input;
  const found: Settled[] = [];
  for (const page of nodesAt(live, place)) {
    const address = match.addressOf.get(page.id);
    const node = address === undefined ? undefined : match.desired.nodes.get(address);
    if (node === undefined) {
      if (isWelcome(page, input, diagnostics))
        found.push({ page, node, parent, isRetitled: false, hasMoved: false });
      continue;
    }
    const declared = match.nodes.get(node.parent)?.id ?? node.parent;
    found.push({
      page,
      node,
      parent,
      isRetitled: isRetitled(page, node, match),
      hasMoved: declared !== parent,
    });
  }
  return found;
}

function isRetitled({ id, title }: LiveNode, node: DesiredNode, { bindings }: Match): boolean {
  if (node.title === title) return false;
  const bound = bindings.ofPage(id);
  return bound !== undefined && bound.title !== title;
}

function isWelcome(page: LiveNode, input: AcceptanceInput, diagnostics: Diagnostic[]): boolean {
  const { match, takesNew, capabilities } = input;
  if (!takesNew || match.bindings.ofPage(page.id) !== undefined || match.isIgnored(page)) return false;
  const problem = undeclarable(page, capabilities);
  if (problem !== undefined) diagnostics.push(skippedPage(page, match.places.parentOf(page), problem));
  return problem === undefined;
}

const isKept = ({ node, isRetitled, hasMoved }: Settled): boolean =>
  node !== undefined && !isRetitled && !hasMoved;

/** The keys of those that do not stay as they are: these choose among what is left, in the wiki's order. */
export function chooseKeys({ children }: Settlement, input: AcceptanceInput): ReadonlyMap<NodeId, string> {
  const keys = new Map<NodeId, string>();
  for (const siblings of children.values()) {
    if (siblings.every(isKept)) continue;
    const taken = new Set<string>();
    for (const one of siblings) if (isKept(one)) taken.add(one.node?.key ?? one.page.title);
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
  const follows = node === undefined || (one.isRetitled && isTitleTheKey(node, input));
  const wanted = follows ? page.title : node.key;
  if (wanted !== '' && !taken.has(wanted)) return wanted;
  if (node !== undefined && !taken.has(node.key)) return node.key;
  return unusedKey(wanted === '' ? 'untitled' : wanted, (key) => taken.has(key) || reserved.has(key));
}

const isTitleTheKey = (node: DesiredNode, { editor, isNamed }: AcceptanceInput): boolean =>
  node.key === node.title && !editor.hasKey(node.address) && !isNamed(node.address);

export function addressesOf(
  { pages }: Settlement,
  keys: ReadonlyMap<NodeId, string>,
): ReadonlyMap<NodeId, Address> {
  const addresses = new Map<NodeId, Address>();
  for (const { page, node, parent } of pages.values()) {
    const above = addresses.get(parent as NodeId) ?? (parent as Address);
    const key = keys.get(page.id) ?? node?.key ?? page.title;
    const isSame = node !== undefined && node.parent === above && node.key === key;
    addresses.set(page.id, isSame ? node.address : childAddress(above, key));
  }
  return addresses;
}
