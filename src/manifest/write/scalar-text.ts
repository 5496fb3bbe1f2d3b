// A text as a YAML scalar: plain where it reads as a text in YAML 1.2 and 1.1 alike, else in quotes by the
// library's rules. What nobody would see in an editor is written as an escape.

import { stringify } from 'yaml';

/** Words with one blank or sign between them; those that could be another kind of value are looked at further. */
const plainWords = /^\p{L}[\p{L}\p{M}\p{N}]*(?:[ ./_-][\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*$/u;
// The last is a number in YAML 1.1, where nothing need stand before an exponent.
const otherValue = /^(?:null|true|false|yes|no|on|off|[yn]|e-?\d+)$/i;

/** All but letters, marks, digits, signs and the usual blank. */
const unseen = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu;

/** They join letters and pictures, and are seen by what they do, unless they stand at an end or beside ASCII. */
const joiner = /[\u200c\u200d]/;
/** The blank of Chinese and Japanese. */
const wideBlank = '\u3000';

const options = { lineWidth: 0, blockQuote: false, compat: 'yaml-1.1', version: '1.2' } as const;

export function scalarText(text: string): string {
  if (plainWords.test(text) && !otherValue.test(text)) return text;
  const seen = text.replaceAll(/["\\]/g, '\\$&');
  const escaped = seen.replace(unseen, (found, at: number) =>
    isHarmless(found, at, seen) ? found : escapeOf(found),
  );
  return escaped === seen ? stringify(text, options).trimEnd() : `"${escaped}"`;
}

/** The same inside brackets and braces, where commas and the like need quotes as well. */
export function flowScalar(text: string): string {
  const written = scalarText(text);
  return /^["']/.test(written) || !/[,[\]{}]/.test(written) ? written : JSON.stringify(text);
}

function isHarmless(found: string, at: number, whole: string): boolean {
  const isInside = at > 0 && at + found.length < whole.length;
  if (!isInside) return false;
  return found === wideBlank || (joiner.test(found) && !/[\0-\x7f]/.test(`${whole[at - 1]}${whole[at + 1]}`));
}

function escapeOf(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\t') return '\\t';
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16).toUpperCase();
  return code > 0xffff ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
}
