// `npm run fuzz`: the scheduler's properties on tens of thousands of random forests, and how far its plans
// are from the shortest; thousands of deaths and faults of the simulation and the laws on random wikis, for every
// vendor; the layout of manifests. FUZZ_RUNS says on how many. A failing case is shrunk and printed with its seed.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const { status } = spawnSync(
  process.execPath,
  [
    vitest,
    'run',
    'test/schedule/legal-order',
    'test/schedule/legal-walk',
    'test/schedule/optimum',
    'test/schedule/part',
    'test/simulation/crash',
    'test/simulation/fault',
    'test/simulation/person',
    'test/simulation/process',
    'test/simulation/git-process',
    'test/manifest/format',
    'test/manifest/scalar-text',
    'test/property',
  ],
  {
    cwd: root,
    env: { FUZZ_RUNS: '30000', ...process.env },
    stdio: 'inherit',
  },
);
process.exitCode = status ?? 1;
