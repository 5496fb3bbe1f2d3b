// Applies that take several windows of the rate, with the state on a Git ref: each batch is told before it
// runs, and when the remote goes away between two of them, no more than one batch is in doubt.

import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { systemEdge } from '../../src/cli/system-edge.ts';
import { seedWorld } from '../../src/provider/emulator/seed.ts';
import { type Emulator, startEmulator } from '../../src/provider/emulator/server.ts';
import { parseJournal } from '../../src/state/journal-text.ts';
import { leaseRenewalMs } from '../../src/state/lease.ts';
import { VirtualClock } from '../clock.ts';
import { type GitSite, openGitSite } from '../e2e/git-site.ts';
import { processes } from '../state/leases.ts';
import { patienceMs, shareOf, tell } from './fate.ts';
import { livePaths, type Pages, pathsIn } from './job.ts';
import { shortcut, type Vendor, vendors } from './vendor.ts';

const ref = 'refs/wikiform/state';
const batch = 4;

/** A wiki that takes several windows to make. */
const pagesOf = (vendor: Vendor): Pages => [
  {
    title: 'One',
    children: [
      'A',
      { title: 'B', children: ['C', 'D'] },
      ...shortcut(vendor, { title: 'To E', shortcut: 'handbook/Two/E' }),
    ],
  },
  { title: 'Two', children: ['E', 'F', { title: 'G', copy: 'handbook/One/A' }] },
  { title: 'Minutes', key: 'first', type: vendor.twins[0], children: ['H'] },
  { title: 'Minutes', key: 'second', type: vendor.twins[2], children: ['I'] },
];

/** A clock on which a window of the rate is over at once, while timeouts and renewals never come. */
class HurriedClock extends VirtualClock {
  override async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (ms > 60_000 || ms === leaseRenewalMs) return super.sleep(ms, signal);
    if (signal?.aborted) throw signal.reason;
    await this.advance(ms);
  }
}

interface Stage {
  readonly site: GitSite;
  readonly emulator: Emulator;
}

type Spaces = Readonly<Record<string, { readonly name: string; readonly nodes: Pages }>>;

async function openStage(vendor: Vendor, spaces: Spaces): Promise<Stage> {
  const site = openGitSite(vendor.env);
  const world = seedWorld([], { rules: vendor.emulation.rules() });
  const { clock } = systemEdge();
  const emulator = await startEmulator({ clock, vendor: vendor.emulation, world, pace: false });
  onTestFinished(() => emulator.close());
  const pace = { 'create-node': `${batch}/min` };
  const provider = { kind: vendor.kind, baseUrl: emulator.url, pace };
  site.commit(JSON.stringify({ version: 1, state: 'git', provider, spaces }));
  return { site, emulator };
}

const openHandbook = (vendor: Vendor): Promise<Stage> =>
  openStage(vendor, { handbook: { name: 'Handbook', nodes: pagesOf(vendor) } });

/** From this push on, counted from 1, the remote takes nothing; then everything again. */
function closeFrom({ site }: Stage, push: number): void {
  const counter = join(site.folder, 'count');
  writeFileSync(counter, '');
  site.hook(
    'pre-receive',
    `echo x >> '${counter}'; [ $(wc -l < '${counter}') -lt ${push} ] || { echo gone >&2; exit 1; }`,
  );
}

const reopen = ({ site }: Stage): void => site.hook('pre-receive', 'exit 0');

/** Steps that are told and whose end the ref does not know. */
function inDoubt({ site }: Stage): number {
  let text: string;
  try {
    text = `${site.git('show', `${ref}:spaces/handbook/journal.ndjson`)}\n`;
  } catch {
    return 0;
  }
  const parsed = parseJournal(text);
  if (parsed.kind === 'broken') throw new Error(`line ${parsed.line}`);
  const open = new Set<string>();
  for (const entry of parsed.entries) {
    if (entry.entry === 'intent') open.add(entry.intent.step);
    if (entry.entry === 'done' || entry.entry === 'failed') open.delete(entry.step);
  }
  return open.size;
}

/** An hour later, on a machine of its own. */
const runner = (nth: number) => ({
  clock: new HurriedClock(Date.UTC(2026, 0, 1, nth)),
  processes: processes({ pid: nth, machine: `runner ${nth}`, running: [nth] }),
});

