// Taking over: whatever stands in a wiki, the manifest that is written for it is valid and laid out
// canonically, the plan with the state is empty, and the plan without it adopts and does nothing else.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { takeOver } from '../../src/diff/takeover.ts';
import { format } from '../../src/manifest/write/format.ts';
import { manifestText } from '../../src/manifest/write/manifest-text.ts';
import type { SeedNode, SeedSpace } from '../../src/provider/emulator/seed.ts';
import { feishuCapabilities } from '../../src/provider/feishu/capability.ts';
import { emptyState } from '../../src/state/state.ts';
import { readWhole } from '../../src/survey/whole.ts';
import { spaceId } from '../../src/tree/identifier.ts';
import { awkwardTitles } from '../manifest/awkward-title.ts';
import { compileText } from '../manifest/memory-files.ts';
import { effort } from '../schedule/fuzz.ts';
import { onStage, type Stage } from './stage.ts';

const { parameters, timeoutMs } = effort(0.04);

interface Page {
  readonly title: string;
  readonly type: string;
  readonly shortcutTo: number | undefined;
  readonly children: readonly Page[];
}

/** Few usual ones, so that siblings share them. */
const titles = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('Overview', 'Overview 2', 'Notes', '', 'a/b', 'a\\/b') },
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
      type: fc.constantFrom('docx', 'docx', 'docx', 'sheet', 'doc', 'file'),
      shortcutTo: fc.option(fc.nat(40), { nil: undefined, freq: 4 }),
      children: levels === 1 ? fc.constant([]) : pagesOf(levels - 1),
    }),
    { maxLength: levels + 2 },
  );

const wikis = fc.array(pagesOf(4), { minLength: 1, maxLength: 3 });

/** Shortcuts lead to any page of its own that stands earlier. */
function seeds(wiki: readonly (readonly Page[])[]): SeedSpace[] {
  const origins: string[] = [];
  let made = 0;
  const seed = ({ title, type, shortcutTo, children }: Page): SeedNode => {
    made += 1;
    const id = `wikcn${made}`;
    const origin = shortcutTo === undefined ? undefined : origins[shortcutTo % Math.max(1, origins.length)];
    if (origin !== undefined) return { title, id, shortcut: origin };
    origins.push(id);
    return { title, type, id, children: children.map(seed) };
  };
  return wiki.map((top, index) => ({ name: `Space ${index % 2}`, nodes: top.map(seed) }));
}

async function imported({ world, provider }: Stage, depth: number | undefined) {
  const spaces = world.spaces.map(({ id }) => spaceId(id));
  const { live } = await readWhole({ spaces, provider, depth });
  const taken = takeOver({
    live,
    spaces,
    capabilities: feishuCapabilities,
    takenKeys: new Set(),
    known: new Map(),
  });
  const outlines = taken.spaces.map(({ outline }) => outline);
  const text = manifestText({ provider: 'feishu', baseUrl: undefined, include: [], spaces: outlines });
  return { taken, text };
}

test(
  'nothing is left to do, with the state and without it',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        wikis,
        fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
        async (wiki, depth) => {
          await onStage({ spaces: seeds(wiki), siblingOrder: 'shuffled' }, async (stage) => {
            const { taken, text } = await imported(stage, depth);
            expect(taken.diagnostics).toEqual([]);
            const formatted = format('wikiform.yaml', text);
            expect(formatted).toEqual({ kind: 'formatted', text });
            const { manifest, diagnostics } = compileText(text);
            expect(diagnostics).toEqual([]);
            if (manifest === undefined) throw new Error('no manifest');
            const state = {
              ...emptyState('feishu', 'user'),
              spaces: taken.spaceBindings,
              nodes: taken.nodeBindings,
            };
            for (const remembered of [state, emptyState('feishu', 'user')]) {
              stage.store.state = remembered;
              const { plan } = await stage.plan(manifest.desired);
              expect(plan.diagnostics).toEqual([]);
              expect(plan.steps).toEqual([]);
              if (depth === undefined) expect(plan.summary.unmanaged).toBe(0);
              expect(plan.summary.adopt).toBe(
                remembered === state ? 0 : plan.summary.unchanged + plan.adopted.length,
              );
            }
          });
        },
      ),
      parameters,
    );
  },
  timeoutMs,
);
