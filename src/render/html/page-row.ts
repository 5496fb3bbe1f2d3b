// The two trees laid side by side as rows. What stands at the same place on both sides is one row; below
// it the children of both sides are merged, those of the tree after first. So both trees fold together
// and a page that moves is seen twice, at the place it leaves and at the one it comes to.
//
// Invariant: every page of a side is listed once in it, but for unchanged branches of a wiki that is too
// large for a page; those are counted.

import type { Match } from '../../diff/match.ts';
import type { Address } from '../../tree/identifier.ts';
import { oneLine } from '../clip.ts';
import type { PageMark, PageRow } from './page-data.ts';
import type { Marks } from './page-mark.ts';
import type { Key, TwoWikis, WikiPage } from './two-wikis.ts';

type Side = 'before' | 'after';

/** A row with what lies below it. */
interface Twig {
  readonly page: WikiPage;
  readonly side: Side | undefined;
  readonly marks: readonly PageMark[];
  readonly below: readonly Twig[];
  /** Rows with a mark, this one included. */
  readonly changed: number;
  /** Rows, this one included. */
  readonly size: number;
}

export interface RowOptions {
  readonly marks: Marks;
  readonly match: Match;
  /** Type, key and target of a declared page, as they follow its title. */
  readonly detailOf: (page: WikiPage) => string;
  /** Whether what is declared there was asked for. */
  readonly isPlanned: (address: Address) => boolean;
  /** Rows from which on unchanged branches are counted instead of listed. */
  readonly maxRows: number;
}

export function pageRows(wikis: TwoWikis, options: RowOptions): readonly PageRow[] {
  const roots = wikis.spaces.flatMap((space) => {
    const twig = grow(space, sideOf(space), wikis, options.marks);
    return isShown(space, twig, options.match) ? [twig] : [];
  });
  const isTooLarge = roots.reduce((sum, { size }) => sum + size, 0) > options.maxRows;
  const rows: PageRow[] = [];
  const ends: Record<Side, Map<Key, number>> = { before: new Map(), after: new Map() };
  const list = (siblings: readonly Twig[], depth: number): void => {
    const isListed = ({ changed }: Twig): boolean => !isTooLarge || changed > 0;
    for (const twig of siblings.filter(isListed)) {
      if (twig.side !== undefined) ends[twig.side].set(twig.page.key, rows.length);
      rows.push(rowOf(twig, depth, options));
      list(twig.below, depth + 1);
    }
    const unlisted = siblings.reduce((sum, twig) => sum + (isListed(twig) ? 0 : twig.size), 0);
    if (unlisted > 0) rows.push({ depth, title: '', unlisted });
  };
  list(roots, 0);
  return paired(rows, ends);
}

/** A space that is not declared is of interest where pages come from it. */
function isShown(space: WikiPage, { changed }: Twig, match: Match): boolean {
  return changed > 0 || (space.address !== undefined && match.desired.spaces.has(space.address));
}

const sideOf = ({ before, after }: WikiPage): Side | undefined => {
  if (before !== undefined && after !== undefined) return undefined;
  return before === undefined ? 'after' : 'before';
};

function grow(page: WikiPage, side: Side | undefined, wikis: TwoWikis, all: Marks): Twig {
  const here = side === 'before' ? all.before : all.after;
  const marks = here.get(page.key) ?? [];
  const below = merged(page, side, wikis).map((child) => grow(child.page, child.side, wikis, all));
  return {
    page,
    side,
    marks,
    below,
    changed: below.reduce((sum, { changed }) => sum + changed, marks.length === 0 ? 0 : 1),
    size: below.reduce((sum, { size }) => sum + size, 1),
  };
}

const none: readonly WikiPage[] = [];

function merged(
  page: WikiPage,
  side: Side | undefined,
  wikis: TwoWikis,
): readonly Pick<Twig, 'page' | 'side'>[] {
  const before = side === 'after' ? none : (wikis.before.get(page.key) ?? none);
  const after = side === 'before' ? none : (wikis.after.get(page.key) ?? none);
  if (before.length === 0 && after.length === 0) return [];
  if (side !== undefined) return [...before, ...after].map((child) => ({ page: child, side }));
  const stays = new Set(before);
  const comes = new Set(after);
  return [
    ...after.map((child) => ({ page: child, side: stays.has(child) ? undefined : ('after' as const) })),
    ...before.filter((child) => !comes.has(child)).map((child) => ({ page: child, side: 'before' as const })),
  ];
}

function rowOf({ page, side, marks }: Twig, depth: number, options: RowOptions): PageRow {
  const { match, detailOf } = options;
  const title = shown((side === 'before' ? page.before : page.after)?.title);
  const was = side === undefined ? shown(page.before?.title) : title;
  const detail = detailOf(page);
  return {
    depth,
    ...(side === undefined ? {} : { side }),
    title,
    ...(was === title ? {} : { was }),
    ...(detail === '' ? {} : { detail }),
    ...kindOf(page, match),
    ...(isCompared(page, options) ? {} : { unplanned: true as const }),
    ...(marks.length === 0 ? {} : { marks }),
  };
}

const shown = (title: string | undefined): string =>
  title === undefined || title === '' ? '(untitled)' : oneLine(title);

function kindOf({ before, after, address }: WikiPage, match: Match): Pick<PageRow, 'kind'> {
  if ((after ?? before)?.parent === undefined) return { kind: 'space' };
  const isDeclared = address !== undefined && match.desired.nodes.has(address);
  return isDeclared ? {} : { kind: 'undeclared' };
}

/** What nobody declared is not compared either, and said to be undeclared. */
function isCompared({ address }: WikiPage, { match, isPlanned }: RowOptions): boolean {
  if (address === undefined) return true;
  const space = match.spaces.get(address)?.kind;
  if (space !== undefined) return isPlanned(address) && (space === 'live' || space === 'new');
  return !match.desired.nodes.has(address) || isPlanned(address);
}

/** Tells the two rows of a page about each other. */
function paired(
  rows: readonly PageRow[],
  ends: Readonly<Record<Side, ReadonlyMap<Key, number>>>,
): readonly PageRow[] {
  const pairs = new Map<number, number>();
  for (const [key, left] of ends.before) {
    const right = ends.after.get(key);
    if (right === undefined) continue;
    pairs.set(left, right);
    pairs.set(right, left);
  }
  return rows.map((row, at) => {
    const pair = pairs.get(at);
    return pair === undefined ? row : { ...row, pair };
  });
}
