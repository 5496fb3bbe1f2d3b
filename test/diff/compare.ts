// One comparison from literals, told in a few words: which page each address is, and what would be done.

import type { Difference } from '../../src/diff/change.ts';
import { difference } from '../../src/diff/difference.ts';
import { addressMatcher } from '../../src/diff/glob.ts';
import { type Match, match } from '../../src/diff/match.ts';
import { feishuCapabilities } from '../../src/provider/feishu/capability.ts';
import { emptyState, type State } from '../../src/state/state.ts';
import type { DesiredTree } from '../../src/tree/desired.ts';
import type { LiveTree } from '../../src/tree/live.ts';
import { liveOf, stateOf } from '../fixture.ts';

export interface ComparisonInput {
  /** What was applied last; the state and the wiki are its, unless they are given. */
  readonly before?: DesiredTree;
  readonly after: DesiredTree;
  readonly state?: State;
  readonly live?: LiveTree;
  readonly protect?: readonly string[];
  readonly ignore?: readonly string[];
  readonly allowWiderAudience?: boolean;
}

export interface Compared {
  /** `address: rule former-address`; what is not here has no page. */
  readonly pages: Readonly<Record<string, string>>;
  /** `move x from y`, `create x`, `rename x`, with `blocked:` before what cannot be done. */
  readonly changes: readonly string[];
  /** Codes of what was found, sorted. */
  readonly codes: readonly string[];
  readonly match: Match;
  readonly difference: Difference;
}

export function compare(input: ComparisonInput): Compared {
  const state = input.state ?? (input.before ? stateOf(input.before) : emptyState('feishu', 'user'));
  const live = input.live ?? liveOf(input.before ?? { spaces: [] });
  const matched = match({ desired: input.after, state, live, ignoredBy: addressMatcher(input.ignore ?? []) });
  const found = difference({
    live,
    match: matched,
    boundSpaces: new Set(state.spaces.keys()),
    capabilities: feishuCapabilities,
    identity: 'user',
    identities: new Set(['user']),
    protect: input.protect ?? [],
    allowWiderAudience: input.allowWiderAudience ?? false,
  });
  return {
    pages: pagesOf(matched),
    changes: found.changes.map(told),
    codes: found.diagnostics.map(({ code }) => code).sort(),
    match: matched,
    difference: found,
  };
}

/** Pages that are what they were, by their own binding, go without saying. */
function pagesOf({ nodes }: Match): Record<string, string> {
  const pages: Record<string, string> = {};
  for (const [address, { id, rule }] of nodes) {
    if (rule !== 'binding') pages[address] = `${rule} ${id.replace('page:', '')}`;
  }
  return pages;
}

function told({ kind, address, before, blocked }: Difference['changes'][number]): string {
  const verb = kind.replace('-node', '');
  const from = kind === 'move-node' ? ` from ${before?.parent}` : '';
  return `${blocked === undefined ? '' : 'blocked: '}${verb} ${address}${from}`;
}

/** The one diagnostic of this code. */
export function only({ difference: { diagnostics } }: Compared, code: string) {
  const found = diagnostics.filter((each) => each.code === code);
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} × ${code}`);
  return found[0];
}
