// Trouble with the disk: full, not writable, or changed under an interrupted run. Nothing is lost, and
// nothing is written to the wiki that could not be remembered before.

import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { openJournal } from '../../src/state/journal-file.ts';
import { stateFile } from '../../src/state/state-file.ts';
import { StateWriteError } from '../../src/state/state-store.ts';
import { handbook, openSite } from '../e2e/site.ts';
import { plainState } from '../fixture.ts';
import { deedsOf, isFuzzing } from './fate.ts';
import { type Mortal, mortal } from './mortal.ts';
import { expectFulfilled, isDone } from './outcome.ts';
import { programmes } from './scene.ts';
import { play } from './theatre.ts';
import { vendors } from './vendor.ts';

/** A process whose disk takes so many entries and then nothing more. */
function onDiskFor(path: string, entries: number): Mortal {
  const process = mortal(path);
  const room = { entries };
  const take = (): void => {
    room.entries -= 1;
    if (room.entries >= 0) return;
    const parts = { detail: `${path} cannot be written (ENOSPC).`, help: 'Make room.' };
    throw new StateWriteError(diagnostic('STATE_UNWRITABLE', parts), new Error('ENOSPC'));
  };
  return {
    ...process,
    store: {
      ...process.store,
      async save(state, unfinished) {
        if (room.entries <= 0) take();
        await process.store.save(state, unfinished);
      },
      async begin(unfinished, state) {
        if (room.entries <= 0) take();
        const journal = await process.store.begin(unfinished, state);
        return {
          close: () => journal.close(),
          async append(entry) {
            take();
            await journal.append(entry);
          },
        };
      },
    },
  };
}

test.each(programmes)(
  '$vendor.kind: a disk that is full stops the run at once, and the next one goes on',
  async ({ founding }) => {
    const entriesInAll = (await deedsOf(founding)).filter((deed) => typeof deed === 'object').length;
    for (let entries = 1; entries < entriesInAll; entries += isFuzzing ? 1 : 3) {
      await play(founding, async (theatre) => {
        const first = await theatre.run(onDiskFor(theatre.path, entries));
        expect(first.result?.stopped).toBeInstanceOf(StateWriteError);
        const last = await theatre.run();
        expect(isDone(last)).toBe(true);
        await expectFulfilled(theatre);
      });
    }
  },
);

test.each(programmes)(
  '$vendor.kind: a disk that is full from the beginning: nothing is written to the wiki',
  async ({ founding }) => {
    await play(founding, async (theatre) => {
      await expect(theatre.run(onDiskFor(theatre.path, 0))).rejects.toBeInstanceOf(StateWriteError);
      expect(theatre.writes()).toBe(0);
    });
  },
);

test.skipIf(!existsSync('/dev/full'))(
  'what a full disk refuses is an error, and so is all that comes after it',
  async () => {
    const refused = (cause: unknown): Error => new Error('refused', { cause });
    const journal = await openJournal('/dev/full', refused);
    const entry = { entry: 'failed', step: 's1' } as const;
    await expect(journal.append(entry)).rejects.toMatchObject({ cause: { code: 'ENOSPC' } });
    await expect(journal.append(entry)).rejects.toThrow('refused');
    await journal.close();
  },
);

const pages = handbook('- Welcome\n- { title: Onboarding, children: [Day one] }');

/** A folder in which nobody can make files, whoever runs this. */
const readOnly = '/proc/self';

test.skipIf(!existsSync(readOnly)).each(vendors)(
  '$kind: a read-only folder is refused before the first write',
  async (vendor) => {
    const site = await openSite({ kind: vendor.kind, env: vendor.env });
    site.manifest(pages);
    const refused = await site.run(`apply --auto-approve --state ${readOnly}/state.json --format json`);
    expect(refused).toMatchObject({ exitCode: 1, writes: 0 });
    expect(refused.apply().diagnostics).toMatchObject([{ code: 'STATE_UNWRITABLE' }]);
  },
);

test.each(vendors)(
  '$kind: a journal that cannot be begun is refused before the first write, and the state is as it was',
  async (vendor) => {
    const site = await openSite({ kind: vendor.kind, env: vendor.env });
    site.manifest(pages);
    mkdirSync(join(site.folder, '.wikiform/state.journal.ndjson/in the way'), { recursive: true });
    const refused = await site.run('apply --auto-approve');
    expect(refused).toMatchObject({ exitCode: 1, writes: 0 });
    expect(refused.stderr).toContain('STATE_UNWRITABLE');
    rmSync(join(site.folder, '.wikiform/state.journal.ndjson'), { recursive: true });
    await site.apply();
    await site.expectNothingToDo();
  },
);

test.each(vendors)('$kind: a journal that is broken in the middle is not guessed at', async (vendor) => {
  const site = await openSite({ kind: vendor.kind, env: vendor.env });
  site.manifest(pages);
  await site.apply();
  site.write('.wikiform/state.journal.ndjson', '{"entry":"run"\n{"entry":"failed","step":"s1"}\n');
  const refused = await site.run('apply --auto-approve');
  expect(refused).toMatchObject({ exitCode: 1, calls: {} });
  expect(refused.stderr).toMatch(/STATE_UNREADABLE[\s\S]*line 1/);
});

test.each(vendors)(
  '$kind: a journal that is older than the state, as after git pull, rebinds nothing that the state knows',
  async (vendor) => {
    const site = await openSite({ kind: vendor.kind, env: vendor.env });
    site.manifest(pages);
    await site.apply();
    const path = join(site.folder, '.wikiform/state.json');
    const pulled = site.read('.wikiform/state.json');
    const store = stateFile(path);
    const loaded = await store.load();
    if (loaded.kind !== 'state') throw new Error('there is no state');
    // Another machine's memory, in which Welcome was another page; then the journal of a run on it.
    const [welcome, onboarding] = [...loaded.state.nodes].filter(([address]) => !address.includes('Day'));
    if (welcome === undefined || onboarding === undefined) throw new Error('there are no pages');
    writeFileSync(path, pulled.replace('"Welcome"', '"Wellcome"'));
    const journal = await store.begin({ plan: 'sha256:old', open: [], strays: [] });
    const rebound = { ...welcome[1], id: onboarding[1].id };
    await journal.append({
      entry: 'done',
      step: 's1',
      events: [{ kind: 'bind-node', address: welcome[0], binding: rebound }],
    });
    await journal.close();
    writeFileSync(path, pulled);
    const after = await store.load();
    expect(after.kind === 'state' ? plainState(after.state) : after).toEqual(plainState(loaded.state));
    await site.expectNothingToDo();
  },
);
