// Golden cases: what the command says about a wiki, compared byte for byte. `UPDATE_GOLDEN=1 npx vitest
// run test/golden.test.ts` writes what it says now; look at the difference before keeping it.
//
// Every folder of `examples/` is one: validated, planned, applied and planned again on the embedded
// emulator; `test/golden/examples/NAME/` holds what the first plan says.
//
// A folder of `test/golden/wiki/` holds
//   live.json      the wiki, as `seedWorld` takes it; ids are written out so that they can be told apart
//   before.yaml    if there is one: the manifest that was applied to it, which makes the state
//   edits.json     if there is one: what people have done in the wiki since (`edit` below)
//   wikiform.yaml  the manifest that is planned
// and what is said then: plan.txt, plan.json, plan.diff, plan.md, plan.github.txt and plan.html without what
// all pages share (stdout in the formats of their names), diagnostics.txt (stderr). Of a document of many steps only the hash is kept.
// What can be applied is applied, and the plan after it has to be empty.

import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { run } from '../src/cli/run.ts';
import { findPage } from '../src/provider/emulator/outline.ts';
import {
  addPage,
  deleteSubtree,
  dragNode,
  hideNode,
  type PersonPlace,
  renamePage,
} from '../src/provider/emulator/person.ts';
import { type SeedSpace, seedWorld } from '../src/provider/emulator/seed.ts';
import { feishuRules } from '../src/provider/emulator/server.ts';
import { takeSnapshot } from '../src/provider/emulator/snapshot.ts';
import type { World } from '../src/provider/emulator/world.ts';
import { testEdge } from './edge.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const golden = join(root, 'test/golden');
const foldersIn = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();

interface Said {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Workplace {
  readonly folder: string;
  /** Runs the command on the embedded emulator. */
  say(...words: readonly string[]): Promise<Said>;
}

/** A copy of a folder to work in. */
function workIn(source: string): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'wikiform-golden-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  // Whoever tries an example in its place leaves a state behind.
  cpSync(source, folder, { recursive: true, filter: (path) => basename(path) !== '.wikiform' });
  return {
    folder,
    async say(...words) {
      const edge = testEdge({ cwd: folder });
      const exitCode = await run([...words, '--emulator'], edge);
      return { exitCode, stdout: edge.stdout(), stderr: edge.stderr() };
    },
  };
}

/** Compares with the file, or writes it where that was asked for; no file and no text are the same. */
function expectGolden(file: string, text: string): void {
  if (process.env.UPDATE_GOLDEN === '1') {
    rmSync(file, { force: true });
    mkdirSync(dirname(file), { recursive: true });
    if (text !== '') writeFileSync(file, text);
  }
  expect(text, file).toBe(existsSync(file) ? readFileSync(file, 'utf8') : '');
}

/** The formats that leave stderr as it is, and the files that hold them. */
const textFormats = {
  diff: 'plan.diff',
  markdown: 'plan.md',
  github: 'plan.github.txt',
  html: 'plan.html',
} as const;

/** What every page carries is tested in a browser, and would drown what a plan is drawn from. */
const shared = [
  /(?<=<style>)[\s\S]*?(?=<\/style>)/g,
  /(?<=<script type="module">)[\s\S]*?(?=<\/script>)/g,
  /'sha256-[^']*'/g,
];

const ownPart = (text: string): string => shared.reduce((rest, pattern) => rest.replace(pattern, '…'), text);

async function expectGoldenPlan(place: Workplace, folder: string): Promise<Said> {
  const text = await place.say('plan');
  const json = await place.say('plan', '--format', 'json');
  expectGolden(join(folder, 'plan.txt'), text.stdout);
  expectGolden(join(folder, 'diagnostics.txt'), text.stderr);
  expectGolden(join(folder, 'plan.json'), hashed(json.stdout));
  expect(json).toMatchObject({ exitCode: text.exitCode, stderr: '' });
  for (const [format, file] of Object.entries(textFormats)) {
    const said = await place.say('plan', '--format', format);
    expectGolden(join(folder, file), hashed(format === 'html' ? ownPart(said.stdout) : said.stdout));
    expect(said).toMatchObject({ exitCode: text.exitCode, stderr: text.stderr });
  }
  return text;
}

