// Files that the user keeps in the repository, written whole or not at all. A link stays a link, and a
// file keeps its mode.

import { chmod, realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { diagnostic } from '../diagnostic/diagnostic.ts';
import { codeOf, replaceFile } from '../state/durable-file.ts';
import type { Edge } from './edge.ts';
import { CommandFailure } from './report.ts';

/**
 * Replaces or makes a file, and the folders above it.
 *
 * @param file - as the user would type it.
 * @throws {CommandFailure} when it cannot be written; what was there is then untouched.
 */
export async function writeTextFile(file: string, text: string, { cwd }: Pick<Edge, 'cwd'>): Promise<void> {
  const path = resolve(cwd, file);
  try {
    const real = await realpath(path).catch(() => path);
    const before = await stat(real).catch(() => undefined);
    await replaceFile(real, text);
    if (before !== undefined) await chmod(real, before.mode);
  } catch (error) {
    throw new CommandFailure([
      diagnostic('FILE_UNWRITABLE', {
        detail: `${file} cannot be written (${codeOf(error)}).`,
        help: 'Make room, or give write permission to the file and its folder.',
      }),
    ]);
  }
}
