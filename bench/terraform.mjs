// Where a `terraform` is on the PATH: its plan of so many resources that need no provider to be fetched,
// beside ours, by the cost of a node.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const resources = 4000;
const goal = 40;

/** `secondsPerPage`: what wikiform needed in this run. */
export function terraform(secondsPerPage) {
  console.log('\nTerraform');
  if (spawnSync('terraform', ['version']).status !== 0) {
    console.log('  There is no terraform on the PATH: nothing to compare with.');
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'wikiform-terraform-'));
  try {
    const all = Array.from(
      { length: resources },
      (_, number) => `resource "terraform_data" "r${number}" {}\n`,
    );
    writeFileSync(join(folder, 'main.tf'), all.join(''));
    run(folder, 'init');
    const begun = performance.now();
    run(folder, 'plan', '-refresh=false', '-out=plan');
    const perNode = (performance.now() - begun) / 1000 / resources;
    const ratio = (perNode / secondsPerPage).toFixed(0);
    console.log(`  plan of ${resources} terraform_data: ${(perNode * 1e6).toFixed(0)} µs a node`);
    console.log(
      `  wikiform: ${(secondsPerPage * 1e6).toFixed(0)} µs a page, ${ratio} times less (goal: ${goal})`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(folder, ...args) {
  const { status, stderr } = spawnSync('terraform', [...args, '-input=false', '-no-color'], { cwd: folder });
  if (status !== 0) throw new Error(`terraform ${args[0]} failed: ${stderr}`);
}
