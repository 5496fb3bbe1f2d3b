// Whose doing a step is, as laws on random wikis: three manifests (applied, base, change), and people's hands.

import fc from 'fast-check';
import { expect } from 'vitest';
import type { Change, Origin } from '../../src/diff/change.ts';
import { addressMatcher } from '../../src/diff/glob.ts';
import { attribute } from '../../src/diff/origin.ts';
import type { VendorUnderTest } from '../vendor.ts';
import { type Base, declareOutright } from './declaration.ts';
import { type Touch, touchAll, touches } from './hands.ts';
import { begin } from './journey.ts';
import { law } from './law.ts';
import { onStage, type Stage } from './stage.ts';
import { beginnings, commits, type Edit, edited, type Wiki } from './wiki.ts';

interface Story {
  readonly first: readonly Edit[];
  /** From what was applied to the base. */
  readonly merged: readonly Edit[];
  /** From the base to the change. */
  readonly proposed: readonly Edit[];
  readonly hands: readonly Touch[];
}

const story = (parts: Partial<{ [Part in keyof Story]: fc.Arbitrary<Story[Part]> }>): fc.Arbitrary<Story> =>
  fc.record<Story>({
    first: beginnings,
    merged: parts.merged ?? fc.constant([]),
    proposed: parts.proposed ?? fc.constant([]),
    hands: parts.hands ?? fc.constant([]),
  });

/** The steps of the change, told from the base. */
async function attributed(
  vendor: VendorUnderTest,
  { first, merged, proposed, hands }: Story,
): Promise<readonly Change[]> {
  return onStage({ vendor }, async (stage) => {
    const standing = await begin(stage, first);
    touchAll(stage.world, hands);
    const applied: Base = { wiki: standing.wiki, ids: stillThere(standing.ids, stage) };
    const base = edited(standing.wiki, merged);
    const change = edited(base, proposed);
    return compare(change, base, applied, stage);
  });
}

function stillThere(ids: Base['ids'], { world }: Stage): Base['ids'] {
  return new Map([...ids].filter(([, id]) => world.nodes.has(id)));
}

async function compare(change: Wiki, base: Wiki, applied: Base, stage: Stage): Promise<readonly Change[]> {
  const { survey, state } = await stage.plan(declareOutright(change, applied));
  const found = attribute({
    base: declareOutright(base, applied),
    state,
    live: survey.live,
    match: survey.match,
    found: survey.difference,
    ignoredBy: addressMatcher([]),
    boundSpaces: new Set(state.spaces.keys()),
    capabilities: stage.vendor.capabilities,
    identity: stage.vendor.identity,
    identities: stage.provider.identities,
  });
  const bare = (changes: readonly Change[]) => changes.map(({ origin: _, ...rest }) => rest);
  expect(bare(found.changes)).toEqual(bare(survey.difference.changes));
  return found.changes;
}

/** Every step of every such story has one of these origins; and some have, or the law would say nothing. */
function originsAre(name: string, allowed: readonly Origin[], stories: fc.Arbitrary<Story>): void {
  const seen = new Map<VendorUnderTest, Set<Origin>>();
  law(
    name,
    0.04,
    [stories],
    async (vendor, told) => {
      const changes = await attributed(vendor, told);
      const found = seen.get(vendor) ?? new Set();
      seen.set(vendor, found);
      for (const { origin } of changes) found.add(origin);
      expect(changes.filter(({ origin }) => !allowed.includes(origin))).toEqual([]);
    },
    (vendor) => expect([...(seen.get(vendor) ?? [])].sort()).toEqual([...allowed].sort()),
  );
}

originsAre(
  'without an edit to the base nothing is of this change',
  ['pending', 'drift'],
  story({ merged: commits, hands: touches }),
);

originsAre(
  'without a hand in the wiki nothing is drift',
  ['this-change', 'pending'],
  story({ merged: commits, proposed: commits }),
);

originsAre(
  'where the base is what was applied nothing is pending',
  ['this-change', 'drift'],
  story({ proposed: commits, hands: touches }),
);

originsAre('what people did alone is drift, and nothing else is', ['drift'], story({ hands: touches }));
