// A plan for a part: done alone it is legal and touches nothing else, and the rest can still be done.

import fc from 'fast-check';
import { expect } from 'vitest';
import { type Plan, runnableSteps } from '../../src/schedule/plan.ts';
import { scopeTest } from '../../src/schedule/scope.ts';
import { spaceAddress } from '../../src/tree/address.ts';
import type { Address } from '../../src/tree/identifier.ts';
import type { VendorUnderTest } from '../vendor.ts';
import { declareOutright } from './declaration.ts';
import { begin, skipHopeless } from './journey.ts';
import { law } from './law.ts';
import { expectConverged, expectFewestWrites, expectLegal, expectSamePages, pictureOf } from './laws.ts';
import { onStage, type Planned, type Stage } from './stage.ts';
import { beginnings, commits, edited, pagesOf, spaceKeys, type Wiki } from './wiki.ts';

const isDetoured = ({ steps }: Plan): boolean => steps.some(({ parks }) => parks);

async function applyPart(planned: Planned, stage: Stage): Promise<void> {
  const before = pictureOf(stage.world);
  const stateBefore = stage.store.state;
  const known = new Set([...stateBefore.nodes.values()].map(({ id }) => id));
  const result = await stage.apply(planned);
  const failed = result.steps.filter(({ status }) => status !== 'done');
  // What cannot be promised: that a page which comes from a space left out has no sibling there, which nobody
  // read, of the name that it is to have.
  const isFromUnread = ({ step, error }: (typeof failed)[number]): boolean =>
    step.before?.address.includes('/…') === true && error?.message.includes('name exists already') === true;
  fc.pre(!failed.some(isFromUnread));
  expect(failed).toEqual([]);
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
  vendor: VendorUnderTest,
  parts: (wiki: Wiki) => readonly (readonly Address[])[],
  first: Parameters<typeof begin>[1],
  edits: Parameters<typeof begin>[1],
): Promise<void> {
  await onStage({ vendor }, async (stage) => {
    const standing = await begin(stage, first);
    const wiki = edited(standing.wiki, edits);
    const desired = declareOutright(wiki, standing);
    const before = { live: pictureOf(stage.world), ids: standing.ids };
    await skipHopeless(desired, stage);
    // What cannot be promised: a copy begins with its source's title, and brings what lies below it then. Once
    // a part has moved the source, or left pages below it, there may be no place for the copy or for those.
    const isCopying = pagesOf(wiki).some(({ page }) => page.copyOf !== undefined);
    const plans: Plan[] = [];
    stage.asked();
    for (const scope of parts(wiki)) {
      if (isCopying) await skipHopeless(desired, stage);
      const planned = await stage.plan(desired, {}, scope);
      if (!isCopying)
        expect(planned.plan.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      plans.push(planned.plan);
      await applyPart(planned, stage);
      const again = await stage.plan(desired, {}, scope);
      const isInScope = scopeTest(scope);
      expect(runnableSteps(again.plan).filter(({ address }) => isInScope(address))).toEqual([]);
    }
    if (isCopying) await skipHopeless(desired, stage);
    const rest = await stage.converge(desired);
    plans.push(rest.plan);
    const requests = stage.asked();
    expectLegal(requests);
    expectConverged(wiki, stage);
    expectSamePages(wiki, before, stage);
    if (!plans.some(isDetoured)) expectFewestWrites(wiki, before, requests, plans, stage);
  });
}

law(
  'targets one after the other, and then the rest, come to the same with the same calls',
  0.03,
  [beginnings, commits, fc.array(fc.nat(997), { minLength: 1, maxLength: 3 })],
  (vendor, first, edits, picks) => {
    const parts = (wiki: Wiki): Address[][] => {
      const pages = pagesOf(wiki);
      return picks.flatMap((pick) => {
        const page = pages[pick % Math.max(1, pages.length)];
        return page === undefined ? [] : [[page.address]];
      });
    };
    return playParts(vendor, parts, first, edits);
  },
);

law(
  'one space after the other, in any order, comes to the same with the same calls',
  0.03,
  [beginnings, commits, fc.shuffledSubarray(spaceKeys, { minLength: 3 })],
  (vendor, first, edits, keys) =>
    playParts(vendor, () => keys.map((key) => [spaceAddress(key)]), first, edits),
);
