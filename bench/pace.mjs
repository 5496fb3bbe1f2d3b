// The pace of a long apply, as the server sees it: 600 pages under 20 parents, 100 in any window, and a
// server that answers 131009 to a write under a parent where another is under way. 100 calls go at once,
// and the rest need five windows more: no program that keeps the rate can be faster.
//
// The window is shortened, and what is lost weighs the more: the first hundred calls take their time, and
// a slot rests one window from when its answer is complete, so every window costs one answer's time besides.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { systemEdge } from '../dist/cli/system-edge.js';
import { seedWorld } from '../dist/provider/emulator/seed.js';
import { feishuRules, startEmulator } from '../dist/provider/emulator/server.js';

const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const parents = 20;
const pagesPerParent = 30;
const perWindow = 100;
const mostRatio = 1.02;

const titles = (word, count) => Array.from({ length: count }, (_, at) => `${word} ${at + 1}`);

/** Applies, prints what the server saw, and returns it. */
export async function pace({ windowMs = 4000, lockMs = 5 } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'wikiform-bench-'));
  const emulator = await startEmulator({
    clock: systemEdge().clock,
    world: seedWorld([{ name: 'Library', nodes: titles('Shelf', parents) }], { rules: feishuRules() }),
    pace: { 'create-node': { count: perWindow, windowMs } },
    lockMs,
  });
  try {
    writeFileSync(join(folder, 'wikiform.yaml'), manifest(emulator.url, windowMs));
    await apply(folder);
    return report(emulator.requests(), windowMs);
  } finally {
    await emulator.close();
    rmSync(folder, { recursive: true });
  }
}

function manifest(url, windowMs) {
  const shelves = titles('Shelf', parents).flatMap((shelf) => [
    `      - title: ${shelf}`,
    '        children:',
    ...titles('Page', pagesPerParent).map((page) => `          - ${page}`),
  ]);
  return `version: 1
provider: { kind: feishu, baseUrl: "${url}", pace: { create-node: ${perWindow}/${windowMs}ms } }
spaces:
  library:
    name: Library
    nodes:
${shelves.join('\n')}
`;
}

async function apply(folder) {
  const command = spawn(execPath, [main, 'apply', '--auto-approve'], {
    cwd: folder,
    env: { FEISHU_USER_ACCESS_TOKEN: 'u-bench' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  command.stderr.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  const [code] = await once(command, 'close');
  if (code !== 0) throw new Error(`apply ended with ${code}:\n${said}`);
}

function report(requests, windowMs) {
  const creates = requests.filter(({ endpoint }) => endpoint === 'create-node');
  const count = (code) => requests.filter((request) => request.code === code).length;
  const pages = parents * pagesPerParent;
  const spanMs = creates.at(-1).atMs - creates[0].atMs;
  const boundMs = (Math.ceil(pages / perWindow) - 1) * windowMs;
  const ratio = spanMs / boundMs;
  const result = {
    calls: creates.length,
    overRate: requests.filter(({ status }) => status === 429).length,
    contended: count(131009),
    spanMs,
    boundMs,
    ratio,
  };
  const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;
  console.log(
    `Pace: ${pages} pages under ${parents} parents, ${perWindow} in ${windowMs / 1000} s, at the server`,
  );
  console.log(`  calls   ${result.calls} (at least ${pages})`);
  console.log(`  429     ${result.overRate} (goal: none)`);
  console.log(`  131009  ${result.contended} (goal: none)`);
  console.log(`  span    ${seconds(spanMs)}; five windows are ${seconds(boundMs)}`);
  console.log(`  ratio   ${ratio.toFixed(4)} (goal: at most ${mostRatio})`);
  return result;
}

if (argv[1] === fileURLToPath(import.meta.url)) await pace();
