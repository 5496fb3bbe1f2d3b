// The built command, from its start to its end, against the emulator's HTTP face: how long, how much
// memory, how many calls.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const sizes = [10_000, 100_000, 400_000];
const mostRise = 1.3;

export async function wholeProcess() {
  console.log('Whole process: wikiform plan, over HTTP, with a state');
  console.log(
    '  pages     plan      seconds   peak MB   µs a page   list calls   at least   steps   at least',
  );
  const costs = { same: [], moved: [] };
  for (const pages of sizes) {
    for (const { plan, cost } of await measurePlans(pages)) costs[plan].push(cost);
  }
  for (const [plan, [first, ...others]] of Object.entries(costs)) {
    const rise = Math.max(...others) / first;
    console.log(`  ${plan}: cost of a page rises by ${rise.toFixed(2)} (goal: at most ${mostRise})`);
  }
}

async function measurePlans(pages) {
  const folder = mkdtempSync(join(tmpdir(), 'wikiform-bench-'));
  const wiki = await serve(folder, pages);
  try {
    const found = [];
    for (const plan of ['same', 'moved']) {
      const run = await timed(folder, plan);
      found.push({ plan, cost: run.seconds / wiki.size.pages });
      report(plan, run, wiki.size);
    }
    return found;
  } finally {
    wiki.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A wiki in a process of its own, with its manifests and state in the folder. */
function serve(folder, pages) {
  const child = spawn(process.execPath, [here('wiki.mjs'), folder, String(pages)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('exit', (code) => reject(new Error(`the wiki ended with code ${code}`)));
    child.stdout.once('data', (line) => {
      resolve({ size: JSON.parse(String(line)), close: () => child.stdin.end() });
    });
  });
}

async function timed(folder, plan) {
  const begun = performance.now();
  const args = ['--import', here('meter.mjs'), here('../dist/cli/main.js')];
  const child = spawn(process.execPath, [...args, 'plan', '-f', `${plan}.yaml`, '--format', 'json'], {
    cwd: folder,
    env: { PATH: process.env.PATH, FEISHU_USER_ACCESS_TOKEN: 'u-bench', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const [out, errors, meter] = child.stdio.slice(1).map(textOf);
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  const seconds = (performance.now() - begun) / 1000;
  if (code !== 0)
    throw new Error(`plan ended with code ${code}: ${await errors}${(await out).slice(0, 2000)}`);
  return { seconds, ...JSON.parse(await meter), ...JSON.parse(await out) };
}

async function textOf(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function report(plan, { seconds, peakKiB, estimate, steps }, size) {
  const columns = [
    [size.pages, 9],
    [seconds.toFixed(2), 14],
    [Math.round(peakKiB / 1024), 10],
    [((seconds * 1e6) / size.pages).toFixed(1), 12],
    [estimate.readCalls, 13],
    [size.listCalls, 11],
    [steps.length, 8],
    [plan === 'moved' ? size.moved : 0, 11],
  ];
  const [pages, ...others] = columns.map(([value, width]) => String(value).padStart(width));
  console.log(`${pages}   ${plan.padEnd(6)}${others.join('')}`);
}
