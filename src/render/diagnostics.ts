// Diagnostics as text for people, and as JSON. `file:line:column` begins the line, so that terminals
// and editors make a link of it.

import type { Diagnostic, Severity } from '../diagnostic/diagnostic.ts';
import type { Source } from '../diagnostic/source.ts';
import { codeFrame } from './code-frame.ts';
import { printable } from './printable.ts';
import { plainStyle, type Style } from './style.ts';

/** @param texts - the files' texts by name; a file that is not there gets no code frame. */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  texts: ReadonlyMap<string, string>,
  style: Style = plainStyle,
): string {
  return diagnostics.map((found) => renderDiagnostic(found, texts, style)).join('\n');
}

function renderDiagnostic(found: Diagnostic, texts: ReadonlyMap<string, string>, style: Style): string {
  const text = found.source && texts.get(found.source.file);
  const frame = found.source && text !== undefined ? codeFrame(text, found.source, style) : [];
  const related = (found.related ?? []).map(
    ({ message, source }) => `(related) ${formatSource(source)} ${message}`,
  );
  const lines = [
    headline(found, style),
    ...indented(found.detail),
    ...frame,
    ...indented(found.help, style.bold('help: ')),
    ...related.flatMap((line) => indented(line)),
  ];
  return `${lines.join('\n')}\n`;
}

function headline({ source, severity, code, summary }: Diagnostic, style: Style): string {
  const place = source === undefined ? '' : `${style.cyan(formatSource(source))} `;
  return `${place}${coloured(severity, style)} ${style.bold(code)} ${summary}`;
}

function coloured(severity: Severity, style: Style): string {
  switch (severity) {
    case 'error':
      return style.red(severity);
    case 'warning':
      return style.yellow(severity);
    case 'info':
      return style.blue(severity);
  }
}

/** `file:line:column`. */
export function formatSource({ file, line, column }: Source): string {
  return `${printable(file)}:${line}:${column}`;
}

function indented(text: string, lead = ''): string[] {
  return printable(text)
    .split('\n')
    .map((line, at) => `  ${at === 0 ? lead : ''}${line}`);
}

/** A diagnostic as it stands in JSON, in the order in which people read it. */
export type DiagnosticJson = Pick<Diagnostic, 'code' | 'severity' | 'summary' | 'detail' | 'help'> & {
  readonly source?: Source;
  readonly related?: readonly { readonly message: string; readonly source: Source }[];
};

export function diagnosticsToJson(diagnostics: readonly Diagnostic[]): DiagnosticJson[] {
  return diagnostics.map(({ code, severity, summary, detail, help, source, related }) => ({
    code,
    severity,
    summary,
    detail,
    help,
    ...(source === undefined ? {} : { source: placeToJson(source) }),
    ...(related === undefined
      ? {}
      : { related: related.map((place) => ({ message: place.message, source: placeToJson(place.source) })) }),
  }));
}

function placeToJson({ file, line, column }: Source): Source {
  return { file, line, column };
}
