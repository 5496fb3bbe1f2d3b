// The built command in real processes with its state on a Git ref, killed without a warning: at a request of
// theirs, before the wiki has done it or after, and at a push, before the remote has taken it or after. The
// clone is deleted, and a run in a fresh one ends in the declared tree, with nothing made twice.

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemEdge } from '../../src/cli/system-edge.ts';
import { seedWorld } from '../../src/provider/emulator/seed.ts';
import { type Emulator, feishuRules, startEmulator } from '../../src/provider/emulator/server.ts';
import type { WorldNode } from '../../src/provider/emulator/world.ts';
import { type Clone, type GitSite, openGitSite } from '../e2e/git-site.ts';
import { handbook } from '../e2e/site.ts';
import { casesOf, patienceMs, tell } from './fate.ts';
import { type Relay, startRelay } from './relay.ts';

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
- { title: Log, children: [January, { title: February, children: [Week one] }] }`),
  pages: [
    'Left',
    'Left/A',
    'Left/B',
    'Left/D',
    'Left/E',
    'Left/Z',
    'Log',
    'Log/February',
    'Log/February/Week one',
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

type Instant =
  | { readonly request: number; readonly effect: boolean }
  | { readonly push: number; readonly effect: boolean };

interface Stage {
  readonly site: GitSite;
  readonly emulator: Emulator;
  readonly relay: Relay;
}

/** Few, so that two full parents cannot exchange pages without a detour. */
const limits = { children: 5 };

async function withStage<T>({ before, after }: Job, use: (stage: Stage) => Promise<T>): Promise<T> {
  const site = openGitSite();
  const world = seedWorld([], { rules: feishuRules(limits) });
  const emulator = await startEmulator({ clock: systemEdge().clock, world, pace: false });
  const relay = await startRelay(emulator.url);
  const write = (text: string): void =>
    site.commit(
      `version: 1\nstate: git\nprovider: { kind: feishu, baseUrl: "${relay.url}", limits: { children: ${limits.children} } }\n${text}`,
    );
  try {
    if (before !== undefined) {
      write(before);
      expect(await site.clone().run('apply --auto-approve')).toMatchObject({ exitCode: 0 });
    }
    write(after);
    countPushes(site);
    return await use({ site, emulator, relay });
  } finally {
    await relay.close();
    await emulator.close();
  }
}

/** The remote counts pushes, and kills whoever it is told to at one of them. */
function countPushes(site: GitSite): void {
  const at = (file: string): string => JSON.stringify(join(site.folder, file));
  const strike = `if [ -f ${at('pid')} ] && [ "$(cat ${at('instant')})" = "$1 $count" ]; then kill -9 $(cat ${at('pid')}); fi`;
  site.hook(
    'pre-receive',
    `cat > /dev/null; echo x >> ${at('pushes')}; count=$(wc -l < ${at('pushes')} | tr -d ' '); set before; ${strike}; exit 0`,
  );
  site.hook(
    'post-receive',
    `cat > /dev/null; count=$(wc -l < ${at('pushes')} | tr -d ' '); set after; ${strike}; exit 0`,
  );
}

const pushesOf = ({ folder }: GitSite): number => {
  const file = join(folder, 'pushes');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').length : 0;
};

function apply({ site, relay }: Stage, clone: Clone, instant?: Instant): ReturnType<Clone['command']> {
  return clone.command('apply --auto-approve', {}, (kill, pid) => {
    relay.arm(instant !== undefined && 'request' in instant ? instant : { request: 0, effect: false }, kill);
    if (instant === undefined || 'request' in instant) return;
    writeFileSync(join(site.folder, 'instant'), `${instant.effect ? 'after' : 'before'} ${instant.push}`);
    writeFileSync(join(site.folder, 'pid'), String(pid));
  });
}

function survive(job: Job, instants: readonly Instant[]): Promise<void> {
  return withStage(job, async (stage) => {
    const { site, emulator } = stage;
    for (const [nth, instant] of instants.entries()) {
      const doomed = site.clone('--depth=1', '--no-local');
      const { exitCode } = await apply(stage, doomed, instant);
      // One that goes on from another may be done before its end comes.
      expect(nth === 0 ? [null] : [null, 0]).toContain(exitCode);
      doomed.delete();
      rmSync(join(site.folder, 'pid'), { force: true });
      rmSync(join(site.folder, 'pushes'), { force: true });
    }
    const next = site.clone('--depth=1', '--no-local');
    const ending = await apply(stage, next);
    expect(ending, ending.stderr).toMatchObject({ exitCode: 0 });
    const { nodes, spaces } = emulator.world;
    expect([...nodes.values()].map(pathOf).toSorted()).toEqual(job.pages);
    expect(spaces).toHaveLength(1);
    const planned = await next.run('plan --detailed-exitcode');
    expect(planned, planned.stdout).toMatchObject({ exitCode: 0 });
  });
}

const pathOf = ({ title, parent }: WorldNode): string =>
  parent === null ? title : `${pathOf(parent)}/${title}`;

/** Every instant at which an unbroken run can be struck. */
function instantsOf(job: Job): Promise<readonly Instant[]> {
  return withStage(job, async (stage) => {
    const ending = await apply(stage, stage.site.clone());
    expect(ending, ending.stderr).toMatchObject({ exitCode: 0 });
    const upTo = (count: number): number[] => Array.from({ length: count }, (_, nth) => nth + 1);
    return [true, false].flatMap((effect) => [
      ...upTo(stage.relay.count()).map((request) => ({ request, effect })),
      ...upTo(pushesOf(stage.site)).map((push) => ({ push, effect })),
    ]);
  });
}

/** One death, spread over the run; where there are more cases than instants, two in a row. */
function fateOf(nth: number, most: number, all: readonly Instant[]): readonly Instant[] {
  const pick = (at: number): Instant[] => all.slice(at % all.length).slice(0, 1);
  if (most <= all.length) return pick(Math.floor((nth * all.length) / most));
  // Strides without a common factor meet many pairs.
  return nth < all.length ? pick(nth) : [...pick(nth * 37), ...pick(nth * 11)];
}

/** Side by side: most of the time of each is spent waiting. */
const abreast = 4;

test.each(jobs)(
  '$name: killed anywhere, its clone deleted, and run again in a fresh one',
  async (job) => {
    const all = await instantsOf(job);
    const most = Math.min(casesOf(15), 150);
    const fates = Array.from({ length: most }, (_, nth) => fateOf(nth, most, all));
    for (let at = 0; at < most; at += abreast) {
      await Promise.all(fates.slice(at, at + abreast).map((fate) => tell(fate, () => survive(job, fate))));
    }
  },
  patienceMs * 10,
);
