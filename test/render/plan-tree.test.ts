import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { outline } from '../../src/render/plan-outline.ts';
import { planRows } from '../../src/render/plan-row.ts';
import { renderPlanTree } from '../../src/render/plan-tree.ts';
import { plainStyle, type Style } from '../../src/render/style.ts';
import { textWidth } from '../../src/render/text-width.ts';
import type { Step } from '../../src/schedule/plan.ts';
import type { Address } from '../../src/tree/identifier.ts';
import {
  type DesiredPage,
  desiredTree,
  liveOf,
  liveTree,
  type PlanningInput,
  planOf,
  stateOf,
} from '../fixture.ts';
import { plans, wikis } from './random-plan.ts';

function tree(input: PlanningInput, options: { width?: number; full?: boolean; style?: Style } = {}): string {
  const { plan, match } = planOf(input);
  return renderPlanTree(plan, match, { style: plainStyle, width: 100, ...options });
}

const written = desiredTree({
  handbook: {
    name: 'Engineering handbook',
    pages: [
      'Welcome',
      {
        title: 'Onboarding',
        children: [
          'Day one',
          { title: 'Equipment list', type: 'sheet' },
          { title: 'Checklist for new people', copy: 'handbook/Templates/Checklist' },
          { title: 'Security rules', shortcut: 'handbook/policies/Security' },
        ],
      },
      { title: 'Templates', children: ['Checklist'] },
      { title: 'Policies', key: 'policies', children: ['Security'] },
    ],
  },
});

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

