// Where processes live that are killed: one after the other in one folder, with the state in a file; or each
// in a clone of its own that is deleted after it, with the state on a Git ref.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../src/cli/run.ts';
import { type Ending, runMortal } from '../e2e/command.ts';
import { openGitSite } from '../e2e/git-site.ts';
import { expectNoSecret } from '../e2e/site.ts';
import { testEdge } from '../edge.ts';
import type { Vendor } from './vendor.ts';

/** A push, counted from 1, and whether the remote has taken it by then. */
export interface Push {
  readonly push: number;
  readonly effect: boolean;
}

/** Where one process lives, and dies. */
export interface Room {
  /** Runs the command in this process. */
  run(words: string): Promise<Ending>;
  /** Runs the built command in a process of its own; `onStart` gets what kills it. */
  command(words: string, onStart: (kill: () => void, pid: number) => void): Promise<Ending>;
  /** Takes away what nobody finds after its process. */
  leave(): void;
}

export interface Lodging {
  /** What the manifest says of the state. */
  readonly top: Readonly<Record<string, unknown>>;
  /** Puts the manifest where the next room has it. */
  lay(manifest: string): void;
  room(): Room;
  /** At this push the process of this id is killed. */
  armPush(push: Push, pid: number): void;
  /** From now on pushes are counted anew, and nobody is killed. */
  disarm(): void;
  pushes(): number;
  close(): void;
}

export type OpenLodging = (vendor: Vendor) => Lodging;

const split = (words: string): string[] => words.split(' ').filter((word) => word !== '');

export function openFolder({ env }: Vendor): Lodging {
  const folder = mkdtempSync(join(tmpdir(), 'wikiform-folder-'));
  const place = { cwd: folder, env: { ...env, PATH: process.env.PATH } };
  const room: Room = {
    async run(words) {
      const edge = testEdge(place);
      const exitCode = await run(split(words), edge);
      return { exitCode, stdout: edge.stdout(), stderr: edge.stderr() };
    },
    command: (words, onStart) => runMortal(split(words), place, { onStart }),
    leave: () => undefined,
  };
  return {
    top: {},
    lay: (manifest) => writeFileSync(join(folder, 'wikiform.yaml'), manifest),
    room: () => room,
    armPush: () => {
      throw new Error('nothing is pushed from a folder');
    },
    disarm: () => undefined,
    pushes: () => 0,
    close: () => {
      expectNoSecret(folder);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function openRemote({ env }: Vendor): Lodging {
  const site = openGitSite(env);
  const at = (file: string): string => join(site.folder, file);
  const quoted = (file: string): string => JSON.stringify(at(file));
  const count = `count=$(wc -l < ${quoted('pushes')} | tr -d ' ')`;
  const strike = `if [ -f ${quoted('pid')} ] && [ "$(cat ${quoted('instant')})" = "$1 $count" ]; then kill -9 $(cat ${quoted('pid')}); fi`;
  // The remote counts pushes, and kills whoever it is told to at one of them.
  site.hook(
    'pre-receive',
    `cat > /dev/null; echo x >> ${quoted('pushes')}; ${count}; set before; ${strike}; exit 0`,
  );
  site.hook('post-receive', `cat > /dev/null; ${count}; set after; ${strike}; exit 0`);
  return {
    top: { state: 'git' },
    lay: (manifest) => site.commit(manifest),
    room() {
      const clone = site.clone('--depth=1', '--no-local');
      return {
        run: (words) => clone.run(words),
        command: (words, onStart) => clone.command(words, {}, onStart),
        leave: () => clone.delete(),
      };
    },
    armPush({ push, effect }, pid) {
      writeFileSync(at('instant'), `${effect ? 'after' : 'before'} ${push}`);
      writeFileSync(at('pid'), String(pid));
    },
    disarm() {
      rmSync(at('pid'), { force: true });
      rmSync(at('pushes'), { force: true });
    },
    pushes: () =>
      existsSync(at('pushes')) ? readFileSync(at('pushes'), 'utf8').trim().split('\n').length : 0,
    close: () => undefined,
  };
}
