import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { renderErrorsMarkdown } from '../../src/render/diagnostics-markdown.ts';
import { code } from '../../src/render/markdown.ts';
import { fenceRows } from '../../src/render/plan-fence.ts';
import { renderPlanMarkdown } from '../../src/render/plan-markdown.ts';
import { outline } from '../../src/render/plan-outline.ts';
import { planRows } from '../../src/render/plan-row.ts';
import { desiredTree, liveOf, type Planned, type PlanningInput, planOf, stateOf } from '../fixture.ts';
import { hostile, hostilePlans, plans } from './random-plan.ts';

const markdownOf = ({ plan, match }: Planned, maxBytes = 60_000): string =>
  renderPlanMarkdown(plan, match, { maxBytes });
const markdown = (input: PlanningInput, maxBytes?: number): string => markdownOf(planOf(input), maxBytes);

const before = desiredTree({
  handbook: [
    'Welcome',
    { title: 'Planning', children: [{ title: 'Apollo', children: ['Goals'] }] },
    'Raodmap',
  ],
  company: ['News'],
});
const desired = desiredTree({
  handbook: [
    'Welcome',
    'Planning',
    { title: 'Apollo', children: ['Goals'] },
    { title: 'Roadmap', key: 'Raodmap' },
  ],
  company: ['News', { title: 'Copied', copy: 'handbook/Welcome' }],
});
const reorganisation = { desired, state: stateOf(before), live: liveOf(before) };

describe('a plan as Markdown', () => {
  test('says above the fold what it comes to, and folds the tree', () => {
    expect(markdown(reorganisation)).toMatchInlineSnapshot(`
      "### Plan: 1 to copy, 1 to move (carrying 1 page), 1 to rename

      6 calls, about 5 s

      - 1 of 3 steps is inferred: look whether the same page is meant

      | space | copy | move | rename |
      | :-- | --: | --: | --: |
      | \`handbook\` | · | 1 | 1 |
      | \`company\` | 1 | · | · |

      <details><summary>3 steps</summary>

      \`\`\`diff
         handbook
         ├─ Planning
      -← │  └─ Apollo          moves to handbook (inferred)
      +→ ├─ Apollo             moved from handbook/Planning, with 1 page (inferred)
      !~ ├─ Roadmap [Raodmap]  title was "Raodmap"
         └─ … 1 unchanged
         company
      +⧉ ├─ Copied             copy of handbook/Welcome
         └─ … 1 unchanged
      \`\`\`

      </details>

      Digest: \`sha256:387fe225984b695417ea39841114c6c4a585655c972ebb952aff6bc8997198f7\`"
    `);
  });

  test('a refused plan shows why, and what it would be', () => {
    expect(markdown({ ...reorganisation, maxChanges: 1 })).toMatchInlineSnapshot(`
      "### Plan: 1 to copy, 1 to move (carrying 1 page), 1 to rename

      6 calls, about 5 s · 1 error

      - 1 of 3 steps is inferred: look whether the same page is meant

      **1 error**

      \`\`\`text
      error GUARD_EXCEEDED The plan changes more than the guard allows
        The plan has 3 steps; guard.maxChanges allows 1.
        help: If it is meant, run again with --ignore-guard. Or raise guard.maxChanges.
      \`\`\`

      | space | copy | move | rename |
      | :-- | --: | --: | --: |
      | \`handbook\` | · | 1 | 1 |
      | \`company\` | 1 | · | · |

      <details><summary>3 steps</summary>

      \`\`\`diff
         handbook
         ├─ Planning
      -← │  └─ Apollo          moves to handbook (inferred)
      +→ ├─ Apollo             moved from handbook/Planning, with 1 page (inferred)
      !~ ├─ Roadmap [Raodmap]  title was "Raodmap"
         └─ … 1 unchanged
         company
      +⧉ ├─ Copied             copy of handbook/Welcome
         └─ … 1 unchanged
      \`\`\`

      </details>

      Digest: \`sha256:387fe225984b695417ea39841114c6c4a585655c972ebb952aff6bc8997198f7\`"
    `);
  });

  test('nothing to do is one line', () => {
    expect(markdown({ ...reorganisation, desired: before })).toBe(
      '### No changes. The wiki matches the manifest. (3 calls)',
    );
  });

  test('what others wrote stands in code', () => {
    expect(markdown({ desired: desiredTree({ 'a|b': hostile, '@c': ['`'] }) })).toMatchInlineSnapshot(`
      "### Plan: 2 spaces, 16 to create

      21 calls, about 15 s

      | space | create |
      | :-- | --: |
      | <code>a&#124;b</code> | 16 |
      | <code>&#64;c</code> | 2 |

      <details><summary>18 steps</summary>

      \`\`\`\`\`diff
      + a|b                                     declared
      + ├─ \`\`\`                                  declared
      + ├─ \`\`\`\`diff                             declared
      + ├─ </details><script>alert(1)</script>  declared
      + ├─ @everyone, closes #1                 declared
      + ├─ | a | b |                            declared
      + ├─ ::error file=x::y                    declared
      + ├─ ##[add-mask]x                        declared
      + ├─ /close                               declared
      + ├─ �over�there                          declared
      + ├─ one��two�\`\`\`�</details>              declared
      + ├─ --- a�+++ b�@@ -1 +1 @@              declared
      + ├─ <!-- wikiform -->                    declared
      + ├─ [x](javascript:alert(1)) ![y](//z)   declared
      + ├─ %0A%25, col=1::                      declared
      + └─ ~~~~                                 declared
      + @c                                      declared
      + └─ \`                                    declared
      \`\`\`\`\`

      </details>

      Digest: \`sha256:aaf35f4928a952d4fbbe5793114c5bbf52b0e694478505f82afedd91eb02bfdc\`"
    `);
  });

  test('what does not fit is counted', () => {
    const pages = Array.from({ length: 40 }, (_, at) => `Page ${at + 1}`);
    expect(markdown({ desired: desiredTree({ a: pages }) }, 512)).toMatchInlineSnapshot(`
      "### Plan: 1 space, 40 to create

      44 calls, about 21 s

      <details><summary>41 steps; the last 32 of them left out for want of room</summary>

      \`\`\`diff
      + a           declared
      + ├─ Page 1   declared
      + ├─ Page 2   declared
      + ├─ Page 3   declared
      + ├─ Page 4   declared
      + ├─ Page 5   declared
      + ├─ Page 6   declared
      + ├─ Page 7   declared
      + ├─ Page 8   declared
      \`\`\`

      </details>

      Digest: \`sha256:9857ee2ea61304043c75cdd1c1d6a8e95716f7bd77d03c5c65445ce6d33f1cdb\`"
    `);
  });

  test('an error stands in its place', () => {
    const found = diagnostic('DUPLICATE_KEY', {
      detail: 'Two pages are called "```".',
      help: 'Give one of them a key.',
      source: { file: 'wikiform.yaml', line: 2, column: 3 },
    });
    const texts = new Map([['wikiform.yaml', 'nodes:\n- "```"\n']]);
    expect(renderErrorsMarkdown([found], texts, 60_000)).toMatchInlineSnapshot(`
      "### No plan: 1 error

      **1 error**

      \`\`\`\`text
      wikiform.yaml:2:3 error DUPLICATE_KEY Two siblings have the same key
        Two pages are called "\`\`\`".
        1 │ nodes:
      > 2 │ - "\`\`\`"
          │   ^^^^^
        help: Give one of them a key.
      \`\`\`\`"
    `);
  });
});

