// Pages stay the pages they are: through reverts, through a lost state, and where nobody says what moved.

import fc from 'fast-check';
import { expect } from 'vitest';
import { hasErrors } from '../../src/diagnostic/diagnostic.ts';
import { declare, settled } from './declaration.ts';
import { drags, touchAll } from './hands.ts';
import { advance, begin, skipHopeless } from './journey.ts';
import { law } from './law.ts';
import { expectLegal, idsOf, pictureOf } from './laws.ts';
import { isWrite, onStage, type Planned, type Stage } from './stage.ts';
import { beginnings, commits, edited, pagesOf, reorganisations, type Wiki } from './wiki.ts';

law(
  'reverting a commit puts every page that it moved or renamed back, the same page under the same id',
  0.06,
  [beginnings, reorganisations],
  async (vendor, first, edits) => {
    await onStage({ vendor }, async (stage) => {
      const standing = await begin(stage, first);
      const before = pictureOf(stage.world);
      const after = await advance(stage, standing, edited(standing.wiki, edits));
      if (after === undefined) throw new Error('nothing is unmanaged here, so nothing is in doubt');
      await advance(stage, after, standing.wiki);
      expect(pictureOf(stage.world)).toEqual(before);
      expect(idsOf(standing.wiki, stage.store.state)).toEqual(standing.ids);
    });
  },
);

law(
  'a commit that says nothing of what it moved is applied to the same pages or refused, and makes no twin',
  0.06,
  [beginnings, reorganisations],
  async (vendor, first, edits) => {
    await onStage({ vendor }, async (stage) => {
      const standing = await begin(stage, first);
      const wiki = edited(standing.wiki, edits);
      const count = stage.world.nodes.size;
      await skipHopeless(declare(wiki), stage);
      const planned = await stage.plan(declare(wiki));
      if (hasErrors(planned.plan.diagnostics)) return;
      stage.asked();
      await stage.apply(planned);
      expectLegal(stage.asked());
      expect(stage.world.nodes.size - count).toBe(planned.plan.summary.createNode);
      const kept = pagesOf(wiki).filter(({ address }) => stage.store.state.nodes.has(address));
      expect(kept).toHaveLength(pagesOf(wiki).length);
      expect((await stage.plan(declare(wiki))).plan.steps).toEqual([]);
    });
  },
);

/** Whether place, title and type tell every page of the wiki from its siblings. */
function isPlain(wiki: Wiki): boolean {
  const names = pagesOf(wiki).map(({ page, parent }) => {
    return `${parent}\n${page.title}\n${page.type}\n${page.shortcutOf ?? ''}`;
  });
  return new Set(names).size === names.length;
}

law(
  'a lost state costs no write, and no page its id, where siblings can be told apart',
  0.06,
  [beginnings],
  async (vendor, first) => {
    await onStage({ vendor }, async (stage) => {
      const standing = await begin(stage, first);
      stage.store.state = vendor.nothing;
      stage.asked();
      const planned = await stage.plan(declare(standing.wiki));
      expect(stage.asked().filter(isWrite)).toEqual([]);
      expect(planned.plan.steps.filter(({ kind }) => kind !== 'create-space').length > 0).toBe(
        hasErrors(planned.plan.diagnostics),
      );
      if (isPlain(standing.wiki)) expect(planned.plan.steps).toEqual([]);
      if (hasErrors(planned.plan.diagnostics)) return;
      await stage.apply(planned);
      expect(idsOf(standing.wiki, stage.store.state)).toEqual(standing.ids);
    });
  },
);

law(
  'hands and a lost state together make no twin of a page that was read in its space',
  0.06,
  [beginnings, drags],
  async (vendor, first, touches) => {
    await onStage({ vendor }, async (stage) => {
      const { wiki, ids } = await begin(stage, first, ['handbook']);
      touchAll(stage.world, touches);
      stage.store.state = vendor.nothing;
      const { plan, survey } = await stage.plan(declare(wiki));
      if (hasErrors(plan.diagnostics) || !isPlain(wiki)) return;
      const made = new Set<string>(plan.steps.map(({ address }) => address));
      const addresses = new Map<number | undefined, string>(
        pagesOf(wiki).map(({ page, address }) => [page.uid, address]),
      );
      const twins = pagesOf(wiki).filter(({ page, address }) => {
        // A shortcut is known by its origin only, and that may lie where nobody looked.
        if (made.has(addresses.get(page.shortcutOf) ?? '')) return false;
        const was = ids.get(page.uid);
        const isFree = was !== undefined && survey.live.nodes.has(was) && !survey.match.addressOf.has(was);
        return made.has(address) && isFree;
      });
      expect(twins).toEqual([]);
    });
  },
);

law(
  'a run that was stopped between steps is finished by the next, with no page made twice',
  0.06,
  [beginnings, commits, fc.nat(12)],
  async (vendor, first, edits, steps) => {
    await onStage({ vendor }, async (stage) => {
      const standing = await begin(stage, first);
      const wiki = settled(edited(standing.wiki, edits));
      await skipHopeless(declare(wiki), stage);
      const planned = await stage.plan(declare(wiki));
      if (hasErrors(planned.plan.diagnostics) || isReplaced(planned)) return;
      const unbroken = await onStage({ vendor, snapshot: stage.snapshot() }, async (other) => {
        other.store.state = stage.store.state;
        await other.converge(declare(wiki));
        return shapeOf(wiki, other);
      });
      await stage.applySome(planned, steps);
      await stage.converge(declare(wiki));
      expect((await stage.plan(declare(wiki))).plan.steps).toEqual([]);
      expect(shapeOf(wiki, stage)).toEqual(unbroken);
    });
  },
);

/**
 * Whether a page that left looks like one that is new beside it, and not to it alone. Both are new then; a run
 * that begins when the old one is forgotten already takes it for one of them.
 */
function isReplaced({ plan, state }: Planned): boolean {
  const left = plan.forgotten.flatMap((address) => state.nodes.get(address) ?? []);
  return left.some(({ parent, title, type }) =>
    plan.steps.some((step) => {
      const isNew = step.kind === 'create-node' || step.kind === 'copy-node';
      return isNew && step.parent === parent && step.title === title && step.type === type;
    }),
  );
}

/** Every page by what is written in it, and where: ids of new pages differ from run to run. */
function shapeOf(wiki: Wiki, stage: Stage): unknown {
  const names = new Map<string, string>();
  for (const { page, address } of pagesOf(wiki)) {
    const id = stage.store.state.nodes.get(address)?.id;
    if (id !== undefined) names.set(id, `page ${page.uid}`);
  }
  const pages = [...pictureOf(stage.world)].map(([id, { parent, title, type }]) => {
    return `${names.get(id) ?? id}: ${title} (${type}) below ${names.get(parent) ?? parent}`;
  });
  return pages.sort();
}
