// Laws 1 to 5 on random wikis through random commits and random hands.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { touchAll, touches } from './hands.ts';
import { advance, begin, commit } from './journey.ts';
import { onStage } from './stage.ts';
import { beginnings, commits } from './wiki.ts';

const elsewhere = [
  { name: 'Not declared', nodes: ['Somebody else’s', { title: 'More', children: ['Below'] }] },
];

test('every commit converges with the fewest calls, and loses and touches nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(beginnings, fc.array(commits, { maxLength: 3 }), async (first, later) => {
      await onStage({}, async (stage) => {
        let standing = await begin(stage, first);
        for (const edits of later) standing = (await commit(stage, standing, edits)) ?? standing;
      });
    }),
    { numRuns: 60 },
  );
}, 60_000);

test('what people did in the wiki is put right, and what they added is left alone', async () => {
  await fc.assert(
    fc.asyncProperty(beginnings, touches, commits, async (first, made, edits) => {
      await onStage({ spaces: elsewhere }, async (stage) => {
        const standing = await begin(stage, first);
        touchAll(stage.world, made);
        const after = await advance(stage, standing, standing.wiki);
        if (after !== undefined) await commit(stage, after, edits);
      });
    }),
    { numRuns: 60 },
  );
}, 60_000);

test('hands and a commit at once converge as well', async () => {
  await fc.assert(
    fc.asyncProperty(beginnings, touches, commits, async (first, made, edits) => {
      await onStage({ spaces: elsewhere }, async (stage) => {
        const standing = await begin(stage, first);
        touchAll(stage.world, made);
        await commit(stage, standing, edits);
        expect(stage.store.saves).toBeGreaterThan(0);
      });
    }),
    { numRuns: 60 },
  );
}, 60_000);
