// The state of 50,000 pages on a Git ref, the built command in a process of its own: what a plan in a fresh
// clone fetches, and what an apply of 100 steps pushes. The remote is a bare repository; its hooks count.

import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { seedWorld } from '../dist/provider/emulator/seed.js';
import { feishuRules, startEmulator } from '../dist/provider/emulator/server.js';

const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const spaces = 10;
const sectionsPerSpace = 100;
const pagesPerSection = 49;
const steps = 100;

export async function gitState() {
  const folder = mkdtempSync(join(tmpdir(), 'wikiform-bench-'));
  const emulator = await startEmulator({
    clock: { monotonicMs: () => performance.now(), wallMs: () => Date.now(), sleep: () => Promise.resolve() },
    world: seedWorld(seeds(), { rules: feishuRules() }),
    pace: false,
  });
  try {
    await measure(folder, emulator.url);
  } finally {
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(folder, url) {
  const { git, remote, counted } = openRemote(folder);
  const commit = (more) => {
    writeFileSync(join(folder, 'seed', 'wikiform.yaml'), manifest(url, more));
    git('-C', 'seed', 'add', '-A');
    git('-C', 'seed', 'commit', '-q', '-m', 'bench');
    git('-C', 'seed', 'push', '-q', 'origin', 'main');
  };
  const inClone = async (name, ...words) => {
    git('clone', '-q', '--depth=1', `file://${remote}`, name);
    git('-C', name, 'config', 'remote.origin.uploadpack', join(folder, 'upload-pack'));
    const begun = counted();
    const seconds = await run(join(folder, name), folder, words);
    const { fetches, pushes } = counted();
    return { seconds, fetches: fetches - begun.fetches, pushes: pushes - begun.pushes };
  };
  console.log(`\nThe state of ${spaces * sectionsPerSpace * (pagesPerSection + 1)} pages on a Git ref`);
  console.log(`  ${'case'.padEnd(52)} seconds  fetches   pushes`);
  commit(0);
  report('everything adopted: the first state', await inClone('first', 'apply', '--auto-approve'));
  const [text, stored] = sizes(git);
  commit(steps);
  report('a plan in a fresh clone (goal: 1 fetch)', await inClone('second', 'plan'));
  report(`an apply of ${steps} steps (goal: 3 pushes)`, await inClone('third', 'apply', '--auto-approve'));
  const [, after] = sizes(git);
  const pack = (bytes) => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
  console.log(
    `  the state is ${pack(text)} of text; the remote keeps it in ${pack(stored)}, with the next one in ${pack(after)}`,
  );
}

/** A bare repository that counts who fetches and who pushes. */
function openRemote(folder) {
  const remote = join(folder, 'remote.git');
  const env = environment(folder);
  const git = (...words) => execFileSync('git', words, { cwd: folder, env, encoding: 'utf8' }).trim();
  git('init', '-q', '--bare', '--initial-branch=main', remote);
  git('init', '-q', '--initial-branch=main', 'seed');
  git('-C', 'seed', 'remote', 'add', 'origin', remote);
  const script = (path, text) => {
    writeFileSync(path, `#!/bin/sh\n${text}\n`);
    chmodSync(path, 0o755);
  };
  mkdirSync(join(remote, 'hooks'), { recursive: true });
  script(join(remote, 'hooks', 'pre-receive'), `grep -q wikiform && echo x >> '${folder}/pushes'; exit 0`);
  script(join(folder, 'upload-pack'), `echo x >> '${folder}/fetches'; exec git-upload-pack "$@"`);
  for (const name of ['fetches', 'pushes']) writeFileSync(join(folder, name), '');
  const lines = (name) => readFileSync(join(folder, name), 'utf8').split('\n').length - 1;
  return { git, remote, counted: () => ({ fetches: lines('fetches'), pushes: lines('pushes') }) };
}

/** Bytes of the state as text, and of all that the remote keeps of the ref. */
function sizes(git) {
  const listed = git('-C', 'remote.git', 'ls-tree', '-r', '-l', 'refs/wikiform/state').split('\n');
  const text = listed.reduce((sum, line) => sum + Number(line.split(/\s+/)[3]), 0);
  git('-C', 'remote.git', 'gc', '-q', '--prune=now');
  const packed = /size-pack: (\d+)/.exec(git('-C', 'remote.git', 'count-objects', '-v'));
  return [text, Number(packed?.[1]) * 1024];
}

const environment = (folder) => ({
  PATH: process.env.PATH,
  HOME: folder,
  GIT_AUTHOR_NAME: 'bench',
  GIT_AUTHOR_EMAIL: 'bench@localhost',
  GIT_COMMITTER_NAME: 'bench',
  GIT_COMMITTER_EMAIL: 'bench@localhost',
  FEISHU_USER_ACCESS_TOKEN: 'u-bench',
});

function run(cwd, folder, words) {
  const begun = performance.now();
  const child = spawn(process.execPath, [main, ...words, '--log-level', 'error'], {
    cwd,
    env: environment(folder),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0
        ? resolve((performance.now() - begun) / 1000)
        : reject(new Error(`${words.join(' ')} ended with ${code}`)),
    );
  });
}

function report(name, { seconds, fetches, pushes }) {
  const columns = [seconds.toFixed(1).padStart(8), String(fetches).padStart(9), String(pushes).padStart(9)];
  console.log(`  ${name.padEnd(52)}${columns.join('')}`);
}

const many = (count, make) => Array.from({ length: count }, (_, number) => make(number));
const section = (number) => `Section ${number}`;
const page = (number, at) => `Page ${number}.${at}`;

function seeds() {
  return many(spaces, (space) => ({
    name: `Space ${space}`,
    nodes: many(sectionsPerSpace, (number) => ({
      title: section(number),
      children: many(pagesPerSection, (at) => ({ title: page(number, at) })),
    })),
  }));
}

const unhurried = ['list-spaces', 'get-space', 'list-nodes', 'get-node']
  .map((name) => `${name}: 1000000/s`)
  .join(', ');

/** The wiki as it is, and so many more pages: half of them below pages that are new themselves. */
function manifest(url, more) {
  const lines = [
    'version: 1',
    'state: git',
    `provider: { kind: feishu, baseUrl: "${url}", pace: { ${unhurried} } }`,
    'spaces:',
  ];
  for (let space = 0; space < spaces; space += 1) {
    lines.push(`  s${space}:`, `    name: Space ${space}`, '    nodes:');
    for (let number = 0; number < sectionsPerSpace; number += 1) {
      lines.push(`      - title: ${section(number)}`, '        children:');
      for (let at = 0; at < pagesPerSection; at += 1) lines.push(`          - ${page(number, at)}`);
    }
    for (let at = 0; at < more / spaces / 2; at += 1)
      lines.push(`      - { title: New ${at}, children: [Below ${at}] }`);
  }
  return `${lines.join('\n')}\n`;
}
