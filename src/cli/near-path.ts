// Paths as a user would type them: what lies below the working directory is told from there. Stores and locks
// know only whole paths, for they are opened whatever the working directory is.

import { sep } from 'node:path';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Context } from './settings.ts';

/** The findings, with every path below the working directory told from there. */
export function withNearPaths(
  diagnostics: readonly Diagnostic[],
  { edge }: Pick<Context, 'edge'>,
): readonly Diagnostic[] {
  const here = edge.cwd.endsWith(sep) ? edge.cwd : edge.cwd + sep;
  // At the top of the disk every path would lose its first stroke.
  if (here === sep) return diagnostics;
  const near = (text: string): string => text.replaceAll(here, '');
  return diagnostics.map((found) => ({ ...found, detail: near(found.detail), help: near(found.help) }));
}
