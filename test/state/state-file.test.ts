// The state on disk: whole or as it was.

import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { emptyState, openBook, type State } from '../../src/state/state.ts';
import { stateFile } from '../../src/state/state-file.ts';
import { StateWriteError } from '../../src/state/state-store.ts';
import type { Address } from '../../src/tree/identifier.ts';
import { spaceId } from '../../src/tree/identifier.ts';
import { plainState } from '../fixture.ts';

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'wikiform-state-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

function stateWith(name: string): State {
  const book = openBook(emptyState('feishu', 'app'));
  book.record({ kind: 'bind-space', address: 'h' as Address, binding: { id: spaceId('7'), name } });
  return book.state;
}

test('a state that was saved is loaded, its folder made where there was none', async () => {
  const path = join(await folder(), 'deep', '.wikiform', 'state.json');
  await stateFile(path).save(stateWith('One'));
  const loaded = await stateFile(path).load();
  expect(loaded.kind === 'state' ? plainState(loaded.state) : loaded).toEqual(stateWith('One'));
});

test('no file is no state', async () => {
  expect(await stateFile(join(await folder(), 'state.json')).load()).toEqual({ kind: 'none' });
});

test('nothing but the state is left beside it', async () => {
  const path = await folder();
  const store = stateFile(join(path, 'state.json'));
  await store.save(stateWith('One'));
  await store.save(stateWith('Two'));
  expect(await readdir(path)).toEqual(['state.json']);
});

test('a save that fails leaves the old state and nothing else, and says why', async () => {
  const path = join(await folder(), 'state.json');
  const store = stateFile(path);
  await store.save(stateWith('One'));
  const before = await readFile(path, 'utf8');
  // Whatever is written beside it first, a folder of that name is in the way.
  await mkdir(`${path}.${process.pid}.tmp`);
  const failure = await store.save(stateWith('Two')).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(StateWriteError);
  expect(failure instanceof StateWriteError ? failure.diagnostic : undefined).toMatchObject({
    code: 'STATE_UNWRITABLE',
    detail: expect.stringContaining('EISDIR'),
  });
  expect(await readFile(path, 'utf8')).toBe(before);
});

/** Root may write to any folder of the disk, but not to those of processes. */
const isRoot = process.getuid?.() === 0;

test.skipIf(isRoot && !existsSync('/proc/self'))('a folder that may not be written is named', async () => {
  const path = isRoot ? '/proc/self' : await folder();
  if (!isRoot) await chmod(path, 0o500);
  const failure = await stateFile(join(path, 'state.json'))
    .save(stateWith('One'))
    .catch((error: unknown) => error);
  expect(failure instanceof StateWriteError ? failure.diagnostic : failure).toMatchObject({
    code: 'STATE_UNWRITABLE',
    detail: expect.stringContaining(`${path}/state.json cannot be written`),
  });
});

test('a path that leads through a file is named', async () => {
  const path = await folder();
  await writeFile(join(path, 'file'), '');
  const failure = await stateFile(join(path, 'file', 'state.json'))
    .save(stateWith('One'))
    .catch((error: unknown) => error);
  expect(failure instanceof StateWriteError ? failure.diagnostic.code : failure).toBe('STATE_UNWRITABLE');
});

test.each([
  ['STATE_UNREADABLE', 'half of a st'],
  ['VERSION_UNSUPPORTED', '{"formatVersion": "2.0"}'],
])('%s', async (code, text) => {
  const path = join(await folder(), 'state.json');
  await writeFile(path, text);
  const loaded = await stateFile(path).load();
  expect(loaded.kind === 'failed' ? loaded.diagnostic.code : loaded.kind).toBe(code);
});

test('a folder in the place of the file cannot be read', async () => {
  const path = await folder();
  const loaded = await stateFile(path).load();
  expect(loaded.kind === 'failed' ? loaded.diagnostic.code : loaded.kind).toBe('STATE_UNREADABLE');
});