const reorganised = desiredTree({
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

describe('a plan as a tree', () => {
  test('a first apply shows the whole space, with what each page is', () => {
    expect(tree({ desired: written })).toMatchInlineSnapshot(`
      "+ Engineering handbook [handbook]                     declared
      + ├─ Welcome                                          declared
      + ├─ Onboarding                                       declared
      + │  ├─ Day one                                       declared
      + │  ├─ Equipment list (sheet)                        declared
      ⧉ │  ├─ Checklist for new people                      copy of handbook/Templates/Checklist
      + │  └─ Security rules -> handbook/policies/Security  declared
      + ├─ Templates                                        declared
      + │  └─ Checklist                                     declared
      + └─ Policies [policies]                              declared
      +    └─ Security                                      declared

      Plan: 1 space, 9 to create, 1 to copy · 14 calls, about 10 s"
    `);
  });

  test('a reorganisation shows moves at both ends and folds what stays', () => {
    expect(tree({ desired: reorganised, ...atRest })).toMatchInlineSnapshot(`
      "  handbook
        ├─ Onboarding
      ~ │  ├─ Roadmap [Raodmap]  title was "Raodmap"
      → │  ├─ Apollo             moved from handbook/Planning, with 2 pages (inferred)
      + │  │  ├─ Crew            declared
        │  │  └─ … 2 unchanged
        │  └─ … 1 unchanged
        ├─ Planning
      ~ │  ├─ Roadmap 2027       title was "Roadmap"
      ← │  ├─ Apollo             moves to handbook/Onboarding (inferred)
        │  └─ … 1 unchanged
      → ├─ Team                  moved from handbook/Old notes (inferred)
        ├─ Archive
      → │  └─ Old notes          moved from handbook, with 2 pages
      ← ├─ Old notes             left the manifest, moves to handbook/Archive
      ← │  └─ Team               moves to handbook (inferred)
        └─ … 1 unchanged
        … 1 space (2 pages) unchanged

      Plan: 1 to create, 3 to move (carrying 4 pages), 2 to rename · 9 calls, about 7 s"
    `);
  });

  test('where room is short, reasons go on below and nothing is lost', () => {
    const narrow = tree({ desired: reorganised, ...atRest }, { width: 48 });
    expect(narrow).toMatchInlineSnapshot(`
      "  handbook
        ├─ Onboarding
      ~ │  ├─ Roadmap [Raodmap]  title was "Raodmap"
      → │  ├─ Apollo             moved from
        │  │  │                  handbook/Planning,
        │  │  │                  with 2 pages
        │  │  │                  (inferred)
      + │  │  ├─ Crew            declared
        │  │  └─ … 2 unchanged
        │  └─ … 1 unchanged
        ├─ Planning
      ~ │  ├─ Roadmap 2027       title was "Roadmap"
      ← │  ├─ Apollo             moves to
        │  │                     handbook/Onboarding
        │  │                     (inferred)
        │  └─ … 1 unchanged
      → ├─ Team                  moved from
        │                        handbook/Old notes
        │                        (inferred)
        ├─ Archive
      → │  └─ Old notes          moved from handbook,
        │                        with 2 pages
      ← ├─ Old notes             left the manifest,
        │  │                     moves to
        │  │                     handbook/Archive
      ← │  └─ Team               moves to handbook
        │                        (inferred)
        └─ … 1 unchanged
        … 1 space (2 pages) unchanged

      Plan: 1 to create, 3 to move (carrying 4 pages), 2 to rename · 9 calls, about 7 s"
    `);
  });

  test('in full, nothing is folded', () => {
    expect(tree({ desired: reorganised, ...atRest }, { full: true })).toMatchInlineSnapshot(`
      "  handbook
        ├─ Welcome
        ├─ Onboarding
        │  ├─ Day one
      ~ │  ├─ Roadmap [Raodmap]  title was "Raodmap"
      → │  └─ Apollo             moved from handbook/Planning, with 2 pages (inferred)
        │     ├─ Goals
        │     ├─ Risks
      + │     └─ Crew            declared
        ├─ Planning
      ~ │  ├─ Roadmap 2027       title was "Roadmap"
        │  ├─ Budget
      ← │  └─ Apollo             moves to handbook/Onboarding (inferred)
      → ├─ Team                  moved from handbook/Old notes (inferred)
        ├─ Archive
      → │  └─ Old notes          moved from handbook, with 2 pages
      ← └─ Old notes             left the manifest, moves to handbook/Archive
      ←    └─ Team               moves to handbook (inferred)
        company
        ├─ News
        └─ People

      Plan: 1 to create, 3 to move (carrying 4 pages), 2 to rename · 9 calls, about 7 s"
    `);
  });

  test('what the wiki did by itself is drift, and what may not be put back is blocked', () => {
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
          {
            title: 'Planning',
            children: [
              {
                title: 'Roadmap',
                children: [
                  { title: 'Apollo', was: 'handbook/Planning/Apollo', children: ['Goals', 'Risks'] },
                ],
              },
              'Somebody else’s page',
            ],
          },
          'Archive',
        ],
        company: ['News', 'People'],
      },
      { gone: ['handbook/Onboarding/Day one'], hidden: ['handbook/Planning/Budget'] },
    );
    const input = { desired: applied, state: atRest.state, live, protect: ['handbook/Old notes/**'] };
    expect(tree(input)).toMatchInlineSnapshot(`
      "  handbook
      ~ ├─ Onboarding    title was "On-boarding" (drift)
      + │  ├─ Day one    was deleted in the wiki (drift)
        │  └─ … 1 unchanged
        ├─ Planning
      → │  ├─ Apollo     was moved by hand to handbook/Planning/Roadmap, with 2 pages (drift)
        │  ├─ Roadmap
      ← │  │  └─ Apollo  moves back to handbook/Planning (drift)
        │  └─ … 1 not planned
      ! ├─ Old notes     blocked: protected by handbook/Old notes/**; was moved by hand to
        │                handbook/Onboarding (drift)
        └─ … 2 unchanged
        … 1 space (2 pages) unchanged

      1 page in the wiki is not declared; it is left alone.

      Plan: 1 to create, 1 to move (carrying 2 pages), 1 to rename, 1 blocked · 6 calls, about 5 s"
    `);
  });

  test('pages that exist already are adopted, and the remarks say what is left alone', () => {
    const desired = desiredTree({ handbook: ['Welcome', { title: 'Known', id: 'page:handbook/Other' }] });
    const state = stateOf(desiredTree({ handbook: ['Draft', 'Ideas'] }));
    const live = liveTree({
      handbook: ['Welcome', 'Draft', 'Ideas', 'Mine', { title: 'Known', was: 'handbook/Other' }],
    });
    expect(tree({ desired, state, live })).toMatchInlineSnapshot(`
      "  handbook
      = ├─ Welcome  exists, found by place and title
      = └─ Known    exists, found by its id

      To forget, left in the wiki as they are: handbook/Draft, handbook/Ideas
      1 page in the wiki is not declared; it is left alone.

      No changes. The wiki matches the manifest. 2 to adopt, 2 to forget (3 calls)"
    `);
  });

  test('no steps, no tree', () => {
    expect(tree({ desired: applied, ...atRest })).toBe(
      'No changes. The wiki matches the manifest. (3 calls)',
    );
  });

  test('a page under one that left the manifest is shown leaving from there', () => {
    const before = desiredTree({ handbook: [{ title: 'Planning', children: ['Roadmap'] }, 'Welcome'] });
    const desired = desiredTree({ handbook: [{ title: 'Welcome', children: ['Roadmap'] }] });
    const input = { desired, state: stateOf(before), live: liveOf(before) };
    expect(tree(input)).toMatchInlineSnapshot(`
      "  handbook
        ├─ Welcome
      → │  └─ Roadmap  moved from handbook/Planning (inferred)
        └─ Planning    not declared
      ←    └─ Roadmap  moves to handbook/Welcome (inferred)

      To forget, left in the wiki as they are: handbook/Planning

      Plan: 1 to move, 1 to forget · 4 calls, about 3 s"
    `);
  });

  test('a page that was dragged out of a declared space is shown leaving the other one', () => {
    const desired = desiredTree({ handbook: ['Welcome', 'Roadmap'] });
    const live = liveTree({
      handbook: ['Welcome'],
      'Private / mine': [{ title: 'Plans', children: [{ title: 'Roadmap', was: 'handbook/Roadmap' }] }],
    });
    expect(tree({ desired, state: stateOf(desired), live })).toMatchInlineSnapshot(`
      "  handbook
      → ├─ Roadmap      was moved by hand to Private \\/ mine/Plans (drift)
        └─ … 1 unchanged
        Private / mine  not declared
        └─ Plans        not declared
      ←    └─ Roadmap   moves back to handbook (drift)

      Plan: 1 to move · 4 calls, about 3 s"
    `);
  });

  test('what cannot be put away is told where it stands', () => {
    const before = desiredTree({ handbook: ['Archive', 'Old'] });
    const desired = desiredTree({
      handbook: {
        onRemove: { archive: 'handbook/Archive' as Address },
        pages: [{ title: 'Archive', type: 'file' }],
      },
    });
    const live = liveTree({ handbook: ['Old'] }, { gone: ['handbook/Archive'] });
    expect(tree({ desired, state: stateOf(before), live })).toMatchInlineSnapshot(`
      "  handbook
      ! ├─ Archive (file)  blocked: handbook/Archive does not exist, and Feishu has no call to create a
        │                  page of type file; was deleted in the wiki (drift)
      ! └─ Old             blocked: handbook/Archive is blocked; left the manifest

      Plan: 2 blocked · 3 calls"
    `);
  });

  describe('a page that makes way', () => {
    const park = (parks: readonly Partial<Step>[]): string => {
      const before = desiredTree({
        handbook: ['Shelf', { title: 'Planning', children: ['Apollo'] }, 'Onboarding'],
      });
      const desired = desiredTree({
        handbook: ['Shelf', 'Planning', { title: 'Onboarding', children: ['Apollo'] }],
      });
      const { plan, match } = planOf({ desired, state: stateOf(before), live: liveOf(before) });
      const [move] = plan.steps;
      const steps = parks.flatMap((fields) => (move === undefined ? [] : [{ ...move, ...fields }]));
      return (
        renderPlanTree({ ...plan, steps }, match, { style: plainStyle, width: 100 }).split('\n\n')[0] ?? ''
      );
    };
    const shelf = 'handbook/Shelf' as Address;

    test('is shown where it is and where it ends, and the detour in words', () => {
      const onward = { before: { address: `${shelf}/Apollo` as Address, parent: shelf, title: 'Apollo' } };
      expect(park([{ parent: shelf, parks: true }, onward])).toMatchInlineSnapshot(`
        "  handbook
          ├─ Planning
        ← │  └─ Apollo  moves to handbook/Onboarding (inferred)
          ├─ Onboarding
        → │  └─ Apollo  moved from handbook/Planning, parked below handbook/Shelf on the way (inferred)
          └─ … 1 unchanged"
      `);
    });

    test('and comes back is shown once', () => {
      const home = { address: 'handbook/Planning/Apollo' as Address, inferred: false };
      const away = {
        ...home,
        parent: shelf,
        parks: true,
        reason: 'parked: handbook/Planning is full, and Team has to come in',
      };
      const parked = { address: home.address, parent: shelf, title: 'Apollo' };
      const back = {
        ...home,
        parent: 'handbook/Planning' as Address,
        before: parked,
        reason: 'back from handbook/Shelf',
      };
      expect(park([away, back])).toMatchInlineSnapshot(`
        "  handbook
          ├─ Planning
        → │  └─ Apollo  parked: handbook/Planning is full, and Team has to come in; to handbook/Shelf and
          │             back
          └─ … 3 unchanged"
      `);
    });
  });

  test('an error stands in the last line', () => {
    const desired = desiredTree({ handbook: ['One', 'Two'] });
    expect(tree({ desired, maxChanges: 1 }).split('\n').at(-1)).toBe(
      'Plan: 1 space, 2 to create · 6 calls, about 5 s · 1 error',
    );
  });
});

