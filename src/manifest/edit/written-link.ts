// The addresses by which pages and spaces name other pages, with their places in the text.

import { CST } from 'yaml';
import type { EntryText, PageText, SpaceText, Span } from './page-text.ts';
import type { SourceSlices } from './source-slice.ts';
import { scalarOf, spanOf } from './token-span.ts';

export interface WrittenLink {
  readonly kind: 'copy' | 'shortcut' | 'archive';
  /** As it is written. */
  readonly address: string;
  readonly source: SourceSlices;
  /** Of the address alone; of the whole field where `isField`. */
  readonly span: Span;
  /** It is the `from` of a copy, whose name changes with what it names. */
  readonly isField: boolean;
  readonly isInFlow: boolean;
}

/** All of a space and its pages. */
export function* linksOf(space: SpaceText): Generator<WrittenLink> {
  const { source } = space.file;
  for (const entry of space.mapping.entries) {
    if (entry.key === 'onRemove') yield* archiveLink(entry, source);
  }
  const open: PageText[] = [...(space.mapping.list?.items ?? [])];
  for (let page = open.pop(); page !== undefined; page = open.pop()) {
    const { mapping } = page;
    for (const entry of mapping?.entries ?? []) {
      const isInFlow = page.isInFlow || mapping?.form === 'flow';
      if (entry.key === 'copy' || entry.key === 'shortcut')
        yield* pageLink(entry, entry.key, isInFlow, source);
    }
    open.push(...(mapping?.list?.items ?? []));
  }
}

function* archiveLink({ value }: EntryText, source: SourceSlices): Generator<WrittenLink> {
  const archive = fieldOf(value, 'archive');
  const address = scalarOf(archive?.value);
  if (archive?.value === undefined || address === undefined) return;
  yield { kind: 'archive', address, source, span: spanOf(archive.value), isField: false, isInFlow: true };
}

function* pageLink(
  { value }: EntryText,
  kind: 'copy' | 'shortcut',
  isInFlow: boolean,
  source: SourceSlices,
): Generator<WrittenLink> {
  const address = scalarOf(value);
  if (value !== undefined && address !== undefined)
    yield { kind, address, source, span: spanOf(value), isField: false, isInFlow };
  const from = fieldOf(value, 'from');
  const fromAddress = scalarOf(from?.value);
  if (from?.key && from.value !== undefined && fromAddress !== undefined) {
    const span = { start: spanOf(from.key).start, end: spanOf(from.value).end };
    yield { kind, address: fromAddress, source, span, isField: true, isInFlow: true };
  }
}

function fieldOf(token: CST.Token | undefined, name: string): CST.CollectionItem | undefined {
  if (token === undefined || !CST.isCollection(token)) return undefined;
  return (token.items as readonly CST.CollectionItem[]).find(({ key }) => scalarOf(key) === name);
}