function expectWhole(vendor: Vendor, { emulator: { world } }: Stage): void {
  expect(world.spaces).toHaveLength(1);
  expect(livePaths(world)).toEqual(pathsIn(pagesOf(vendor)));
}

test.each(vendors)('$kind: a batch is told at a time, and pushed no more often than that', async (vendor) => {
  const stage = await openHandbook(vendor);
  const ending = await stage.site.clone().run('apply --auto-approve', runner(1));
  expect(ending, ending.stderr).toMatchObject({ exitCode: 0 });
  expectWhole(vendor, stage);
});

const fates = vendors.flatMap((vendor) =>
  ['its clone is deleted', 'its clone is used again'].map((fate) => ({ vendor, kind: vendor.kind, fate })),
);

test.each(fates)(
  '$kind: the remote goes away at any push, and $fate',
  async ({ vendor, fate }) => {
    for (const push of shareOf(vendor, [1, 2, 3, 4, 5, 6])) {
      await tell(push, async () => {
        const stage = await openHandbook(vendor);
        const first = stage.site.clone();
        closeFrom(stage, push);
        const stopped = await first.run('apply --auto-approve', runner(1));
        expect([0, 1, 3, 4]).toContain(stopped.exitCode);
        // What is under way when the next batch is told is in doubt beside it.
        expect(inDoubt(stage)).toBeLessThanOrEqual(2 * batch);
        reopen(stage);
        if (fate === 'its clone is deleted') rmSync(first.folder, { recursive: true });
        const next = fate === 'its clone is deleted' ? stage.site.clone() : first;
        const ending = await next.run('apply --auto-approve', runner(2));
        expect(ending, ending.stderr).toMatchObject({ exitCode: 0 });
        expectWhole(vendor, stage);
        expect(await next.run('plan --detailed-exitcode', runner(3))).toMatchObject({ exitCode: 0 });
        expect(inDoubt(stage)).toBe(0);
      });
    }
  },
  patienceMs * 2,
);

/** Two spaces of which one points into the other. */
function twoSpaces({ capabilities: { shortcuts } }: Vendor): Spaces {
  const pointing = shortcuts.create ? { shortcut: 'a/One' } : { copy: 'a/One' };
  return {
    a: { name: 'A', nodes: ['One', { title: 'Two', children: ['Three'] }] },
    b: {
      name: 'B',
      nodes: [
        { title: 'To One', ...pointing },
        { title: 'Four', children: ['Five'] },
      ],
    },
  };
}

test.each(vendors)(
  '$kind: what a run left in two spaces is made good by a run on each, in any order',
  async (vendor) => {
    for (const push of shareOf(vendor, [2, 3, 4, 5, 6])) {
      const order = push % 2 === 0 ? ['a', 'b'] : ['b', 'a'];
      await tell([push, order], async () => {
        const stage = await openStage(vendor, twoSpaces(vendor));
        const first = stage.site.clone();
        closeFrom(stage, push);
        await first.run('apply --auto-approve', runner(1));
        reopen(stage);
        rmSync(first.folder, { recursive: true });
        for (const [nth, key] of [...order, order[0]].entries()) {
          const ending = await stage.site.clone().run(`apply --auto-approve --space ${key}`, runner(2 + nth));
          // What points to a page that is not there yet has to wait for it.
          expect([0, 1], ending.stderr).toContain(ending.exitCode);
        }
        const { world } = stage.emulator;
        expect(world.spaces.map(({ name }) => name).toSorted()).toEqual(['A', 'B']);
        expect([...world.nodes.values()].map(({ title }) => title).toSorted()).toEqual([
          'Five',
          'Four',
          'One',
          'Three',
          'To One',
          'Two',
        ]);
        expect(stage.site.git('ls-tree', '-r', '--name-only', ref).split('\n')).toEqual([
          'format.json',
          'spaces/a/state.json',
          'spaces/b/state.json',
        ]);
        const planned = await stage.site.clone().run('plan --detailed-exitcode', runner(9));
        expect(planned, planned.stdout).toMatchObject({ exitCode: 0 });
      });
    }
  },
  patienceMs * 2,
);
