import { applyPatch, parsePatch } from 'diff';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planOutlines, renderPlanDiff } from '../../src/render/plan-diff.ts';
import { plainStyle } from '../../src/render/style.ts';
import type { Address } from '../../src/tree/identifier.ts';
import {
  desiredTree,
  liveOf,
  liveTree,
  type Planned,
  type PlanningInput,
  planOf,
  stateOf,
} from '../fixture.ts';
import { hostilePlans, plans } from './random-plan.ts';

const diffOf = ({ plan, match }: Planned): string => renderPlanDiff(plan, match, { style: plainStyle });
const diff = (input: PlanningInput): string => diffOf(planOf(input));

const applied = desiredTree({
  handbook: [
    'Welcome',
    { title: 'Onboarding', children: ['Day one', 'Raodmap'] },
    {
      title: 'Planning',
      children: [{ title: 'Apollo', children: ['Goals', 'Risks'] }, 'Roadmap', 'Budget'],
    },
    { title: 'Old notes', children: ['Minutes', 'Team', 'Lists'] },
    'Archive',
  ],
  company: ['News', 'People'],
});
const atRest = { state: stateOf(applied), live: liveOf(applied) };

describe('a plan as a diff', () => {
  test('a first apply comes out of nothing', () => {
    expect(
      diff({
        desired: desiredTree({
          handbook: { name: 'The handbook', pages: ['Welcome', { title: 'Lists', type: 'sheet' }] },
        }),
      }),
    ).toMatchInlineSnapshot(`
      "Plan: 1 space, 2 to create · 6 calls, about 5 s

      --- before
      +++ after
      @@ -0,0 +1,3 @@
      +The handbook [handbook]
      +  Welcome
      +  Lists (sheet)"
    `);
  });

  test('moves, renames, what is put away and what is new', () => {
    const desired = desiredTree({
      handbook: {
        onRemove: { archive: 'handbook/Archive' as Address },
        pages: [
          'Welcome',
          {
            title: 'Onboarding',
            children: [
              'Day one',
              { title: 'Roadmap', key: 'Raodmap', movedFrom: 'none' },
              { title: 'Apollo', children: ['Goals', 'Risks', 'Crew'] },
            ],
          },
          {
            title: 'Planning',
            children: [{ title: 'Roadmap 2027', movedFrom: 'handbook/Planning/Roadmap' }, 'Budget'],
          },
          'Team',
          'Archive',
        ],
      },
      company: ['News', 'People'],
    });
    expect(diff({ desired, ...atRest })).toMatchInlineSnapshot(`
      "Plan: 1 to create, 3 to move (carrying 4 pages), 2 to rename · 9 calls, about 7 s

      → handbook/Onboarding/Apollo  moved from handbook/Planning, with 2 pages (inferred)
      → handbook/Team  moved from handbook/Old notes (inferred)

      --- before
      +++ after
      @@ -2,16 +2,17 @@ handbook/Onboarding
         Welcome
         Onboarding
           Day one
      -    Raodmap
      +    Roadmap [Raodmap]
      +    Apollo
      +      Goals
      +      Risks
      +      Crew
         Planning
      -    Apollo
      -      Goals
      -      Risks
      -    Roadmap
      +    Roadmap 2027
           Budget
      +  Team
         Archive
      -  Old notes
      -    Team
      +    Old notes
       company
         News
         People"
    `);
  });

  test('what people did comes first as drift, and what is blocked stays on both sides', () => {
    const live = liveTree(
      {
        handbook: [
          'Welcome',
          {
            title: 'On-boarding',
            was: 'handbook/Onboarding',
            children: [
              'Raodmap',
              { title: 'Old notes', was: 'handbook/Old notes', children: ['Minutes', 'Team', 'Lists'] },
            ],
          },
          { title: 'Planning', children: ['Roadmap', 'Somebody else’s page'] },
          'Archive',
        ],
        company: [
          'News',
          'People',
          { title: 'Apollo', was: 'handbook/Planning/Apollo', children: ['Goals', 'Risks'] },
        ],
      },
      { gone: ['handbook/Onboarding/Day one'], hidden: ['handbook/Planning/Budget'] },
    );
    const input = { desired: applied, state: atRest.state, live, protect: ['handbook/Old notes/**'] };
    expect(diff(input)).toMatchInlineSnapshot(`
      "Plan: 1 to create, 1 to move (carrying 2 pages), 1 to rename, 1 blocked · 6 calls, about 5 s

      ! handbook/Old notes  blocked: protected by handbook/Old notes/**; was moved by hand to handbook/Onboarding (drift)
      ~ handbook/Onboarding  title was "On-boarding" (drift)
      + handbook/Onboarding/Day one  was deleted in the wiki (drift)
      → handbook/Planning/Apollo  was moved by hand to company, with 2 pages (drift)

      --- before
      +++ after
      @@ -1,18 +1,19 @@ handbook
       handbook
         Welcome
      -  On-boarding [Onboarding]
      +  Onboarding
      +    Day one
           Raodmap
           Old notes
             Minutes
             Team
             Lists
         Planning
      +    Apollo
      +      Goals
      +      Risks
           Roadmap
           Budget
         Archive
       company
      -  Apollo
      -    Goals
      -    Risks
         News
         People"
    `);
  });

  test('a page that gives way to another of its name is a change', () => {
    const before = desiredTree({ a: [{ title: 'Old', children: ['Rules'] }, 'Rules', 'Z'] });
    const desired = desiredTree({
      a: [
        { title: 'Old', children: ['Rules', { title: 'Rules', movedFrom: 'a/Rules', key: 'former' }] },
        { title: 'Rules', movedFrom: 'none', key: 'new' },
        'Z',
      ],
    });
    expect(diff({ desired, state: stateOf(before), live: liveOf(before) })).toMatchInlineSnapshot(`
      "Plan: 1 to create, 1 to move · 5 calls, about 4 s

      --- before
      +++ after
      @@ -1,5 +1,6 @@ a
       a
         Old
           Rules
      -  Rules
      +    Rules [former]
      +  Rules [new]
         Z"
    `);
  });

  test('nothing to do is one line', () => {
    expect(diff({ desired: applied, ...atRest })).toBe(
      'No changes. The wiki matches the manifest. (3 calls)',
    );
  });

  test('has colours where they are wanted', () => {
    const style = {
      ...plainStyle,
      green: (text: string) => `<+>${text}`,
      red: (text: string) => `<->${text}`,
    };
    const before = desiredTree({ a: ['Old'] });
    const { plan, match } = planOf({
      desired: desiredTree({ a: ['New'] }),
      state: stateOf(before),
      live: liveOf(before),
    });
    const lines = renderPlanDiff(plan, match, { style }).split('\n');
    expect(lines).toContain('<+>+  New');
    expect(lines).toContain('<->-  Old');
  });
});

describe('for any plan', () => {
  const isTrue = ({ plan, match }: Planned): void => {
    const text = renderPlanDiff(plan, match, { style: plainStyle });
    const { before, after } = planOutlines(plan, match);
    const patches = parsePatch(text).filter(({ hunks }) => hunks.length > 0);
    expect(patches.length).toBeLessThanOrEqual(1);
    if (patches.length === 0) expect(after).toBe(before);
    else expect(applyPatch(before, text)).toBe(after);
  };

  test('patching what is there makes what will be', () => fc.assert(fc.property(plans, isTrue)));

  test('whatever pages are called', () => fc.assert(fc.property(hostilePlans, isTrue)));

  test('the outline after it holds every declared page that is not blocked', () =>
    fc.assert(
      fc.property(plans, ({ plan, match }) => {
        const { after } = planOutlines(plan, match);
        if (plan.steps.some(({ blocked }) => blocked !== undefined)) return;
        const lines = new Set(after.split('\n').map((line) => line.trim()));
        const titles = [...match.desired.nodes.values()].map(({ title }) => title);
        expect(titles.filter((title) => !lines.has(title))).toEqual([]);
      }),
    ));
});
