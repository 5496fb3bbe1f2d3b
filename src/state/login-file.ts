// The logins of one person on one machine, in a file that nobody else may read, outside every repository.
//
// Invariants: the file is never there with other rights than its owner's, not for an instant; one that
// others may read is not used, for its tokens must be taken for known. Whoever renews a login holds the
// lock beside the file, because a refresh token works once.

import { chmod, mkdir, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import { codeOf, replaceFile } from './durable-file.ts';
import type { ProcessTable } from './lease.ts';
import { leaseFile } from './lease-file.ts';
import { nameHolder } from './lease-notice.ts';
import { keepRenewed, type LeaseClock } from './lease-store.ts';
import {
  type KeptLogin,
  type LoginKey,
  type Logins,
  nameOfLogin,
  parseLogins,
  printLogins,
} from './login-text.ts';

export interface LoginFileOptions {
  readonly path: string;
  readonly clock: LeaseClock;
  readonly processes: ProcessTable;
}

/** Thrown by every function here for what is wrong with the file. */
export class LoginFileFailure extends Error {
  override readonly name = 'LoginFileFailure';
  readonly diagnostic: Diagnostic;

  constructor(found: Diagnostic) {
    super(found.detail);
    this.diagnostic = found;
  }
}

export interface LoginFile {
  readonly path: string;
  load(key: LoginKey): Promise<KeptLogin | undefined>;
  /** Whose logins there are. */
  keys(): Promise<readonly LoginKey[]>;
  /** To be called while `alone`; `undefined` takes the login out. */
  save(key: LoginKey, login: KeptLogin | undefined): Promise<void>;
  /** Runs the work while no other process runs any. */
  alone<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/** Twice what a lease lasts: whoever held it until then has lost it. */
const waitMs = 120_000;

const ownersOnly = 0o600;
const ownersFolder = 0o700;

export function loginFile(options: LoginFileOptions): LoginFile {
  const { path, clock } = options;
  const leases = leaseFile({ ...options, statePath: path });
  return {
    path,
    load: async (key) => (await read(path)).get(nameOfLogin(key))?.login,
    keys: async () => [...(await read(path)).values()].map(({ host, appId }) => ({ host, appId })),
    async save(key, login) {
      const logins = new Map(await read(path));
      if (login === undefined) logins.delete(nameOfLogin(key));
      else logins.set(nameOfLogin(key), { ...key, login });
      await write(path, logins);
    },
    async alone(work, signal) {
      await makeFolder(path);
      const acquired = await leases.acquire({ command: 'wikiform login', waitMs, signal });
      if (acquired.kind === 'refused') throw await locked(path, leases);
      const done = new AbortController();
      const renewal = keepRenewed(acquired.lease, clock, done.signal);
      try {
        return await work();
      } finally {
        done.abort(new Error('done'));
        await renewal;
        await acquired.lease.release();
      }
    },
  };
}

async function read(path: string): Promise<Logins> {
  const text = await readPrivate(path);
  if (text === undefined) return new Map();
  const parsed = parseLogins(text);
  if (parsed.ok) return parsed.logins;
  throw unreadable(path, parsed.why);
}

/** `undefined` where there is no file. */
async function readPrivate(path: string): Promise<string | undefined> {
  try {
    const { mode } = await stat(path);
    // Windows has no such bits; there the folder of a user is the user's.
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) throw exposed(path, mode);
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof LoginFileFailure) throw error;
    if (codeOf(error) === 'ENOENT') return undefined;
    throw unreadable(path, codeOf(error));
  }
}

async function write(path: string, logins: Logins): Promise<void> {
  try {
    await replaceFile(path, printLogins(logins), ownersOnly);
  } catch (error) {
    throw unwritable(path, codeOf(error));
  }
}

/** What is made here is the owner's alone; what was there is left as it is. */
async function makeFolder(path: string): Promise<void> {
  try {
    const made = await mkdir(dirname(path), { recursive: true, mode: ownersFolder });
    if (made !== undefined) await chmod(dirname(path), ownersFolder);
  } catch (error) {
    throw unwritable(path, codeOf(error));
  }
}

async function locked(path: string, leases: ReturnType<typeof leaseFile>): Promise<LoginFileFailure> {
  const [holder] = await leases.holders().catch(() => []);
  const who = holder === undefined ? 'its lock cannot be had' : `it is held by ${nameHolder(holder.lease)}`;
  return unwritable(path, who);
}

const unreadable = (path: string, why: string): LoginFileFailure =>
  new LoginFileFailure(
    diagnostic('LOGINS_UNREADABLE', {
      detail: `${path} cannot be used: ${why}.`,
      help: 'Delete the file, and log in again with wikiform login.',
    }),
  );

const unwritable = (path: string, why: string): LoginFileFailure =>
  new LoginFileFailure(
    diagnostic('LOGINS_UNWRITABLE', {
      detail: `${path} cannot be written (${why}).`,
      help: 'Make room or give write permission to that folder, or name another one in WIKIFORM_CONFIG_DIR.',
    }),
  );

function exposed(path: string, mode: number): LoginFileFailure {
  const rights = (mode & 0o777).toString(8);
  return new LoginFileFailure(
    diagnostic('LOGINS_EXPOSED', {
      detail: `${path} has the mode ${rights}: others on this machine may read the tokens in it, so it is not used.`,
      help: `Delete it and log in again with wikiform login. If you know that nobody has read it: chmod 600 ${path}.`,
    }),
  );
}
