// A live wiki as the manifest that declares it, and the bindings that make the next plan empty.
//
// Terms. A page is *plain* among its siblings if no other live sibling has its title and nature (its type,
// or the page a shortcut points to): rule 6 would find it again. Any other gets its `id`, so that a lost
// state loses nothing.
// Rules. The key is the title; where a sibling has that key already, or there is no title, the key is
// numbered. A shortcut names its origin by address where that is declared too, else by id.
// What no manifest can declare is left out with all below it, and said: a title of blanks, with a line break
// or with what the vendor's calls do not take, a type the vendor has added since, a shortcut of which the
// vendor does not say where it leads.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import { objection } from '../manifest/title.ts';
import { isNameRefused, titleObjection } from '../manifest/vendor-name.ts';
import type { PageOutline, SpaceOutline } from '../manifest/write/outline.ts';
import type { NodeBinding, SpaceBinding } from '../state/state.ts';
import { childAddress, spaceAddress } from '../tree/address.ts';
import type { Capabilities } from '../tree/capability.ts';
import type { Reference } from '../tree/desired.ts';
import type { Address, NodeId, SpaceId } from '../tree/identifier.ts';
import { type LiveNode, type LiveSpace, type LiveTree, nodesAt, placeKey } from '../tree/live.ts';
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

/** What a manifest is to say of a page; where a shortcut leads is known once every page has its address. */
interface OpenOutline extends PageOutline {
  shortcut: Reference | undefined;
}

interface OpenShortcut {
  readonly origin: NodeId;
  readonly outline: OpenOutline;
}

interface Taking extends TakeoverInput {
  readonly nodeBindings: Map<Address, NodeBinding>;
  readonly shortcuts: OpenShortcut[];
  readonly diagnostics: Diagnostic[];
}

export function takeOver(input: TakeoverInput): Takeover {
  const taking: Taking = { ...input, nodeBindings: new Map(), shortcuts: [], diagnostics: [] };
  const keys = new Set(input.takenKeys);
  const spaceBindings = new Map<Address, SpaceBinding>();
  const taken = input.spaces.flatMap((id) => {
    const space = input.live.spaces.get(id);
    if (space === undefined) return [];
    const key = spaceKeyOf(space.name, (candidate) => keys.has(candidate));
    keys.add(key);
    const address = spaceAddress(key);
    spaceBindings.set(address, { id, name: space.name });
    const counts: Counts = { pages: 0, identified: 0, skipped: 0 };
    const pages = takeChildren(taking, placeKey({ space: id, parent: null }), address, counts);
    return [{ space, key, address, pages, counts }];
  });
  leadShortcuts(taking);
  const spaces = taken.map(({ space, key, address, pages, counts }) => ({
    address,
    outline: outlineSpace(taking, space, key, pages),
    ...counts,
  }));
  const { nodeBindings, diagnostics } = taking;
  return { spaces, spaceBindings, nodeBindings, diagnostics };
}

interface Counts {
  pages: number;
  identified: number;
  skipped: number;
}

/** What most pages have below them. */
const noPages: readonly PageOutline[] = [];

/** One pass over all pages: a large wiki has 400,000. */
function takeChildren(
  taking: Taking,
  place: string,
  parent: Address,
  counts: Counts,
): readonly PageOutline[] {
  const { live, capabilities, diagnostics } = taking;
  if (live.listings.get(place)?.hidden) diagnostics.push(hidden(parent));
  const pages = nodesAt(live, place);
  if (pages.length === 0) return noPages;
  const siblings = siblingsOf(pages);
  const outlines: PageOutline[] = [];
  for (const page of pages) {
    const problem = undeclarable(page, capabilities);
    if (problem === undefined) outlines.push(takePage(taking, page, parent, siblings, counts));
    else {
      counts.skipped += 1;
      diagnostics.push(skippedPage(page, parent, problem));
    }
  }
  return outlines;
}

function takePage(
  taking: Taking,
  page: LiveNode,
  parent: Address,
  siblings: Siblings,
  counts: Counts,
): PageOutline {
  const { id, title, type, kind, origin } = page;
  const key = siblings.keyOf(page);
  const address = childAddress(parent, key);
  const needsId = siblings.hasTwin(page);
  counts.pages += 1;
  if (needsId) counts.identified += 1;
  taking.nodeBindings.set(address, { id, parent, title, type, kind, origin, archived: false });
  const isShortcut = kind === 'shortcut';
  const isLeaf = isShortcut || !(page.hasChildren || taking.live.children.has(id));
  const outline: OpenOutline = {
    title,
    key: key === title ? undefined : key,
    type: isShortcut || type === taking.capabilities.defaultType ? undefined : type,
    id: needsId ? id : undefined,
    shortcut: undefined,
    children: isLeaf ? noPages : takeChildren(taking, id, address, counts),
  };
  if (isShortcut && origin !== null) taking.shortcuts.push({ origin, outline });
  return outline;
}

