// Scalars as they are laid out: as they are written, but for their indentation, and for quotes of which
// there are two kinds where one would do.

import type { CST } from 'yaml';

/** A scalar or an alias outside of blocks; lines after its first are put at the column. */
export function flowScalarText(token: CST.FlowScalar, column: number): string {
  const source = token.type === 'single-quoted-scalar' ? requoted(token.source) : token.source;
  if (!source.includes('\n')) return source;
  const [first = '', ...others] = source.split(/\r?\n/);
  const indented = others.map((line) => {
    const text = line.replace(/^[ \t]+/, '');
    return text === '' ? '' : `${' '.repeat(column)}${text}`;
  });
  return [first, ...indented].join('\n');
}

/** Double quotes, unless something in the text would then need a backslash. */
function requoted(source: string): string {
  const inner = source.slice(1, -1).replaceAll("''", "'");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return /["\\\n\x00-\x1f]/.test(inner) ? source : `"${inner}"`;
}

export interface BlockText {
  readonly header: string;
  readonly lines: readonly string[];
}

/** A `|` or `>` text with its lines at the column; a size that its header tells becomes the new one. */
export function blockScalarText(token: CST.BlockScalar, column: number): BlockText {
  const written = headerOf(token);
  const size = /\d/.exec(written)?.[0];
  const lines = token.source.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  const old = size === undefined ? detectedIndent(lines) : token.indent + Number(size);
  return {
    header: size === undefined ? written : written.replace(size, '2'),
    lines: lines.map((line) => reindented(line, old, column)),
  };
}

function headerOf({ props }: CST.BlockScalar): string {
  for (const prop of props) if (prop.type === 'block-scalar-header') return prop.source;
  return '|';
}

const blanksOf = (line: string): number => /^ */.exec(line)?.[0].length ?? 0;

/** That of the first line with anything in it, as YAML finds it. */
function detectedIndent(lines: readonly string[]): number {
  const first = lines.find((line) => blanksOf(line) < line.length);
  return first === undefined ? Number.POSITIVE_INFINITY : blanksOf(first);
}

function reindented(line: string, old: number, column: number): string {
  const rest = line.slice(Math.min(old, blanksOf(line)));
  return rest === '' ? '' : `${' '.repeat(column)}${rest}`;
}
