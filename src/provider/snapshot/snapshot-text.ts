// A snapshot as text: JSON, sorted, one space or page a line, so that two of them can be compared by any
// tool. `schemas/snapshot.schema.json` describes it. Reading it back is `snapshot-parse.ts`.

import { compareText } from '../../tree/identifier.ts';
import { type Listing, type LiveNode, type LiveSpace, placeKey } from '../../tree/live.ts';
import type { Snapshot } from '../../tree/snapshot.ts';

/** Major versions break; a newer major is refused. */
export const snapshotFormatVersion = '1.0';

export function printSnapshot({ provider, identity, identities, spacePages, live }: Snapshot): string {
  const spaces = lines(live.spaces, (space) => {
    return spaceEntry(space, live.listings.get(placeKey({ space: space.id, parent: null })));
  });
  const nodes = lines(live.nodes, (node) => nodeEntry(node, live.listings.get(node.id)));
  return `{
  "formatVersion": ${JSON.stringify(snapshotFormatVersion)},
  "provider": ${JSON.stringify(provider)},
  "identity": ${JSON.stringify(identity)},
  "identities": ${JSON.stringify(identities)},
${spacePages === undefined ? '' : `  "spacePages": ${spacePages},\n`}  "spaces": {${spaces}},
  "nodes": {${nodes}},
  "gone": ${absences(live.goneSpaces, live.goneNodes)},
  "hidden": ${absences(live.hiddenSpaces, live.hiddenNodes)}
}
`;
}

function spaceEntry(space: LiveSpace, listing: Listing | undefined): object {
  const { name, description, sharing, visibility } = space;
  return { name, description, sharing, visibility, ...listingFields(listing) };
}

function nodeEntry(node: LiveNode, listing: Listing | undefined): object {
  const { space, parent, title, type, kind, origin, hasChildren, createdAt, creator, url } = node;
  return {
    space,
    ...(parent === null ? {} : { parent }),
    title,
    type,
    ...(kind === 'shortcut' ? { nodeType: kind } : {}),
    ...(origin === null ? {} : { origin }),
    ...(hasChildren ? { hasChildren } : {}),
    ...listingFields(listing),
    createdAt,
    creator,
    url,
  };
}

function listingFields(listing: Listing | undefined): object {
  if (listing === undefined) return {};
  return listing.hidden ? { hidden: true } : { listed: listing.pages };
}

function lines<T>(entries: ReadonlyMap<string, T>, entryOf: (value: T) => object): string {
  if (entries.size === 0) return '';
  const sorted = [...entries].sort(([a], [b]) => compareText(a, b));
  const printed = sorted.map(([id, value]) => `    ${JSON.stringify(id)}: ${JSON.stringify(entryOf(value))}`);
  return `\n${printed.join(',\n')}\n  `;
}

const absences = (spaces: ReadonlySet<string>, nodes: ReadonlySet<string>): string =>
  JSON.stringify({ spaces: [...spaces].sort(compareText), nodes: [...nodes].sort(compareText) });