interface Siblings {
  /** To be asked once for each page that is declared, in the order of the wiki. */
  keyOf(page: LiveNode): string;
  /** Whether another sibling looks the same. */
  hasTwin(page: LiveNode): boolean;
}

function siblingsOf(pages: readonly LiveNode[]): Siblings {
  const titles = new Set<string>();
  for (const { title } of pages) titles.add(title);
  return titles.size === pages.length ? unlikeSiblings(titles) : likeSiblings(pages, titles);
}

/** Each has a title of its own, as almost everywhere. */
function unlikeSiblings(titles: ReadonlySet<string>): Siblings {
  return {
    keyOf: ({ title }) => (title === '' ? numbered(title, (key) => titles.has(key)) : title),
    hasTwin: () => false,
  };
}

function likeSiblings(pages: readonly LiveNode[], titles: ReadonlySet<string>): Siblings {
  const looks = new Map<string, number>();
  for (const page of pages) {
    const look = looksOf(page);
    looks.set(look, (looks.get(look) ?? 0) + 1);
  }
  const keys = new Set<string>();
  return {
    keyOf({ title }) {
      const isTaken = (key: string): boolean => keys.has(key) || titles.has(key);
      const key = keys.has(title) || title === '' ? numbered(title, isTaken) : title;
      keys.add(key);
      return key;
    },
    hasTwin: (page) => (looks.get(looksOf(page)) ?? 0) > 1,
  };
}

/** What a page looks like among its siblings, where nothing is remembered. */
export const looksOf = (page: LiveNode): string => `${natureOfBound(page)}\n${page.title}`;

/** A key beside the title; `isTaken` also by a later sibling that has it as its title. */
function numbered(title: string, isTaken: (key: string) => boolean): string {
  return unusedKey(title === '' ? 'untitled' : title, isTaken);
}

/** Why no manifest can declare the page. */
export function undeclarable(
  { title, type, kind, origin }: LiveNode,
  capabilities: Capabilities,
): string | undefined {
  const problem = (title === '' ? undefined : objection(title)) ?? titleObjection(title, capabilities);
  if (problem !== undefined) return `its title ${problem}`;
  if (kind === 'shortcut') {
    return origin === null ? `${capabilities.label} does not say where the shortcut leads` : undefined;
  }
  return Object.hasOwn(capabilities.types, type) ? undefined : `its type is ${type}`;
}

function outlineSpace(
  { capabilities, diagnostics }: Taking,
  space: LiveSpace,
  key: string,
  pages: readonly PageOutline[],
): SpaceOutline {
  const { id, description, sharing } = space;
  const { spaceLength, descriptionLength } = capabilities.names;
  const isNamed = objection(space.name) === undefined && !isNameRefused(space.name, capabilities);
  const name = isNamed ? space.name : [...key].slice(0, spaceLength).join('');
  if (!isNamed) diagnostics.push(unnamed(space, name));
  const isDescribed = description !== '' && [...description].length <= descriptionLength;
  return {
    key,
    id,
    name,
    description: isDescribed ? description : undefined,
    sharing,
    pages,
  };
}

/** Says where shortcuts lead. One to a shortcut, should there be one, can only be declared by id. */
function leadShortcuts({ known, live, nodeBindings, shortcuts }: Taking): void {
  if (shortcuts.length === 0) return;
  const addresses = new Map(known);
  for (const [address, { id }] of nodeBindings) addresses.set(id, address);
  for (const { origin, outline } of shortcuts) {
    const address = live.nodes.get(origin)?.kind === 'shortcut' ? undefined : addresses.get(origin);
    outline.shortcut = address === undefined ? { id: origin } : { address };
  }
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

function unnamed({ id, name }: LiveSpace, instead: string): Diagnostic {
  return diagnostic('SPACE_NAME_DIFFERS', {
    severity: 'warning',
    detail: `The space ${id} is called ${JSON.stringify(name)}, which no manifest can hold; it is declared as ${JSON.stringify(instead)}.`,
    help: 'Give it a name in the wiki, and write that name in the manifest.',
  });
}
