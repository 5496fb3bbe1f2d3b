// What came of an intent without an outcome: the answer was lost, or the process was.
//
// Terms. A page is *ours* if it is what the intent was about to make. It is *known* if it was there
// before, and *taken* if the state binds it to some address.
//
// Premise. The vendor has no idempotency keys, so a call of unknown effect may not simply be repeated:
// that would make the page twice. But the wiki can be looked at, and what an intent would have made is
// told by more than its title: nobody else's page is younger than the intent, of that type, made by us,
// in that place, and neither known nor taken.
//
// Rules. Among pages that are neither known nor taken, of the right type and kind, made by us as far as
// the vendor tells, and not older than the youngest page that was seen before the intent, by the vendor's
// own clock (where it tells no times: than the intent, by clocks that differ by `skewMs` at most):
//   1. the only one in its place with its title is ours;
//   2. none there: the only one in its place under another title: somebody renamed it;
//   3. none there: the only one of its title in another place that was seen: somebody moved it;
//   4. none anywhere: it was not made, and may be made;
//   5. several: unclear, and nothing is made until somebody says which.
//
// Why rules 2 and 3 ask for the creator: without it, anybody's new page would do.

import type { LiveNode, LiveSpace, LiveTree } from '../tree/live.ts';
import { placeKey } from '../tree/live.ts';
import type { Intent, Making } from './journal.ts';

export type Finding =
  | { readonly kind: 'space'; readonly space: LiveSpace }
  | { readonly kind: 'node'; readonly node: LiveNode }
  | { readonly kind: 'not-made' }
  | { readonly kind: 'unclear'; readonly ids: readonly string[] };

/** How far the vendor's clock and this machine's may differ. */
const skewMs = 10 * 60_000;

/** @param isTaken - whether the state binds the id. */
export function recover(intent: Intent, live: LiveTree, isTaken: (id: string) => boolean): Finding {
  const { making } = intent;
  if (making === undefined) return { kind: 'not-made' };
  return making.kind === 'space'
    ? recoverSpace(making, live, isTaken)
    : recoverNode(making, intent.atMs, live, isTaken);
}

function recoverSpace(
  making: Making & { kind: 'space' },
  live: LiveTree,
  isTaken: (id: string) => boolean,
): Finding {
  const known = new Set<string>(making.known);
  const fresh = [...live.spaces.values()].filter((space) => !known.has(space.id) && !isTaken(space.id));
  const named = fresh.filter((space) => space.name === making.name);
  const renamed = fresh.filter(
    (space) => making.description !== '' && space.description === making.description,
  );
  const found = named.length > 0 ? named : renamed;
  const [only] = found;
  if (only === undefined) return { kind: 'not-made' };
  if (found.length > 1) return { kind: 'unclear', ids: found.map((space) => space.id).sort() };
  return { kind: 'space', space: only };
}

function recoverNode(
  making: Making & { kind: 'node' },
  atMs: number,
  live: LiveTree,
  isTaken: (id: string) => boolean,
): Finding {
  const known = new Set<string>(making.known);
  const couldBe = (page: LiveNode): boolean =>
    !known.has(page.id) &&
    !isTaken(page.id) &&
    page.type === making.type &&
    page.kind === making.nodeKind &&
    (making.nodeKind === 'origin' || page.origin === making.origin) &&
    isYoung(page, making, atMs) &&
    (making.creator === undefined || page.creator === undefined || page.creator === making.creator);
  const isOursForSure = (page: LiveNode): boolean =>
    page.createdAt !== undefined && making.creator !== undefined && page.creator === making.creator;

  const inPlace = [...(live.children.get(placeKey(making)) ?? [])]
    .flatMap((id) => live.nodes.get(id) ?? [])
    .filter(couldBe);
  const titled = inPlace.filter((page) => page.title === making.title);
  if (titled.length > 0) return oneOf(titled);
  const renamed = inPlace.filter(isOursForSure);
  if (renamed.length > 0) return oneOf(renamed);
  const elsewhere = [...live.nodes.values()].filter(
    (page) => page.title === making.title && couldBe(page) && isOursForSure(page),
  );
  return oneOf(elsewhere);
}

function isYoung({ createdAt }: LiveNode, { since }: Making & { kind: 'node' }, atMs: number): boolean {
  if (createdAt === undefined) return true;
  return since === undefined ? createdAt * 1000 >= atMs - skewMs : createdAt >= since;
}

function oneOf(pages: readonly LiveNode[]): Finding {
  const [only] = pages;
  if (only === undefined) return { kind: 'not-made' };
  if (pages.length > 1) return { kind: 'unclear', ids: pages.map((page) => page.id).sort() };
  return { kind: 'node', node: only };
}