describe('titles of all kinds', () => {
  const before = desiredTree({
    engineering: [
      { title: '规划', children: ['阿波罗项目', { title: '', key: 'draft' }] },
      { title: '新人入职', children: ['第一天'] },
    ],
  });
  const desired = desiredTree({
    engineering: [
      {
        title: '年度规划',
        key: '规划',
        children: [
          { title: 'Untitled no more', key: 'draft' },
          { title: '预算 🎉', type: 'bitable' },
        ],
      },
      { title: '新人入职', children: ['第一天', '阿波罗项目', { title: '', key: 'empty' }, 'plain'] },
    ],
  });

  test('wide characters take two columns, and an untitled page has a name', () => {
    expect(tree({ desired, state: stateOf(before), live: liveOf(before) })).toMatchInlineSnapshot(`
      "  engineering
      ~ ├─ 年度规划 [规划]              title was "规划"
      ~ │  ├─ Untitled no more [draft]  title was ""
      + │  ├─ 预算 🎉 (bitable)         declared
      ← │  └─ 阿波罗项目                moves to engineering/新人入职 (inferred)
        └─ 新人入职
      →    ├─ 阿波罗项目                moved from engineering/规划 (inferred)
      +    ├─ (untitled) [empty]        declared
      +    ├─ plain                     declared
           └─ … 1 unchanged

      Plan: 3 to create, 1 to move, 2 to rename · 9 calls, about 7 s"
    `);
  });

  test('reasons begin in one column', () => {
    const text = tree({ desired, state: stateOf(before), live: liveOf(before) });
    const columns = text.split('\n').flatMap((line) => {
      const found = /^(.*) {2}(?:declared|moved from|moves to|title was)/.exec(line);
      return found === null ? [] : [textWidth(found[1] ?? '')];
    });
    expect(columns.length).toBeGreaterThan(4);
    expect(new Set(columns).size).toBe(1);
  });

  test('a title cannot reach the terminal', () => {
    const text = tree({ desired: desiredTree({ a: ['\u001b[31mred\nnext', '\u202eright to left'] }) });
    expect(text).toMatchInlineSnapshot(`
      "+ a                  declared
      + ├─ �[31mred�next   declared
      + └─ �right to left  declared

      Plan: 1 space, 2 to create · 6 calls, about 5 s"
    `);
  });

  test('no line is wider than the screen unless a title needs it', () => {
    for (const width of [40, 60, 80, 120]) {
      const text = tree({ desired: reorganised, ...atRest }, { width });
      const [tree_ = ''] = text.split('\n\n');
      for (const line of tree_.split('\n')) expect(textWidth(line)).toBeLessThanOrEqual(width);
    }
  });
});

