// The wiki as it was read and as the plan leaves it: every page with its place and title on both sides.
// Invariant: each side is a forest. Blocked steps change nothing; what they would have made stands in the
// tree after all the same, marked by its step, so that nothing of a plan is out of sight.

import type { Match } from '../../diff/match.ts';
import type { Plan, Step } from '../../schedule/plan.ts';
import type { Scheduled } from '../../schedule/schedule.ts';
import { lastSegment } from '../../tree/address.ts';
import { type Address, compareText } from '../../tree/identifier.ts';
import type { LiveNode, LiveTree } from '../../tree/live.ts';

/** Names a page or a space here: the vendor's id, or the address of what has none yet. Never shown. */
export type Key = string;

export interface Standing {
  /** `undefined` for a space. */
  readonly parent: Key | undefined;
  readonly title: string;
}

export interface WikiPage {
  readonly key: Key;
  readonly address: Address | undefined;
  before: Standing | undefined;
  after: Standing | undefined;
}

export interface TwoWikis {
  /** Declared spaces in the manifest's order, then the others by name. */
  readonly spaces: readonly WikiPage[];
  /** Declared pages in the manifest's order, then the others by title. */
  readonly before: ReadonlyMap<Key, readonly WikiPage[]>;
  readonly after: ReadonlyMap<Key, readonly WikiPage[]>;
  /** The page that a step is about. */
  pageOf(step: Step): WikiPage;
  /** The page or space of a declared address. */
  at(address: Address): WikiPage | undefined;
}

export interface TwoWikisInput {
  readonly plan: Plan;
  readonly match: Match;
  readonly live: LiveTree;
  readonly strangers: Scheduled['strangers'];
}

const spaceKey = (id: string): Key => `space ${id}`;

/** Stands for levels that were not read. */
const unreadTitle = '…';

export function twoWikis({ plan, match, live, strangers }: TwoWikisInput): TwoWikis {
  const pages = new Map<Key, WikiPage>();

  function page(key: Key, address: Address | undefined): WikiPage {
    const known = pages.get(key);
    if (known !== undefined) return known;
    const made: WikiPage = { key, address, before: undefined, after: undefined };
    pages.set(key, made);
    return made;
  }

  function keyOf(address: Address): Key {
    const space = match.spaces.get(address);
    if (space !== undefined) return space.kind === 'live' ? spaceKey(space.id) : address;
    return strangers.get(address) ?? match.nodes.get(address)?.id ?? address;
  }

  const keyOfStep = ({ archives, address }: Step): Key =>
    (archives ? match.bindings.byAddress.get(address)?.id : undefined) ?? keyOf(address);

  function addSpaces(): void {
    for (const { address, name } of match.desired.spaces.values()) {
      const found = match.spaces.get(address);
      const space = page(keyOf(address), address);
      const liveName = found?.kind === 'live' ? live.spaces.get(found.id)?.name : undefined;
      // One that may not be read is there all the same.
      if (found?.kind !== 'new') space.before = { parent: undefined, title: liveName ?? name };
      space.after = space.before ?? { parent: undefined, title: name };
    }
    for (const { id, name } of live.spaces.values()) {
      const space = page(spaceKey(id), undefined);
      space.before ??= { parent: undefined, title: name };
      space.after ??= space.before;
    }
  }

  /** Pages that are there and were matched without a listing are where they are declared. */
  function addPages(): void {
    for (const node of match.desired.nodes.values()) {
      const seen = match.nodes.get(node.address);
      const made = page(keyOf(node.address), node.address);
      if (seen === undefined || live.nodes.has(seen.id)) continue;
      made.before = { parent: keyOf(node.parent), title: node.title };
      made.after = made.before;
    }
    for (const node of live.nodes.values()) {
      const made = page(node.id, match.addressOf.get(node.id));
      made.before = { parent: livePlace(node), title: node.title };
      made.after = made.before;
    }
  }

  function livePlace({ space, parent }: LiveNode): Key {
    const top = page(spaceKey(space), undefined);
    top.before ??= { parent: undefined, title: live.spaces.get(space)?.name ?? space };
    top.after ??= top.before;
    if (parent === null) return top.key;
    if (live.nodes.has(parent)) return parent;
    const unread = page(`unread ${space}`, undefined);
    unread.before = { parent: top.key, title: unreadTitle };
    unread.after = unread.before;
    return unread.key;
  }

  function take(step: Step): void {
    const moved = page(keyOfStep(step), step.address);
    const isNew = moved.after === undefined;
    if (step.blocked !== undefined && !isNew) return;
    const { title = step.title, parent } = moved.after ?? {};
    switch (step.kind) {
      case 'rename-node':
        moved.after = { parent, title: step.title };
        break;
      case 'move-node':
        moved.after = { parent: placeBelow(step), title };
        break;
      default:
        moved.after = { parent: placeBelow(step), title: step.title };
    }
  }

  /** A parent that is nowhere is the child of a step that is blocked as well. */
  const placeBelow = ({ parent }: Step): Key | undefined =>
    parent === undefined ? undefined : page(keyOf(parent), parent).key;

  addSpaces();
  addPages();
  for (const step of plan.steps) take(step);
  for (const lost of pages.values()) settle(lost, pages);

  const sorted = inOrder(pages, match);
  return {
    spaces: sorted.filter(({ before, after }) => (after ?? before)?.parent === undefined),
    before: childrenOf(sorted, ({ before }) => before),
    after: childrenOf(sorted, ({ after }) => after),
    pageOf: (step) => page(keyOfStep(step), step.address),
    at: (address) => pages.get(keyOf(address)),
  };
}

/** A place that a step names and nothing is known about: its address says what there is to say. */
function settle(lost: WikiPage, pages: ReadonlyMap<Key, WikiPage>): void {
  const parent = lost.after?.parent;
  const above = parent === undefined ? undefined : pages.get(parent);
  if (above === undefined || above.after !== undefined || above.address === undefined) return;
  above.after = { parent: undefined, title: lastSegment(above.address) };
}

/** As declared, which is the order in which they were entered, then by title: no listing decides. */
function inOrder(pages: ReadonlyMap<Key, WikiPage>, match: Match): WikiPage[] {
  const declared: WikiPage[] = [];
  const others: WikiPage[] = [];
  for (const page of pages.values()) {
    const { address = '' as Address } = page;
    const isDeclared = match.desired.nodes.has(address) || match.desired.spaces.has(address);
    (isDeclared ? declared : others).push(page);
  }
  const titleOf = ({ before, after }: WikiPage): string => (before ?? after)?.title ?? '';
  others.sort((a, b) => compareText(titleOf(a), titleOf(b)) || compareText(a.key, b.key));
  return [...declared, ...others];
}

function childrenOf(
  pages: readonly WikiPage[],
  standing: (page: WikiPage) => Standing | undefined,
): ReadonlyMap<Key, readonly WikiPage[]> {
  const children = new Map<Key, WikiPage[]>();
  for (const page of pages) {
    const parent = standing(page)?.parent;
    if (parent === undefined) continue;
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [page]);
    else siblings.push(page);
  }
  return children;
}