/** Too long to be read by anybody, and long in the history. */
const mostBytes = 100_000;

function hashed(text: string): string {
  if (text.length <= mostBytes) return text;
  return `${createHash('sha256').update(text).digest('hex')} (${text.length} characters)\n`;
}

async function expectConvergence(place: Workplace): Promise<void> {
  const applied = await place.say('apply', '--auto-approve');
  expect(applied.exitCode, applied.stderr).toBe(0);
  const again = await place.say('plan', '--detailed-exitcode');
  expect(again.exitCode, again.stdout + again.stderr).toBe(0);
  expect(again.stdout).toContain('No changes.');
}

describe('examples', () => {
  const names = foldersIn(join(root, 'examples'));

  test('there are some', () => expect(names.length).toBeGreaterThanOrEqual(3));

  test.each(names)('%s', async (name) => {
    const place = workIn(join(root, 'examples', name));
    const valid = await place.say('validate');
    expect(valid, valid.stderr).toMatchObject({ exitCode: 0, stderr: '' });
    await expectGoldenPlan(place, join(golden, 'examples', name));
    await expectConvergence(place);
  });
});

/** What somebody did. Pages and places are lists of titles, the space's name first. */
type Edit =
  | { readonly drag: readonly string[]; readonly to: readonly string[] }
  | { readonly rename: readonly string[]; readonly as: string }
  | { readonly add: string; readonly below: readonly string[] }
  | { readonly delete: readonly string[] }
  | { readonly hide: readonly string[] }
  | { readonly lose: 'the state' };

describe('wikis', () => {
  test.each(foldersIn(join(golden, 'wiki')))('%s', async (name) => {
    const source = join(golden, 'wiki', name);
    const place = workIn(source);
    const world = seedWorld(read<readonly SeedSpace[]>(source, 'live.json'), { rules: feishuRules() });
    save(world, place);
    if (existsSync(join(source, 'before.yaml'))) {
      const applied = await place.say('apply', '--auto-approve', '--file', 'before.yaml');
      expect(applied.exitCode, applied.stderr).toBe(0);
      expect(applied.stdout, 'what was applied is what is there').toContain('Nothing to do');
    }
    const edits = existsSync(join(source, 'edits.json')) ? read<readonly Edit[]>(source, 'edits.json') : [];
    for (const made of edits) edit(world, made, place);
    save(world, place);
    const { exitCode, stdout } = await expectGoldenPlan(place, source);
    const isLong = name === 'two-thousand-steps';
    if (exitCode === 0 && !isLong && !stdout.includes('blocked')) await expectConvergence(place);
  });
});

function read<Value>(folder: string, file: string): Value {
  return JSON.parse(readFileSync(join(folder, file), 'utf8'));
}

/** Puts the world where the emulator of this folder looks for it. */
function save(world: World, { folder }: Workplace): void {
  mkdirSync(join(folder, '.wikiform/emulator'), { recursive: true });
  const file = join(folder, '.wikiform/emulator/state.world.json');
  writeFileSync(file, JSON.stringify(takeSnapshot(world)));
}

function edit(world: World, made: Edit, { folder }: Workplace): void {
  if ('drag' in made) dragNode(world, page(world, made.drag), placeAt(world, made.to));
  else if ('rename' in made) renamePage(world, page(world, made.rename), made.as);
  else if ('add' in made) addPage(world, placeAt(world, made.below), { title: made.add });
  else if ('delete' in made) deleteSubtree(world, page(world, made.delete));
  else if ('hide' in made) hideNode(world, page(world, made.hide), ['user']);
  else rmSync(join(folder, '.wikiform/emulator/state.json'));
}

function placeAt(world: World, titles: readonly string[]): PersonPlace {
  return titles.length === 1
    ? { space: spaceCalled(world, titles[0] ?? '') }
    : { parent: page(world, titles) };
}

function page(world: World, [space = '', ...titles]: readonly string[]): string {
  const found = findPage(world, spaceCalled(world, space), ...titles);
  if (found === undefined) throw new Error(`no page ${titles.join('/')} in ${space}`);
  return found;
}

function spaceCalled(world: World, name: string): string {
  const found = world.spaces.find((space) => space.name === name);
  if (found === undefined) throw new Error(`no space ${name}`);
  return found.id;
}
