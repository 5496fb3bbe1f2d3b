// What the vendor lets names hold: of spaces, their descriptions and pages. Said before anything is sent, with
// the line and a way out.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import { either, quote, verbatim } from '../schema/wording.ts';
import type { Capabilities, NameRules } from '../tree/capability.ts';
import { allDrafts, type Draft, type Forest, placeOf, type SpaceDraft } from './draft.ts';
import type { Field } from './written.ts';

export function checkVendorNames(forest: Forest, capabilities: Capabilities): Diagnostic[] {
  const found = [...forest.spaces.values()].flatMap((space) => checkSpace(space, capabilities));
  for (const { written } of allDrafts(forest)) found.push(...checkTitle(written?.title, capabilities));
  return found;
}

function checkSpace({ written }: SpaceDraft, capabilities: Capabilities): Diagnostic[] {
  const { names, label } = capabilities;
  const { name, description, sharing } = written;
  return [
    ...(name === undefined ? [] : checkSigns(name, 'name', capabilities)),
    ...tooLong(name, 'name', names.spaceLength, label),
    ...tooLong(description, 'description', names.descriptionLength, label),
    ...(sharing === undefined || capabilities.sharing ? [] : [noSharing(sharing, label)]),
  ];
}

/** What is found in most titles; one list for all of them. */
const nothing: readonly Diagnostic[] = [];

function checkTitle(title: Field<string> | undefined, capabilities: Capabilities): readonly Diagnostic[] {
  if (title === undefined) return nothing;
  if (title.value !== '') return checkSigns(title, 'title', capabilities);
  if (capabilities.names.mayBeEmpty) return [];
  const detail = `${capabilities.label} has no pages without a title.`;
  return [diagnostic('TITLE_INVALID', { detail, help: 'Write a title.', ...placeOf(title) })];
}

/** Why the vendor takes no page of this title; the rest of a sentence about it. */
export function titleObjection(title: string, { names, label }: Capabilities): string | undefined {
  if (title === '') return names.mayBeEmpty ? undefined : `is empty, which ${label} does not take`;
  const problem = vendorObjection(title, names);
  return problem && `${problem.detail}, which ${label} does not take`;
}

/** Whether the vendor takes no space of this name. */
export function isNameRefused(name: string, { names }: Capabilities): boolean {
  return [...name].length > names.spaceLength || vendorObjection(name, names) !== undefined;
}

function checkSigns(
  text: Field<string>,
  what: string,
  { names, label }: Capabilities,
): readonly Diagnostic[] {
  const problem = vendorObjection(text.value, names);
  if (problem === undefined) return nothing;
  const detail = `The ${what} ${quote(text.value)} ${problem.detail}, which ${label} does not take.`;
  return [diagnostic('TITLE_INVALID', { detail, help: problem.help, ...placeOf(text) })];
}

/** Why the vendor takes no name like this: the rest of a sentence about it, and what to do. */
export function vendorObjection(
  text: string,
  names: NameRules,
): { detail: string; help: string } | undefined {
  const found =
    names.forbidden.length === 0 ? [] : names.forbidden.filter((sign) => text.includes(sign)).map(shown);
  const last = names.forbiddenLast.find((sign) => text.endsWith(sign));
  if (found.length > 0) {
    return {
      detail: `holds ${either(found, 'and')}`,
      help: `Write it without ${either(names.forbidden.map(shown), 'and')}.`,
    };
  }
  if (last !== undefined) {
    return { detail: `ends with ${shown(last)}`, help: `Take the ${shown(last)} at its end away.` };
  }
  if (!names.keepsBlanks && text !== text.trim()) {
    return { detail: 'begins or ends with a blank', help: 'Take the blanks at its ends away.' };
  }
  return undefined;
}

const shown = (sign: string): string => (sign === '\t' ? 'a tab' : `\`${sign}\``);

/** In characters as people count them, not in code units. */
function tooLong(text: Field<string> | undefined, what: string, most: number, label: string): Diagnostic[] {
  const length = [...(text?.value ?? '')].length;
  if (text === undefined || length <= most) return [];
  return [
    diagnostic('TITLE_INVALID', {
      detail: `The ${what} of the space has ${length} characters, and ${label} takes ${most}.`,
      help: `Shorten it by ${length - most}.`,
      ...placeOf(text),
    }),
  ];
}

function noSharing(sharing: Field<string>, label: string): Diagnostic {
  return diagnostic('FIELD_INVALID', {
    detail: `${label} has no call that says who may find a space.`,
    help: `Take ${verbatim('sharing')} away, and set it in the wiki by hand.`,
    ...placeOf(sharing),
  });
}

/**
 * Siblings that the vendor could not keep apart.
 *
 * @param typeOf - the type of a page; `undefined` where only the wiki can tell.
 */
export function checkSiblingNames(
  forest: Forest,
  { siblingNames, label }: Capabilities,
  typeOf: (draft: Draft) => string | undefined,
): Diagnostic[] {
  if (siblingNames === 'free') return [];
  const firsts = new Map<string, Draft>();
  return allDrafts(forest).flatMap((draft) => {
    const type = typeOf(draft);
    if (type === undefined || draft.title === '') return [];
    const name = JSON.stringify([draft.parent.address, type, draft.title]);
    const first = firsts.get(name);
    if (first === undefined) {
      firsts.set(name, draft);
      return [];
    }
    // Two that are there already, under whatever titles: what becomes of them is the plan's to say.
    if (isThere(draft) && isThere(first)) return [];
    return [twins(draft, first, type, label)];
  });
}

const isThere = ({ written }: Draft): boolean => written?.id !== undefined;

function twins(draft: Draft, first: Draft, type: string, label: string): Diagnostic {
  const title = draft.written?.title;
  const at = title === undefined ? { source: draft.source, related: [] } : placeOf(title);
  return diagnostic('DUPLICATE_TITLE', {
    detail: `${verbatim(draft.parent.address)} has two pages of type ${type} with the title ${quote(draft.title)}, and ${label} takes only one.`,
    help: 'Give one of them another title, or put it below another page.',
    source: at.source,
    related: [{ message: 'the other one', source: first.source }, ...at.related],
  });
}
