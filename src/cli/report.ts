// How a command ends: findings to stderr in words, or one JSON document on stdout, and an exit code.

import { type Diagnostic, sortDiagnostics } from '../diagnostic/diagnostic.ts';
import { renderDiagnostics } from '../render/diagnostics.ts';
import { errorStyle } from './color.ts';
import { withNearPaths } from './near-path.ts';
import type { Context } from './settings.ts';

/** File texts by name, for code frames. */
export type Texts = ReadonlyMap<string, string>;

/** An error that a command cannot go on from; `main` reports it. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  readonly diagnostics: readonly Diagnostic[];
  readonly texts: Texts;

  constructor(diagnostics: readonly Diagnostic[], texts: Texts = new Map()) {
    super(diagnostics.map((found) => found.detail).join('\n'));
    this.diagnostics = diagnostics;
    this.texts = texts;
  }
}

/** Writes findings to stderr, worst news last so that it stays in sight; below the log level is left out. */
export function reportDiagnostics(diagnostics: readonly Diagnostic[], texts: Texts, context: Context): void {
  const shown = sortDiagnostics(withNearPaths(diagnostics, context)).filter((found) =>
    isShown(found, context),
  );
  if (shown.length === 0) return;
  const order = { info: 0, warning: 1, error: 2 } as const;
  const sorted = [...shown].sort((a, b) => order[a.severity] - order[b.severity]);
  context.edge.err(`${renderDiagnostics(sorted, texts, errorStyle(context))}\n`);
}

function isShown({ severity }: Diagnostic, { settings }: Context): boolean {
  if (severity === 'error') return true;
  return severity === 'warning'
    ? settings.logLevel !== 'error'
    : !['error', 'warn'].includes(settings.logLevel);
}

/** Writes one JSON document to stdout. */
export function printJson(document: unknown, { edge }: Context): void {
  edge.out(`${JSON.stringify(document, null, 2)}\n`);
}
