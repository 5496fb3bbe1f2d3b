// Rows in columns: the signs at the left edge, so that the eye finds every change; the tree; and the
// reasons under one another. Where room is short, reasons go on below, and the tree's lines beside them;
// only titles wider than the screen lose their end.

import { clip, paddingFor, wrap } from './clip.ts';
import { painted } from './glyph.ts';
import type { Row } from './plan-row.ts';
import type { Style } from './style.ts';
import { textWidth } from './text-width.ts';

/** Where there is less room than this beside the title, a reason stands below it. */
const leastNote = 20;
/** A title keeps at least so much, also where it leaves the width. */
const leastTitle = 12;
/** A reason may take so many lines; titles within it can be long. */
const mostLines = 6;
const gap = '  ';
/** Columns of one level of tree lines. */
const guideStep = 3;

interface Sheet {
  readonly width: number;
  /** Columns of the signs and the space after them. */
  readonly gutter: number;
  /** Columns from the signs to the reasons. */
  readonly notesAt: number;
  readonly style: Style;
}

export function layOut(rows: readonly Row[], width: number, style: Style): readonly string[] {
  const signs = rows.reduce((most, { glyphs }) => Math.max(most, glyphs.length), 1);
  const gutter = signs + 1;
  const room = width - gutter;
  const widest = rows.reduce((most, row) => (row.note === '' ? most : Math.max(most, headWidth(row))), 0);
  const sheet = { width, gutter, notesAt: Math.min(widest, Math.floor(room * 0.55)), style };
  return rows.flatMap((row, at) => lines(row, rows[at + 1], sheet));
}

const headWidth = ({ guide, title, detail }: Row): number =>
  textWidth(guide) + textWidth(title) + textWidth(detail);

const remarkOf = ({ note, tag }: Row): string => [note, tag].filter((part) => part !== '').join(' ');

function lines(row: Row, next: Row | undefined, sheet: Sheet): readonly string[] {
  const { style, gutter, notesAt } = sheet;
  const room = sheet.width - gutter;
  const guide = shortened(row.guide, Math.floor(room / 3));
  const label = clip(row.title + row.detail, Math.max(leastTitle, room - textWidth(guide)));
  const signs = row.glyphs.map((glyph) => painted(glyph, glyph, style)).join('');
  const start = `${signs}${paddingFor(row.glyphs.join(''), gutter)}${style.dim(guide)}${labelled(row, label, style)}`;
  const remark = remarkOf(row);
  if (remark === '') return [start.trimEnd()];

  const headColumns = textWidth(guide + label);
  const beside = Math.max(headColumns, notesAt) + gap.length;
  const isBeside = room - beside >= Math.min(textWidth(remark), leastNote);
  const below = besideBranch(row, next, guide);
  const from = isBeside ? beside : below.length + 1;
  const texts = remarked(row, Math.max(leastTitle, room - from), style);
  const indent = `${' '.repeat(gutter)}${style.dim(below)}${' '.repeat(from - below.length)}`;
  const [first = '', ...rest] = texts;
  return isBeside
    ? [`${start}${' '.repeat(beside - headColumns)}${first}`, ...rest.map((text) => indent + text)]
    : [start, ...texts.map((text) => indent + text)];
}

/** The reason, and the tag behind it in one piece. */
function remarked({ note, tag }: Row, columns: number, style: Style): readonly string[] {
  const words = [...note.split(' '), tag].filter((word) => word !== '');
  const all = wrap(words, columns);
  const texts = all.length > mostLines ? [...all.slice(0, mostLines - 1), `… ${tag}`.trimEnd()] : all;
  return texts.map((text) => {
    const isTagged = tag !== '' && text.endsWith(tag);
    return isTagged ? style.dim(text.slice(0, -tag.length)) + style.yellow(tag) : style.dim(text);
  });
}

/** The tree's lines beside what goes on below a row: to its next sibling, and to what lies below it. */
function besideBranch(row: Row, next: Row | undefined, guide: string): string {
  if (guide !== row.guide) return ' '.repeat(guide.length + 1);
  const isParent = (next?.guide.length ?? 0) > row.guide.length;
  return `${guide.replace('├─ ', '│  ').replace('└─ ', '   ')}${isParent ? '│' : ' '}`;
}

function labelled(row: Row, label: string, style: Style): string {
  const { length } = row.title;
  return titled(row, label.slice(0, length), style) + style.dim(label.slice(length));
}

function titled({ kind, glyphs }: Row, title: string, style: Style): string {
  const [glyph] = glyphs;
  if (kind === 'fold') return style.dim(title);
  const colored = glyph === undefined ? title : painted(glyph, title, style);
  if (kind === 'undeclared' && glyph === undefined) return style.dim(title);
  return kind === 'space' ? style.bold(colored) : colored;
}

/** Of a deep tree's lines the last is left, with the level in the others' place. */
function shortened(guide: string, columns: number): string {
  if (guide.length <= columns) return guide;
  const level = `…${guide.length / guideStep}`;
  return `${level.padEnd(columns - guideStep)}${guide.slice(-guideStep)}`;
}
