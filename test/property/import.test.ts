// Taking over: whatever stands in a wiki, the manifest that is written for it is valid and laid out
// canonically, the plan with the state is empty, and the plan without it adopts and does nothing else. What
// no manifest of the vendor can hold is left out, and said.

import fc from 'fast-check';
import { expect } from 'vitest';
import { takeOver } from '../../src/diff/takeover.ts';
import { format } from '../../src/manifest/write/format.ts';
import { manifestText } from '../../src/manifest/write/manifest-text.ts';
import type { SeedNode, SeedSpace } from '../../src/provider/emulator/seed.ts';
import type { WorldNode } from '../../src/provider/emulator/world.ts';
import { readWhole } from '../../src/survey/whole.ts';
import type { NameRules } from '../../src/tree/capability.ts';
import { spaceId } from '../../src/tree/identifier.ts';
import { awkwardTitles } from '../manifest/awkward-title.ts';
import { compileText } from '../manifest/memory-files.ts';
import type { VendorUnderTest } from '../vendor.ts';
import { law } from './law.ts';
import { onStage, type Stage } from './stage.ts';

interface Page {
  readonly title: string;
  /** Picks one of the vendor's. */
  readonly type: number;
  readonly shortcutTo: number | undefined;
  readonly children: readonly Page[];
}

/** Few usual ones, so that siblings share them. */
const titles = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom('Overview', 'Overview 2', 'Notes', 'Notes.adoc', '', 'a/b', 'a\\/b'),
  },
  { weight: 2, arbitrary: fc.constantFrom(...awkwardTitles) },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'binary', maxLength: 12 }).filter((title) => title === '' || isTitle(title)),
  },
);

const isTitle = (title: string): boolean => title.trim() !== '' && !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(title);

const pagesOf = (levels: number): fc.Arbitrary<readonly Page[]> =>
  fc.array(
    fc.record<Page>({
      title: titles,
      type: fc.nat(40),
      shortcutTo: fc.option(fc.nat(40), { nil: undefined, freq: 4 }),
      children: levels === 1 ? fc.constant([]) : pagesOf(levels - 1),
    }),
    { maxLength: levels + 2 },
  );

const wikis = fc.array(pagesOf(4), { minLength: 1, maxLength: 3 });

/** One that a vendor may come up with. */
const novelty = 'hologram';

/** Shortcuts lead to any page of its own that stands earlier. */
function seeds(
  wiki: readonly (readonly Page[])[],
  { everyType, capabilities }: VendorUnderTest,
): SeedSpace[] {
  const types = [...everyType, novelty];
  const origins: string[] = [];
  let made = 0;
  const seed = ({ title, type: pick, shortcutTo, children }: Page): SeedNode => {
    made += 1;
    const id = `wikcn${made}`;
    const isPage = shortcutTo === undefined || !capabilities.shortcuts.create;
    const origin = isPage ? undefined : origins[shortcutTo % Math.max(1, origins.length)];
    if (origin !== undefined) return { title, id, shortcut: origin };
    const type = types[pick % types.length] ?? novelty;
    if (type !== novelty) origins.push(id);
    return { title, type, id, children: children.map(seed) };
  };
  return wiki.map((top, index) => ({ name: `Space ${index % 2}`, nodes: top.map(seed) }));
}

/** Pages that no manifest can hold, the topmost of each branch, as far down as is imported. */
function undeclarable({ world, vendor }: Stage, depth = Number.POSITIVE_INFINITY): WorldNode[] {
  const { types, names } = vendor.capabilities;
  const visit = (nodes: readonly WorldNode[], level: number): WorldNode[] =>
    level > depth
      ? []
      : nodes.flatMap((node) =>
          (node.kind === 'shortcut' || types[node.type] !== undefined) && isTaken(node.title, names)
            ? visit(node.children, level + 1)
            : [node],
        );
  return world.spaces.flatMap(({ roots }) => visit(roots, 1));
}

function isTaken(title: string, names: NameRules): boolean {
  if (title === '') return names.mayBeEmpty;
  const holds = (sign: string): boolean => title.includes(sign);
  const endsWith = (sign: string): boolean => title.endsWith(sign);
  return (
    !names.forbidden.some(holds) &&
    !names.forbiddenLast.some(endsWith) &&
    (names.keepsBlanks || title === title.trim())
  );
}

async function imported({ world, provider, vendor }: Stage, depth: number | undefined) {
  const spaces = world.spaces.map(({ id }) => spaceId(id));
  const { live } = await readWhole({ spaces, provider, depth });
  const taken = takeOver({
    live,
    spaces,
    capabilities: vendor.capabilities,
    takenKeys: new Set(),
    known: new Map(),
  });
  const outlines = taken.spaces.map(({ outline }) => outline);
  const text = manifestText({ provider: vendor.kind, baseUrl: undefined, include: [], spaces: outlines });
  return { taken, text };
}

law(
  'nothing is left to do, with the state and without it',
  0.04,
  [wikis, fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined })],
  async (vendor, wiki, depth) => {
    await onStage({ vendor, spaces: seeds(wiki, vendor), siblingOrder: 'shuffled' }, async (stage) => {
      const { taken, text } = await imported(stage, depth);
      const left = undeclarable(stage, depth);
      expect(taken.diagnostics.map(({ code }) => code)).toEqual(left.map(() => 'PAGE_NOT_IMPORTED'));
      const formatted = format('wikiform.yaml', text);
      expect(formatted).toEqual({ kind: 'formatted', text });
      const { manifest, diagnostics } = compileText(text);
      expect(diagnostics).toEqual([]);
      if (manifest === undefined) throw new Error('no manifest');
      const state = {
        ...vendor.nothing,
        spaces: taken.spaceBindings,
        nodes: taken.nodeBindings,
      };
      for (const remembered of [state, vendor.nothing]) {
        stage.store.state = remembered;
        const { plan } = await stage.plan(manifest.desired);
        expect(plan.diagnostics).toEqual([]);
        expect(plan.steps).toEqual([]);
        if (depth === undefined) expect(plan.summary.unmanaged).toBe(left.length);
        expect(plan.summary.adopt).toBe(
          remembered === state ? 0 : plan.summary.unchanged + plan.adopted.length,
        );
      }
    });
  },
);
