// What is read and how often, what a broken listing may do, and that the plan depends on no order.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planToJson } from '../../src/render/plan-json.ts';
import { declare, declareOutright } from './declaration.ts';
import { touchAll, touches } from './hands.ts';
import { begin } from './journey.ts';
import { expectConverged, expectFewestReads, pictureOf } from './laws.ts';
import { onStage, type Stage } from './stage.ts';
import { beginnings, commits, edited, pagesOf } from './wiki.ts';

const elsewhere = [
  {
    name: 'Not declared',
    nodes: ['Somebody else’s', { title: 'More', children: [{ title: 'Below', children: ['Deep'] }] }],
  },
];

test('a parent that is declared, bound or carried is listed once, a page of children at a time, and no other', async () => {
  await fc.assert(
    fc.asyncProperty(beginnings, touches, commits, async (first, made, edits) => {
      await onStage({ spaces: elsewhere, pageSize: 50 }, async (stage) => {
        const standing = await begin(stage, first);
        touchAll(stage.world, made);
        stage.asked();
        const planned = await stage.plan(
          declareOutright(edited(standing.wiki, edits), alive(standing, stage)),
        );
        expectFewestReads(planned, stage.asked(), stage, 50);
      });
    }),
    { numRuns: 60 },
  );
}, 60_000);

test('a second plan lists each parent with children once, page by page', async () => {
  await fc.assert(
    fc.asyncProperty(beginnings, fc.integer({ min: 2, max: 5 }), async (first, pageSize) => {
      await onStage({ pageSize }, async (stage) => {
        const { wiki } = await begin(stage, first);
        stage.asked();
        const planned = await stage.plan(declare(wiki));
        const requests = stage.asked();
        expect(planned.plan.steps).toEqual([]);
        expectFewestReads(planned, requests, stage, pageSize);
        const others = requests.filter(({ endpoint }) => !['list-nodes', 'get-space'].includes(endpoint));
        expect(others).toEqual([]);
        expect(planned.plan.estimate.readCalls).toBe(requests.length);
      });
    }),
    { numRuns: 40 },
  );
}, 60_000);

test('listings that repeat and miss pages make no twin and move nothing', async () => {
  const chances = (probability: number) => [
    { probability, fault: { kind: 'repeat' } as const, endpoints: ['list-nodes'] },
    { probability, fault: { kind: 'miss' } as const, endpoints: ['list-nodes'] },
  ];
  await fc.assert(
    fc.asyncProperty(beginnings, commits, fc.nat(), async (first, edits, seed) => {
      await onStage({ pageSize: 2, faults: { seed, chances: chances(0.4) } }, async (stage) => {
        const standing = await begin(stage, first);
        const before = pictureOf(stage.world);
        const again = await stage.plan(declare(standing.wiki));
        expect(again.plan.steps).toEqual([]);
        const wiki = edited(standing.wiki, edits);
        await stage.converge(declareOutright(wiki, standing));
        expectConverged(wiki, stage);
        const added = pagesOf(wiki).filter(({ page }) => !standing.ids.has(page.uid)).length;
        expect(stage.world.nodes.size - before.size).toBe(added);
      });
    }),
    { numRuns: 60 },
  );
}, 60_000);

test('the same wiki, manifest and state make the same plan to the byte, in whatever order the wiki answers', async () => {
  await fc.assert(
    fc.asyncProperty(
      beginnings,
      touches,
      commits,
      fc.integer({ min: 2, max: 50 }),
      async (first, made, edits, pageSize) => {
        await onStage({ spaces: elsewhere }, async (stage) => {
          const standing = await begin(stage, first);
          touchAll(stage.world, made);
          const desired = declareOutright(edited(standing.wiki, edits), alive(standing, stage));
          const { state } = stage.store;
          const backwards = { ...state, nodes: new Map([...state.nodes].reverse()) };
          const bytes = async (
            options: Parameters<typeof onStage>[0],
            memory: typeof state,
          ): Promise<string> =>
            onStage({ snapshot: stage.snapshot(), ...options }, async (other) => {
              other.store.state = memory;
              const document = planToJson((await other.plan(desired)).plan);
              return JSON.stringify({
                ...document,
                estimate: { ...document.estimate, readCalls: 0, seconds: 0 },
              });
            });
          const plain = await bytes({}, state);
          expect(await bytes({}, state)).toBe(plain);
          expect(await bytes({ siblingOrder: 'shuffled' }, state)).toBe(plain);
          expect(await bytes({ pageSize }, backwards)).toBe(plain);
        });
      },
    ),
    { numRuns: 40 },
  );
}, 60_000);

/** Only pages that still stand can be named by id. */
function alive({ wiki, ids }: Awaited<ReturnType<typeof begin>>, stage: Stage) {
  return { wiki, ids: new Map([...ids].filter(([, id]) => stage.world.nodes.has(id))) };
}
