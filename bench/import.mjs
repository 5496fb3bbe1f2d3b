// `wikiform import` of a large wiki over HTTP, beside a process that only reads it: the time, the memory
// and the calls.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve, timedRun } from './whole-process.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const pages = 100_000;
const goal = { ratio: 1.5, megabytes: 600 };

export async function importing() {
  const folder = mkdtempSync(join(tmpdir(), 'wikiform-bench-'));
  const wiki = await serve(folder, pages);
  try {
    // The provider of the wiki's own manifest: its pace does not hold anybody back.
    const [written] = readFileSync(join(folder, 'same.yaml'), 'utf8').split(/^spaces:/m);
    // A state of its own, as somebody has who begins: the wiki's would be read and checked first.
    const head = written.replace('state: state.json', 'state: imported.json');
    writeFileSync(join(folder, 'wikiform.yaml'), `${head}spaces: {}\n`);
    const [, url] = /baseUrl: *"?(http[^"\s,}]+)/.exec(head) ?? [];
    const read = await timedRun(folder, here('read-whole.mjs'), url);
    const imported = await timedRun(
      folder,
      here('../dist/cli/main.js'),
      ...['import', '--all', '--force', '--format', 'json'],
    );
    report(read, imported, wiki.size);
  } finally {
    wiki.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function report(read, imported, { pages, listCalls }) {
  const { seconds, cpuSeconds, peakKiB, estimate } = imported;
  const ratio = seconds / read.seconds;
  console.log('Import: wikiform import, over HTTP, beside a process that reads the same pages and stops');
  console.log(
    `  ${pages} pages: ${seconds.toFixed(2)} s (${cpuSeconds.toFixed(2)} s of CPU), reading alone ${read.seconds.toFixed(2)} s (${read.cpuSeconds.toFixed(2)} s of CPU); ` +
      `ratio ${ratio.toFixed(2)} (goal: ${goal.ratio})`,
  );
  console.log(
    `  ${Math.round(peakKiB / 1024)} MB at most (goal: ${goal.megabytes}), ` +
      `${estimate.readCalls} reads (least: ${listCalls + 1})`,
  );
}
