// What others wrote, safe in Markdown as GitHub and GitLab read it. Titles, addresses, file names and
// messages of vendors stand in code only: there no mention pings, no reference links, no HTML counts and
// no quick action runs.

import { oneLine } from './clip.ts';

/** Text in a sentence or a table's cell. */
export function code(text: string): string {
  const shown = oneLine(text);
  // Backticks where they are enough, for whoever reads the source; entities hold everywhere.
  if (/^[\p{L}\p{N}_.:\-/]+(?: [\p{L}\p{N}_.:\-/]+)*$/u.test(shown)) return `\`${shown}\``;
  return `<code>${shown.replace(/[^\p{L}\p{N} ]/gu, (sign) => `&#${sign.codePointAt(0)};`)}</code>`;
}

/** What goes around lines so that none of them can end it. */
export interface Fence {
  readonly open: string;
  readonly close: string;
}

export function fenceFor(lines: readonly string[], language: string): Fence {
  const longest = lines.reduce((most, line) => {
    const runs = line.match(/`+/g) ?? [];
    return runs.reduce((length, run) => Math.max(length, run.length), most);
  }, 2);
  const close = '`'.repeat(longest + 1);
  return { open: close + language, close };
}

/** As files and comments count: bytes of UTF-8. */
export const byteLength = (text: string): number => Buffer.byteLength(text, 'utf8');

export interface FoldedList {
  /** Above the fold, given how many of the last items are left out: our own words, never others'. */
  readonly summary: (left: number) => string;
  readonly language: string;
  /** Each is a line or several, and stays whole. */
  readonly items: readonly string[];
  /** Whether the list can be folded; else the summary is a line above it. */
  readonly folds: boolean;
}

/** As many items as fit into so many bytes; `undefined` where not even the frame does. */
export function renderList(
  { items, summary, language, folds }: FoldedList,
  maxBytes: number,
): string | undefined {
  const { open, close } = fenceFor(items, language);
  const text = (shown: number): string => {
    const block = [open, ...items.slice(0, shown), close].join('\n');
    const head = summary(items.length - shown);
    return folds ? `<details><summary>${head}</summary>\n\n${block}\n\n</details>` : `${head}\n\n${block}`;
  };
  const whole = text(items.length);
  if (byteLength(whole) <= maxBytes) return whole;
  let room = maxBytes - byteLength(text(0));
  let shown = 0;
  for (const item of items) {
    room -= byteLength(item) + 1;
    if (room < 0) break;
    shown += 1;
  }
  const cut = text(shown);
  return byteLength(cut) <= maxBytes ? cut : undefined;
}
