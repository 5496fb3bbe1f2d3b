// `drift --format json`: one document on every exit path.

import { type Diagnostic, hasErrors } from '../diagnostic/diagnostic.ts';
import { type Drift, type DriftChange, driftSummary } from '../diff/drift.ts';
import { type DiagnosticJson, diagnosticsToJson } from './diagnostics.ts';
import { formatVersion } from './document.ts';

export interface DriftDocument {
  readonly formatVersion: string;
  readonly errored: boolean;
  readonly summary: {
    readonly moved: number;
    readonly renamed: number;
    readonly gone: number;
    readonly new: number;
    readonly hidden: number;
  };
  readonly changes: readonly DriftChange[];
  /** Files that `--accept` wrote. */
  readonly files: readonly string[];
  readonly diagnostics: readonly DiagnosticJson[];
}

export function driftToJson(
  drift: Drift,
  files: readonly string[],
  diagnostics: readonly Diagnostic[],
): DriftDocument {
  return {
    formatVersion,
    errored: hasErrors(diagnostics),
    summary: { ...driftSummary(drift), hidden: drift.hidden },
    changes: drift.changes,
    files,
    diagnostics: diagnosticsToJson(diagnostics),
  };
}

/** The document where the wiki could not be read, or the manifest is wrong. */
export function driftErrorToJson(diagnostics: readonly Diagnostic[]): DriftDocument {
  return driftToJson({ changes: [], hidden: 0 }, [], diagnostics);
}
