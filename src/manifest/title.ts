// What titles and keys may be. Titles are otherwise kept as they are written, to the last blank.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import { anchorOf, type Place, sourceOf } from '../schema/located.ts';
import { quote } from '../schema/wording.ts';
import { placeOf } from './draft.ts';
import type { Field, WrittenNode } from './written.ts';

/** Control characters, line breaks among them, and halves of surrogate pairs, which are no text. */
const unprintable = /[\p{Cc}\p{Cs}\u2028\u2029]/u;

/** What is found in most titles; one list for all of them. */
const nothing: readonly Diagnostic[] = [];

export function checkTitle(written: WrittenNode): readonly Diagnostic[] {
  const { title, key } = written;
  if (title === undefined) return nothing;
  if (title.value === '') return key === undefined ? [keyRequired(title)] : nothing;
  const problem = objection(title.value);
  if (problem === undefined) return nothing;
  const detail = `The title ${quote(title.value)} ${problem}.`;
  return [
    diagnostic('TITLE_INVALID', {
      detail,
      help: 'Write the title on one line, as people should read it.',
      ...placeOf(title),
    }),
  ];
}

function keyRequired(title: Field<string>): Diagnostic {
  return diagnostic('KEY_REQUIRED', {
    detail: 'A page is known by its key, and the key is the title unless it is written. This title is empty.',
    help: 'Add a `key` beside `title: ""`, or write a title.',
    ...placeOf(title),
  });
}

/** @param owner - what has the key, to begin a sentence with. */
export function checkKey(key: Field<string>, place: Place, owner: string): Diagnostic[] {
  const problem = key.value === '' ? 'is empty' : objection(key.value);
  if (problem === undefined) return [];
  return [
    diagnostic('KEY_INVALID', {
      detail: `${owner}'s key ${quote(key.value)} ${problem}.`,
      help: 'Write a short name; addresses are made of keys.',
      source: sourceOf(place),
      related: anchorOf(key.at),
    }),
  ];
}

/** The name of a space, which people see as they see a title. */
export function checkName(name: Field<string> | undefined): Diagnostic[] {
  if (name === undefined) return [];
  const problem = name.value === '' ? 'is empty' : objection(name.value);
  if (problem === undefined) return [];
  const detail = `The name ${quote(name.value)} ${problem}.`;
  return [
    diagnostic('TITLE_INVALID', {
      detail,
      help: 'Write the name on one line, as people should read it.',
      ...placeOf(name),
    }),
  ];
}

/** Why a manifest can hold no page of this title; the rest of a sentence about it. */
export function objection(text: string): string | undefined {
  if (text.trim() === '') return 'is blank';
  return unprintable.test(text) ? 'holds a line break or another control character' : undefined;
}
