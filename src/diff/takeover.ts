// A live wiki as the manifest that declares it, and the bindings that make the next plan empty.
//
// Terms. A page is *plain* among its siblings if no other live sibling has its title and nature (its type,
// or the page a shortcut points to): rule 6 would find it again. Any other gets its `id`, so that a lost
// state loses nothing.
// Rules. The key is the title; where a sibling has that key already, or there is no title, the key is
// numbered. A shortcut names its origin by address where that is declared too, else by id.
// What no manifest can declare is left out with all below it, and said: a title of blanks or with a line
// break, a type the vendor has added since, a shortcut of which the vendor does not say where it leads.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import { objection } from '../manifest/title.ts';
import type { PageOutline, SpaceOutline } from '../manifest/write/outline.ts';
import type { NodeBinding, SpaceBinding } from '../state/state.ts';
import { childAddress, spaceAddress } from '../tree/address.ts';
import type { Capabilities } from '../tree/capability.ts';
import type { Reference } from '../tree/desired.ts';
import type { Address, NodeId, SpaceId } from '../tree/identifier.ts';
import { type LiveNode, type LiveSpace, type LiveTree, placeKey } from '../tree/live.ts';
import { natureOfBound } from './inference.ts';
import { spaceKeyOf, unusedKey } from './space-key.ts';

export interface TakeoverInput {
  readonly live: LiveTree;
  /** In the order in which they are to be written. */
  readonly spaces: readonly SpaceId[];
  readonly capabilities: Capabilities;
  /** Keys of spaces that are declared already. */
  readonly takenKeys: ReadonlySet<string>;
  /** Pages that are declared already, for shortcuts to them. */
  readonly known: ReadonlyMap<NodeId, Address>;
}

export interface TakenSpace {
  readonly address: Address;
  readonly outline: SpaceOutline;
  readonly pages: number;
  /** Of them, those that are told apart by their ids. */
  readonly identified: number;
  /** Pages that are left out, the topmost of each branch. */
  readonly skipped: number;
}

export interface Takeover {
  readonly spaces: readonly TakenSpace[];
  readonly spaceBindings: ReadonlyMap<Address, SpaceBinding>;
  readonly nodeBindings: ReadonlyMap<Address, NodeBinding>;
  readonly diagnostics: readonly Diagnostic[];
}

interface Named {
  readonly page: LiveNode;
  readonly key: string;
  readonly address: Address;
  readonly needsId: boolean;
  readonly children: readonly Named[];
}

interface Taking extends TakeoverInput {
  readonly addresses: Map<NodeId, Address>;
  readonly nodeBindings: Map<Address, NodeBinding>;
  readonly diagnostics: Diagnostic[];
}

export function takeOver(input: TakeoverInput): Takeover {
  const addresses = new Map(input.known);
  const taking: Taking = { ...input, addresses, nodeBindings: new Map(), diagnostics: [] };
  const keys = new Set(input.takenKeys);
  const spaceBindings = new Map<Address, SpaceBinding>();
  const named = input.spaces.flatMap((id) => {
    const space = input.live.spaces.get(id);
    if (space === undefined) return [];
    const key = spaceKeyOf(space.name, (candidate) => keys.has(candidate));
    keys.add(key);
    const address = spaceAddress(key);
    spaceBindings.set(address, { id, name: space.name });
    return [{ space, key, address, top: nameBranch(taking, space, address) }];
  });
  // Every page has its address before a shortcut asks for one.
  const spaces = named.map(({ space, key, address, top }) => ({
    address,
    outline: outlineSpace(taking, space, key, top.pages),
    ...top.counts,
  }));
  const { nodeBindings, diagnostics } = taking;
  return { spaces, spaceBindings, nodeBindings, diagnostics };
}

interface Counts {
  pages: number;
  identified: number;
  skipped: number;
}

interface Branch {
  readonly pages: readonly Named[];
  readonly counts: Counts;
}

function nameBranch(taking: Taking, space: LiveSpace, address: Address): Branch {
  const counts: Counts = { pages: 0, identified: 0, skipped: 0 };
  const pages = nameChildren(taking, placeKey({ space: space.id, parent: null }), address, counts);
  return { pages, counts };
}

