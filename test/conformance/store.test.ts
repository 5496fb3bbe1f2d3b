import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { fileStore } from '../../src/state/file-store.ts';
import { openGitStore } from '../../src/state/git/git-store.ts';
import { VirtualClock } from '../clock.ts';
import { openGitSite } from '../e2e/git-site.ts';
import { describeStore } from './store-suite.ts';

describeStore('the store in files', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wikiform-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const clock = new VirtualClock();
  return {
    clock,
    open: async (processes) => fileStore({ statePath: join(folder, 'state.json'), clock, processes }),
  };
});

describeStore('the store on a Git ref', async () => {
  const site = openGitSite();
  site.commit('version: 1\n');
  const { folder } = site.clone();
  const clock = new VirtualClock();
  return {
    clock,
    async open(processes) {
      const place = { remote: 'origin', ref: 'refs/wikiform/state', folder };
      const store = await openGitStore({
        ...place,
        env: site.env,
        clock,
        random: () => 0,
        processes,
        timeoutMs: 60_000,
        version: '0.0.0',
      });
      onTestFinished(() => store.close());
      return store;
    },
  };
});
