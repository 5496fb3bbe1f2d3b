// Claims on what exists: no two declarations may claim one live page, one space, or one former address.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import { compareSources } from '../diagnostic/source.ts';
import { quote, verbatim } from '../schema/wording.ts';
import { allDrafts, type Draft, type Forest, placeIn, placeOf } from './draft.ts';
import { invalidAddress } from './link.ts';
import { lookUp } from './lookup.ts';
import type { Field } from './written.ts';

/** What is claimed, and the place that tells which declaration claims it. */
interface Claim {
  readonly value: string;
  readonly place: ReturnType<typeof placeOf>;
}

export function checkClaims(forest: Forest): Diagnostic[] {
  const nodes: Draft[] = [];
  for (const draft of allDrafts(forest))
    if (draft.written?.id !== undefined || draft.written?.movedFrom !== undefined) nodes.push(draft);
  const spaces = [...forest.spaces.values()];
  const spaceIds = spaces.flatMap(({ written: { id } }) =>
    id ? [{ value: id.value, place: placeOf(id) }] : [],
  );
  const former = claims(nodes, 'movedFrom').filter(({ value }) => value !== 'none');
  return [
    ...twice(spaceIds, duplicateId('spaces')),
    ...twice(claims(nodes, 'id'), duplicateId('pages')),
    ...twice(former, duplicateFormer),
    ...nodes.flatMap((draft) => checkFormer(forest, draft)),
  ];
}

function claims(nodes: readonly Draft[], name: 'id' | 'movedFrom'): Claim[] {
  return nodes.flatMap((draft) => {
    const field = draft.written?.[name];
    return field === undefined ? [] : [{ value: field.value, place: placeIn(draft, field) }];
  });
}

function twice(claims: readonly Claim[], report: (claim: Claim, first: Claim) => Diagnostic): Diagnostic[] {
  const firsts = new Map<string, Claim>();
  return claims.flatMap((claim) => {
    const first = firsts.get(claim.value);
    if (first !== undefined) return [report(claim, first)];
    firsts.set(claim.value, claim);
    return [];
  });
}

function firstClaim({ place }: Claim, first: Claim): ReturnType<typeof placeOf> {
  const firstPlace = first.place.source;
  const elsewhere = place.related.filter(({ source }) => compareSources(source, firstPlace) !== 0);
  const related = [{ message: 'first claimed here', source: firstPlace }, ...elsewhere];
  return { source: place.source, related };
}

function duplicateId(what: 'spaces' | 'pages') {
  return (claim: Claim, first: Claim): Diagnostic =>
    diagnostic('DUPLICATE_ID', {
      detail: `Two ${what} are declared to be ${quote(claim.value)}.`,
      help: 'Take one `id` away.',
      ...firstClaim(claim, first),
    });
}

function duplicateFormer(claim: Claim, first: Claim): Diagnostic {
  return diagnostic('DUPLICATE_MOVED_FROM', {
    detail: `Two pages are declared to come from ${verbatim(claim.value)}, and one page was there.`,
    help: 'Take one `movedFrom` away; `movedFrom: none` says that a page is new.',
    ...firstClaim(claim, first),
  });
}

function checkFormer(forest: Forest, draft: Draft): Diagnostic[] {
  const { movedFrom, id } = draft.written ?? {};
  if (movedFrom === undefined) return [];
  if (movedFrom.value === 'none') return id === undefined ? [] : [newAndExisting(draft, movedFrom)];
  const found = lookUp(forest, movedFrom.value);
  const place = placeIn(draft, movedFrom);
  if (found.kind === 'invalid') return [invalidAddress(movedFrom.value, found.reason, place)];
  if (found.kind === 'missing') return [];
  const declared = { message: 'declared here', source: found.draft.source };
  return [
    diagnostic('MOVED_FROM_DECLARED', {
      detail:
        found.draft === draft
          ? `${verbatim(movedFrom.value)} is where this page is declared now.`
          : `${verbatim(movedFrom.value)} is declared too, so the page that was there stays there.`,
      help: 'Take `movedFrom` away, or the declaration of that address.',
      source: place.source,
      related: found.draft === draft ? place.related : [declared, ...place.related],
    }),
  ];
}

function newAndExisting(draft: Draft, movedFrom: Field<string>): Diagnostic {
  return diagnostic('FIELD_INVALID', {
    detail: '`movedFrom: none` says that the page is new, and `id` that it exists.',
    help: 'Take one of the two away.',
    ...placeIn(draft, movedFrom),
  });
}
