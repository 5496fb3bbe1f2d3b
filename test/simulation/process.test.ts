// The built command in real processes, killed without a warning at a request of theirs, before the wiki
// has done it or after. The same command again ends in the declared tree, with nothing made twice.

import { type ChildProcess, spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { seedWorld } from '../../src/provider/emulator/seed.ts';
import { feishuRules } from '../../src/provider/emulator/server.ts';
import type { WorldNode } from '../../src/provider/emulator/world.ts';
import { handbook, openSite, root, type Site, user } from '../e2e/site.ts';
import { casesOf, patienceMs, tell } from './fate.ts';
import { type Instant, type Relay, startRelay } from './relay.ts';

interface Job {
  readonly name: string;
  readonly before: string | undefined;
  readonly after: string;
  /** Every page, by the titles from the top down. */
  readonly pages: readonly string[];
}

const founding: Job = {
  name: 'a new wiki',
  before: undefined,
  after: handbook(`
- Welcome
- { title: Minutes, key: one }
- { title: Minutes, key: two }
- { title: Templates, children: [Checklist] }
- { title: Onboarding, children: [{ title: First steps, copy: handbook/Templates/Checklist }, { title: Hello, shortcut: handbook/Welcome }] }`),
  pages: [
    'Minutes',
    'Minutes',
    'Onboarding',
    'Onboarding/First steps',
    'Onboarding/Hello',
    'Templates',
    'Templates/Checklist',
    'Welcome',
  ],
};

const reorganisation: Job = {
  name: 'a reorganisation',
  before: handbook(`
- { title: Left, children: [A, B, C, D, E] }
- { title: Right, children: [V, W, X, Y, Z] }`),
  after: handbook(`
- { title: Left, children: [A, B, D, E, { title: Z, movedFrom: handbook/Right/Z }] }
- { title: Right, children: [V, W, X, Y, { title: C, movedFrom: handbook/Left/C }] }
- { title: Log, children: [January, February] }`),
  pages: [
    'Left',
    'Left/A',
    'Left/B',
    'Left/D',
    'Left/E',
    'Left/Z',
    'Log',
    'Log/February',
    'Log/January',
    'Right',
    'Right/C',
    'Right/V',
    'Right/W',
    'Right/X',
    'Right/Y',
  ],
};

const jobs = [founding, reorganisation];

const environment = { ...user, PATH: process.env.PATH };

/** Runs the command, and kills it at this instant; resolves to its exit code, or to `null` where it was killed. */
function apply(site: Site, relay: Relay, instant?: Instant, what = '--auto-approve'): Promise<number | null> {
  const child: ChildProcess = spawn(process.execPath, [`${root}dist/cli/main.js`, 'apply', what], {
    cwd: site.folder,
    env: environment,
    stdio: 'ignore',
  });
  relay.arm(instant ?? { request: 0, effect: false }, () => child.kill('SIGKILL'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
}

/** Few, so that two full parents cannot exchange pages without a detour. */
const limits = { children: 5 };

/** A site at the other end of a relay, with what was applied before. */
async function prepare({ before, after }: Job): Promise<{ site: Site; relay: Relay }> {
  const site = await openSite({ pace: false, world: seedWorld([], { rules: feishuRules(limits) }) });
  const relay = await startRelay(site.emulator.url);
  const write = (text: string): void =>
    site.write(
      'wikiform.yaml',
      `version: 1\nprovider: { kind: feishu, baseUrl: "${relay.url}", limits: { children: ${limits.children} } }\n${text}`,
    );
  if (before !== undefined) {
    write(before);
    await site.apply();
  }
  write(after);
  return { site, relay };
}

const pathOf = ({ title, parent }: WorldNode): string =>
  parent === null ? title : `${pathOf(parent)}/${title}`;

async function survive(job: Job, instant: Instant): Promise<void> {
  const { site, relay } = await prepare(job);
  try {
    expect(await apply(site, relay, instant)).toBeNull();
    expect(await apply(site, relay)).toBe(0);
    expect([...site.world.nodes.values()].map(pathOf).toSorted()).toEqual(job.pages);
    expect(site.world.spaces).toHaveLength(1);
    await site.expectNothingToDo();
  } finally {
    await relay.close();
  }
}

async function requestsOf(job: Job): Promise<number> {
  const { site, relay } = await prepare(job);
  try {
    expect(await apply(site, relay)).toBe(0);
    return relay.count();
  } finally {
    await relay.close();
  }
}

/** Kills for each way, spread over the run. */
const killsEach = Math.min(casesOf(5), 100);

test.each(jobs)(
  '$name: killed at any request, and run again',
  async (job) => {
    const requests = await requestsOf(job);
    const instants = [true, false].flatMap((effect) =>
      Array.from({ length: killsEach }, (_, nth): Instant => {
        return { request: 1 + Math.floor((nth * requests) / killsEach), effect };
      }),
    );
    // Two at a time.
    for (let at = 0; at < instants.length; at += 2) {
      await Promise.all(
        instants.slice(at, at + 2).map((instant) => tell(instant, () => survive(job, instant))),
      );
    }
  },
  patienceMs * 5,
);

test('a saved plan is good for the rest of it, however often its process is killed', async () => {
  const { site, relay } = await prepare(reorganisation);
  try {
    expect(await site.run('plan --out plan.json')).toMatchObject({ exitCode: 0 });
    for (const request of [6, 7, 8]) {
      expect(await apply(site, relay, { request, effect: request % 2 === 0 }, 'plan.json')).toBeNull();
    }
    expect(await apply(site, relay, undefined, 'plan.json')).toBe(0);
    expect([...site.world.nodes.values()].map(pathOf).toSorted()).toEqual(reorganisation.pages);
    await site.expectNothingToDo();
  } finally {
    await relay.close();
  }
});
