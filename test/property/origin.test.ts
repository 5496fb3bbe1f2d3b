// Whose doing a step is, as laws on random wikis: three manifests (applied, base, change), and people's hands.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Change, Origin } from '../../src/diff/change.ts';
import { addressMatcher } from '../../src/diff/glob.ts';
import { attribute } from '../../src/diff/origin.ts';
import { feishuCapabilities } from '../../src/provider/feishu/capability.ts';
import { type Base, declareOutright } from './declaration.ts';
import { type Touch, touchAll, touches } from './hands.ts';
import { begin } from './journey.ts';
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
async function attributed({ first, merged, proposed, hands }: Story): Promise<readonly Change[]> {
  return onStage({}, async (stage) => {
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
    capabilities: feishuCapabilities,
    identity: 'user',
    identities: new Set(['user']),
  });
  const bare = (changes: readonly Change[]) => changes.map(({ origin: _, ...rest }) => rest);
  expect(bare(found.changes)).toEqual(bare(survey.difference.changes));
  return found.changes;
}

const runs = { numRuns: 40 };

/** Every step of every such story has one of these origins; and some have, or the law would say nothing. */
async function expectOrigins(stories: fc.Arbitrary<Story>, allowed: readonly Origin[]): Promise<void> {
  const seen = new Set<Origin>();
  await fc.assert(
    fc.asyncProperty(stories, async (told) => {
      const changes = await attributed(told);
      for (const { origin } of changes) seen.add(origin);
      expect(changes.filter(({ origin }) => !allowed.includes(origin))).toEqual([]);
    }),
    runs,
  );
  expect([...seen].sort()).toEqual([...allowed].sort());
}

test('without an edit to the base nothing is of this change', async () => {
  await expectOrigins(story({ merged: commits, hands: touches }), ['pending', 'drift']);
}, 60_000);

test('without a hand in the wiki nothing is drift', async () => {
  await expectOrigins(story({ merged: commits, proposed: commits }), ['this-change', 'pending']);
}, 60_000);

test('where the base is what was applied nothing is pending', async () => {
  await expectOrigins(story({ proposed: commits, hands: touches }), ['this-change', 'drift']);
}, 60_000);

test('what people did alone is drift, and nothing else is', async () => {
  await expectOrigins(story({ hands: touches }), ['drift']);
}, 60_000);