describe('a huge plan', () => {
  const projects = (count: number): DesiredPage => ({
    title: 'Projects',
    children: Array.from({ length: count }, (_, at) => ({
      title: `Project ${at + 1}`,
      children: ['Goals', 'Risks', 'Notes'],
    })),
  });

  test('begins with a table and folds long runs', () => {
    const desired = desiredTree({
      work: ['Overview', projects(740)],
      handbook: ['Welcome', { title: 'Log', type: 'sheet' }],
    });
    expect(tree({ desired })).toMatchInlineSnapshot(`
      "           create
      work        2,963
      handbook        3

      + work             declared
      + ├─ Overview      declared
      + └─ Projects      declared
      +    ├─ Project 1  declared
      +    │  ├─ Goals   declared
      +    │  ├─ Risks   declared
      +    │  └─ Notes   declared
      +    ├─ Project 2  declared
      +    │  ├─ Goals   declared
      +    │  ├─ Risks   declared
      +    │  └─ Notes   declared
      +    ├─ Project 3  declared
      +    │  ├─ Goals   declared
      +    │  ├─ Risks   declared
      +    │  └─ Notes   declared
      +    └─ … 737 more like this (2,948 changes in all)
      + handbook         declared
      + ├─ Welcome       declared
      + └─ Log (sheet)   declared

      Plan: 2 spaces, 2,964 to create · 2,969 calls, about 29 min"
    `);
  });

  test('keeps inferred moves apart from others', () => {
    const names = Array.from({ length: 300 }, (_, at) => `Page ${at}`);
    const before = desiredTree({ a: [{ title: 'From', children: names }, 'To'] });
    const moved = names.map((title) =>
      title === 'Page 150' ? { title, movedFrom: 'a/From/Page 150' } : title,
    );
    const desired = desiredTree({ a: ['From', { title: 'To', children: moved }] });
    expect(tree({ desired, state: stateOf(before), live: liveOf(before) })).toMatchInlineSnapshot(`
      "    move
      a    300

        a
        ├─ From
      ← │  ├─ Page 0    moves to a/To (inferred)
      ← │  ├─ Page 1    moves to a/To (inferred)
      ← │  ├─ Page 2    moves to a/To (inferred)
      ← │  ├─ … 296 more like this  (inferred)
      ← │  └─ Page 150  moves to a/To
        └─ To
      →    ├─ Page 0    moved from a/From (inferred)
      →    ├─ Page 1    moved from a/From (inferred)
      →    ├─ Page 2    moved from a/From (inferred)
      →    ├─ … 296 more like this  (inferred)
      →    └─ Page 150  moved from a/From

      Plan: 300 to move · 303 calls, about 2 min"
    `);
  });

  test('counts what blocks and what is adopted in columns of their own', () => {
    const names = Array.from({ length: 250 }, (_, at) => `Page ${at}`);
    const desired = desiredTree({ a: names, b: [{ title: 'One' }, { title: 'Upload', type: 'file' }] });
    const state = stateOf(desiredTree({ b: ['One', { title: 'Upload', type: 'file' }] }));
    const live = liveTree({ a: names, b: ['One'] }, { gone: ['b/Upload'] });
    expect(tree({ desired, state, live })).toMatchInlineSnapshot(`
      "    blocked   adopt
      a         ·     251
      b         1       ·

      = a                 exists, found by its name
      = ├─ Page 0         exists, found by place and title
      = ├─ Page 1         exists, found by place and title
      = ├─ Page 2         exists, found by place and title
      = └─ … 247 more like this
        b
      ! ├─ Upload (file)  blocked: b/Upload does not exist, and Feishu has no call to create a page of
        │                 type file; was deleted in the wiki (drift)
        └─ … 1 unchanged

      Plan: 1 blocked, 251 to adopt · 3 calls"
    `);
  });

  test('of 20,000 steps has, in full, a line each and no table', () => {
    const lines = tree({ desired: desiredTree({ work: [projects(5000)] }) }, { full: true }).split('\n');
    expect(lines).toHaveLength(1 + 1 + 5000 * 4 + 2);
  });

  test('of siblings that change in several ways shows some, and counts the others with all their signs', () => {
    const section = (at: number, changed: boolean): DesiredPage => ({
      title: changed ? `Part ${at}` : `Section ${at}`,
      key: `Section ${at}`,
      children: changed ? ['Kept', 'New'] : ['Kept'],
    });
    const sections = (changed: boolean) => Array.from({ length: 120 }, (_, at) => section(at, changed));
    const before = desiredTree({ a: sections(false) });
    const text = tree({
      desired: desiredTree({ a: sections(true) }),
      state: stateOf(before),
      live: liveOf(before),
    });
    const lines = text.split('\n');
    expect(lines.length).toBeLessThan(60);
    expect(lines.at(-3)).toMatchInlineSnapshot(`"~+ └─ … 108 more with 216 changes in all"`);
  });

  test('a deep tree keeps the last of its lines and tells the level', () => {
    const deep = (level: number): DesiredPage => ({
      title: `L${level}`,
      children: level < 45 ? [deep(level + 1)] : [],
    });
    const lines = tree({ desired: desiredTree({ deep: [deep(1)] }) }, { width: 60 }).split('\n');
    expect(lines[6]).toMatchInlineSnapshot(`"+                └─ L6             declared"`);
    expect(lines[45]).toMatchInlineSnapshot(`"+ …45             └─ L45           declared"`);
  });
});

