// Leases as files: `state.lock` beside `state.json`, and what may hang from it.
//
// Two can want the lease at the same instant, and two can find the same dead one at the same instant. A
// file system can create a name that is not there yet, for one of all who ask; it cannot replace a file
// only if it is still the one that was read. So whoever finds a lease over does not overwrite it. A lease
// has one heir, the file named after its id (`state.lock.ID`), which only one can create. Its maker holds
// the lease from then on, and moves the file to `state.lock` at leisure; one that dies before has an heir
// itself. So the holder is always the last of the chain that begins at `state.lock`.
//
// A slow process may make itself the heir of a lease that was inherited and tidied away long ago. Ids
// never come twice, so its file hangs from nothing: whoever has made such a file reads the chain again,
// and holds the lease only if it is the last.

import { link, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { codeOf } from './durable-file.ts';
import { type Lease, leaseTermMs, parseLease, printLease } from './lease.ts';

/** The last lease of the chain that begins at `root`; `undefined` where there is none. */
export async function readLast(root: string): Promise<Lease | undefined> {
  let last: Lease | undefined;
  const seen = new Set<string>();
  for (let next = await readLease(root); next !== undefined && !seen.has(next.id); ) {
    last = next;
    seen.add(next.id);
    next = await readLease(heirPath(root, next));
  }
  return last;
}

/** Whether the lease is the last of the chain, and so binds. */
export async function isLast(root: string, { id }: Lease): Promise<boolean> {
  return (await readLast(root))?.id === id;
}

/**
 * Puts the lease at the end of the chain, whose last is `from`, and makes it the whole of it. Resolves to
 * whether it did; if not, somebody else was faster.
 */
export async function appendLease(
  root: string,
  from: Lease | undefined,
  lease: Lease,
  makeLink: typeof link = link,
): Promise<boolean> {
  const path = from === undefined ? root : heirPath(root, from);
  const draft = `${heirPath(root, lease)}.new`;
  if (!(await createWhole(path, draft, printLease(lease), makeLink))) return false;
  let isPlaced = false;
  try {
    isPlaced = (await isLast(root, lease)) && (await moveTo(root, path));
    if (isPlaced) await sweep(root);
    return isPlaced;
  } finally {
    // At the root there is somebody else's lease by now.
    if (!isPlaced && path !== root) await rm(path, { force: true });
  }
}

/**
 * Writes the lease over itself, and resolves to whether it was still there. The file that was read is the one that is written, whatever happens to its
 * name in between: a holder that has lost its lease writes at worst into a file that nobody reads any more.
 */
export async function renewLease(root: string, lease: Lease): Promise<boolean> {
  const file = await open(root, 'r+');
  try {
    if (parseLease(await file.readFile('utf8'))?.id !== lease.id) return false;
    await file.write(printLease(lease), 0);
    return true;
  } finally {
    await file.close();
  }
}

/** Removes what hangs from leases that are over: with a lease at the root, or none at all, nothing of it counts. */
export async function sweep(root: string): Promise<void> {
  const names = await readdir(dirname(root)).catch(() => []);
  const hanging = names.filter((name) => name.startsWith(`${basename(root)}.`));
  for (const name of hanging) await rm(join(dirname(root), name), { force: true }).catch(() => undefined);
}

const heirPath = (root: string, lease: Lease): string => `${root}.${lease.id}`;

/** What cannot be understood lasts a term from when it was written, as it would if it could. */
async function readLease(path: string): Promise<Lease | undefined> {
  try {
    const text = await readFile(path, 'utf8');
    const { ino, mtimeMs } = await stat(path);
    return parseLease(text) ?? unreadable(path, `${ino}-${Math.trunc(mtimeMs)}`, mtimeMs);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function unreadable(path: string, mark: string, sinceMs: number): Lease {
  return {
    id: `unreadable-${mark}`,
    user: 'somebody',
    by: { host: 'somewhere', machine: '', pid: 0, started: null },
    command: `${basename(path)} cannot be read`,
    sinceMs,
    untilMs: sinceMs + leaseTermMs,
  };
}

/** Creates the file with all its text at once; false where somebody else was faster. */
async function createWhole(
  path: string,
  draft: string,
  text: string,
  makeLink: typeof link,
): Promise<boolean> {
  try {
    await writeFile(draft, text, { flag: 'wx' });
    await makeLink(draft, path);
    return true;
  } catch (error) {
    const code = codeOf(error);
    if (hasNoLinks.has(code)) return await createAndWrite(path, text);
    // A draft that is gone was swept away by whoever has the lease.
    if (code === 'EEXIST' || code === 'ENOENT') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** What file systems without hard links say. */
const hasNoLinks: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/** The second best: a process that is killed between creating and writing leaves a lock that lasts a term. */
async function createAndWrite(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    await rm(path, { force: true });
    throw error;
  }
}

/** Whether the lease's file is at the root now; it may have been swept away. */
async function moveTo(root: string, path: string): Promise<boolean> {
  if (path === root) return true;
  try {
    await rename(path, root);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}
