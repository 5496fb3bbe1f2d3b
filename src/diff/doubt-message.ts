// What a doubt says: the candidates, and the lines to choose from.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import type { DesiredNode } from '../tree/desired.ts';
import { compareText } from '../tree/identifier.ts';
import type { LiveNode } from '../tree/live.ts';
import type { Bound } from './forest.ts';

/** How many candidates a message names. */
const shown = 10;

/**
 * Several pages that left the manifest could be this new address.
 *
 * @param below - how many pages below it are as doubtful, until this is settled.
 */
export function doubtOfOrigin(node: DesiredNode, candidates: readonly Bound[], below: number): Diagnostic {
  const from = candidates.map((bound) => bound.address).sort(compareText);
  const whose =
    from.length === 1
      ? `${from[0]} could be it, and could be another new page as well`
      : `${from.length} pages that left the manifest could be it: ${list(from)}`;
  return doubt(
    node,
    `${node.address} is new, and ${whose}.${below === 0 ? '' : ` The answer settles ${below === 1 ? 'a page' : `${below} pages`} below it, too.`}`,
    from.map((address) => `movedFrom: ${address}`),
  );
}

/** The space is not bound yet, or not whole, and a page that looks the same lies elsewhere in it. */
export function doubtOfPlace(
  node: DesiredNode,
  candidates: readonly LiveNode[],
  isBound: boolean,
): Diagnostic {
  const ids = candidates.map((page) => page.id).sort(compareText);
  const what = `${ids.length === 1 ? 'A page' : `${ids.length} pages`} with the title and type of ${node.address}`;
  const why = `lie${ids.length === 1 ? 's' : ''} elsewhere in the space (${list(ids)}), and ${isBound ? 'there is no state to say that it is another' : 'nothing in this space was applied before'}, so it may have been dragged there.`;
  return doubt(
    node,
    `${what} ${why}`,
    ids.map((id) => `id: "${id}"`),
  );
}

/** Several live pages in the right place look just like it. */
export function doubtOfTwins(node: DesiredNode, candidates: readonly LiveNode[]): Diagnostic {
  const ids = candidates.map((page) => page.id).sort(compareText);
  const detail = `${ids.length} pages below ${node.parent} have the title and type of ${node.address}: ${list(ids)}.`;
  return doubt(
    node,
    detail,
    ids.map((id) => `id: "${id}"`),
  );
}

function doubt(node: DesiredNode, detail: string, choices: readonly string[]): Diagnostic {
  const lines = [...choices.slice(0, shown), 'movedFrom: none'];
  return diagnostic('DOUBT', {
    detail,
    help: `Write one of these lines for it: ${lines.join(' | ')} (the last says: a new page).`,
    source: node.source,
  });
}

function list(names: readonly string[]): string {
  const rest = names.length - shown;
  return names.slice(0, shown).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
