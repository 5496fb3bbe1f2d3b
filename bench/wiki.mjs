// A process of its own, so that its memory is not counted: fills an emulated wiki, writes the state that
// an apply would have left and two manifests, then serves until its input ends.
//
// Arguments: the folder to write to, the number of pages. Prints one line of JSON when ready.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seedWorld } from '../dist/provider/emulator/seed.js';
import { feishuRules, startEmulator } from '../dist/provider/emulator/server.js';
import { emptyState } from '../dist/state/state.js';
import { printState } from '../dist/state/state-text.js';
import { childAddress, spaceAddress } from '../dist/tree/address.js';
import { flatPages, manifest, measure } from './library.mjs';

const [folder, wanted] = process.argv.slice(2);
const size = measure(Number(wanted));
const moved = Math.min(2000, size.sections);
const world = seedWorld([{ name: 'Library', flat: flatPages(size) }], { rules: feishuRules() });
const clock = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
  sleep: () => Promise.resolve(),
  after: () => () => undefined,
};
const emulator = await startEmulator({ clock, world, pace: false });

writeFileSync(join(folder, 'state.json'), printState(stateOf(world)));
const written = { baseUrl: emulator.url, state: 'state.json' };
writeFileSync(join(folder, 'same.yaml'), manifest(size, { ...written, moved: 0 }));
writeFileSync(join(folder, 'moved.yaml'), manifest(size, { ...written, moved }));
console.log(JSON.stringify({ ...size, moved, listCalls: listCalls(world) }));
process.stdin.on('end', () => emulator.close()).resume();

/** What an apply that made all this would remember. */
function stateOf({ spaces: [space] }) {
  const library = spaceAddress('library');
  const nodes = new Map();
  bind(nodes, space.roots, library);
  const spaces = new Map([[library, { id: space.id, name: space.name }]]);
  return { ...emptyState('feishu', 'user'), spaces, nodes };
}

function bind(nodes, children, parent) {
  for (const { id, title, type, children: below } of children) {
    const address = childAddress(parent, title);
    nodes.set(address, { id, parent, title, type, kind: 'origin', origin: null, archived: false });
    bind(nodes, below, address);
  }
}

/** The fewest calls that read it all: one for each 50 children of each parent that has any. */
function listCalls({ spaces: [space] }) {
  const below = (children) =>
    children.reduce((sum, page) => sum + below(page.children), Math.ceil(children.length / 50));
  return below(space.roots);
}
