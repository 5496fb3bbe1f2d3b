// Whether copies and shortcuts lead somewhere that makes sense: not in a circle, and not to a shortcut.
// A node that is refused here becomes `broken`, so that nothing downstream follows it.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import type { Source } from '../diagnostic/source.ts';
import { sourceOf } from '../schema/located.ts';
import { either, verbatim } from '../schema/wording.ts';
import type { Capabilities } from '../tree/capability.ts';
import { findCircles } from './circle.ts';
import { allDrafts, type Draft, type Forest } from './draft.ts';
import { type Links, linkOf } from './link.ts';

/** Shortcuts that the vendor has no call to make; one that is named by its id need not be made. */
export function checkShortcutSupport(forest: Forest, capabilities: Capabilities): Diagnostic[] {
  if (capabilities.shortcuts.create) return [];
  return allDrafts(forest).flatMap(({ written }) => {
    if (written?.shortcut === undefined || written.id !== undefined) return [];
    return [
      diagnostic('SHORTCUT_UNSUPPORTED', {
        detail: `${capabilities.label} has no call that makes a shortcut.`,
        help: 'Make the shortcut by hand and name it by its `id`, or leave it out.',
        source: sourceOf(written.shortcut.key),
      }),
    ];
  });
}

export function checkLinks(forest: Forest, byNode: Links['byNode']): Diagnostic[] {
  const circles = findCircles(allDrafts(forest), (draft) => sameKindTarget(byNode, draft));
  const diagnostics = circles.map(circular);
  for (const draft of circles.flat()) draft.broken = true;
  const shortcutLinks: Diagnostic[] = [];
  for (const [draft, target] of byNode) {
    if (draft.broken || !('draft' in target) || target.draft.kind !== 'shortcut') continue;
    draft.broken = true;
    shortcutLinks.push(toShortcut(draft, target.draft));
  }
  return [...diagnostics, ...shortcutLinks];
}

/** A copy of a shortcut is wrong in itself, so only copies of pages and shortcuts to shortcuts go round. */
function sameKindTarget(byNode: Links['byNode'], draft: Draft): Draft | undefined {
  const target = linkOf(byNode, draft);
  return target !== undefined && 'draft' in target && target.draft.kind === draft.kind
    ? target.draft
    : undefined;
}

function circular(members: readonly Draft[]): Diagnostic {
  const written = members.filter((draft) => draft.written !== undefined);
  const [first, ...others] = [...written].sort((a, b) => linkPlace(a).line - linkPlace(b).line);
  const shortcut = members[0]?.kind === 'shortcut';
  const way = members.map((draft) => verbatim(draft.address));
  return diagnostic(shortcut ? 'SHORTCUT_CIRCULAR' : 'COPY_CIRCULAR', {
    detail:
      members.length === 1
        ? `${way[0]} ${shortcut ? 'points to' : 'is a copy of'} itself.`
        : `${either(way, 'and')} ${shortcut ? 'point to' : 'are copies of'} one another, and none of them is the page to begin with.`,
    help: shortcut ? 'Let one of them be a page.' : 'Let one of them be made without `copy`.',
    source: first && linkPlace(first),
    related: others.map((draft) => ({ message: `and ${verbatim(draft.address)}`, source: linkPlace(draft) })),
  });
}

function toShortcut(draft: Draft, target: Draft): Diagnostic {
  const shortcut = draft.kind === 'shortcut';
  return diagnostic(shortcut ? 'SHORTCUT_OF_SHORTCUT' : 'COPY_OF_SHORTCUT', {
    detail: `${verbatim(target.address)} is itself a shortcut, and has no content to ${shortcut ? 'point to' : 'copy'}.`,
    help: 'Name the page that it points to.',
    source: linkPlace(draft),
    related: [{ message: 'the shortcut', source: target.source }],
  });
}

function linkPlace(draft: Draft): Source {
  const reference = draft.written?.shortcut ?? draft.written?.copy;
  return reference === undefined ? draft.source : sourceOf(reference.value.address?.at ?? reference.at);
}