describe('code', () => {
  test.each([
    ['handbook/Day one', '`handbook/Day one`'],
    ['手册', '`手册`'],
    ['a`b', '<code>a&#96;b</code>'],
    ['a|b', '<code>a&#124;b</code>'],
    ['@all', '<code>&#64;all</code>'],
    [' a', '<code> a</code>'],
    ['', '<code></code>'],
    ['</code>\n# x', '<code>&#60;&#47;code&#62;&#65533;&#35; x</code>'],
  ])('%j', (text, shown) => expect(code(text)).toBe(shown));
});

/** The lines in fences of `diff` and those outside of any; throws where a fence is left open. */
function parts(text: string): { readonly fenced: string[]; readonly free: string[] } {
  const fenced: string[] = [];
  const free: string[] = [];
  let fence: string | undefined;
  let language = '';
  for (const line of text.split('\n')) {
    const mark = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line);
    if (fence === undefined) {
      if (mark === null) free.push(line);
      else [, fence, language = ''] = mark;
    } else if (mark !== null && mark[2] === '' && mark[1]?.startsWith(fence)) fence = undefined;
    else if (language === 'diff') fenced.push(line);
  }
  expect(fence, 'a fence is open at the end').toBeUndefined();
  return { fenced, free };
}

/** Everything outside fences is ours: words, numbers, and code that is escaped. */
function expectOurOwn(lines: readonly string[]): void {
  for (const line of lines) {
    const bare = line.replace(/`[\p{L}\p{N}_.:\-/ ]+`|<code>(?:[\p{L}\p{N} ]|&#\d+;)*<\/code>/gu, '');
    const ours = bare.replace(/^<details><summary>([^<]*)<\/summary>$|^<\/details>$/, '$1');
    expect(ours, line).toMatch(/^[\w #|:.,·;*()…-]*$/);
    expect(line).not.toMatch(/^\s*(?:\/|::)/);
  }
}

describe('for any plan and any room', () => {
  const room = fc.oneof(fc.integer({ min: 100, max: 3000 }), fc.constant(60_000));

  const isTrue = (planned: Planned, maxBytes: number): void => {
    const text = `${markdownOf(planned, maxBytes)}\n`;
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(maxBytes);
    const { fenced, free } = parts(text);
    expectOurOwn(free);
    const { plan, match } = planned;
    const rows = planRows(outline(plan, match, 'docx'), { unchanged: true, runs: false });
    const lines = fenceRows(rows);
    const shown = lines.findIndex((line, at) => fenced[at] !== line);
    const count = shown === -1 ? rows.length : shown;
    if (!/^`{3,}diff$/m.test(text)) return;
    expect(fenced).toEqual(lines.slice(0, count));
    const told = rows.slice(0, count).reduce((sum, { steps }) => sum + steps, 0);
    const left = Number(/the last ([\d,]+) of them left out/.exec(text)?.[1]?.replaceAll(',', '') ?? 0);
    expect(told + left).toBe(plan.steps.length);
  };

  test('it fits, its fences close, and it is cut between steps', () =>
    fc.assert(fc.property(plans, room, isTrue)));

  test('whatever pages are called', () => fc.assert(fc.property(hostilePlans, room, isTrue)));

  test('so do errors', () =>
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...hostile), { minLength: 1, maxLength: 20 }),
        room,
        (texts, maxBytes) => {
          const found = texts.map((detail) =>
            diagnostic('DUPLICATE_KEY', {
              detail,
              help: detail,
              source: { file: detail, line: 1, column: 1 },
              severity: detail.startsWith('/') ? 'warning' : 'error',
            }),
          );
          const frames = new Map(texts.map((text) => [text, text]));
          const text = `${renderErrorsMarkdown(found, frames, maxBytes)}\n`;
          expect(Buffer.byteLength(text)).toBeLessThanOrEqual(maxBytes);
          expectOurOwn(parts(text).free);
        },
      ),
    ));
});
