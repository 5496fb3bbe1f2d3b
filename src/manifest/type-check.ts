// The type of every page: written, or that of the page it is copied from or points to.
// Invariant: run after `checkLinks`, which took out the circles.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import { didYouMean } from '../schema/nearest.ts';
import { either, quote, verbatim } from '../schema/wording.ts';
import type { Capabilities } from '../tree/capability.ts';
import { allDrafts, type Draft, type Forest, placeOf } from './draft.ts';
import { type Links, linkOf } from './link.ts';

export interface Types {
  /** `undefined` where only the wiki can tell. */
  typeOf(draft: Draft): string | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export function resolveTypes(forest: Forest, byNode: Links['byNode'], capabilities: Capabilities): Types {
  const known = new Map<Draft, string | undefined>();
  const typeOf = (draft: Draft) => settle(draft, byNode, capabilities, known);
  const diagnostics: Diagnostic[] = [];
  for (const draft of allDrafts(forest)) {
    const found = draft.written?.type && checkType(draft, typeOf, byNode, capabilities);
    if (found !== undefined) diagnostics.push(found);
  }
  return { typeOf, diagnostics };
}

/** Follows copies and shortcuts to the first page whose type is known, and remembers it for all on the way. */
function settle(
  draft: Draft,
  byNode: Links['byNode'],
  capabilities: Capabilities,
  known: Map<Draft, string | undefined>,
): string | undefined {
  // Most pages neither copy nor point: nothing to follow, nothing to remember.
  if (linkOf(byNode, draft) === undefined) return ownType(draft, capabilities);
  const way: Draft[] = [];
  let at = draft;
  let type: string | undefined;
  for (;;) {
    if (known.has(at)) {
      type = known.get(at);
      break;
    }
    way.push(at);
    const target = linkOf(byNode, at);
    if (at.written?.type !== undefined || target === undefined) {
      type = ownType(at, capabilities);
      break;
    }
    if ('id' in target) break;
    at = target.draft;
  }
  for (const passed of way) known.set(passed, type);
  return type;
}

function ownType({ written, broken }: Draft, { defaultType }: Capabilities): string | undefined {
  return written?.type?.value ?? (broken ? undefined : defaultType);
}

function checkType(
  draft: Draft,
  typeOf: (draft: Draft) => string | undefined,
  byNode: Links['byNode'],
  capabilities: Capabilities,
): Diagnostic | undefined {
  const type = draft.written?.type;
  if (type === undefined) return undefined;
  const known = Object.keys(capabilities.types);
  if (!known.includes(type.value)) {
    return diagnostic('TYPE_UNKNOWN', {
      detail: `${capabilities.label} has no type ${quote(type.value)}.`,
      help: `Its types are ${either(known, 'and')}.${didYouMean(type.value, known)}`,
      ...placeOf(type),
    });
  }
  const target = linkOf(byNode, draft);
  if (target === undefined || 'id' in target) return undefined;
  const targetType = typeOf(target.draft);
  if (targetType === undefined || targetType === type.value) return undefined;
  return diagnostic('TYPE_MISMATCH', {
    detail: `The type is ${type.value}, but ${verbatim(target.draft.address)}, which this page ${draft.kind === 'shortcut' ? 'points to' : 'copies'}, is ${targetType}.`,
    help: 'Leave `type` out; it follows from the other page.',
    ...placeOf(type),
    related: [{ message: 'the other page', source: target.draft.source }],
  });
}
