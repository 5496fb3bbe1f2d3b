// Aliases around a run: what the state remembers is handed to the provider, what the steps need is learnt
// before the first write, and what was learnt is remembered. So a vendor that does not tell an alias says so
// while nothing has been done.

import type { Match } from '../diff/match.ts';
import type { Aliases, Named, Provider } from '../provider/provider.ts';
import { aliasesNeeded, type Called } from '../schedule/alias.ts';
import type { Step } from '../schedule/plan.ts';
import type { State, StateBook } from '../state/state.ts';
import type { Address, NodeId } from '../tree/identifier.ts';

export interface Learning {
  readonly match: Match;
  readonly strangers: ReadonlyMap<Address, NodeId>;
  /** As it was before anything was forgotten: a page that left the manifest may still give shelter. */
  readonly state: State;
  readonly provider: Provider;
  readonly signal: AbortSignal;
}

/** @throws {ProviderError} where an alias cannot be had. */
export async function learnAliases(
  steps: readonly Step[],
  { match, strangers, state, provider: { aliases, capabilities }, signal }: Learning,
  book: StateBook,
): Promise<void> {
  if (aliases === undefined) return;
  recall(state, aliases);
  const wanted = new Map<string, Named>();
  for (const step of steps) {
    for (const called of aliasesNeeded(step, capabilities.aliases)) {
      const named = nameOf(called, match, strangers);
      if (named !== undefined) wanted.set(named.id, named);
    }
  }
  try {
    await aliases.learn([...wanted.values()], signal);
  } finally {
    // Whatever keeps the run from going on, what was paid for is not asked for again.
    noteAliases(aliases, book);
  }
}

function recall({ spaces, nodes }: State, aliases: Aliases): void {
  for (const bindings of [spaces, nodes])
    for (const { id, alias } of bindings.values()) if (alias !== undefined) aliases.recall(id, alias);
}

/** `undefined` for what is yet to be made. */
function nameOf(called: Called, match: Match, strangers: ReadonlyMap<Address, NodeId>): Named | undefined {
  if ('id' in called) return { kind: 'page', id: called.id };
  const { address } = called;
  const space = match.spaces.get(address);
  if (space !== undefined) return space.kind === 'live' ? { kind: 'space', id: space.id } : undefined;
  const known = match.nodes.get(address)?.id ?? strangers.get(address);
  const id =
    known ?? (match.desired.nodes.has(address) ? undefined : match.bindings.byAddress.get(address)?.id);
  return id === undefined ? undefined : { kind: 'page', id };
}

/** Puts what the provider knows into the bindings. */
export function noteAliases(aliases: Aliases | undefined, book: StateBook): void {
  if (aliases === undefined) return;
  for (const [address, binding] of [...book.state.spaces]) {
    const alias = aliases.of(binding.id);
    if (alias !== undefined && alias !== binding.alias)
      book.record({ kind: 'bind-space', address, binding: { ...binding, alias } });
  }
  for (const [address, binding] of [...book.state.nodes]) {
    const alias = aliases.of(binding.id);
    if (alias !== undefined && alias !== binding.alias)
      book.record({ kind: 'bind-node', address, binding: { ...binding, alias } });
  }
}
