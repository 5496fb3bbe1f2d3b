// What is read and how often, what a broken listing may do, and that the plan depends on no order.

import fc from 'fast-check';
import { expect } from 'vitest';
import { planToJson } from '../../src/render/plan-json.ts';
import type { Plan } from '../../src/schedule/plan.ts';
import type { DesiredTree } from '../../src/tree/desired.ts';
import { declare, declareOutright } from './declaration.ts';
import { touchAll, touches } from './hands.ts';
import { begin, skipIfHopeless } from './journey.ts';
import { law } from './law.ts';
import { expectConverged, expectFewestReads, expectForetold, expectNoTwins, pictureOf } from './laws.ts';
import { onStage, type Stage, type StageOptions } from './stage.ts';
import { beginnings, commits, edited } from './wiki.ts';

const elsewhere = [
  {
    name: 'Not declared',
    nodes: ['Somebody else’s', { title: 'More', children: [{ title: 'Below', children: ['Deep'] }] }],
  },
];

law(
  'a parent that is declared, bound or carried is listed once, a page of children at a time, and no other',
  0.06,
  [beginnings, touches, commits],
  async (vendor, first, made, edits) => {
    await onStage({ vendor, spaces: elsewhere, pageSize: 50 }, async (stage) => {
      const standing = await begin(stage, first);
      touchAll(stage.world, made);
      stage.asked();
      const planned = await stage.plan(declareOutright(edited(standing.wiki, edits), alive(standing, stage)));
      expectFewestReads(planned, stage.asked(), stage, 50);
    });
  },
);

law(
  'a second plan lists each parent with children once, page by page',
  0.04,
  [beginnings, fc.integer({ min: 2, max: 5 })],
  async (vendor, first, pageSize) => {
    await onStage({ vendor, pageSize }, async (stage) => {
      const { wiki } = await begin(stage, first);
      await stage.restart();
      stage.asked();
      const planned = await stage.plan(declare(wiki));
      const requests = stage.asked();
      expect(planned.plan.steps).toEqual([]);
      expectFewestReads(planned, requests, stage, pageSize);
      const reads = ['list-nodes', 'get-space', 'access-token', 'tenant-token'];
      expect(requests.filter(({ endpoint }) => !reads.includes(endpoint))).toEqual([]);
      expectForetold(planned.plan, requests, stage);
    });
  },
);

const chances = (probability: number) => [
  { probability, fault: { kind: 'repeat' } as const, endpoints: ['list-nodes'] },
  { probability, fault: { kind: 'miss' } as const, endpoints: ['list-nodes'] },
];
law(
  'listings that repeat and miss pages make no twin and move nothing',
  0.06,
  [beginnings, commits, fc.nat()],
  async (vendor, first, edits, seed) => {
    await onStage({ vendor, pageSize: 2, faults: { seed, chances: chances(0.4) } }, async (stage) => {
      const standing = await begin(stage, first).catch(skipIfMissed);
      const before = pictureOf(stage.world);
      const { steps } = (await stage.plan(declare(standing.wiki))).plan;
      // A page that two listings missed looks dragged away, where no call tells what it lies below: it is
      // moved to where it stands, which changes nothing.
      const { tellsParent } = vendor.capabilities;
      expect(steps.filter(({ kind }) => tellsParent || kind !== 'move-node')).toEqual([]);
      const wiki = edited(standing.wiki, edits);
      const desired = declareOutright(wiki, standing);
      const plans = await convergeAtLast(desired, stage);
      expectConverged(wiki, stage);
      expectNoTwins(before, plans, stage);
    });
  },
);

/** What came with a copy and was missed by its listings leaves the copy unclear; the run says so and ends. */
function skipIfMissed(error: unknown): never {
  fc.pre(!String(error).includes('what came with it cannot be seen yet'));
  throw error;
}

/**
 * Where siblings may not share a name, a page that two listings missed has its own all the same, and the vendor
 * refuses to put another of that name beside it; and what came with a copy may be missed as well. The run says so,
 * and the next one mostly sees it.
 */
async function convergeAtLast(desired: DesiredTree, stage: Stage): Promise<readonly Plan[]> {
  const plans: Plan[] = [];
  for (let run = 0; run < 5; run += 1) {
    const planned = await stage.plan(desired);
    if (stage.vendor.capabilities.copies.title !== 'given') skipIfHopeless(planned.plan);
    plans.push(planned.plan);
    expect(planned.plan.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    const { steps } = await stage.apply(planned);
    if (steps.every(({ status }) => status === 'done')) return plans;
    const messages = steps.flatMap(({ error }) => error?.message ?? []);
    expect(messages).toContainEqual(
      expect.stringMatching(/a node of this name exists already|what came with it cannot be seen yet/),
    );
  }
  throw new Error('five runs in a row met a name that no listing showed');
}

law(
  'the same wiki, manifest and state make the same plan to the byte, in whatever order the wiki answers',
  0.04,
  [beginnings, touches, commits, fc.integer({ min: 2, max: 50 })],
  async (vendor, first, made, edits, pageSize) => {
    await onStage({ vendor, spaces: elsewhere }, async (stage) => {
      const standing = await begin(stage, first);
      touchAll(stage.world, made);
      const desired = declareOutright(edited(standing.wiki, edits), alive(standing, stage));
      const { state } = stage.store;
      const backwards = { ...state, nodes: new Map([...state.nodes].reverse()) };
      const bytes = async (options: StageOptions, memory: typeof state): Promise<string> =>
        onStage({ vendor, snapshot: stage.snapshot(), ...options }, async (other) => {
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
);

/** Only pages that still stand can be named by id. */
function alive({ wiki, ids }: Awaited<ReturnType<typeof begin>>, stage: Stage) {
  return { wiki, ids: new Map([...ids].filter(([, id]) => stage.world.nodes.has(id))) };
}
