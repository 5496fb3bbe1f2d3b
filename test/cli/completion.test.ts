import { describe, expect, test } from 'vitest';
import { completionsFor, type Declared } from '../../src/cli/completion.ts';
import { answer } from '../../src/cli/completion-script.ts';
import { buildProgram } from '../../src/cli/program.ts';
import { shellWords } from '../../src/cli/shell-words.ts';
import { testEdge } from '../edge.ts';

const program = await buildProgram(testEdge({ cwd: '/' }), () => undefined);
const declared: Declared = {
  spaces: () => ['handbook', 'company'],
  addresses: (start) => ({ kind: 'open', candidates: [{ value: `${start}…`, description: 'a page' }] }),
};

function completions(line: string): readonly string[] {
  const { before, current } = shellWords(line);
  const { kind, candidates } = completionsFor(program, before, current, declared);
  return kind === 'values' ? candidates.map(({ value }) => value) : [`<${kind}>`];
}

describe('what may come next', () => {
  test.each([
    ['pl', ['plan']],
    ['state unl', ['unlock']],
    ['plan --max', ['--max-bytes']],
    ['plan --format m', ['markdown']],
    ['plan --format=m', ['--format=markdown']],
    ['plan --log-level=', ['error', 'warn', 'info', 'debug', 'trace'].map((level) => `--log-level=${level}`)],
    ['plan --full --format j', ['json']],
    ['plan --max-bytes ', []],
    ['plan --out ', ['<files>']],
    ['plan --file=', ['<files>']],
    ['apply ', ['<files>']],
    ['apply a.json ', []],
    ['validate a.yaml b', ['<files>']],
    ['explain hand', ['<open>']],
    ['explain --emulator hand', ['<open>']],
    ['explain -f other.yaml hand', ['<open>']],
    ['plan --target hand', ['<open>']],
    ['plan --target a b hand', ['<open>']],
    ['plan --target a --fu', ['--full']],
    ['plan --target a --out ', ['<files>']],
    ['plan --space ', ['handbook', 'company']],
    ['plan --space handbook c', ['company']],
    ['completion ', ['bash', 'zsh', 'fish']],
    ['plan --nonsense --fu', ['--full']],
    ['nonsense ', []],
  ])('wikiform %s', (line, expected) => expect(completions(line)).toEqual(expected));

  test('every command and every flag', () => {
    const names = program.commands.map((command) => command.name());
    expect(completions('')).toEqual([...names, 'help']);
    for (const command of program.commands.filter(({ commands }) => commands.length === 0)) {
      const flags = command.options.flatMap(({ long }) => long ?? []);
      expect(completions(`${command.name()} --`)).toEqual([...flags, '--help']);
    }
  });
});

test.each([
  ['a b c', ['a', 'b'], 'c'],
  ['a b ', ['a', 'b'], ''],
  ['', [], ''],
  ["a 'b c", ['a'], 'b c'],
  ['a "b \\" \\x" c\\ d', ['a', 'b " \\x'], 'c d'],
  ['a\'b\'"c"d', [], 'abcd'],
  ["'' x", [''], 'x'],
  ['a \\', ['a'], '\\'],
])('the words of %j', (line, before, current) => expect(shellWords(line)).toMatchObject({ before, current }));

describe('the answer', () => {
  const found = { kind: 'values', candidates: [{ value: "a/b: c (d)'s", description: 'A\tpage' }] } as const;

  test.each([
    ['bash', 'a/', "a/b\\:\\ c\\ \\(d\\)\\'s"],
    ['bash', "'a/", "a/b: c (d)'s"],
    ['bash', 'a/b:', "\\ c\\ \\(d\\)\\'s"],
    ['bash', 'a/b\\:', "a/b\\:\\ c\\ \\(d\\)\\'s"],
    ['zsh', 'a/', "a/b\\: c (d)'s:A page"],
    ['fish', 'a/', "a/b: c (d)'s\tA page"],
  ] as const)('of %s behind %s', (shell, raw, line) =>
    expect(answer(shell, found, raw)).toBe(`values\n${line}\n`),
  );
});
