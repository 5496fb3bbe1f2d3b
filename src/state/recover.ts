// What came of an intent without an outcome: the answer was lost, or the process was.
//
// Terms. A page is *ours* if it is what the intent was about to make. It is *known* if it was there
// before, and *taken* if the state binds it to some address.
//
// Premise. The vendor has no idempotency keys, so a call of unknown effect may not simply be repeated:
// that would make the page twice. But the wiki can be looked at, and what an intent would have made is
// told by more than its title: nobody else's page came just then, of that type, made by us, in that
// place, and is neither known nor taken.
//
// Rules. Among pages that are neither known nor taken, of the right type and kind, not made by anybody
// else as far as is known, and not older than the youngest page that was seen before the intent, by the
// vendor's own clock (where it tells no times: than the intent):
//   1. the only one in its place with its title, or with one that a later step of the run gives it, is ours;
//   2. none there: the only one in its place under another title: somebody renamed it;
//   3. none there: the only one of its title in another place that was seen: somebody moved it;
//   4. none anywhere: it was not made, and may be made;
//   5. several, or one by 2 or 3 of which it is not sure that we made it, and then: unclear, and nothing
//      is made until somebody says which.
//
// Why rules 2 and 3 ask for more than rule 1: a page with that title in that place is what the manifest
// wants, whoever made it, and would be adopted anyway. A page with another title or in another place is
// somebody's work unless it is ours.

import type { LiveNode, LiveSpace, LiveTree } from '../tree/live.ts';
import { placeKey } from '../tree/live.ts';
import type { Intent, Making } from './journal.ts';

export type Finding =
  | { readonly kind: 'space'; readonly space: LiveSpace; readonly was: 'made' | 'renamed' }
  | { readonly kind: 'node'; readonly node: LiveNode; readonly was: 'made' | 'renamed' | 'moved' }
  | { readonly kind: 'not-made' }
  | { readonly kind: 'unclear'; readonly ids: readonly string[] };

/** How far the vendor's clock and this machine's may differ. */
const skewMs = 10 * 60_000;
/** How far the clocks of the vendor's own machines may. */
const slackSeconds = 60;
/** How long after its intent a call may still be made: queues, waits and attempts end long before. */
const patienceMs = 60 * 60_000;

/** When a call was to be made. */
export interface Moment {
  /** Unix milliseconds by this machine's clock. */
  readonly atMs: number;
  /** Unix seconds by the vendor's: the youngest page that was seen before. */
  readonly since: number | undefined;
}

/** Whether a page is young enough to have been made by the call; one that tells no time may be. */
export function isYoung({ createdAt }: Pick<LiveNode, 'createdAt'>, { atMs, since }: Moment): boolean {
  if (createdAt === undefined) return true;
  return since === undefined ? createdAt * 1000 >= atMs - skewMs : createdAt >= since - slackSeconds;
}

/** @param isTaken - whether the state binds the id. */
export function recover(intent: Intent, live: LiveTree, isTaken: (id: string) => boolean): Finding {
  const { making } = intent;
  if (making === undefined) return { kind: 'not-made' };
  return making.kind === 'space'
    ? recoverSpace(making, live, isTaken)
    : recoverNode(making, intent.atMs, live, isTaken);
}

/** Of a space nobody tells who made it or when: under another name its description has to tell it. */
function recoverSpace(
  making: Making & { kind: 'space' },
  live: LiveTree,
  isTaken: (id: string) => boolean,
): Finding {
  const known = new Set<string>(making.known);
  const fresh = [...live.spaces.values()].filter((space) => !known.has(space.id) && !isTaken(space.id));
  const named = fresh.filter((space) => space.name === making.name);
  const described = fresh.filter((space) => space.description === making.description);
  const found = named.length > 0 ? named : described;
  const [only] = found;
  if (only === undefined) return { kind: 'not-made' };
  const isSure = found.length === 1 && (named.length > 0 || making.description !== '');
  if (!isSure) return unclear(found);
  return { kind: 'space', space: only, was: named.length > 0 ? 'made' : 'renamed' };
}

function recoverNode(
  making: Making & { kind: 'node' },
  atMs: number,
  live: LiveTree,
  isTaken: (id: string) => boolean,
): Finding {
  const known = new Set<string>(making.known);
  const place = placeKey(making);
  const moment = { atMs, since: making.since };
  const couldBe = (page: LiveNode): boolean =>
    !known.has(page.id) && !isTaken(page.id) && looksLike(page, making) && isYoung(page, moment);
  const pages = [...live.nodes.values()].filter(
    (page) => (page.title === making.title || placeKey(page) === place) && couldBe(page),
  );
  const inPlace = pages.filter((page) => placeKey(page) === place);
  const titled = inPlace.filter(({ title }) => isTitleOf(making, title));
  const [exact] = titled;
  if (exact !== undefined) {
    return titled.length === 1 ? { kind: 'node', node: exact, was: 'made' } : unclear(titled);
  }
  const [only] = pages;
  if (only === undefined) return { kind: 'not-made' };
  if (pages.length > 1 || !isSurelyOurs(only, making, atMs)) return unclear(pages);
  return { kind: 'node', node: only, was: inPlace.length === 1 ? 'renamed' : 'moved' };
}

/** A copy may have been called otherwise already, by the step after the one that nobody knows the end of. */
export const isTitleOf = ({ title, later = [] }: Making & { kind: 'node' }, seen: string): boolean =>
  seen === title || later.includes(seen);

function looksLike(page: LiveNode, making: Making & { kind: 'node' }): boolean {
  const { type, nodeKind, origin, creator } = making;
  return (
    (type === '' || page.type === type) &&
    page.kind === nodeKind &&
    (nodeKind === 'origin' || page.origin === origin) &&
    (creator === undefined || page.creator === undefined || page.creator === creator)
  );
}

/** Made by the same account, and then: hours later the same person may have made it by hand. */
function isSurelyOurs(
  { createdAt, creator }: LiveNode,
  making: Making & { kind: 'node' },
  atMs: number,
): boolean {
  if (createdAt === undefined || making.creator === undefined || creator !== making.creator) return false;
  return createdAt * 1000 <= atMs + patienceMs + skewMs;
}

const unclear = (found: readonly { readonly id: string }[]): Finding => ({
  kind: 'unclear',
  ids: found.map(({ id }) => id).sort(),
});
