// What is wrong with what the user wrote or asked for, as a value: collected, never thrown.
// The summary is fixed per code and holds no user data, so that it can be searched for; the detail
// says what and why; the help says what to do.

import { type DiagnosticCode, summaries } from './code.ts';
import { compareSources, type Source } from './source.ts';

export type Severity = 'error' | 'warning' | 'info';

/** A second place that belongs to the finding, such as the first of two equal keys. */
export interface RelatedPlace {
  readonly message: string;
  readonly source: Source;
}

export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** One line, the same for every diagnostic of this code. */
  readonly summary: string;
  /** What happened here and why it is a problem, in terms of what the user wrote. */
  readonly detail: string;
  /** What to do about it. */
  readonly help: string;
  readonly source?: Source;
  readonly related?: readonly RelatedPlace[];
}

export interface DiagnosticParts {
  readonly detail: string;
  readonly help: string;
  readonly source?: Source | undefined;
  readonly related?: readonly RelatedPlace[] | undefined;
  readonly severity?: Severity;
}

/** Makes a diagnostic; its severity is `error` unless said otherwise. */
export function diagnostic(code: DiagnosticCode, parts: DiagnosticParts): Diagnostic {
  return {
    code,
    severity: parts.severity ?? 'error',
    summary: summaries[code],
    detail: parts.detail,
    help: parts.help,
    ...(parts.source === undefined ? {} : { source: parts.source }),
    ...(parts.related === undefined || parts.related.length === 0 ? {} : { related: parts.related }),
  };
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((found) => found.severity === 'error');
}

/** By file, line and column; what has no place comes last; then by code and detail. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...diagnostics].sort((a, b) => {
    if (a.source && b.source) {
      const order = compareSources(a.source, b.source);
      if (order !== 0) return order;
    } else if (a.source || b.source) return a.source ? -1 : 1;
    if (a.code !== b.code) return a.code < b.code ? -1 : 1;
    return a.detail < b.detail ? -1 : a.detail > b.detail ? 1 : 0;
  });
}
