// A wiki through its commits: each applied over HTTP and held against the laws.

import fc from 'fast-check';
import { expect } from 'vitest';
import type { Plan } from '../../src/schedule/plan.ts';
import type { DesiredTree } from '../../src/tree/desired.ts';
import { declare, declareOutright, settled } from './declaration.ts';
import {
  aliasedIn,
  type Before,
  expectConverged,
  expectFewestWrites,
  expectHandsOff,
  expectLegal,
  expectNothingLearntAgain,
  expectNothingLost,
  expectSamePages,
  expectSettled,
  type Ids,
  idsOf,
  pictureOf,
} from './laws.ts';
import type { Stage } from './stage.ts';
import { type Edit, edited, emptyWiki, type Wiki } from './wiki.ts';

export interface Standing {
  readonly wiki: Wiki;
  readonly ids: Ids;
}

/** The first apply. */
export async function begin(
  stage: Stage,
  edits: readonly Edit[],
  keys?: readonly string[],
): Promise<Standing> {
  const wiki = edited(emptyWiki(stage.vendor, keys), edits);
  await skipHopeless(declare(wiki), stage);
  stage.asked();
  await stage.converge(declare(wiki));
  expectLegal(stage.asked());
  expectConverged(wiki, stage);
  return { wiki: settled(wiki), ids: idsOf(wiki, stage.store.state) };
}

/** A commit on what stands; `undefined` where the plan doubts, for pages nobody declared look the same. */
export function commit(
  stage: Stage,
  standing: Standing,
  edits: readonly Edit[],
): Promise<Standing | undefined> {
  return advance(stage, standing, edited(standing.wiki, edits));
}

/** Applies this wiki on what stands, and holds the result against the laws. */
export async function advance(stage: Stage, standing: Standing, wiki: Wiki): Promise<Standing | undefined> {
  const before: Before = { live: pictureOf(stage.world), ids: standing.ids };
  const bound = new Set<string>([...stage.store.state.nodes.values()].map(({ id }) => id));
  // An id can be declared only of a page that is still there.
  const ids = new Map([...standing.ids].filter(([, id]) => before.live.has(id)));
  const desired = declareOutright(wiki, { wiki: standing.wiki, ids });
  await skipHopeless(desired, stage);
  const { plan } = await stage.plan(desired);
  const doubts = plan.diagnostics.filter(({ code }) => code === 'DOUBT');
  for (const { detail } of doubts) expect(detail).toMatch(/have the title and type of/);
  if (doubts.length > 0) return undefined;
  const aliased = aliasedIn(stage.store.state);
  await stage.restart();
  stage.asked();
  const { plan: applied } = await stage.converge(desired);
  const requests = stage.asked();
  expectNothingLearntAgain(aliased, requests, stage);
  expectLegal(requests);
  expectConverged(wiki, stage);
  expectSamePages(wiki, before, stage);
  expectFewestWrites(wiki, before, requests, [applied], stage);
  expectNothingLost(before, stage);
  expectHandsOff(bound, before, stage);
  await expectSettled(wiki, stage);
  return { wiki: settled(wiki), ids: idsOf(wiki, stage.store.state) };
}

/**
 * A copy begins under its source's title; where that is taken and the space has no other page below which it
 * could be made first, it is refused, and rightly so.
 */
export async function skipHopeless(desired: DesiredTree, stage: Stage): Promise<void> {
  if (stage.vendor.capabilities.copies.title === 'given') return;
  skipIfHopeless((await stage.plan(desired)).plan);
}

/** Pages that left the manifest stay, and those that came with a copy: their titles are not free. */
export function skipIfHopeless({ steps, diagnostics }: Plan): void {
  fc.pre(!steps.some(({ blocked }) => blocked?.includes('of this type with the title') === true));
  fc.pre(!diagnostics.some(({ code, detail }) => code === 'NO_LEGAL_ORDER' && detail.includes('and title')));
}
