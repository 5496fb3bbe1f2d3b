// Changes as the scheduler sees them: numbers of the model instead of addresses.

import type { Change } from '../diff/change.ts';
import type { Match } from '../diff/match.ts';
import { nameOfStranger } from '../diff/place.ts';
import type { Capabilities, CopyCapability } from '../tree/capability.ts';
import { type Address, compareText, type NodeId, type SpaceId } from '../tree/identifier.ts';
import type { LiveTree } from '../tree/live.ts';
import { waitingForSources } from './copying.ts';
import { type Index, Model } from './model.ts';
import { type Look, Names } from './naming.ts';

/** One change to be put in order, or the return of a page that had to make way. */
export interface Task {
  /** Its number; for changes, their place in the manifest's order. */
  readonly index: number;
  /** `undefined` for a return. */
  readonly change: Change | undefined;
  readonly node: Index;
  /** Where the page belongs; -1 for a space and for a rename. */
  readonly target: Index;
  /** The page a copy or shortcut is made from, where it is in the model. */
  readonly reference: Index | undefined;
  /** A return waits until the task it made way for is done. */
  readonly heldBy: number | undefined;
  /** Of a return: how the page was made, where this plan makes it. */
  readonly made?: Change | undefined;
  /** Tasks that have to be done before, for what a copy takes over from its source. */
  readonly after?: readonly number[];
}

export interface Work {
  /** The forest as it is now; what is yet to be made is not placed. */
  readonly model: Model;
  readonly tasks: readonly Task[];
  /** Roots that stand for spaces; others hold pages whose place was not read. */
  readonly isSpace: (root: Index) => boolean;
  /** Whether the page is declared or bound, so that it may be given a step of its own. */
  readonly isManaged: (node: Index) => boolean;
  /** Whether pages may lie below it, and those that do were read: else nobody knows whether it has room. */
  readonly isShelter: (node: Index) => boolean;
  /** What people call it; an undeclared page goes by the titles above it. */
  readonly nameOf: (node: Index) => Address;
  /** The node that was called so. */
  readonly nodeOf: (name: Address) => Index | undefined;
  /** The live page, for what has one. */
  readonly idOf: (node: Index) => NodeId | undefined;
  /** The names in this model, which is as the wiki is now; `undefined` where siblings may share them. */
  readonly namesIn: (model: Model) => Names | undefined;
  readonly copies: CopyCapability;
}

/** What the task is to call its page; `undefined` where it is not about its title. */
export function titleFor({ change }: Task): string | undefined {
  return change?.kind === 'rename-node' ? change.title : undefined;
}

/** What the vendor makes of titles, copies and ids. */
export type Ways = Pick<
  Capabilities,
  'siblingNames' | 'copies' | 'aliases' | 'types' | 'tasks' | 'unconfirmed'
>;

