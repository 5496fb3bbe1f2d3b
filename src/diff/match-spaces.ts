// Which live space a declared space is: by its id, by its binding, or by being the only visible one of
// its name. Several of one name are never guessed at.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import type { State } from '../state/state.ts';
import type { DesiredSpace, DesiredTree } from '../tree/desired.ts';
import { type Address, compareText, type SpaceId } from '../tree/identifier.ts';
import type { LiveSpace, LiveTree } from '../tree/live.ts';
import type { SpaceMatch } from './match.ts';

export interface SpaceMatches {
  readonly spaces: ReadonlyMap<Address, SpaceMatch>;
  readonly diagnostics: readonly Diagnostic[];
}

export function matchSpaces(desired: DesiredTree, state: State, live: LiveTree): SpaceMatches {
  const spaces = new Map<Address, SpaceMatch>();
  const diagnostics: Diagnostic[] = [];
  const taken = new Set<SpaceId>();
  const settle = (space: DesiredSpace, match: SpaceMatch | undefined): void => {
    if (match === undefined) return;
    spaces.set(space.address, match);
    if (match.kind === 'live') taken.add(match.id);
  };
  for (const space of desired.spaces) settle(space, byId(space, live, diagnostics));
  for (const space of desired.spaces)
    if (!spaces.has(space.address)) settle(space, byBinding(space, state, live, taken));
  const named = bindableByName(live, state, taken);
  for (const space of desired.spaces)
    if (!spaces.has(space.address)) settle(space, byName(space, live, named, diagnostics));
  return { spaces, diagnostics };
}

function byId(space: DesiredSpace, live: LiveTree, diagnostics: Diagnostic[]): SpaceMatch | undefined {
  if (space.id === undefined) return undefined;
  const found = find(space.id, live, 'id');
  if (found !== undefined) return found;
  diagnostics.push(
    diagnostic('SPACE_NOT_FOUND', {
      detail: `${space.address} is declared with the id ${space.id}, and the vendor knows no such space.`,
      help: 'Check the id, or take it out: a space without an id is found by its name, or made.',
      source: space.source,
    }),
  );
  return { kind: 'failed' };
}

/** A bound space that is gone falls through: it is found by name or made again. */
function byBinding(
  space: DesiredSpace,
  state: State,
  live: LiveTree,
  taken: ReadonlySet<SpaceId>,
): SpaceMatch | undefined {
  const binding = state.spaces.get(space.address);
  if (binding === undefined || taken.has(binding.id)) return undefined;
  return find(binding.id, live, 'binding');
}

function find(id: SpaceId, live: LiveTree, rule: 'id' | 'binding'): SpaceMatch | undefined {
  if (live.spaces.has(id)) return { kind: 'live', id, rule };
  if (live.hiddenSpaces.has(id)) return { kind: 'hidden', id };
  if (live.goneSpaces.has(id)) return undefined;
  return { kind: 'unseen', id };
}

/** Visible spaces by name; one that another address binds is not to be had. */
function bindableByName(
  live: LiveTree,
  state: State,
  taken: ReadonlySet<SpaceId>,
): ReadonlyMap<string, LiveSpace[]> {
  const bound = new Set([...state.spaces.values()].map((binding) => binding.id));
  const named = new Map<string, LiveSpace[]>();
  for (const space of live.spaces.values()) {
    if (taken.has(space.id) || bound.has(space.id)) continue;
    const same = named.get(space.name);
    if (same === undefined) named.set(space.name, [space]);
    else same.push(space);
  }
  return named;
}

function byName(
  space: DesiredSpace,
  live: LiveTree,
  named: ReadonlyMap<string, LiveSpace[]>,
  diagnostics: Diagnostic[],
): SpaceMatch {
  if (!live.allSpacesListed) return { kind: 'unseen', id: undefined };
  const candidates = named.get(space.name) ?? [];
  const [only] = candidates;
  if (only === undefined) return { kind: 'new' };
  if (candidates.length > 1) {
    diagnostics.push(ambiguous(space, candidates));
    return { kind: 'failed' };
  }
  diagnostics.push(
    diagnostic('SPACE_ADOPTED', {
      severity: 'info',
      detail: `${space.address} is the existing space "${only.name}" (${only.id}): the only visible one of that name.`,
      help: `If another one is meant, write its id below ${space.address}: id: "…".`,
      source: space.source,
    }),
  );
  return { kind: 'live', id: only.id, rule: 'name' };
}

function ambiguous(space: DesiredSpace, candidates: readonly LiveSpace[]): Diagnostic {
  const ids = candidates.map((candidate) => candidate.id).sort(compareText);
  return diagnostic('SPACE_AMBIGUOUS', {
    detail: `${candidates.length} visible spaces are called "${space.name}": ${ids.join(', ')}.`,
    help: `Say which one is meant, below ${space.address}: ${ids.map((id) => `id: "${id}"`).join(' or ')}.`,
    source: space.source,
  });
}
