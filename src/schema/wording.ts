// How values and choices read in messages. Long texts are clipped: the code frame shows the rest.

import type { Located } from './located.ts';

const longest = 60;

/** A text in double quotes, escaped, clipped. */
export function quote(text: string): string {
  return JSON.stringify(clip(text, longest));
}

/** An address or a glob between backticks as it is written, since doubling its `\` would change what it says. */
export function verbatim(text: string): string {
  return `\`${clip(text, 3 * longest)}\``;
}

function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}

/** `a`, `a or b`, `a, b or c`. */
export function either(words: readonly string[], last = 'or'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

/** The count with its noun; the plural takes an `s` unless given. */
export function counted(count: number, noun: string, nouns = `${noun}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? noun : nouns}`;
}

/** A value as a sentence speaks of it. */
export function describe(value: Located): string {
  switch (value.kind) {
    case 'list':
      return 'a list';
    case 'map':
      return 'a mapping';
    case 'scalar':
      if (value.value === null) return value.written === '' ? 'empty' : `\`${value.written}\` (nothing)`;
      if (typeof value.value === 'string') return `the text ${quote(value.value)}`;
      return typeof value.value === 'number'
        ? `the number ${value.written}`
        : `the word ${value.written}, which YAML reads as true or false`;
  }
}
