// Diagnostics in Markdown: errors in sight, the rest below the fold. What they say of the user's files and
// of the wiki stands in a fence.

import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { counted, grouped } from './count.ts';
import { renderDiagnostics } from './diagnostics.ts';
import { renderList } from './markdown.ts';
import { type Block, clipBytes, fitBlocks } from './markdown-block.ts';

/** File texts by name, for code frames. */
export type Texts = ReadonlyMap<string, string>;

/** What stands in a plan's place where there is none. */
export function renderErrorsMarkdown(
  diagnostics: readonly Diagnostic[],
  texts: Texts,
  maxBytes: number,
): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const heading = `### No plan: ${counted(errors, 'error')}`;
  const head: Block = { rank: 0, share: 1, render: (room) => clipBytes(heading, room) };
  return fitBlocks([head, ...errorBlocks(diagnostics, texts), ...noticeBlocks(diagnostics, texts)], maxBytes);
}

/** In sight; at most half of the room, so that the plan has some. */
export function errorBlocks(diagnostics: readonly Diagnostic[], texts: Texts): readonly Block[] {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return listBlock(errors, texts, { rank: 1, share: 0.5, folds: false, name: 'error' });
}

/** Below the fold: warnings and what else is worth knowing. */
export function noticeBlocks(diagnostics: readonly Diagnostic[], texts: Texts): readonly Block[] {
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning');
  const infos = diagnostics.filter(({ severity }) => severity === 'info');
  return [
    ...listBlock(warnings, texts, { rank: 4, share: 0.25, folds: true, name: 'warning' }),
    ...listBlock(infos, texts, { rank: 6, share: 0.25, folds: true, name: 'note' }),
  ];
}

interface Listing {
  readonly rank: number;
  readonly share: number;
  readonly folds: boolean;
  readonly name: string;
}

function listBlock(found: readonly Diagnostic[], texts: Texts, listing: Listing): readonly Block[] {
  if (found.length === 0) return [];
  const { rank, share, folds, name } = listing;
  const items = found.map((one) => renderDiagnostics([one], texts).trimEnd());
  const title = counted(found.length, name);
  const summary = (left: number): string => {
    const all = left === 0 ? title : `${title}; ${grouped(left)} left out for want of room`;
    return folds ? all : `**${all}**`;
  };
  const render = (maxBytes: number): string | undefined =>
    renderList({ summary, language: 'text', items, folds }, maxBytes);
  return [{ rank, share, render }];
}
