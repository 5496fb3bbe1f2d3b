// A process that asks for a state's lease when it is told to, and says whether it got it: one word a line
// on stdin, one JSON document a line on stdout.

import { createInterface } from 'node:readline';
import { systemEdge } from '../../dist/cli/system-edge.js';
import { leaseFile } from '../../dist/state/lease-file.js';

const { clock, processes } = systemEdge();
const leases = leaseFile({ statePath: process.argv[2], clock, processes });
const say = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);
let lease;

say({ ready: true });
for await (const word of createInterface({ input: process.stdin })) {
  if (word === 'acquire') {
    const acquired = await leases.acquire({ command: 'wikiform apply', waitMs: 0 });
    if (acquired.kind === 'held') lease = acquired.lease;
    const found = acquired.kind === 'held' ? acquired.notes : [acquired.diagnostic];
    say({ kind: acquired.kind, codes: found.map(({ code }) => code) });
  } else if (word === 'release') {
    await lease?.release();
    say({ released: true });
  }
}
