// The built command, from its start to its end, against the emulator's HTTP face: how long, how much
// memory, how many calls.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const sizes = [10_000, 100_000, 400_000];
const goal = { seconds: 6, megabytes: 1500, rise: 1.3 };

/** Seconds a page, for the largest wiki and a plan without steps. */
export async function wholeProcess() {
  console.log(
    'Whole process: wikiform plan, over HTTP, with a state; `moved`: sections of 49 pages change place',
  );
  const load = loadavg()[0].toFixed(1);
  console.log(
    `  Node ${process.versions.node}, ${availableParallelism()} cores, load ${load} before it began (where it is more than 0, CPU s tells more than seconds)`,
  );
  console.log(
    `  ${columns(['pages', 'plan', 'seconds', 'CPU s', 'peak MB', 'µs a page', 'reads', 'least', 'writes', 'least'])}`,
  );
  const costs = { same: [], moved: [] };
  for (const pages of sizes) {
    for (const { plan, cost } of await measurePlans(pages)) costs[plan].push(cost);
  }
  console.log(`  goal for the largest: ${goal.seconds} s, ${goal.megabytes} MB`);
  for (const [plan, [first, ...others]] of Object.entries(costs)) {
    const rise = Math.max(...others) / first;
    console.log(
      `  ${plan}: the cost of a page rises ${rise.toFixed(2)} times from the smallest wiki (goal: ${goal.rise})`,
    );
  }
  return costs.same.at(-1);
}

const columns = (values) => values.map((value) => String(value).padStart(9)).join(' ');

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
export function serve(folder, pages) {
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

const timed = (folder, plan) =>
  timedRun(folder, here('../dist/cli/main.js'), 'plan', '-f', `${plan}.yaml`, '--format', 'json');

/** A script in a process of its own that prints JSON; with it, how long it took and what it used. */
export async function timedRun(folder, script, ...words) {
  const begun = performance.now();
  const child = spawn(process.execPath, ['--import', here('meter.mjs'), script, ...words], {
    cwd: folder,
    env: { PATH: process.env.PATH, FEISHU_USER_ACCESS_TOKEN: 'u-bench', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const [out, errors, meter] = child.stdio.slice(1).map(textOf);
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  const seconds = (performance.now() - begun) / 1000;
  if (code !== 0)
    throw new Error(`${script} ended with code ${code}: ${await errors}${(await out).slice(0, 2000)}`);
  return { seconds, ...JSON.parse(await meter), ...JSON.parse(await out) };
}

async function textOf(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** Reads are listings and one call for the space; `least` is what no tool could do without. */
function report(plan, { seconds, cpuSeconds, peakKiB, estimate }, { pages, listCalls, moved }) {
  const time = [seconds.toFixed(2), cpuSeconds.toFixed(2)];
  const cost = [Math.round(peakKiB / 1024), ((seconds * 1e6) / pages).toFixed(1)];
  const calls = [estimate.readCalls, listCalls + 1, estimate.writeCalls, plan === 'moved' ? moved : 0];
  console.log(`  ${columns([pages, plan, ...time, ...cost, ...calls])}`);
}
