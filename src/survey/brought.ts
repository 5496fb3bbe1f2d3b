// Declared pages that came with a copy, because the vendor copies whole branches: no call has answered with
// their ids, so they are looked for below the copy, by title and type.

import type { Clock } from '../provider/clock.ts';
import type { Provider } from '../provider/provider.ts';
import type { Brought } from '../state/journal.ts';
import type { Address } from '../tree/identifier.ts';
import type { LiveNode, Place } from '../tree/live.ts';

export interface BroughtContext {
  readonly provider: Provider;
  readonly clock: Clock;
  /** Whether the state binds the id. */
  readonly isTaken: (id: string) => boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface BroughtFindings {
  readonly found: readonly { readonly page: Brought; readonly node: LiveNode }[];
  /** Not there, or there more than once. */
  readonly missing: readonly Brought[];
}

/** How long a listing may lag behind a write. */
const lagMs = 1500;

/**
 * Looks parent by parent, and once more where not all are seen.
 *
 * @param pages - parents before children.
 * @param below - where the children of the copy lie, and of what lies below it as far as that is known.
 * @throws {ProviderError} when the wiki cannot be read.
 */
export async function findBrought(
  pages: readonly Brought[],
  below: ReadonlyMap<Address, Place>,
  context: BroughtContext,
): Promise<BroughtFindings> {
  const places = new Map(below);
  const found: { page: Brought; node: LiveNode }[] = [];
  const missing: Brought[] = [];
  for (const parent of new Set(pages.map((page) => page.parent))) {
    const wanted = pages.filter((page) => page.parent === parent);
    const place = places.get(parent);
    const seen = place === undefined ? new Map<Address, LiveNode>() : await lookBelow(place, wanted, context);
    for (const page of wanted) {
      const node = seen.get(page.address);
      if (node === undefined) missing.push(page);
      else {
        found.push({ page, node });
        places.set(page.address, { space: node.space, parent: node.id });
      }
    }
  }
  return { found, missing };
}

async function lookBelow(
  place: Place,
  wanted: readonly Brought[],
  { provider, clock, isTaken, signal }: BroughtContext,
): Promise<ReadonlyMap<Address, LiveNode>> {
  const seen = new Map<Address, LiveNode>();
  for (const waitMs of [0, lagMs]) {
    if (waitMs > 0) await clock.sleep(waitMs, signal);
    const { nodes } = await provider.read({ kind: 'list-nodes', ...place }, signal);
    for (const page of wanted) {
      // Of several that look alike none is taken: the next plan asks which is meant.
      const [node, another] = nodes.filter((one) => isPage(one, page) && !isTaken(one.id));
      if (node !== undefined && another === undefined) seen.set(page.address, node);
    }
    if (seen.size === wanted.length) break;
  }
  return seen;
}

const isPage = ({ title, type, kind }: LiveNode, page: Brought): boolean =>
  title === page.title && kind === 'origin' && (page.type === '' || type === page.type);

/** The binding of a page that came along: under the title it came with, so that a renaming is still to be done. */
export function broughtBinding({ parent, title }: Brought, { id, type, kind, origin }: LiveNode) {
  return { id, parent, title, type, kind, origin, archived: false };
}
