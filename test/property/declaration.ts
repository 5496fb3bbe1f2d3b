// The model as a desired tree, with or without the lines that say outright which page is meant.

import type { DesiredTree } from '../../src/tree/desired.ts';
import type { Address, NodeId } from '../../src/tree/identifier.ts';
import { type DesiredPage, desiredTree } from '../fixture.ts';
import { byUid, type Page, type Placed, pagesOf, type Wiki } from './wiki.ts';

/** What a commit is made on: the wiki as applied, and the pages' ids. */
export interface Base {
  readonly wiki: Wiki;
  readonly ids: ReadonlyMap<number, NodeId>;
}

type Hint = Pick<DesiredPage, 'id' | 'movedFrom'>;

/** The tree with nothing said about where pages come from. */
export function declare(wiki: Wiki): DesiredTree {
  return write(wiki, new Map(), () => ({}));
}

/** The tree that says of every page that has a new address which page it is, and nothing that rule 4 knows. */
export function declareOutright(wiki: Wiki, base: Base): DesiredTree {
  const before = byUid(base.wiki);
  const bound = new Set(pagesOf(base.wiki).map(({ address }) => address));
  const declared = new Set(pagesOf(wiki).map(({ address }) => address));
  const hint = ({ page, address, above }: Placed): Hint => {
    const former = before.get(page.uid);
    if (former === undefined) return { movedFrom: 'none' };
    if (former.address === address) return {};
    const id = base.ids.get(page.uid);
    const isTaken = bound.has(address) || declared.has(former.address);
    if (isTaken) return id === undefined ? {} : { id };
    return isCarried(former, above, page, before) ? {} : { movedFrom: former.address };
  };
  return write(wiki, before, hint);
}

/** The parent is the same and the key too: only the parent's address has changed. */
function isCarried(
  former: Placed,
  above: number | undefined,
  page: Page,
  before: ReadonlyMap<number, Placed>,
): boolean {
  return above !== undefined && former.above === above && before.get(page.uid)?.page.key === page.key;
}

function write(wiki: Wiki, before: ReadonlyMap<number, Placed>, hint: (placed: Placed) => Hint): DesiredTree {
  const placed = byUid(wiki);
  const addressOf = (uid: number): Address | undefined => placed.get(uid)?.address;
  const written = (page: Page): DesiredPage => {
    const own = placed.get(page.uid);
    const copy = page.copyOf !== undefined && canBeCopied(page.copyOf, placed, before);
    return {
      title: page.title,
      key: page.key,
      type: page.type,
      ...(copy ? reference('copy', addressOf(page.copyOf ?? 0)) : {}),
      ...(page.shortcutOf === undefined ? {} : reference('shortcut', addressOf(page.shortcutOf))),
      ...(own === undefined ? {} : hint(own)),
      children: page.children.map(written),
    };
  };
  return desiredTree(Object.fromEntries(wiki.spaces.map(({ key, pages }) => [key, pages.map(written)])));
}

const reference = (field: 'copy' | 'shortcut', address: Address | undefined): Partial<DesiredPage> =>
  address === undefined ? {} : { [field]: address };

/** A source that is itself yet to be copied, or lies below such a page, could close a circle. */
function canBeCopied(
  uid: number,
  placed: ReadonlyMap<number, Placed>,
  before: ReadonlyMap<number, Placed>,
): boolean {
  for (let at = placed.get(uid); at !== undefined; at = placed.get(at.above ?? -1)) {
    if (at.page.copyOf !== undefined && !before.has(at.page.uid)) return false;
  }
  return placed.has(uid);
}

/** Once applied, what a page was copied from says nothing any more. */
export function settled(wiki: Wiki): Wiki {
  const next = structuredClone(wiki);
  for (const { page } of pagesOf(next)) page.copyOf = undefined;
  return next;
}
