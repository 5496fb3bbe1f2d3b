// `fmt --format json`: which files were looked at, and which of them are laid out otherwise.

import { type Diagnostic, hasErrors } from '../diagnostic/diagnostic.ts';
import { type DiagnosticJson, diagnosticsToJson } from './diagnostics.ts';
import { formatVersion } from './document.ts';

export interface FormatDocument {
  readonly formatVersion: string;
  readonly errored: boolean;
  readonly files: readonly string[];
  readonly changed: readonly string[];
  readonly diagnostics: readonly DiagnosticJson[];
}

export function formatToJson(
  files: readonly string[],
  changed: readonly string[],
  diagnostics: readonly Diagnostic[],
): FormatDocument {
  const errored = hasErrors(diagnostics);
  return { formatVersion, errored, files, changed, diagnostics: diagnosticsToJson(diagnostics) };
}
