// What an import has written, in words and as JSON.

import { type Diagnostic, hasErrors } from '../diagnostic/diagnostic.ts';
import type { TakenSpace, Takeover } from '../diff/takeover.ts';
import { oneLine } from './clip.ts';
import { counted } from './count.ts';
import { type DiagnosticJson, diagnosticsToJson } from './diagnostics.ts';
import { formatVersion } from './document.ts';
import type { Style } from './style.ts';

export interface ImportReport extends Pick<Takeover, 'spaces' | 'diagnostics'> {
  readonly files: readonly string[];
  readonly state: string;
  readonly readCalls: number;
}

/** A line a space, then where everything is. */
export function renderImport({ spaces, files, state, readCalls }: ImportReport, style: Style): string {
  const lines = spaces.map((space) => {
    const notes = notesOf(space).map((note) => `, ${note}`);
    return `${style.bold(oneLine(space.outline.name))} [${space.address}]: ${counted(space.pages, 'page')}${notes.join('')}`;
  });
  return [...lines, '', `Written: ${[...files, state].join(', ')} · ${counted(readCalls, 'call')}`].join(
    '\n',
  );
}

function notesOf({ identified, skipped }: TakenSpace): string[] {
  return [
    ...(identified > 0 ? [`${identified} by id`] : []),
    ...(skipped > 0 ? [`${skipped} not declared`] : []),
  ];
}

export interface ImportDocument {
  readonly formatVersion: string;
  readonly errored: boolean;
  readonly files: readonly string[];
  readonly state?: string;
  readonly spaces: readonly ImportedSpaceJson[];
  readonly estimate: { readonly readCalls: number };
  readonly diagnostics: readonly DiagnosticJson[];
}

interface ImportedSpaceJson {
  readonly address: string;
  readonly id: string;
  readonly name: string;
  readonly pages: number;
  /** Told apart by their ids. */
  readonly identified: number;
  /** Topmost pages that no manifest can declare. */
  readonly skipped: number;
}

export function importToJson(report: ImportReport): ImportDocument {
  const { files, state, readCalls, diagnostics } = report;
  return {
    formatVersion,
    errored: hasErrors(diagnostics),
    files,
    state,
    spaces: report.spaces.map(({ address, outline, pages, identified, skipped }) => {
      const { id, name } = outline;
      return { address, id, name, pages, identified, skipped };
    }),
    estimate: { readCalls },
    diagnostics: diagnosticsToJson(diagnostics),
  };
}

/** The document where nothing was imported. */
export function importErrorToJson(diagnostics: readonly Diagnostic[]): ImportDocument {
  const nothing = { files: [], spaces: [], estimate: { readCalls: 0 } };
  return { formatVersion, errored: true, ...nothing, diagnostics: diagnosticsToJson(diagnostics) };
}
