// What is said at a page's place before and at its place after, and the steps behind it, in the words
// that the plan's other formats use.

import { assertNever } from '../../diagnostic/invariant.ts';
import type { Match } from '../../diff/match.ts';
import type { Plan, Step } from '../../schedule/plan.ts';
import { type Journey, journeys } from '../journey.ts';
import { adoptionNote, departureNote, noteOf, tagOf } from '../step-note.ts';
import type { MarkKind, PageMark } from './page-data.ts';
import type { Key, TwoWikis, WikiPage } from './two-wikis.ts';

export interface Marks {
  readonly before: ReadonlyMap<Key, readonly PageMark[]>;
  readonly after: ReadonlyMap<Key, readonly PageMark[]>;
}

/** A page that stays where it is has its marks in `after`. */
export function pageMarks(plan: Plan, match: Match, wikis: TwoWikis): Marks {
  const before = new Map<Key, PageMark[]>();
  const after = new Map<Key, PageMark[]>();
  const stepsOf = stepPositions(plan);
  for (const { step, detours } of arrivalsFirst(plan)) {
    const page = wikis.pageOf(step);
    const said = { ...tagged(step), steps: stepsOf(step) };
    add(after, page, { kind: markKind(step), note: noteOf(step, detours), ...said });
    if (step.kind === 'move-node' && step.blocked === undefined && page.before?.parent !== page.after?.parent)
      add(before, page, { kind: 'leave', note: departureNote(step), ...said });
  }
  for (const address of plan.adopted) {
    const page = wikis.at(address);
    if (page === undefined || after.has(page.key)) continue;
    const found = match.nodes.get(address) ?? match.spaces.get(address);
    add(after, page, { kind: 'adopt', note: adoptionNote(found) });
  }
  return { before, after };
}

/** What brings a page to its place is said before what it is called there. */
function arrivalsFirst({ steps }: Plan): readonly Journey[] {
  const isRename = ({ step }: Journey): number => Number(step.kind === 'rename-node');
  return journeys(steps).toSorted((a, b) => isRename(a) - isRename(b));
}

/** Where a step stands in the plan; of a page that moves more than once, all its moves. */
function stepPositions({ steps }: Plan): (step: Step) => readonly number[] {
  const byName = new Map<string, number[]>();
  const nameOf = ({ kind, address, id }: Step): string => (kind === 'move-node' ? `move ${address}` : id);
  steps.forEach((step, position) => {
    const known = byName.get(nameOf(step));
    if (known === undefined) byName.set(nameOf(step), [position]);
    else known.push(position);
  });
  return (step) => byName.get(nameOf(step)) ?? [];
}

const tagged = (step: Step): { readonly tag?: string } => {
  const tag = tagOf(step);
  return tag === '' ? {} : { tag };
};

function add(marks: Map<Key, PageMark[]>, { key }: WikiPage, mark: PageMark): void {
  const known = marks.get(key);
  if (known === undefined) marks.set(key, [mark]);
  else known.push(mark);
}

function markKind(step: Step): MarkKind {
  if (step.blocked !== undefined) return 'blocked';
  switch (step.kind) {
    case 'create-space':
    case 'create-node':
      return 'create';
    case 'copy-node':
      return 'copy';
    case 'move-node':
      return 'move';
    case 'rename-node':
      return 'rename';
    default:
      return assertNever(step.kind);
  }
}
