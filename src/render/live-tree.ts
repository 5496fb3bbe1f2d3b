// The wiki as it is, for people: every page that was read, and which of them nobody declared. Siblings stand
// by their titles, for the order of a listing means nothing.

import type { Match } from '../diff/match.ts';
import { compareText, type SpaceId } from '../tree/identifier.ts';
import { type LiveNode, type LiveSpace, type LiveTree, nodesAt, placeKey } from '../tree/live.ts';
import { oneLine } from './clip.ts';
import { counted, grouped } from './count.ts';
import { layOut } from './plan-layout.ts';
import type { Branch } from './plan-outline.ts';
import { planRows } from './plan-row.ts';
import type { Style } from './style.ts';

export interface LiveTreeInput {
  readonly live: LiveTree;
  readonly match: Match;
  /** The spaces to show. */
  readonly spaces: Iterable<SpaceId>;
  /** The type that goes without saying. */
  readonly defaultType: string;
  readonly style: Style;
  /** Columns of the reader's screen. */
  readonly width: number;
  readonly readCalls: number;
}

/** Lines without a line break at the end. */
export function renderLiveTree(input: LiveTreeInput): string {
  const { live, match, style, width, readCalls } = input;
  const shown = [...input.spaces].flatMap((id) => live.spaces.get(id) ?? []);
  const spaces = shown.sort((a, b) => compareText(a.name, b.name) || compareText(a.id, b.id));
  const rows = planRows(
    spaces.map((space) => spaceBranch(space, input)),
    { runs: false, unchanged: false },
  );
  const ids = new Set(spaces.map(({ id }) => id));
  const pages = [...live.nodes.values()].filter(({ space }) => ids.has(space));
  const undeclared = pages.filter(({ id }) => !match.addressOf.has(id)).length;
  const counts = [counted(spaces.length, 'space'), counted(pages.length, 'page')];
  const others = undeclared === 0 ? [] : [`${grouped(undeclared)} not declared`];
  const sum = `${[...counts, ...others].join(', ')} · ${counted(readCalls, 'call')}`;
  return [...layOut(rows, width, style), '', style.bold(sum)].join('\n');
}

const plain: Pick<Branch, 'marks' | 'compared'> = { marks: [], compared: true };

function spaceBranch({ id, name }: LiveSpace, input: LiveTreeInput): Branch {
  const key = [...input.match.spaces].find(([, found]) => found.kind === 'live' && found.id === id)?.[0];
  return {
    ...plain,
    kind: 'space',
    title: oneLine(name),
    detail: key === undefined || key === name ? '' : oneLine(` [${key}]`),
    children: childrenAt(placeKey({ space: id, parent: null }), input),
  };
}

function childrenAt(place: string, input: LiveTreeInput): Branch[] {
  const { live } = input;
  const pages = nodesAt(live, place);
  pages.sort((a, b) => compareText(a.title, b.title) || compareText(a.id, b.id));
  return pages.map((page) => pageBranch(page, input));
}

function pageBranch(page: LiveNode, input: LiveTreeInput): Branch {
  const { title, id } = page;
  return {
    ...plain,
    kind: input.match.addressOf.has(id) ? 'page' : 'undeclared',
    title: title === '' ? '(untitled)' : oneLine(title),
    detail: oneLine(detailOf(page, input)),
    children: childrenAt(id, input),
  };
}

function detailOf({ kind, type, origin }: LiveNode, { live, match, defaultType }: LiveTreeInput): string {
  if (kind === 'origin') return type === defaultType ? '' : ` (${type})`;
  const page = origin === null ? undefined : live.nodes.get(origin);
  return ` -> ${page === undefined ? (origin ?? '(unknown)') : match.places.addressOf(page)}`;
}
