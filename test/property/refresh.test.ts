// Believing what is remembered: the same plan while nobody changes the wiki, for calls in proportion to
// the change; and whoever did change it, nothing is made twice.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spaceAddress } from '../../src/tree/address.ts';
import { effort } from '../schedule/fuzz.ts';
import { declareOutright } from './declaration.ts';
import { drags, touchAll, touches } from './hands.ts';
import { begin } from './journey.ts';
import { expectConverged, expectLegal, expectSamePages, pictureOf } from './laws.ts';
import { onStage, type Planned, tally } from './stage.ts';
import { beginnings, commits, edited, pagesOf } from './wiki.ts';

const { parameters, timeoutMs } = effort(0.035);

/** What a plan does; how much of the wiki was read for it is another matter. */
function essence({ plan }: Planned): unknown {
  const { steps, digest, adopted, forgotten, archived, diagnostics } = plan;
  const { unmanaged: _, ...summary } = plan.summary;
  return { steps, digest, adopted, forgotten, archived, diagnostics, summary };
}

const added = drags.map((made) => made.filter(({ verb }) => verb === 'add'));

test(
  'while nobody moves or renames anything, the plan is the one that reading everything makes',
  async () => {
    await fc.assert(
      fc.asyncProperty(beginnings, added, commits, async (first, made, edits) => {
        await onStage({ pageSize: 50 }, async (stage) => {
          const standing = await begin(stage, first);
          touchAll(stage.world, made);
          stage.asked();
          const quiet = await stage.plan(declareOutright(standing.wiki, standing), {}, undefined, 'touched');
          expect(quiet.plan.steps).toEqual([]);
          expect(stage.asked()).toEqual([]);
          const desired = declareOutright(edited(standing.wiki, edits), standing);
          const touched = await stage.plan(desired, {}, undefined, 'touched');
          const some = stage.asked().length;
          expect(touched.plan.estimate.readCalls).toBe(some);
          const all = await stage.plan(desired);
          expect(essence(touched)).toEqual(essence(all));
        });
      }),
      parameters,
    );
  },
  timeoutMs,
);

test(
  'a plan for one space is the same whether the others are read or believed',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        beginnings,
        commits,
        fc.constantFrom('handbook', 'projects', 'archive'),
        async (first, edits, key) => {
          await onStage({ pageSize: 50 }, async (stage) => {
            const standing = await begin(stage, first);
            const desired = declareOutright(edited(standing.wiki, edits), standing);
            const scope = [spaceAddress(key)];
            const believing = await stage.plan(desired, {}, scope);
            const reading = await stage.plan(desired, { provider: stage.provider }, scope);
            expect(essence(believing)).toEqual(essence(reading));
          });
        },
      ),
      parameters,
    );
  },
  timeoutMs,
);

test(
  'whatever people did, nothing is made twice, and the next full plan puts right what was not looked at',
  async () => {
    await fc.assert(
      fc.asyncProperty(beginnings, touches, commits, async (first, made, edits) => {
        await onStage({ pageSize: 50 }, async (stage) => {
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
      }),
      parameters,
    );
  },
  timeoutMs,
);
