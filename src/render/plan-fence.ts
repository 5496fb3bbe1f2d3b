// Rows of the tree for a `diff` fence, which hosts colour by a line's first character: what comes is
// green, what goes is red, what is renamed or blocked is marked. The plan's own signs stand behind it.

import { paddingFor } from './clip.ts';
import type { Glyph } from './glyph.ts';
import type { Row } from './plan-row.ts';
import { textWidth } from './text-width.ts';

/** Reasons stand under one another up to this column; behind longer titles they follow at once. */
const mostColumns = 60;
const gap = '  ';

const signs: Readonly<Record<Glyph, string>> = {
  '+': '+',
  '⧉': '+',
  '→': '+',
  '←': '-',
  '~': '!',
  '=': ' ',
  '!': '!',
  '−': '-',
};

/** One line per row, nothing cut. */
export function fenceRows(rows: readonly Row[]): readonly string[] {
  const heads = rows.map(signsOf);
  const gutter = heads.reduce((most, head) => Math.max(most, head.length), 1) + 1;
  const widths = rows.map(({ guide, title, detail }) => textWidth(guide + title + detail));
  const notesAt = rows.reduce((most, { note }, at) => {
    const width = widths[at] ?? 0;
    return note === '' || width > mostColumns ? most : Math.max(most, width);
  }, 0);
  return rows.map(({ guide, title, detail, note, tag }, at) => {
    const tree = guide + title + detail;
    const remark = [note, tag].filter((part) => part !== '').join(' ');
    const end = remark === '' ? '' : `${paddingFor(tree, notesAt)}${gap}${remark}`;
    return `${(heads[at] ?? '').padEnd(gutter)}${tree}${end}`.trimEnd();
  });
}

/** `+→`, `-←`, `!~`; a sign that is its own colour stands once. */
function signsOf({ glyphs }: Row): string {
  const [first] = glyphs;
  if (first === undefined) return ' ';
  const sign = signs[first];
  return sign + glyphs.filter((glyph) => glyph !== sign).join('');
}
