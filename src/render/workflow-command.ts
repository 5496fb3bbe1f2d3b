// Lines that GitHub's runner reads out of a job's output: `::error file=a.yaml,line=3,col=5,title=…::…`
// (https://docs.github.com/actions/reference/workflow-commands-for-github-actions). Whatever is not meant
// as one has to be kept from looking like one: the runner trims lines before it looks, and takes the older
// `##[…]` from anywhere in a line.

import type { Source } from '../diagnostic/source.ts';
import { printable } from './printable.ts';

export type AnnotationLevel = 'error' | 'warning' | 'notice';

export interface Annotation {
  readonly level: AnnotationLevel;
  readonly title: string;
  readonly message: string;
  /** Without a place it belongs to the whole run. */
  readonly source: Source | undefined;
}

export function annotationLine({ level, title, message, source }: Annotation): string {
  const place =
    source === undefined
      ? []
      : [`file=${property(source.file)}`, `line=${source.line}`, `col=${source.column}`];
  const fields = [...place, `title=${property(title)}`].join(',');
  return `::${level} ${fields}::${data(message)}`;
}

/** The runner undoes these, and only these. */
function data(text: string): string {
  const shown = withoutOldCommands(printable(text));
  return shown.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** The text with nothing in it that a runner takes for a command; it reads the same. */
export function withoutCommands(text: string): string {
  return withoutOldCommands(text.replace(/^(\s*:)(?=:)/gm, '$1\u200b'));
}

const withoutOldCommands = (text: string): string => text.replaceAll('##[', '##\u200b[');
