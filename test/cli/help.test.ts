// Help texts: every example works when it is pasted, where the wiki is the emulator's.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, onTestFinished, test } from 'vitest';
import { buildProgram } from '../../src/cli/program.ts';
import { run } from '../../src/cli/run.ts';
import { shellWords } from '../../src/cli/shell-words.ts';
import { seedWorld } from '../../src/provider/emulator/seed.ts';
import { feishuRules } from '../../src/provider/emulator/server.ts';
import { takeSnapshot } from '../../src/provider/emulator/snapshot.ts';
import { type TestEdge, testEdge } from '../edge.ts';

/** What `wikiform WORDS --help` prints. */
async function helpOf(...words: readonly string[]): Promise<string> {
  const edge = testEdge({ cwd: '/' });
  expect(await run([...words, '--help'], edge)).toBe(0);
  expect(edge.stderr()).toBe('');
  return edge.stdout();
}

const program = await buildProgram(testEdge({ cwd: '/' }), () => undefined);

/** The words of every command that does something, and none for the program itself. */
function pathsOf(command: Command, path: readonly string[] = []): (readonly string[])[] {
  const below = command.commands.flatMap((one) => pathsOf(one, [...path, one.name()]));
  return below.length === 0 || path.length === 0 ? [path, ...below] : below;
}

const paths = pathsOf(program);

const examplesIn = (help: string): string[] =>
  [...help.matchAll(/^ {2}\$ (.*)$/gm)].map(([, example = '']) => example);

test('every command has an example', async () => {
  expect(paths.length).toBeGreaterThan(10);
  for (const path of paths) expect(examplesIn(await helpOf(...path)), path.join(' ')).not.toEqual([]);
});

test('with --format json, misuse of any command is one document', async () => {
  for (const path of paths) {
    const edge = testEdge({ cwd: '/', env: {} });
    expect(await run([...path, '--nonsense', '--format', 'json'], edge), path.join(' ')).toBe(1);
    expect(edge.stderr()).toBe('');
    expect(JSON.parse(edge.stdout()), path.join(' ')).toMatchObject({ diagnostics: [{ code: 'USAGE' }] });
  }
});

/** The commands of a line as a shell parts them: what it does with their output does not matter here. */
function commandsIn(line: string): string[][] {
  const bare = line.replace(/\s+#.*$/, '').replace(/^source <\((.*)\)$/, '$1');
  return bare.split(' && ').map((part) => {
    const { before, current } = shellWords(part.replace(/ > \S+$/, ''));
    const [name, ...words] = current === '' ? before : [...before, current];
    expect(name, line).toBe('wikiform');
    return words;
  });
}

/** A folder as `init` leaves it, but for the commands that make one, and a wiki with a space to import. */
async function workplace(isEmpty: boolean): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'wikiform-help-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  if (!isEmpty) expect(await run(['init'], testEdge({ cwd: folder }))).toBe(0);
  const seed = [{ id: '7034502641455497244', name: 'There already', nodes: ['Welcome'] }];
  mkdirSync(join(folder, '.wikiform/emulator'), { recursive: true });
  const world = takeSnapshot(seedWorld(seed, { rules: feishuRules() }));
  writeFileSync(join(folder, '.wikiform/emulator/state.world.json'), JSON.stringify(world));
  return folder;
}

/** A terminal where somebody types yes, and ends what serves until it is ended. */
function typist(cwd: string, isServing: boolean, env: Readonly<Record<string, string>> = {}): TestEdge {
  return testEdge({
    cwd,
    env: { WIKIFORM_EMULATOR: '1', HOME: cwd, ...env },
    isInteractive: true,
    ask: async () => 'yes',
    onInterrupt: (listener) => {
      if (isServing) queueMicrotask(listener);
      return () => undefined;
    },
  });
}

describe('examples', async () => {
  const all = await Promise.all(paths.map((path) => helpOf(...path)));
  const examples = [...new Set(all.flatMap(examplesIn))];
  const isFirst = ([name]: readonly string[]): boolean => name === 'init' || name === 'import';

  /** These need what was applied, or a remote; test/e2e/git-state.test.ts has both. */
  const isElsewhere = (example: string): boolean => /^wikiform state (forget|log|migrate)/.test(example);

  test.each(examples.filter((example) => !isElsewhere(example)))('%s', async (example) => {
    const commands = commandsIn(example);
    const folder = await workplace(commands.some(isFirst));
    const makes = commands.some((words) => words.includes('--out'));
    const before = example.includes('plan.json') && !makes ? [['plan', '--out', 'plan.json']] : [];
    for (const words of [...before, ...commands]) {
      const edge = typist(folder, words[0] === 'emulator');
      expect(await run(words, edge), `${words.join(' ')}: ${edge.stderr()}`).toBe(0);
    }
  });

  test.each(examples)('%s, as JSON', async (example) => {
    const commands = commandsIn(example).filter((words) => !words.includes('--format'));
    const folder = await workplace(commands.some(isFirst));
    for (const words of commands) {
      const edge = typist(folder, words[0] === 'emulator', { WIKIFORM_FORMAT: 'json' });
      await run(words, edge);
      expect(() => JSON.parse(edge.stdout()), `${words.join(' ')}: ${edge.stdout()}`).not.toThrow();
    }
  });
});

test('where one command is called, no other is loaded, and it is the same', async () => {
  for (const whole of program.commands) {
    const words = [whole.name(), '--help'];
    const { commands } = await buildProgram(testEdge({ cwd: '/' }), () => undefined, words);
    const found = commands.filter((one) => one.name() === whole.name());
    expect(found.map((one) => one.helpInformation())).toEqual([whole.helpInformation()]);
    expect(commands).toHaveLength(whole.name() === 'completion' ? program.commands.length : 1);
  }
});
