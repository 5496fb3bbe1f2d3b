// A pair of forests through the planner: what is declared, what is live and what is remembered, written
// with the same names.

import type { Scope } from '../../src/schedule/scope.ts';
import type { Ways } from '../../src/schedule/task.ts';
import type { State } from '../../src/state/state.ts';
import { joinAddress } from '../../src/tree/address.ts';
import type { DesiredTree, OnRemove } from '../../src/tree/desired.ts';
import type { Address } from '../../src/tree/identifier.ts';
import type { Limits } from '../../src/tree/limit.ts';
import type { LiveTree } from '../../src/tree/live.ts';
import {
  type DesiredPage,
  desiredTree,
  type LivePage,
  liveTree,
  type Planned,
  pageId,
  planOf,
  stateOf,
} from '../fixture.ts';
import { type ForestPair, isDeclared, type PairPage } from './forest-pair.ts';
import { type Forest, pathOf } from './naive-wiki.ts';

export interface PairPlanning {
  readonly limits: Limits;
  /** The vendor's ways; Feishu's, unless told. */
  readonly ways?: Ways;
  readonly peelUnmanaged?: boolean;
  readonly scope?: Scope;
  /** The order in which listings name siblings; as in the pair, unless told. */
  readonly arrange?: (siblings: readonly string[]) => readonly string[];
}

export function planPair(pair: ForestPair, planning: PairPlanning): Planned {
  const { limits, peelUnmanaged = true, arrange = (siblings) => siblings } = planning;
  const live = seen(pair, arrange);
  return planOf({
    desired: declared(pair),
    state: remembered(pair),
    live,
    limits,
    peelUnmanaged,
    ignoreGuard: true,
    scope: planning.scope,
    ...(planning.ways === undefined ? {} : { ways: planning.ways }),
  });
}

function declared(pair: ForestPair): DesiredTree {
  const pages = pair.pages.filter(({ role }) => isDeclared(role));
  const written = (page: PairPage): DesiredPage => ({
    title: pair.titles?.after.get(page.name) ?? (page.isRenamed ? `${page.name} anew` : page.name),
    key: page.name,
    ...(pair.before.has(page.name) ? { id: pageId(page.name) } : { movedFrom: 'none' }),
    ...making(page),
    children: below(page.name).map(written),
  });
  const below = (parent: string): PairPage[] => pages.filter(({ name }) => pair.after.get(name) === parent);
  const making = ({ role, source = '' }: PairPage): Partial<DesiredPage> => {
    if (role === 'copied') return { copy: addressIn(source, pair.after) };
    return role === 'pointer' ? { shortcut: addressIn(source, pair.after) } : {};
  };
  return desiredTree(
    Object.fromEntries(
      pair.spaces.map((space) => {
        const host = pair.archives.get(space);
        const onRemove: OnRemove = host === undefined ? 'keep' : { archive: addressIn(host, pair.after) };
        return [space, { onRemove, pages: below(space).map(written) }];
      }),
    ),
  );
}

export const addressIn = (page: string, forest: Forest): Address =>
  joinAddress([...(pathOf(page, forest) ?? [])].reverse());

/** What left is bound at the top of the space it lies in. */
function remembered(pair: ForestPair): State {
  const pages = existingSpaces(pair).map((space) => [
    space,
    pair.pages
      .filter((page) => page.role === 'left' && spaceOf(page, pair) === space)
      .map(({ name }) => name),
  ]);
  return stateOf(desiredTree(Object.fromEntries(pages)));
}

function seen(pair: ForestPair, arrange: NonNullable<PairPlanning['arrange']>): LiveTree {
  const byName = new Map(pair.pages.map((page) => [page.name, page]));
  const below = (parent: string): LivePage[] => {
    const names = [...pair.before.keys()].filter((name) => pair.before.get(name) === parent);
    return arrange(names).flatMap((name) => {
      const page = byName.get(name);
      return page === undefined ? [] : [shown(page)];
    });
  };
  const shown = (page: PairPage): LivePage => ({
    title: pair.titles?.before.get(page.name) ?? page.name,
    was: page.role === 'left' ? `${spaceOf(page, pair)}/${page.name}` : page.name,
    children: below(page.name),
  });
  return liveTree(Object.fromEntries(existingSpaces(pair).map((space) => [space, below(space)])));
}

const existingSpaces = ({ spaces, newSpaces }: ForestPair): string[] =>
  spaces.filter((space) => !newSpaces.includes(space));
const spaceOf = ({ name }: PairPage, { before }: ForestPair): string | undefined =>
  pathOf(name, before)?.at(-1);