/** @param strangers - undeclared pages that changes name. */
export function workOf(
  changes: readonly Change[],
  strangers: ReadonlyMap<Address, NodeId>,
  match: Match,
  live: LiveTree,
  ways: Ways,
): Work {
  const numbers = new Map<string, Index>();
  const named = new Map<Address, Index>();
  /** Of undeclared pages, once they were asked for. */
  const names = new Map<Index, Address>();
  const ids: (NodeId | undefined)[] = [];
  const addresses: (Address | undefined)[] = [];
  const number = (key: string, address: Address | undefined): Index => {
    const known = numberOfPage(key) ?? numbers.get(key);
    if (known !== undefined) return known;
    const index = ids.length;
    numbers.set(key, index);
    ids.push(undefined);
    addresses.push(address);
    return index;
  };
  /** Live pages have the numbers that they have already, counted on from the spaces. */
  const numberOfPage = (id: string): Index | undefined => {
    const page = live.nodes.numberOf(id as NodeId);
    return page === undefined ? undefined : spaceCount + page;
  };

  let spaceCount = 0;
  for (const [address, space] of match.spaces) {
    number(space.kind === 'live' ? rootKey(space.id) : newKey(address), address);
  }
  spaceCount = ids.length;
  const pageCount = live.nodes.numbers;
  for (let page = 0; page < pageCount; page += 1) ids.push(live.nodes.at(page)?.id);
  addresses.length = ids.length;
  const parents = parentIndexes();
  const keyOf = (address: Address): string => {
    const space = match.spaces.get(address);
    if (space !== undefined) return space.kind === 'live' ? rootKey(space.id) : newKey(address);
    return strangers.get(address) ?? match.nodes.get(address)?.id ?? address;
  };
  const tasks = changes.map((change, index): Task => {
    const bound = change.archives ? match.bindings.byAddress.get(change.address)?.id : undefined;
    const node = number(bound ?? keyOf(change.address), change.address);
    const isPlaced = change.parent !== undefined && change.kind !== 'rename-node';
    const target = isPlaced && change.parent !== undefined ? number(keyOf(change.parent), change.parent) : -1;
    return { index, change, node, target, reference: referenceIndex(change), heldBy: undefined };
  });

  const above = new Int32Array(ids.length).fill(-1);
  above.set(parents, spaceCount);
  const model = Model.of(above);
  return {
    model,
    tasks:
      ways.copies.title === 'given' && ways.copies.reach === 'page' ? tasks : waitingForSources(tasks, model),
    copies: ways.copies,
    namesIn: (now) => (ways.siblingNames === 'free' ? undefined : new Names(now, looks())),
    isSpace: (root) => root < spaceCount,
    isManaged,
    isShelter: (node) => !isShortcut(node) && isRead(node) && isHolding(node),
    nameOf,
    nodeOf: (name) => named.get(name),
    idOf: (node) => ids[node],
  };

  /** As the pages are, and as those will be made that are not there yet. */
  function looks(): (Look | undefined)[] {
    const found = ids.map((id): Look | undefined => {
      const page = id === undefined ? undefined : live.nodes.get(id);
      return page === undefined ? undefined : { title: page.title, type: `${page.kind} ${page.type}` };
    });
    for (const { change, node } of tasks) {
      if (change === undefined || found[node] !== undefined || change.kind === 'rename-node') continue;
      const { title, type, nodeType, kind } = change;
      if (kind !== 'create-space') found[node] = { title, type: `${nodeType} ${type}` };
    }
    return found;
  }

  /** By the page's number, the index of what lies above it; -1 where no page has the number. */
  function parentIndexes(): Int32Array {
    const found = new Int32Array(pageCount).fill(-1);
    let above: { readonly parent: NodeId | null; readonly space: SpaceId; readonly index: Index } | undefined;
    for (let page = 0; page < pageCount; page += 1) {
      const seen = live.nodes.at(page);
      if (seen === undefined) continue;
      const { parent, space } = seen;
      // Siblings stand together, so one look serves many.
      if (above?.parent !== parent || above.space !== space)
        above = { parent, space, index: parentIndex(parent, space) };
      found[page] = above.index;
    }
    return found;
  }

  /** A page whose parent was not read hangs below a root of its own, where no limit is known. */
  function parentIndex(parent: NodeId | null, space: SpaceId): Index {
    if (parent === null) return number(rootKey(space), undefined);
    return numberOfPage(parent) ?? number(`unread:${space}`, undefined);
  }

  function referenceIndex({ reference }: Change): Index | undefined {
    if (reference === undefined) return undefined;
    return 'id' in reference
      ? (numberOfPage(reference.id) ?? numbers.get(reference.id))
      : number(keyOf(reference.address), reference.address);
  }

  function isManaged(node: Index): boolean {
    if (addressAt(node) !== undefined) return true;
    const id = ids[node];
    return id !== undefined && match.bindings.ofPage(id) !== undefined;
  }

  /** Of a live page, asked for only where it is needed. */
  function addressAt(node: Index): Address | undefined {
    const id = ids[node];
    return addresses[node] ?? (id === undefined ? undefined : match.addressOf.get(id));
  }

  function isShortcut(node: Index): boolean {
    const id = ids[node];
    if (id !== undefined) return live.nodes.get(id)?.kind === 'shortcut';
    const address = addressAt(node);
    return address !== undefined && match.desired.nodes.get(address)?.kind === 'shortcut';
  }

  function isHolding(node: Index): boolean {
    const id = ids[node];
    const address = addressAt(node);
    const declared = address === undefined ? undefined : match.desired.nodes.get(address)?.type;
    const type = (id === undefined ? undefined : live.nodes.get(id)?.type) ?? declared;
    return type === undefined || ways.types[type]?.holds !== false;
  }

  function isRead(node: Index): boolean {
    const id = ids[node];
    const page = id === undefined ? undefined : live.nodes.get(id);
    if (page === undefined) return true; // yet to be made
    const listing = live.listings.get(page.id);
    return listing === undefined ? !page.hasChildren : !listing.hidden;
  }

  function nameOf(node: Index): Address {
    const id = ids[node];
    const known = addressAt(node) ?? (id === undefined ? undefined : match.bindings.ofPage(id)?.address);
    return known ?? names.get(node) ?? nameStranger(node, id);
  }

  function nameStranger(node: Index, id: NodeId | undefined): Address {
    const page = id === undefined ? undefined : live.nodes.get(id);
    const name = page === undefined ? ('(unread)' as Address) : nameOfStranger(page, live, match);
    names.set(node, name);
    if (page !== undefined) named.set(name, node);
    return name;
  }
}

/** A lowest page of the branch: the first by name, in whatever order the pages were listed. */
export function lowestPage(branch: Index, model: Model, { nameOf }: Work): Index {
  const [first = branch, ...others] = model.lowest(branch);
  return others.reduce((least, page) => (compareText(nameOf(page), nameOf(least)) < 0 ? page : least), first);
}

// No page has such an id, so live pages are numbered in their order, right after the spaces.
const rootKey = (space: SpaceId): string => `space:${space}`;
const newKey = (space: Address): string => `new:${space}`;
