// Laws 1 to 5 on random wikis through random commits and random hands.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { vendorKinds } from '../../src/tree/vendor.ts';
import { touchAll, touches } from './hands.ts';
import { advance, begin, commit } from './journey.ts';
import { onStage } from './stage.ts';
import { beginnings, commits } from './wiki.ts';

/** Lark is Feishu under another name. */
const vendors = vendorKinds.filter((vendor) => vendor !== 'lark');

/** The first vendor has met most of the planner already. */
const runsOf = (vendor: string): number => (vendor === 'feishu' ? 60 : 20);

const elsewhere = [
  { name: 'Not declared', nodes: ['Somebody else’s', { title: 'More', children: ['Below'] }] },
];

test.each(vendors)(
  '%s: every commit converges with the fewest calls, and loses and touches nothing else',
  async (vendor) => {
    await fc.assert(
      fc.asyncProperty(beginnings, fc.array(commits, { maxLength: 3 }), async (first, later) => {
        await onStage({ vendor }, async (stage) => {
          let standing = await begin(stage, first);
          for (const edits of later) standing = (await commit(stage, standing, edits)) ?? standing;
        });
      }),
      { numRuns: runsOf(vendor) },
    );
  },
  60_000,
);

test.each(vendors)(
  '%s: what people did in the wiki is put right, and what they added is left alone',
  async (vendor) => {
    await fc.assert(
      fc.asyncProperty(beginnings, touches, commits, async (first, made, edits) => {
        await onStage({ vendor, spaces: elsewhere }, async (stage) => {
          const standing = await begin(stage, first);
          touchAll(stage.world, made);
          const after = await advance(stage, standing, standing.wiki);
          if (after !== undefined) await commit(stage, after, edits);
        });
      }),
      { numRuns: runsOf(vendor) },
    );
  },
  60_000,
);

test.each(vendors)(
  '%s: hands and a commit at once converge as well',
  async (vendor) => {
    await fc.assert(
      fc.asyncProperty(beginnings, touches, commits, async (first, made, edits) => {
        await onStage({ vendor, spaces: elsewhere }, async (stage) => {
          const standing = await begin(stage, first);
          touchAll(stage.world, made);
          await commit(stage, standing, edits);
          expect(stage.store.saves).toBeGreaterThan(0);
        });
      }),
      { numRuns: runsOf(vendor) },
    );
  },
  60_000,
);
