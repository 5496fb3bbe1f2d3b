// Which pages are declared once the manifest follows the wiki, where, and by which keys: the live tree from
// the declared spaces down, through what is declared and what is new.

import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Editor } from '../manifest/edit/editor.ts';
import type { State } from '../state/state.ts';
import { childAddress } from '../tree/address.ts';
import type { Capabilities } from '../tree/capability.ts';
import type { DesiredNode } from '../tree/desired.ts';
import type { Address, NodeId } from '../tree/identifier.ts';
import { type LiveNode, type LiveTree, placeKey } from '../tree/live.ts';
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
}

export interface Settlement {
  /** By id, parents before children. */
  readonly pages: ReadonlyMap<NodeId, Settled>;
  /** By `Settled.parent`, in the order of the wiki. */
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
  if (!takesNew || match.bindings.ofPage(page.id) !== undefined || match.isIgnored(page)) return false;
  const problem = undeclarable(page, capabilities);
  if (problem !== undefined) diagnostics.push(skippedPage(page, match.places.parentOf(page), problem));
  return problem === undefined;
}

/** Whether the wiki's title differs from the one last applied, and from the manifest's. */
export function isRetitled({ page, node }: Settled, { match }: AcceptanceInput): boolean {
  const bound = match.bindings.ofPage(page.id);
  return node !== undefined && bound !== undefined && bound.title !== page.title && node.title !== page.title;
}

export function hasMoved({ node, parent }: Settled, { match }: AcceptanceInput): boolean {
  if (node === undefined) return false;
  const declared = match.nodes.get(node.parent)?.id ?? node.parent;
  return declared !== parent;
}

/** Those that stay as they are keep their keys; the others choose among what is left, in the wiki's order. */
export function chooseKeys({ children }: Settlement, input: AcceptanceInput): ReadonlyMap<NodeId, string> {
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

export function addressesOf(
  { pages }: Settlement,
  keys: ReadonlyMap<NodeId, string>,
): ReadonlyMap<NodeId, Address> {
  const addresses = new Map<NodeId, Address>();
  for (const { page, parent } of pages.values()) {
    const above = addresses.get(parent as NodeId) ?? (parent as Address);
    addresses.set(page.id, childAddress(above, keys.get(page.id) ?? page.title));
  }
  return addresses;
}
