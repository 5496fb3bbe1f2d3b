// A workflow on GitHub: annotations go to stdout, where the runner reads them, and the summary is appended
// to the file that the runner names. Its size is limited, so it is never handed over as an argument.

import { appendFileSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { diagnostic } from '../diagnostic/diagnostic.ts';
import type { PathInRepository } from '../render/plan-github.ts';
import { withoutCommands } from '../render/workflow-command.ts';
import type { Edge } from './edge.ts';
import { reportDiagnostics } from './report.ts';
import type { Context } from './settings.ts';

/** Annotations name files from the root of the checkout, wherever the command runs. */
export function pathInCheckout({ cwd, env }: Edge): PathInRepository {
  const root = env.GITHUB_WORKSPACE;
  if (root === undefined || root === '') return (file) => file;
  return (file) => {
    const path = relative(root, resolve(cwd, file));
    return path.startsWith('..') ? file : path.replaceAll(sep, '/');
  };
}

/** Prints the annotations; the summary too where the runner has no file for it. */
export function printWorkflow(annotations: readonly string[], summary: string, context: Context): void {
  const { edge } = context;
  for (const line of annotations) edge.out(`${line}\n`);
  if (!appendSummary(summary, context)) edge.out(`${withoutCommands(summary)}\n`);
}

function appendSummary(summary: string, context: Context): boolean {
  const { cwd, env } = context.edge;
  const file = env.GITHUB_STEP_SUMMARY;
  if (file === undefined || file === '') return false;
  try {
    appendFileSync(resolve(cwd, file), `${summary}\n`);
    return true;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const found = diagnostic('SUMMARY_UNWRITABLE', {
      severity: 'warning',
      detail: `GITHUB_STEP_SUMMARY is ${file}, which cannot be written (${why}).`,
      help: 'The summary is on stdout instead. Name a file in a folder that exists, or unset the variable.',
    });
    reportDiagnostics([found], new Map(), context);
    return false;
  }
}
