// A plan from a snapshot is the plan from the wiki, whatever was done to either tree since.

import { expect } from 'vitest';
import { parseSnapshot } from '../../src/provider/snapshot/snapshot-parse.ts';
import { snapshotProvider } from '../../src/provider/snapshot/snapshot-provider.ts';
import { printSnapshot } from '../../src/provider/snapshot/snapshot-text.ts';
import { type PlanDocument, planToJson } from '../../src/render/plan-json.ts';
import { takeSnapshot } from '../../src/survey/snapshot.ts';
import { declare } from './declaration.ts';
import { touchAll, touches } from './hands.ts';
import { begin } from './journey.ts';
import { law } from './law.ts';
import { onStage } from './stage.ts';
import { beginnings, commits, edited } from './wiki.ts';

law(
  'a plan from a snapshot, of the same manifest or a later one, is the plan from the wiki',
  0.04,
  [beginnings, touches, commits],
  async (vendor, first, made, edits) => {
    await onStage({ vendor, spaces: [{ name: 'Elsewhere', nodes: ['Theirs'] }] }, async (stage) => {
      const standing = await begin(stage, first);
      touchAll(stage.world, made);
      const desired = declare(standing.wiki);
      const { snapshot } = await takeSnapshot(stage.inputFor(desired), vendor.kind);
      const parsed = parseSnapshot(printSnapshot(snapshot));
      if (parsed.kind !== 'snapshot') throw new Error(JSON.stringify(parsed));
      const provider = snapshotProvider(parsed.snapshot, 'live.json', vendor.capabilities);
      for (const next of [desired, declare(edited(standing.wiki, edits))]) {
        const fromWiki = planToJson((await stage.plan(next)).plan);
        stage.asked();
        const fromFile = planToJson((await stage.plan(next, { provider })).plan);
        expect(stage.asked()).toEqual([]);
        const show = isFarAway(fromWiki) ? withoutPlaces : (plan: PlanDocument) => plan;
        expect(JSON.stringify(show(fromFile))).toBe(JSON.stringify(show(fromWiki)));
      }
    });
  },
);

/**
 * Whether a page was found by its id where the vendor does not tell what it lies below: the wiki is not read for
 * the sake of a name, and a picture of all of it has it.
 */
const isFarAway = ({ steps }: PlanDocument): boolean =>
  steps.some(({ before }) => before?.address.includes('/…') === true);

/** The plan without what pages are called where they are now, and the digest of it. */
const withoutPlaces = ({ digest: _, steps, ...plan }: PlanDocument): unknown => ({
  ...plan,
  steps: steps.map(({ before: _before, reason: _reason, ...step }) => step),
});
