// Law 11: no move shows pages to more people unless somebody says so. Wider is a space that anybody in
// the company may read, or that may be shared outside, where the page's present space is not.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import { spaceOfAddress } from '../tree/address.ts';
import type { Address } from '../tree/identifier.ts';
import type { LiveSpace } from '../tree/live.ts';
import type { Change } from './change.ts';
import { type Comparison, pageOf } from './comparison.ts';

export function widenings(changes: readonly Change[], comparison: Comparison): readonly Diagnostic[] {
  return changes.flatMap((change) => {
    if (change.kind !== 'move-node' || change.parent === undefined) return [];
    const { live, match } = comparison;
    const id = pageOf(change.address, comparison)?.id ?? match.bindings.byAddress.get(change.address)?.id;
    const from = id === undefined ? undefined : live.nodes.get(id)?.space;
    const target = audienceOf(spaceOfAddress(change.parent), comparison);
    const source = from === undefined ? undefined : live.spaces.get(from);
    if (from === undefined || target === undefined || target.id === from) return [];
    const why = wider(source, target);
    return why === undefined ? [] : [widened(change, why)];
  });
}

interface Audience extends Pick<LiveSpace, 'sharing' | 'visibility'> {
  readonly id: string | undefined;
}

/** A space that is yet to be made has the audience the manifest gives it. */
function audienceOf(space: Address, { live, match }: Comparison): Audience | undefined {
  const found = match.spaces.get(space);
  if (found?.kind === 'live') return live.spaces.get(found.id);
  return { id: undefined, sharing: match.desired.spaces.get(space)?.sharing, visibility: 'private' };
}

function wider(from: LiveSpace | undefined, to: Audience): string | undefined {
  if (to.visibility === 'public' && from?.visibility !== 'public') return 'is public';
  if (to.sharing === 'open' && from?.sharing !== 'open') return 'may be shared openly';
  return undefined;
}

function widened(change: Change, why: string): Diagnostic {
  return diagnostic('AUDIENCE_WIDENED', {
    detail: `${change.before?.address ?? change.address} would move to ${change.parent}, whose space ${why}, and the space it lies in now is not.`,
    help: 'If more people may see it, run again with --allow-wider-audience.',
    source: change.source,
  });
}
