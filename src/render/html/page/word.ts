// The signs of the page and what they are called.

import type { MarkKind, PageMark } from '../page-data.ts';

export type Side = 'before' | 'after';

export const signs: Readonly<Record<MarkKind, string>> = {
  create: '+',
  copy: '⧉',
  move: '→',
  leave: '←',
  rename: '~',
  adopt: '=',
  blocked: '!',
};

/** As it is read out. */
export const spoken: Readonly<Record<MarkKind, string>> = {
  create: 'created',
  copy: 'copied',
  move: 'moved here',
  leave: 'moves away',
  rename: 'renamed',
  adopt: 'adopted as it is',
  blocked: 'blocked',
};

/** What can be asked for alone; a page that moves is asked for at both its places. */
export const filters = [
  'create',
  'copy',
  'move',
  'rename',
  'adopt',
  'blocked',
  'inferred',
  'pending',
  'drift',
] as const;
export type Filter = (typeof filters)[number];

export function filtersOf({ kind, tag = '' }: PageMark): readonly Filter[] {
  const own: Filter = kind === 'leave' ? 'move' : kind;
  const tags = (['inferred', 'pending', 'drift'] as const).filter((word) => tag.includes(word));
  return [own, ...tags];
}

/** `12,345` and `12,345 pages`, the same everywhere. */
export const thousands = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
export const pages = (count: number): string => `${thousands(count)} ${count === 1 ? 'page' : 'pages'}`;

/** The sign of a filter; words that go with any kind of change have none. */
export function signOf(filter: Filter): string | undefined {
  return filter === 'inferred' || filter === 'pending' || filter === 'drift' ? undefined : signs[filter];
}