function nameChildren(taking: Taking, place: string, parent: Address, counts: Counts): Named[] {
  const { live } = taking;
  if (live.listings.get(place)?.hidden) taking.diagnostics.push(hidden(parent));
  const pages = [...(live.children.get(place) ?? [])].flatMap((id) => live.nodes.get(id) ?? []);
  const looks = new Map<string, number>();
  for (const page of pages) looks.set(looksOf(page), (looks.get(looksOf(page)) ?? 0) + 1);
  const reserved = new Set(pages.map(({ title }) => title));
  const keys = new Set<string>();
  return pages.flatMap((page) => {
    const problem = undeclarable(page, taking.capabilities);
    if (problem !== undefined) {
      counts.skipped += 1;
      taking.diagnostics.push(skippedPage(page, parent, problem));
      return [];
    }
    const key = keys.has(page.title) || page.title === '' ? numbered(page, keys, reserved) : page.title;
    keys.add(key);
    const address = childAddress(parent, key);
    const needsId = (looks.get(looksOf(page)) ?? 0) > 1;
    counts.pages += 1;
    if (needsId) counts.identified += 1;
    taking.addresses.set(page.id, address);
    taking.nodeBindings.set(address, bindingOf(page, parent));
    const children = page.kind === 'shortcut' ? [] : nameChildren(taking, page.id, address, counts);
    return [{ page, key, address, needsId, children }];
  });
}

/** What a page looks like among its siblings, where nothing is remembered. */
export const looksOf = (page: LiveNode): string => `${natureOfBound(page)}\n${page.title}`;

/** A key beside the title; never one that a later sibling has as its title. */
function numbered({ title }: LiveNode, keys: ReadonlySet<string>, reserved: ReadonlySet<string>): string {
  const isTaken = (key: string): boolean => keys.has(key) || reserved.has(key);
  return unusedKey(title === '' ? 'untitled' : title, isTaken);
}

function bindingOf({ id, title, type, kind, origin }: LiveNode, parent: Address): NodeBinding {
  return { id, parent, title, type, kind, origin, archived: false };
}

/** Why no manifest can declare the page. */
export function undeclarable(
  { title, type, kind, origin }: LiveNode,
  capabilities: Capabilities,
): string | undefined {
  const problem = title === '' ? undefined : objection(title);
  if (problem !== undefined) return `its title ${problem}`;
  if (kind === 'shortcut') {
    return origin === null ? `${capabilities.label} does not say where the shortcut leads` : undefined;
  }
  return capabilities.types[type] === undefined ? `its type is ${type}` : undefined;
}

function outlineSpace(taking: Taking, space: LiveSpace, key: string, pages: readonly Named[]): SpaceOutline {
  const { id, name, description, sharing } = space;
  const isNamed = objection(name) === undefined;
  if (!isNamed) taking.diagnostics.push(unnamed(space, key));
  return {
    key,
    id,
    name: isNamed ? name : key,
    description: description === '' ? undefined : description,
    sharing,
    pages: pages.map((page) => outlinePage(taking, page)),
  };
}

function outlinePage(taking: Taking, { page, key, needsId, children }: Named): PageOutline {
  const isShortcut = page.kind === 'shortcut';
  return {
    title: page.title,
    key: key === page.title ? undefined : key,
    type: isShortcut || page.type === taking.capabilities.defaultType ? undefined : page.type,
    id: needsId ? page.id : undefined,
    shortcut: isShortcut ? targetOf(page, taking) : undefined,
    children: children.map((child) => outlinePage(taking, child)),
  };
}

/** A shortcut to a shortcut, should there be one, can only be declared by id. */
function targetOf({ origin }: LiveNode, { addresses, live }: Taking): Reference | undefined {
  if (origin === null) return undefined;
  const address = live.nodes.get(origin)?.kind === 'shortcut' ? undefined : addresses.get(origin);
  return address === undefined ? { id: origin } : { address };
}

export function skippedPage(page: LiveNode, parent: Address, problem: string): Diagnostic {
  return diagnostic('PAGE_NOT_IMPORTED', {
    severity: 'warning',
    detail: `The page ${JSON.stringify(page.title)} (${page.id}) below ${parent} cannot be declared: ${problem}. It stays unmanaged, with all below it.`,
    help: 'Give it another title in the wiki and import again, or leave it to the people who write there.',
  });
}

function hidden(address: Address): Diagnostic {
  return diagnostic('NODE_HIDDEN', {
    severity: 'warning',
    detail: `What lies below ${address} may not be read, so nothing in it is imported.`,
    help: 'Give the app or user the right to edit the page, then import again.',
  });
}

function unnamed({ id, name }: LiveSpace, key: string): Diagnostic {
  return diagnostic('SPACE_NAME_DIFFERS', {
    severity: 'warning',
    detail: `The space ${id} is called ${JSON.stringify(name)}, which no manifest can hold; it is declared as ${JSON.stringify(key)}.`,
    help: 'Give it a name in the wiki, and write that name in the manifest.',
  });
}
