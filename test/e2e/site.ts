// A site to work on: a folder with a manifest in it, an emulated wiki on real HTTP, and the command
// between them, run in this process or as the built one in a process of its own.
//
// Every run is held to two promises whatever it is about: JSON is one document that its schema allows,
// and no credential shows up in what is written (law 10).

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished } from 'vitest';
import type { Edge } from '../../src/cli/edge.ts';
import { run } from '../../src/cli/run.ts';
import { systemEdge } from '../../src/cli/system-edge.ts';
import { findPage, outlineOf } from '../../src/provider/emulator/outline.ts';
import { type SeedSpace, seedWorld } from '../../src/provider/emulator/seed.ts';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../src/provider/emulator/server.ts';
import type { World } from '../../src/provider/emulator/world.ts';
import { emulationOf } from '../../src/provider/registry.ts';
import type { ApplyDocument } from '../../src/render/apply-json.ts';
import type { PlanDocument, ValidationDocument } from '../../src/render/plan-json.ts';
import type { VendorKind } from '../../src/tree/capability.ts';
import { aheadOf, PauseFreeClock } from '../clock.ts';
import { testEdge } from '../edge.ts';
import { schemaErrors } from '../render/document-schema.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Credentials that must never be seen again; `user` and `app` are environments. */
const secrets = {
  userToken: 'u-canaryUserToken7c1f',
  appSecret: 'canaryAppSecret9d2e',
};
export const user = { FEISHU_USER_ACCESS_TOKEN: secrets.userToken };
export const operator = {
  DINGTALK_APP_KEY: 'ding_site',
  DINGTALK_APP_SECRET: secrets.appSecret,
  DINGTALK_OPERATOR_ID: 'union_site',
};
export const app = { FEISHU_APP_ID: 'cli_site', FEISHU_APP_SECRET: secrets.appSecret };

/** The canaries, and the shape of the tokens that the emulator issues. */
const secretPattern = new RegExp(`${secrets.userToken}|${secrets.appSecret}|\\bt-g1\\w{20}|\\beyJ\\w{20}`);

const writeEndpoints = ['create-space', 'create-node', 'copy-node', 'move-node', 'rename-node'];

type Environment = Edge['env'];

interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What reached the server, by endpoint; calls for tokens left out. */
  readonly calls: Readonly<Record<string, number>>;
  /** How many of the calls were writes. */
  readonly writes: number;
  /** Stdout as the document of `plan --format json`. */
  plan(): PlanDocument;
  apply(): ApplyDocument;
  validation(): ValidationDocument;
}

export interface Site {
  readonly folder: string;
  readonly emulator: Emulator;
  readonly world: World;
  /** Writes a file below the folder. */
  write(file: string, text: string): void;
  read(file: string): string;
  /** Writes `wikiform.yaml`: the provider at this emulator, then the text. */
  manifest(text: string, provider?: string): void;
  /** Runs the command in this process; words are parted by blanks. */
  run(words: string, edge?: Partial<Edge>): Promise<Outcome>;
  /** Runs the built command in a process of its own. */
  command(words: string, environment?: Environment): Promise<Outcome>;
  /** Applies, and expects it to be done. */
  apply(): Promise<Outcome>;
  /** Plans, and expects nothing to do. */
  expectNothingToDo(): Promise<Outcome>;
  /** The id of the only space of this name. */
  space(name: string): string;
  /** The id of the page with these titles, from the space's name down. */
  page(space: string, ...titles: readonly string[]): string;
  outline(space: string): readonly string[];
}

export interface SiteOptions extends Omit<EmulatorOptions, 'clock'> {
  readonly spaces?: readonly SeedSpace[];
  /** Whose wiki; Feishu's unless told. */
  readonly kind?: VendorKind;
  /** Instead of spaces: a world that is there already. */
  readonly world?: World;
  /** Who works; the user unless told. */
  readonly env?: Environment;
}

