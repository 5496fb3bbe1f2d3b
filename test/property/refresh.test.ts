// Believing what is remembered: the same plan while nobody changes the wiki, for calls in proportion to
// the change; and whoever did change it, nothing is made twice.

import fc from 'fast-check';
import { expect } from 'vitest';
import { hasErrors } from '../../src/diagnostic/diagnostic.ts';
import { spaceAddress } from '../../src/tree/address.ts';
import { declareOutright } from './declaration.ts';
import { drags, touchAll, touches } from './hands.ts';
import { begin, skipHopeless } from './journey.ts';
import { law } from './law.ts';
import { expectConverged, expectForetold, expectLegal, expectSamePages, pictureOf } from './laws.ts';
import { onStage, type Planned, tally } from './stage.ts';
import { beginnings, commits, edited, pagesOf } from './wiki.ts';

/** What a plan does; how much of the wiki was read for it, and so is told of it, is another matter. */
function essence({ plan }: Planned): unknown {
  const { digest, adopted, forgotten, archived } = plan;
  const { unmanaged: _, ...summary } = plan.summary;
  const diagnostics = plan.diagnostics.filter(({ code }) => code !== 'COPY_BRINGS_MORE');
  const steps = plan.steps.map(({ extras, reason, ...step }) => ({
    ...step,
    reason: extras === undefined ? reason : reason.replace(/, with (the page|\d+ pages) below it/, ''),
  }));
  return { steps, digest, adopted, forgotten, archived, diagnostics, summary };
}

const added = drags.map((made) => made.filter(({ verb }) => verb === 'add'));

law(
  'while nobody moves or renames anything, the plan is the one that reading everything makes',
  0.035,
  [beginnings, added, commits],
  async (vendor, first, made, edits) => {
    await onStage({ vendor, pageSize: 50 }, async (stage) => {
      const standing = await begin(stage, first);
      touchAll(stage.world, made);
      stage.asked();
      const quiet = await stage.plan(declareOutright(standing.wiki, standing), {}, undefined, 'touched');
      expect(quiet.plan.steps).toEqual([]);
      expect(stage.asked()).toEqual([]);
      const desired = declareOutright(edited(standing.wiki, edits), standing);
      const all = await stage.plan(desired);
      await stage.restart();
      stage.asked();
      const touched = await stage.plan(desired, {}, undefined, 'touched');
      expect(essence(touched)).toEqual(essence(all));
      if (hasErrors(touched.plan.diagnostics)) return;
      await stage.apply(touched);
      // Steps that need not wait for each other are counted in the plan's order and done in any: a page that moves
      // before another has left it is a branch still, and ends with a task more; or the other way round.
      const moves = touched.plan.steps.filter(({ kind }) => kind === 'move-node').length;
      const most = vendor.capabilities.tasks !== undefined && moves > 1 ? 1 : 0;
      expectForetold(touched.plan, stage.asked(), stage, most);
    });
  },
);

law(
  'a plan for one space is the same whether the others are read or believed',
  0.035,
  [beginnings, commits, fc.constantFrom('handbook', 'projects', 'archive')],
  async (vendor, first, edits, key) => {
    await onStage({ vendor, pageSize: 50 }, async (stage) => {
      const standing = await begin(stage, first);
      const desired = declareOutright(edited(standing.wiki, edits), standing);
      const scope = [spaceAddress(key)];
      const believing = await stage.plan(desired, {}, scope);
      const reading = await stage.plan(desired, { provider: stage.provider }, scope);
      expect(essence(believing)).toEqual(essence(reading));
    });
  },
);

law(
  'whatever people did, nothing is made twice, and the next full plan puts right what was not looked at',
  0.035,
  [beginnings, touches, commits],
  async (vendor, first, made, edits) => {
    await onStage({ vendor, pageSize: 50 }, async (stage) => {
      const standing = await begin(stage, first);
      touchAll(stage.world, made);
      const live = pictureOf(stage.world);
      const alive = new Map([...standing.ids].filter(([, id]) => live.has(id)));
      const wiki = edited(standing.wiki, edits);
      const desired = declareOutright(wiki, { wiki: standing.wiki, ids: alive });
      const touched = await stage.plan(desired, {}, undefined, 'touched');
      if (touched.plan.diagnostics.some(({ severity }) => severity === 'error')) return;
      stage.asked();
      await stage.apply(touched);
      const full = await stage.plan(desired);
      if (full.plan.diagnostics.some(({ severity }) => severity === 'error')) return;
      // What came with a copy and nobody declared may bear the title of a page that is to lie beside it.
      await skipHopeless(desired, stage);
      await stage.converge(desired);
      const requests = stage.asked();
      expectConverged(wiki, stage);
      expectSamePages(wiki, { live, ids: alive }, stage);
      const calls = tally(requests.filter(({ code }) => code === 0));
      expectLegal(requests);
      const makings = (calls['create-node'] ?? 0) + (calls['copy-node'] ?? 0);
      const ids = new Set(alive.keys());
      expect(makings).toBeLessThanOrEqual(pagesOf(wiki).filter(({ page }) => !ids.has(page.uid)).length);
    });
  },
);
