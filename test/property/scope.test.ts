// A plan for a part: done alone it is legal and touches nothing else, and the rest can still be done.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runnableSteps } from '../../src/schedule/plan.ts';
import { scopeTest } from '../../src/schedule/scope.ts';
import { spaceAddress } from '../../src/tree/address.ts';
import type { Address } from '../../src/tree/identifier.ts';
import { effort } from '../schedule/fuzz.ts';
import { declareOutright } from './declaration.ts';
import { begin } from './journey.ts';
import { expectConverged, expectFewestWrites, expectLegal, expectSamePages, pictureOf } from './laws.ts';
import { onStage, type Planned, type Stage } from './stage.ts';
import { beginnings, commits, edited, pagesOf, type Wiki } from './wiki.ts';

const { parameters, timeoutMs } = effort(0.03);

const isDetoured = ({ plan }: Planned): boolean => plan.steps.some(({ parks }) => parks);

async function applyPart(planned: Planned, stage: Stage): Promise<void> {
  const before = pictureOf(stage.world);
  const stateBefore = stage.store.state;
  const known = new Set([...stateBefore.nodes.values()].map(({ id }) => id));
  const result = await stage.apply(planned);
  expect(result.steps.filter(({ status }) => status !== 'done')).toEqual([]);
  // Nothing but what has a step of its own has changed.
  const stepped = new Set(
    planned.plan.steps.map(({ address }) => planned.survey.match.nodes.get(address)?.id ?? address),
  );
  const now = pictureOf(stage.world);
  for (const [id, was] of before) if (!stepped.has(id as Address)) expect(now.get(id)).toEqual(was);
  // No page is forgotten that is still declared somewhere.
  const bound = new Set([...stage.store.state.nodes.values()].map(({ id }) => id));
  for (const id of known) if (planned.survey.match.addressOf.has(id)) expect(bound).toContain(id);
}

/** Each part by itself, then the rest. */
async function playParts(
  parts: (wiki: Wiki) => readonly (readonly Address[])[],
  first: Parameters<typeof begin>[1],
  edits: Parameters<typeof begin>[1],
): Promise<void> {
  await onStage({}, async (stage) => {
    const standing = await begin(stage, first);
    const wiki = edited(standing.wiki, edits);
    const desired = declareOutright(wiki, standing);
    const before = { live: pictureOf(stage.world), ids: standing.ids };
    let isDirect = true;
    stage.asked();
    for (const scope of parts(wiki)) {
      const planned = await stage.plan(desired, {}, scope);
      isDirect &&= !isDetoured(planned);
      await applyPart(planned, stage);
      const again = await stage.plan(desired, {}, scope);
      const isInScope = scopeTest(scope);
      expect(runnableSteps(again.plan).filter(({ address }) => isInScope(address))).toEqual([]);
    }
    const rest = await stage.converge(desired);
    isDirect &&= !isDetoured(rest);
    const requests = stage.asked();
    expectLegal(requests);
    expectConverged(wiki, stage);
    expectSamePages(wiki, before, stage);
    if (isDirect) expectFewestWrites(wiki, before, requests, rest.plan, stage);
  });
}

test(
  'targets one after the other, and then the rest, come to the same with the same calls',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        beginnings,
        commits,
        fc.array(fc.nat(997), { minLength: 1, maxLength: 3 }),
        (first, edits, picks) =>
          playParts(
            (wiki) => {
              const pages = pagesOf(wiki);
              return picks.flatMap((pick) => {
                const page = pages[pick % Math.max(1, pages.length)];
                return page === undefined ? [] : [[page.address]];
              });
            },
            first,
            edits,
          ),
      ),
      parameters,
    );
  },
  timeoutMs,
);

test(
  'one space after the other, in any order, comes to the same with the same calls',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        beginnings,
        commits,
        fc.shuffledSubarray(['handbook', 'projects', 'archive'], { minLength: 3 }),
        (first, edits, keys) => playParts(() => keys.map((key) => [spaceAddress(key)]), first, edits),
      ),
      parameters,
    );
  },
  timeoutMs,
);
