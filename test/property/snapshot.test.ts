// A plan from a snapshot is the plan from the wiki, whatever was done to either tree since.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { feishuCapabilities } from '../../src/provider/feishu/capability.ts';
import { parseSnapshot } from '../../src/provider/snapshot/snapshot-parse.ts';
import { snapshotProvider } from '../../src/provider/snapshot/snapshot-provider.ts';
import { printSnapshot } from '../../src/provider/snapshot/snapshot-text.ts';
import { planToJson } from '../../src/render/plan-json.ts';
import { takeSnapshot } from '../../src/survey/snapshot.ts';
import { effort } from '../schedule/fuzz.ts';
import { declare } from './declaration.ts';
import { touchAll, touches } from './hands.ts';
import { begin } from './journey.ts';
import { onStage } from './stage.ts';
import { beginnings, commits, edited } from './wiki.ts';

const { parameters, timeoutMs } = effort(0.04);

test(
  'a plan from a snapshot, of the same manifest or a later one, is the plan from the wiki',
  async () => {
    await fc.assert(
      fc.asyncProperty(beginnings, touches, commits, async (first, made, edits) => {
        await onStage({ spaces: [{ name: 'Elsewhere', nodes: ['Theirs'] }] }, async (stage) => {
          const standing = await begin(stage, first);
          touchAll(stage.world, made);
          const desired = declare(standing.wiki);
          const { snapshot } = await takeSnapshot(stage.inputFor(desired), 'feishu');
          const parsed = parseSnapshot(printSnapshot(snapshot));
          if (parsed.kind !== 'snapshot') throw new Error(JSON.stringify(parsed));
          const provider = snapshotProvider(parsed.snapshot, 'live.json', feishuCapabilities);
          for (const next of [desired, declare(edited(standing.wiki, edits))]) {
            const fromWiki = planToJson((await stage.plan(next)).plan);
            stage.asked();
            const fromFile = planToJson((await stage.plan(next, { provider })).plan);
            expect(stage.asked()).toEqual([]);
            expect(JSON.stringify(fromFile)).toBe(JSON.stringify(fromWiki));
          }
        });
      }),
      parameters,
    );
  },
  timeoutMs,
);