describe('for any two trees', () => {
  test('whatever is folded, rows tell of every step once', () => {
    fc.assert(
      fc.property(plans, fc.boolean(), fc.boolean(), ({ plan, match }, unchanged, runs) => {
        const rows = planRows(outline(plan, match, 'docx'), { unchanged, runs: unchanged && runs });
        expect(rows.reduce((sum, { steps }) => sum + steps, 0)).toBe(plan.steps.length);
      }),
    );
  });

  test('no line is wider than a narrow screen, and no reason is lost', () => {
    fc.assert(
      fc.property(plans, fc.integer({ min: 40, max: 120 }), ({ plan, match }, width) => {
        const text = renderPlanTree(plan, match, { style: plainStyle, width });
        const [tree = ''] = text.split('\n\n');
        if (plan.steps.length > 0)
          for (const line of tree.split('\n')) expect(textWidth(line)).toBeLessThanOrEqual(width);
        expect(tree).not.toContain('…)');
        const bare = (shown: string): string => shown.replace(/[\s│├└─←→~+=!⧉]/g, '');
        for (const { note } of planRows(outline(plan, match, 'docx'), { unchanged: true, runs: false }))
          expect(bare(tree)).toContain(bare(note));
      }),
    );
  });

  test('every step is shown once where it ends, and every move once where it begins', () => {
    fc.assert(
      fc.property(wikis, wikis, fc.boolean(), (before, after, archives) => {
        const old = desiredTree(before);
        const fields = archives ? { onRemove: { archive: 'one/Archive' as Address } } : {};
        const desired = desiredTree({ one: { ...fields, pages: [...after.one, 'Archive'] }, two: after.two });
        const { plan, match } = planOf({ desired, state: stateOf(old), live: liveOf(old) });
        const rows = planRows(outline(plan, match, 'docx'), { unchanged: true, runs: false });
        const signs = rows.flatMap(({ glyphs }) => glyphs);
        const count = (glyph: string): number => signs.filter((sign) => sign === glyph).length;
        expect(count('+')).toBe(plan.summary.createSpace + plan.summary.createNode);
        expect(count('→')).toBe(plan.summary.moveNode);
        expect(count('←')).toBe(plan.summary.moveNode);
        expect(count('~')).toBe(plan.summary.renameNode);
        expect(count('!')).toBe(plan.summary.blocked);
      }),
    );
  });
});