/** Opens a site, and takes it away when the test is over. */
export async function openSite(options: SiteOptions = {}): Promise<Site> {
  const { spaces = [], env = user, ...rest } = options;
  const folder = mkdtempSync(join(tmpdir(), 'wikiform-site-'));
  const kind = options.kind ?? 'feishu';
  const vendor = emulationOf(kind);
  const world = options.world ?? seedWorld(spaces, { rules: vendor.rules() });
  // The vendor's time goes on by each pause that a command makes without waiting: else a task would never end,
  // and a rate never rest, while one asks again at once.
  const time = aheadOf(systemEdge().clock);
  const emulator = await startEmulator({ ...rest, vendor, clock: time.clock, world });
  onTestFinished(async () => {
    await emulator.close();
    expectNoSecret(folder);
    rmSync(folder, { recursive: true, force: true });
  });

  async function watched(work: () => Promise<Ending>): Promise<Outcome> {
    const before = emulator.requests().length;
    const ending = await work();
    return outcome(ending, emulator, before);
  }

  const site: Site = {
    folder,
    emulator,
    world,
    write(file, text) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    },
    read: (file) => readFileSync(join(folder, file), 'utf8'),
    manifest(text, provider = '') {
      const fields = [`kind: ${kind}`, `baseUrl: "${emulator.url}"`, ...(provider === '' ? [] : [provider])];
      site.write('wikiform.yaml', `version: 1\nprovider: { ${fields.join(', ')} }\n${text}`);
    },
    run: (words, edge = {}) =>
      watched(async () => {
        const made = testEdge({ cwd: folder, env, clock: new PauseFreeClock(time.add), ...edge });
        const exitCode = await run(split(words), made);
        return { exitCode, stdout: made.stdout(), stderr: made.stderr() };
      }),
    command: (words, environment = env) =>
      watched(() => runCommand(split(words), { cwd: folder, env: environment })),
    async apply() {
      const applied = await site.run('apply --auto-approve');
      expect(applied, applied.stderr).toMatchObject({ exitCode: 0 });
      return applied;
    },
    async expectNothingToDo() {
      const planned = await site.run('plan --format json --detailed-exitcode');
      expect(planned.plan().steps).toEqual([]);
      expect(planned).toMatchObject({ exitCode: 0, writes: 0 });
      return planned;
    },
    space(name) {
      const [found, second] = world.spaces.filter((space) => space.name === name);
      if (found === undefined || second !== undefined) throw new Error(`not one space called ${name}`);
      return found.id;
    },
    page(space, ...titles) {
      const found = findPage(world, site.space(space), ...titles);
      if (found === undefined) throw new Error(`no page ${titles.join('/')} in ${space}`);
      return found;
    },
    outline: (space) => outlineOf(world, site.space(space)),
  };
  return site;
}

/** The manifest of one space, `handbook`; `fields` are more lines of the space, `top` more of the manifest. */
export function handbook(nodes: string, fields = '', top = ''): string {
  const indented = (text: string, blanks: number): string =>
    text.trim() === '' ? '' : `${text.trim().replace(/^/gm, ' '.repeat(blanks))}\n`;
  const space = `  handbook:\n    name: Handbook\n${indented(fields, 4)}    nodes:\n${indented(nodes, 6)}`;
  return `${top === '' ? '' : `${top.trim()}\n`}spaces:\n${space}`;
}

interface Ending {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

const split = (words: string): string[] => words.split(' ').filter((word) => word !== '');

/** Which signal to send, once, when this text has come out on stderr. */
interface Stop {
  readonly until: string;
  readonly signal: NodeJS.Signals;
}

/** The built command in a process of its own. */
export function runCommand(
  words: readonly string[],
  place: { readonly cwd: string; readonly env: Environment },
  stop?: Stop,
): Promise<Ending> {
  const child = spawn(process.execPath, [`${root}dist/cli/main.js`, ...words], {
    ...place,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    written.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    const before = written.stderr;
    written.stderr += text;
    const isDue = (shown: string): boolean => stop !== undefined && shown.includes(stop.until);
    if (isDue(written.stderr) && !isDue(before)) child.kill(stop?.signal);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === null) reject(new Error(`the command ended by ${signal}: ${written.stderr}`));
      else resolve({ exitCode: code, ...written });
    });
  });
}

function outcome(ending: Ending, emulator: Emulator, before: number): Outcome {
  expect(ending.stdout).not.toMatch(secretPattern);
  expect(ending.stderr).not.toMatch(secretPattern);
  const requests = emulator.requests().slice(before);
  const calls: Record<string, number> = {};
  for (const { endpoint } of requests) {
    if (endpoint !== 'tenant-token' && endpoint !== 'access-token')
      calls[endpoint] = (calls[endpoint] ?? 0) + 1;
  }
  return {
    ...ending,
    calls,
    writes: requests.filter(({ endpoint }) => writeEndpoints.includes(endpoint)).length,
    plan: () => parsed<PlanDocument>(ending, 'plan'),
    apply: () => parsed<ApplyDocument>(ending, 'apply'),
    validation: () => JSON.parse(ending.stdout) as ValidationDocument,
  };
}

/** Stdout as one JSON document that its schema allows. */
function parsed<Document>({ stdout, stderr }: Ending, schema: 'plan' | 'apply'): Document {
  expect(stdout, `no JSON on stdout; stderr has:\n${stderr}`).toMatch(/^\{/);
  const document: unknown = JSON.parse(stdout);
  expect(schemaErrors(schema, document)).toEqual([]);
  return document as Document;
}

/** No file below the folder holds a credential. */
export function expectNoSecret(folder: string): void {
  expect(filesIn(folder).filter((text) => secretPattern.test(text))).toEqual([]);
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'utf8'));
}
