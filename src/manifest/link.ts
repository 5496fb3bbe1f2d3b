// What copies are copied from and shortcuts point to, looked up by address or taken by id.
// Invariant: a node whose reference cannot be followed is `broken` and has no link, so that one mistake
// is reported once. Whether a link makes sense is checked in `link-check.ts`.

import type { DiagnosticCode } from '../diagnostic/code.ts';
import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import { sourceOf } from '../schema/located.ts';
import { verbatim } from '../schema/wording.ts';
import { type NodeId, nodeId } from '../tree/identifier.ts';
import { allDrafts, type Draft, type Forest, placeOf } from './draft.ts';
import { explainMissing, type Lookup, lookUp, mayBeDeclared } from './lookup.ts';
import type { Field, WrittenNode, WrittenReference } from './written.ts';

/** Where a copy or a shortcut leads. */
export type Link = { readonly draft: Draft } | { readonly id: NodeId };

export interface Links {
  /** By the node that is written as a copy or a shortcut. */
  readonly byNode: ReadonlyMap<Draft, Link>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Lookups that get suggestions; comparing names costs time, and nobody reads a thousand of them. */
const mostSuggestions = 100;

const words = {
  copy: { target: 'source', unknown: 'COPY_UNKNOWN' },
  shortcut: { target: 'origin', unknown: 'SHORTCUT_UNKNOWN' },
} as const satisfies Record<string, { target: string; unknown: DiagnosticCode }>;

type LinkKind = keyof typeof words;

interface Linking {
  readonly forest: Forest;
  readonly byNode: Map<Draft, Link>;
  readonly diagnostics: Diagnostic[];
  suggestions: number;
}

export function link(forest: Forest): Links {
  const linking: Linking = { forest, byNode: new Map(), diagnostics: [], suggestions: mostSuggestions };
  for (const draft of allDrafts(forest))
    if (draft.written !== undefined) linkNode(linking, draft, draft.written);
  return { byNode: linking.byNode, diagnostics: linking.diagnostics };
}

/** Where any node leads, those that only the copy of a subtree declares included. */
export function linkOf(byNode: Links['byNode'], draft: Draft): Link | undefined {
  if (draft.broken) return undefined;
  if (draft.copied === undefined) return byNode.get(draft);
  return draft.repeats === undefined ? { draft: draft.copied } : byNode.get(draft.repeats);
}

function linkNode(linking: Linking, draft: Draft, written: WrittenNode): void {
  const { copy, shortcut } = written;
  if (copy !== undefined && shortcut !== undefined) {
    draft.broken = true;
    linking.diagnostics.push(both(copy, shortcut));
  }
  if (draft.broken) return;
  if (shortcut !== undefined) {
    linking.diagnostics.push(...childrenOfShortcut(written.children));
    follow(linking, draft, shortcut, 'shortcut');
  } else if (copy !== undefined) follow(linking, draft, copy, 'copy');
}

function both(copy: Field<unknown>, shortcut: Field<unknown>): Diagnostic {
  const [first, second] = copy.key.offset < shortcut.key.offset ? [copy, shortcut] : [shortcut, copy];
  return diagnostic('COPY_AND_SHORTCUT', {
    detail: 'A copy is a page of its own, a shortcut only points to one.',
    help: 'Keep `copy` or `shortcut`, not both.',
    source: sourceOf(second.key),
    related: [{ message: 'the other one', source: sourceOf(first.key) }],
  });
}

function childrenOfShortcut(children: WrittenNode['children']): Diagnostic[] {
  if (children === undefined || children.value.length === 0) return [];
  return [
    diagnostic('SHORTCUT_WITH_CHILDREN', {
      detail: 'A shortcut only points to a page, so nothing can stand under it.',
      help: 'Move the children under the page that the shortcut points to, or make this a page.',
      source: sourceOf(children.key),
    }),
  ];
}

function follow(linking: Linking, draft: Draft, written: Field<WrittenReference>, kind: LinkKind): void {
  const { address, id } = written.value;
  if (address !== undefined && id !== undefined) {
    draft.broken = true;
    linking.diagnostics.push(addressAndId(address, id, kind));
  } else if (id !== undefined) linking.byNode.set(draft, { id: nodeId(id.value) });
  else if (address !== undefined) followAddress(linking, draft, address, kind);
  else draft.broken = true;
}

function addressAndId(address: Field<string>, id: Field<string>, kind: LinkKind): Diagnostic {
  return diagnostic('FIELD_INVALID', {
    detail: `The ${words[kind].target} is named twice, by address and by id.`,
    help: 'Keep `from` for a declared page, or `id` for one that is not declared.',
    ...placeOf(id),
    related: [{ message: 'the address', source: placeOf(address).source }],
  });
}

function followAddress(linking: Linking, draft: Draft, address: Field<string>, kind: LinkKind): void {
  const found = lookUp(linking.forest, address.value);
  if (found.kind === 'found') {
    linking.byNode.set(draft, { draft: found.draft });
    return;
  }
  draft.broken = true;
  if (found.kind === 'invalid')
    linking.diagnostics.push(invalidAddress(address.value, found.reason, placeOf(address)));
  else if (!mayBeDeclared(linking.forest, found))
    linking.diagnostics.push(unknown(linking, address, found, kind));
}

/** The text is no address of a page. */
export function invalidAddress(
  address: string,
  reason: string,
  place: ReturnType<typeof placeOf>,
): Diagnostic {
  return diagnostic('ADDRESS_INVALID', {
    detail: `${verbatim(address)} ${reason}.`,
    help: 'Write a whole address, such as `handbook/Onboarding/Day one`; inside a key `/` is written `\\/` and `\\` is written `\\\\`.',
    ...place,
  });
}

function unknown(
  linking: Linking,
  address: Field<string>,
  missing: Lookup & { kind: 'missing' },
  kind: LinkKind,
): Diagnostic {
  linking.suggestions -= 1;
  const { detail, help } =
    linking.suggestions < 0
      ? {
          detail: `No page ${verbatim(address.value)} is declared`,
          help: 'Write the address of a declared page.',
        }
      : explainMissing(linking.forest, missing);
  const { target, unknown: code } = words[kind];
  return diagnostic(code, {
    detail: `${detail}, so this ${kind} has no ${target}.`,
    help: `${help} A page that is not declared is named by its id: \`${kind}: {id: …}\`.`,
    ...placeOf(address),
  });
}
