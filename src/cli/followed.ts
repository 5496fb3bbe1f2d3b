// A manifest that follows the wiki already, though the state does not: an accept was cut off between the
// two. Where memory only stands in the way, everything is found again by its place and title.
//
// Invariant: no page that is bound and still there is forgotten for this; a manifest in which somebody moved
// a page, and has not applied it, is not taken for one that follows.

import { hasErrors } from '../diagnostic/diagnostic.ts';
import type { Difference } from '../diff/change.ts';
import { difference } from '../diff/difference.ts';
import { addressMatcher } from '../diff/glob.ts';
import { type Match, match } from '../diff/match.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { NodeBinding, State } from '../state/state.ts';
import type { Address } from '../tree/identifier.ts';
import type { LiveTree } from '../tree/live.ts';
import type { Planned } from './planning.ts';

/** What a manifest and a state make of the wiki as it was read. */
export function compare(
  { desired, ignore }: Manifest,
  state: State,
  live: LiveTree,
  { provider }: Pick<Planned, 'provider'>,
): { readonly match: Match; readonly difference: Difference } {
  const ignoredBy = addressMatcher(ignore.map(({ pattern }) => pattern));
  const matched = match({ desired, state, live, ignoredBy });
  const found = difference({
    live,
    match: matched,
    boundSpaces: new Set(state.spaces.keys()),
    capabilities: provider.capabilities,
    identity: provider.identity,
    identities: provider.identities,
    protect: [],
    allowWiderAudience: true,
  });
  return { match: matched, difference: found };
}

export interface Followed {
  readonly match: Match;
  readonly state: State;
}

/** The match without what is remembered of pages that are not declared; `undefined` where it tells something else. */
export function followedAlready(planned: Planned): Followed | undefined {
  const { manifest, survey, state } = planned;
  const { live } = survey;
  const nodes = new Map<Address, NodeBinding>();
  const left: NodeBinding[] = [];
  for (const [address, binding] of state.nodes) {
    if (binding.archived || survey.match.desired.nodes.has(address)) nodes.set(address, binding);
    else left.push(binding);
  }
  if (left.length === 0) return undefined;
  const found = compare(manifest, { ...state, nodes }, live, planned);
  const { changes, diagnostics } = found.difference;
  const isLost = left.some(({ id }) => live.nodes.has(id) && !found.match.addressOf.has(id));
  if (isLost || changes.length > 0 || hasErrors(diagnostics)) return undefined;
  return { match: found.match, state: { ...state, nodes } };
}
