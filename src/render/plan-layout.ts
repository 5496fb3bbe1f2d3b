// Rows in columns: the signs at the left edge, so that the eye finds every change; the tree; and the
// reasons under one another. Reasons give way where room is short, titles keep their start.

import { clip, paddingFor } from './clip.ts';
import { painted } from './glyph.ts';
import type { Row } from './plan-row.ts';
import type { Style } from './style.ts';
import { textWidth } from './text-width.ts';

/** Where there is less room than this for a reason, the title gives way. */
const leastNote = 20;
/** A title keeps at least so much, also where it leaves the width. */
const leastTitle = 12;
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
  return rows.map((row) => line(row, sheet));
}

const headWidth = ({ guide, title, detail }: Row): number =>
  textWidth(guide) + textWidth(title) + textWidth(detail);

function line(row: Row, sheet: Sheet): string {
  const { style } = sheet;
  const room = sheet.width - sheet.gutter;
  const guide = shortened(row.guide, Math.floor(room / 3));
  const remark = [row.note, row.tag].filter((part) => part !== '').join(' ');
  const noteRoom = remark === '' ? 0 : Math.min(textWidth(remark), leastNote) + gap.length;
  const titleRoom = Math.max(leastTitle, room - textWidth(guide) - noteRoom);
  const label = clip(row.title + row.detail, titleRoom);
  const title = label.slice(0, row.title.length);
  const detail = label.slice(row.title.length);
  const head = guide + label;
  const padding = paddingFor(head, sheet.notesAt);
  const left = room - textWidth(head) - padding.length - gap.length;
  const signs = row.glyphs.map((glyph) => painted(glyph, glyph, style)).join('');
  const start = `${signs}${paddingFor(row.glyphs.join(''), sheet.gutter)}`;
  const tree = `${style.dim(guide)}${titled(row, title, style)}${style.dim(detail)}`;
  const end = remark === '' ? '' : `${padding}${gap}${remarked(row, left, style)}`;
  return `${start}${tree}${end}`.trimEnd();
}

/** The tag stays whole; the reason is cut before it. */
function remarked({ note, tag }: Row, columns: number, style: Style): string {
  if (note === '' || tag === '') return style.dim(clip(note, columns)) + style.yellow(tag);
  const cut = clip(note, columns - textWidth(tag) - 1);
  return `${style.dim(cut)}${cut === '' ? '' : ' '}${style.yellow(tag)}`;
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
