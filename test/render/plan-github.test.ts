import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { errorAnnotations, planAnnotations } from '../../src/render/plan-github.ts';
import { renderPlanMarkdown } from '../../src/render/plan-markdown.ts';
import { withoutCommands } from '../../src/render/workflow-command.ts';
import { desiredTree, liveOf, liveTree, type PlanningInput, planOf, stateOf } from '../fixture.ts';
import { hostile, hostilePlans } from './random-plan.ts';

const same = (file: string): string => file;
const annotations = (input: PlanningInput): string =>
  planAnnotations(planOf(input).plan, (file) => `wiki/${file}`).join('\n');

describe('annotations of a plan', () => {
  test('stand on the lines of the manifest, what changes pages first', () => {
    const before = desiredTree({
      handbook: ['Welcome', { title: 'Planning', children: ['Apollo'] }, 'Raodmap'],
    });
    const desired = desiredTree({
      handbook: ['New', 'Welcome', 'Planning', 'Apollo', { title: 'Roadmap', key: 'Raodmap' }],
    });
    expect(annotations({ desired, state: stateOf(before), live: liveOf(before) })).toMatchInlineSnapshot(`
      "::notice file=wiki/wikiform.yaml,line=5,col=3,title=move::handbook/Apollo: moved from handbook/Planning (inferred)
      ::notice file=wiki/wikiform.yaml,line=6,col=3,title=rename::handbook/Raodmap: title was "Raodmap"
      ::notice file=wiki/wikiform.yaml,line=2,col=3,title=create::handbook/New: declared"
    `);
  });

  test('what is blocked is a warning, and an error names its code', () => {
    const applied = desiredTree({ handbook: ['Safe', 'Lists'], company: [] });
    const live = liveTree({ handbook: ['Lists'], company: [{ title: 'Safe', was: 'handbook/Safe' }] });
    const input = { desired: applied, state: stateOf(applied), live, protect: ['handbook/Safe'] };
    expect(annotations(input)).toMatchInlineSnapshot(
      `"::warning file=wiki/wikiform.yaml,line=2,col=3,title=move::handbook/Safe: blocked: protected by handbook/Safe; was moved by hand to company (drift)"`,
    );
    expect(annotations({ desired: applied, maxChanges: 1 }).split('\n')[0]).toMatchInlineSnapshot(
      `"::error title=GUARD_EXCEEDED The plan changes more than the guard allows::The plan has 4 steps; guard.maxChanges allows 1.%0AIf it is meant, run again with --ignore-guard. Or raise guard.maxChanges."`,
    );
  });

  test('are ten of a level at most, and the rest is counted', () => {
    const pages = Array.from({ length: 30 }, (_, at) => `Page ${at}`);
    const lines = annotations({ desired: desiredTree({ a: pages }) }).split('\n');
    expect(lines).toHaveLength(10);
    expect(lines.at(-1)).toBe('::notice title=wikiform::22 more notices: see the summary.');
  });
});

describe('what the runner reads', () => {
  /** As `actions/toolkit` and the runner undo the escapes. */
  const unescaped = (text: string): string =>
    text
      .replaceAll('%0D', '\r')
      .replaceAll('%0A', '\n')
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',')
      .replaceAll('%25', '%');

  test('is what was meant, whatever files and messages hold', () =>
    fc.assert(
      fc.property(fc.constantFrom(...hostile, 'a,b:c%d'), fc.constantFrom(...hostile), (file, detail) => {
        const found = diagnostic('USAGE', { detail, help: 'x', source: { file, line: 3, column: 5 } });
        const [line = '', ...more] = errorAnnotations([found], same);
        expect(more).toEqual([]);
        const read = /^::error file=([^,:]*),line=3,col=5,title=([^,:]*)::(.*)$/.exec(line);
        const visible = (text: string): string =>
          text.replace(/[^\P{Cc}\n]|[\u202e\u2066]/gu, '\ufffd').replaceAll('##[', '##\u200b[');
        expect(unescaped(read?.[1] ?? '')).toBe(visible(file));
        expect(unescaped(read?.[3] ?? '')).toBe(`${visible(detail)}\nx`);
      }),
    ));

  test('holds no command that a title smuggled in', () =>
    fc.assert(
      fc.property(hostilePlans, ({ plan, match }) => {
        const text = withoutCommands(renderPlanMarkdown(plan, match, { maxBytes: 60_000 }));
        for (const line of text.split('\n')) {
          expect(line.trim()).not.toMatch(/^::/);
          expect(line).not.toContain('##[');
        }
        const isCommand = /^::(?:error|warning|notice) (?:file=[^,:]*,line=\d+,col=\d+,)?title=[^,:]*::/;
        for (const line of planAnnotations(plan, same)) {
          expect(line).toMatch(isCommand);
          expect(line).not.toContain('##[');
        }
      }),
    ));
});
