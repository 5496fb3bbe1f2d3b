// What is remembered, put together from the ref and from journals that this checkout kept for itself.
//
// A run keeps its journal here as well, entry by entry, and tells the ref only once per batch. So a journal
// that is here knows more than the ref about the same run: which of the announced steps were begun, and what
// came of them since. Where the ref still has that run's journal, the one here stands in for it. Where it has
// not, others have gone on since, and what is here only adds pages and addresses that nobody knows of.

import { spaceOfAddress } from '../../tree/address.ts';
import type { Address } from '../../tree/identifier.ts';
import { foldJournal, type JournalEntry, type Remains, type Stray, type Unfinished } from '../journal.ts';
import type { NodeBinding, SpaceBinding, State } from '../state.ts';
import type { SpaceRecord } from './ref-tree.ts';

/** The journal of a run, as this checkout has it. */
export interface OwnJournal {
  /** The id of the run's lease. */
  readonly run: string;
  readonly entries: readonly JournalEntry[];
}

/**
 * `undefined` where nothing is remembered. Steps that were left open are told only of the spaces asked for:
 * in others a run may be at work.
 */
export function recollect(
  spaces: ReadonlyMap<Address, SpaceRecord>,
  own: readonly OwnJournal[],
  isAsked: (space: Address) => boolean,
): Remains | undefined {
  const first = mergeStates(spaces);
  if (first === undefined) return undefined;
  let state = first;
  let unfinished: Unfinished | undefined;
  for (const { run, isOnRef, entries } of journalsOf(spaces, own)) {
    const folded = foldJournal(state, isOnRef ? run : '', entries);
    state = folded.state;
    if (folded.unfinished !== undefined)
      unfinished = together(unfinished, asked(folded.unfinished, run, isAsked, state));
  }
  return { state, unfinished };
}

interface RunJournal extends OwnJournal {
  readonly isOnRef: boolean;
}

/** One journal for each run, of what the ref has of it and of what only this checkout has. */
function journalsOf(
  spaces: ReadonlyMap<Address, SpaceRecord>,
  own: readonly OwnJournal[],
): readonly RunJournal[] {
  const onRef = new Map<string, JournalEntry[]>();
  const here: RunJournal[] = [];
  for (const [space, { journal }] of spaces) {
    const run = runOf(journal);
    if (run === undefined) continue;
    const kept = own.find((found) => found.run === run);
    const entries = kept === undefined ? journal : entriesIn(space, kept.entries);
    onRef.set(run, [...(onRef.get(run) ?? []), ...entries]);
  }
  for (const { run, entries } of own) {
    const gone = [...spacesIn(entries)].filter((space) => runOf(spaces.get(space)?.journal ?? []) !== run);
    const left = gone.flatMap((space) => entriesIn(space, entries));
    if (left.length > 0) here.push({ run, isOnRef: false, entries: left });
  }
  return [...[...onRef].map(([run, entries]) => ({ run, isOnRef: true, entries })), ...here];
}

/** The id of the run whose journal it is. */
function runOf(journal: readonly JournalEntry[]): string | undefined {
  const [head] = journal;
  return head?.entry === 'run' ? head.onto : undefined;
}

function mergeStates(spaces: ReadonlyMap<Address, SpaceRecord>): State | undefined {
  const states = [...spaces.values()].flatMap(({ state }) => state ?? []);
  const [first, ...others] = states;
  if (first === undefined || others.length === 0) return first;
  const merged = { ...first, spaces: new Map(first.spaces), nodes: new Map(first.nodes) };
  const confirmed = new Set(states.flatMap((state) => [...(state.confirmed ?? [])]));
  for (const other of others) {
    for (const [address, binding] of other.spaces) merged.spaces.set(address, binding);
    for (const [address, binding] of other.nodes) merged.nodes.set(address, binding);
  }
  return confirmed.size === 0 ? merged : { ...merged, confirmed };
}

/** A state by its spaces. */
export function statesOf(state: State): ReadonlyMap<Address, State> {
  const parts = new Map<Address, { spaces: Map<Address, SpaceBinding>; nodes: Map<Address, NodeBinding> }>();
  const partOf = (address: Address) => {
    const space = spaceOfAddress(address);
    const part = parts.get(space) ?? { spaces: new Map(), nodes: new Map() };
    parts.set(space, part);
    return part;
  };
  for (const [address, binding] of state.spaces) partOf(address).spaces.set(address, binding);
  for (const [address, binding] of state.nodes) partOf(address).nodes.set(address, binding);
  return new Map([...parts].map(([space, part]) => [space, { ...state, ...part }]));
}

/** The spaces that a journal speaks of. */
export function spacesIn(entries: readonly JournalEntry[]): ReadonlySet<Address> {
  const spaces = new Set<Address>();
  for (const entry of entries) if (entry.entry === 'intent') spaces.add(spaceOfAddress(entry.intent.address));
  return spaces;
}

/** What a journal says of one space, its head included. */
export function entriesIn(space: Address, entries: readonly JournalEntry[]): readonly JournalEntry[] {
  const steps = new Set<string>();
  return entries.filter((entry) => {
    if (entry.entry === 'run') return true;
    if (entry.entry !== 'intent') return steps.has(entry.step);
    const isInside = spaceOfAddress(entry.intent.address) === space;
    if (isInside) steps.add(entry.intent.step);
    return isInside;
  });
}

/** As far as it was asked for. Runs name their steps alike; the run's id tells them apart. */
function asked(
  { plan, open, strays }: Unfinished,
  run: string,
  isAsked: (space: Address) => boolean,
  { spaces }: State,
): Unfinished {
  const home = new Map([...spaces].map(([address, { id }]) => [id, address]));
  return {
    plan,
    open: open
      .filter(({ address }) => isAsked(spaceOfAddress(address)))
      .map((intent) => ({ ...intent, step: `${run} ${intent.step}` })),
    strays: strays.filter((stray) => isAsked(home.get(stray.home.space) ?? ('' as Address))),
  };
}

function together(a: Unfinished | undefined, b: Unfinished): Unfinished {
  if (a === undefined) return b;
  const strays = new Map<string, Stray>([...a.strays, ...b.strays].map((stray) => [stray.node, stray]));
  return { plan: b.plan, open: [...a.open, ...b.open], strays: [...strays.values()] };
}
