// The canonical layout of a file: two blanks a level, lists indented below their key, one blank behind
// `-` and `:`, at most one blank line, double quotes rather than single. Words, order, comments and the
// choice between block and flow stay as they are.
//
// It works on the parser's tokens and not on its document, since only they hold every comment and every
// blank line in its place.

import type { CST } from 'yaml';
import { flowKeyText, flowText, isFlowScalar, trailing } from './flow-layout.ts';
import { type LineWriter, lineWriter } from './line-writer.ts';
import { blockScalarText, flowScalarText } from './scalar-layout.ts';

/** A walk over one file. */
interface Layout {
  readonly out: LineWriter;
  readonly columnOf: (offset: number) => number;
}

/** Where a node is to stand. */
interface Spot {
  /** Of the items of a block; of anything else, where it has to begin a line. */
  readonly column: number;
  /** Whether a block may begin on the line of what it belongs to. */
  readonly isCompact: boolean;
}

/** The lines of a file that parses, without line ends. */
export function layOut(tokens: readonly CST.Token[], text: string): string[] {
  const columnOf = (offset: number): number => offset - (text.lastIndexOf('\n', offset - 1) + 1);
  const layout: Layout = { out: lineWriter(columnOf), columnOf };
  for (const token of tokens) layOutTop(layout, token);
  return layout.out.end();
}

function layOutTop(layout: Layout, token: CST.Token): void {
  const { out } = layout;
  if (token.type === 'directive') out.line(token.source.trimEnd(), 0);
  else if (token.type === 'document') layOutDocument(layout, token);
  else if (token.type === 'doc-end') layOutTrivia(layout, token.end);
  else if (token.type === 'comment' || token.type === 'newline' || token.type === 'space') out.trivia(token);
}

function layOutDocument(layout: Layout, { start, value, end }: CST.Document): void {
  for (const part of start) {
    if (part.type === 'doc-start') layout.out.line('---', 0);
    else layOutPart(layout, part, 0);
  }
  if (value) layOutNode(layout, value, { column: 0, isCompact: false });
  layOutTrivia(layout, end);
}

function layOutTrivia({ out }: Layout, tokens: readonly CST.SourceToken[] | undefined): void {
  for (const token of tokens ?? []) out.trivia(token);
}

/** A comment, a blank, or an anchor or tag; whether it was one of the latter. */
function layOutPart({ out }: Layout, token: CST.SourceToken, column: number): boolean {
  if (token.type === 'anchor' || token.type === 'tag') {
    out.inline(token.source, column);
    return true;
  }
  if (token.type === 'comment' || token.type === 'newline' || token.type === 'space') out.trivia(token);
  return false;
}

function layOutNode(layout: Layout, token: CST.Token, spot: Spot): void {
  if (token.type === 'block-map') layOutMap(layout, token, spot);
  else if (token.type === 'block-seq') layOutList(layout, token, spot);
  else if (token.type === 'block-scalar') layOutBlockScalar(layout, token, spot.column);
  else if (token.type === 'flow-collection') layOutFlow(layout, token, spot.column);
  else if (isFlowScalar(token)) layout.out.inline(flowScalarText(token, spot.column), spot.column);
  layOutTrivia(layout, trailing(token));
}

function layOutFlow({ out }: Layout, token: CST.FlowCollection, column: number): void {
  const isBehind = out.isOpen;
  const start = isBehind ? out.nextColumn : column;
  out.inline(flowText(token, start, isBehind ? Math.max(0, column - 2) : column), column);
}

function layOutBlockScalar(layout: Layout, token: CST.BlockScalar, column: number): void {
  const { header, lines } = blockScalarText(token, column);
  layout.out.inline(header, column);
  for (const prop of token.props)
    if (prop.type === 'comment' || prop.type === 'space') layout.out.trivia(prop);
  layout.out.raw(lines);
}

/** Begins an item: behind what it belongs to where that is allowed, else on a line of its own. */
function beginItem(
  { out, columnOf }: Layout,
  text: string,
  offset: number,
  { column, isCompact }: Spot,
  isFirst: boolean,
): void {
  if (isFirst && isCompact && out.isOpen) out.inline(text, column);
  else out.line(text, column);
  out.open(column, columnOf(offset));
}

function layOutList(layout: Layout, token: CST.BlockSequence, spot: Spot): void {
  let isFirst = true;
  for (const { start, value } of token.items) {
    let hasProps = false;
    const column = spot.column + 2;
    for (const part of start) {
      if (part.type === 'seq-item-ind') {
        beginItem(layout, '-', part.offset, spot, isFirst);
        isFirst = false;
      } else if (layOutPart(layout, part, column)) hasProps = true;
    }
    if (value) layOutNode(layout, value, { column, isCompact: !hasProps });
  }
}

type MapItem = CST.BlockMap['items'][number];

function layOutMap(layout: Layout, token: CST.BlockMap, spot: Spot): void {
  let isFirst = true;
  for (const item of token.items) {
    const begin = (text: string, offset: number): void => {
      beginItem(layout, text, offset, spot, isFirst);
      isFirst = false;
    };
    layOutEntry(layout, item, spot.column, begin);
  }
}

function layOutEntry(
  layout: Layout,
  item: MapItem,
  column: number,
  begin: (text: string, offset: number) => void,
): void {
  const { out } = layout;
  let isBegun = false;
  const piece = (text: string, offset: number): void => {
    if (isBegun) out.inline(text, column + 2);
    else begin(text, offset);
    isBegun = true;
  };
  for (const part of item.start) {
    if (part.type === 'explicit-key-ind' || part.type === 'anchor' || part.type === 'tag')
      piece(part.source, part.offset);
    else layOutPart(layout, part, column);
  }
  if (item.explicitKey) {
    if (item.key) layOutNode(layout, item.key, { column: column + 2, isCompact: true });
  } else if (item.key) {
    piece(keyText(item.key), item.key.offset);
    layOutTrivia(layout, trailing(item.key));
  }
  if (item.sep !== undefined) layOutValue(layout, item, column, piece);
}

function keyText(key: CST.Token): string {
  if (key.type === 'flow-collection') return flowKeyText(key);
  if (!isFlowScalar(key)) return '';
  return key.type === 'alias' ? `${key.source} ` : flowScalarText(key, 0);
}

/** The colon and what stands behind it. */
function layOutValue(
  layout: Layout,
  item: MapItem,
  column: number,
  piece: (text: string, offset: number) => void,
): void {
  const { out } = layout;
  let hasProps = false;
  for (const part of item.sep ?? []) {
    if (part.type === 'map-value-ind') {
      if (item.explicitKey) out.line(':', column);
      else if (item.key) out.glue(':');
      else piece(':', part.offset);
    } else if (layOutPart(layout, part, column + 2)) hasProps = true;
  }
  const isCompact = item.explicitKey === true && !hasProps;
  if (item.value) layOutNode(layout, item.value, { column: column + 2, isCompact });
}
