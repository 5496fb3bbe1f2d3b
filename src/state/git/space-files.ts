// What a run writes into the files of its spaces, and of no others: but that a page which it binds is bound
// nowhere else, so that the ref as a whole stays one state, whoever pushed last.

import { spaceOfAddress } from '../../tree/address.ts';
import { type Address, compareText } from '../../tree/identifier.ts';
import { emptyState, type State } from '../state.ts';
import { printState } from '../state-text.ts';
import type { NewFile } from './commit.ts';
import { statesOf } from './recollection.ts';
import type { Sight } from './ref-session.ts';
import { pathOf } from './ref-tree.ts';

export type Files = Map<string, NewFile>;

/** Every space that a state speaks of, sorted. */
export function spacesOf({ spaces, nodes }: State): readonly Address[] {
  const found = new Set<Address>(spaces.keys());
  for (const address of nodes.keys()) found.add(spaceOfAddress(address));
  return [...found].sort(compareText);
}

/** @param evenIfEmpty - whether a space of which nothing is bound gets a file, which tells whose state it is. */
export function putStates(
  files: Files,
  leased: readonly Address[],
  state: State,
  sight: Sight,
  evenIfEmpty: boolean,
): void {
  const ours = new Set<string>();
  const parts = statesOf(state);
  for (const space of leased) {
    const part = parts.get(space) ?? emptyState(state.provider, state.identity);
    for (const { id } of [...part.spaces.values(), ...part.nodes.values()]) ours.add(id);
    const path = pathOf(space, 'state.json');
    if (evenIfEmpty || part.nodes.size > 0 || part.spaces.size > 0)
      files.set(path, { text: printState(part) });
    else files.delete(path);
  }
  for (const [space, record] of sight.spaces) {
    if (leased.includes(space) || record.state === undefined) continue;
    const left = without(ours, record.state);
    if (left !== undefined) files.set(pathOf(space, 'state.json'), { text: printState(left) });
  }
}

/** `undefined` where it binds none of them. */
function without(ids: ReadonlySet<string>, state: State): State | undefined {
  const isKept = ([, { id }]: readonly [Address, { readonly id: string }]): boolean => !ids.has(id);
  const nodes = new Map([...state.nodes].filter(isKept));
  const spaces = new Map([...state.spaces].filter(isKept));
  if (nodes.size === state.nodes.size && spaces.size === state.spaces.size) return undefined;
  return { ...state, nodes, spaces };
}

export function putJournal(files: Files, space: Address, text: string): void {
  const path = pathOf(space, 'journal.ndjson');
  if (text === '') files.delete(path);
  else files.set(path, { text });
}
