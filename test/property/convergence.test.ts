// Laws 1 to 5 on random wikis through random commits and random hands.

import fc from 'fast-check';
import { expect } from 'vitest';
import { touchAll, touches } from './hands.ts';
import { advance, begin, commit } from './journey.ts';
import { law } from './law.ts';
import { onStage } from './stage.ts';
import { beginnings, commits } from './wiki.ts';

const elsewhere = [
  { name: 'Not declared', nodes: ['Somebody else’s', { title: 'More', children: ['Below'] }] },
];

law(
  'every commit converges with the fewest calls, and loses and touches nothing else',
  0.06,
  [beginnings, fc.array(commits, { maxLength: 3 })],
  async (vendor, first, later) => {
    await onStage({ vendor }, async (stage) => {
      let standing = await begin(stage, first);
      for (const edits of later) standing = (await commit(stage, standing, edits)) ?? standing;
    });
  },
);

law(
  'what people did in the wiki is put right, and what they added is left alone',
  0.06,
  [beginnings, touches, commits],
  async (vendor, first, made, edits) => {
    await onStage({ vendor, spaces: elsewhere }, async (stage) => {
      const standing = await begin(stage, first);
      touchAll(stage.world, made);
      const after = await advance(stage, standing, standing.wiki);
      if (after !== undefined) await commit(stage, after, edits);
    });
  },
);

law(
  'hands and a commit at once converge as well',
  0.06,
  [beginnings, touches, commits],
  async (vendor, first, made, edits) => {
    await onStage({ vendor, spaces: elsewhere }, async (stage) => {
      const standing = await begin(stage, first);
      touchAll(stage.world, made);
      await commit(stage, standing, edits);
      expect(stage.store.saves).toBeGreaterThan(0);
    });
  },
);
