// What a page is cannot change in place: its type, whether it is a shortcut, and what the shortcut
// points to. Asking for it is an error that says what to write instead.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import type { DesiredNode } from '../tree/desired.ts';
import type { LiveNode } from '../tree/live.ts';
import { type Comparison, pageOf } from './comparison.ts';

const anotherKey =
  'To have another page beside it, give the new one a key of its own (key: …); the old page stays in the wiki.';

export function checkNature(
  node: DesiredNode,
  page: LiveNode,
  comparison: Comparison,
): readonly Diagnostic[] {
  if (page.kind !== node.kind) return [kindChanged(node, page)];
  if (node.kind === 'shortcut') return checkOrigin(node, page, comparison);
  if (node.type === undefined || node.type === page.type) return [];
  return [typeChanged(node, page, node.type)];
}

function typeChanged(node: DesiredNode, page: LiveNode, type: string): Diagnostic {
  return diagnostic('TYPE_CHANGED', {
    detail: `${node.address} is a ${page.type} in the wiki and a ${type} in the manifest; a page keeps the type it was made with.`,
    help: `Write type: ${page.type}. ${anotherKey}`,
    source: node.source,
  });
}

function kindChanged(node: DesiredNode, page: LiveNode): Diagnostic {
  const [is, wanted] = page.kind === 'shortcut' ? ['a shortcut', 'a page'] : ['a page', 'a shortcut'];
  return diagnostic('KIND_CHANGED', {
    detail: `${node.address} is ${is} in the wiki and ${wanted} in the manifest; one cannot become the other.`,
    help: anotherKey,
    source: node.source,
  });
}

/** Where the old origin is gone, the shortcut dangles through nobody's wish: that is a warning. */
function checkOrigin(node: DesiredNode, page: LiveNode, comparison: Comparison): readonly Diagnostic[] {
  if (node.making.from !== 'shortcut') return [];
  const { of } = node.making;
  const wanted = 'id' in of ? of.id : pageOf(of.address, comparison)?.id;
  if (wanted === page.origin) return [];
  const isGone = page.origin !== null && !comparison.live.nodes.has(page.origin);
  const target = 'id' in of ? of.id : of.address;
  return [
    diagnostic('SHORTCUT_RETARGETED', {
      severity: isGone ? 'warning' : 'error',
      detail: `${node.address} points to the page ${page.origin ?? '(unknown)'} in the wiki and to ${target} in the manifest; no call changes where a shortcut points.`,
      help: anotherKey,
      source: node.source,
    }),
  ];
}
