// A snapshot in the place of a vendor: the one planner asks its questions as ever and is answered from
// the file. Invariant: what the snapshot did not look at is never said to be absent; it is an error that
// says so, for a plan would make again what it does not find.

import { diagnostic } from '../../diagnostic/diagnostic.ts';
import { DiagnosticError } from '../../diagnostic/diagnostic-error.ts';
import { InvariantError } from '../../diagnostic/invariant.ts';
import type { Capabilities } from '../../tree/capability.ts';
import { nodesAt, placeKey } from '../../tree/live.ts';
import type { Snapshot } from '../../tree/snapshot.ts';
import type { Provider, ReadRequest, Sighting } from '../provider.ts';
import { ProviderError } from '../provider-error.ts';

/** @param name - what people call the snapshot, such as the file's path. */
export function snapshotProvider(snapshot: Snapshot, name: string, capabilities: Capabilities): Provider {
  return {
    capabilities,
    identity: snapshot.identity,
    identities: new Set(snapshot.identities),
    read: async (request) => answer(request, snapshot, name),
    perform: () => Promise.reject(new InvariantError('a snapshot was to be written to')),
    calls: () => ({ total: 0, byEndpoint: {} }),
    close: () => Promise.resolve(),
  };
}

/** Counts what it would have taken to ask the vendor, so that the plan is the one made from the wiki. */
function answer(request: ReadRequest, { live, spacePages }: Snapshot, name: string): Sighting {
  switch (request.kind) {
    case 'list-spaces': {
      if (spacePages === undefined) throw incomplete('which spaces there are', name);
      return { spaces: [...live.spaces.values()], nodes: [], pages: spacePages };
    }
    case 'get-space': {
      const { space } = request;
      const found = live.spaces.get(space);
      if (found !== undefined) return { spaces: [found], nodes: [], pages: 1 };
      throw live.goneSpaces.has(space)
        ? absent(request, 'not-found')
        : live.hiddenSpaces.has(space)
          ? absent(request, 'forbidden')
          : incomplete(`the space ${space}`, name);
    }
    case 'get-node': {
      const { node } = request;
      const found = live.nodes.get(node);
      if (found !== undefined) return { spaces: [], nodes: [found], pages: 1 };
      throw live.goneNodes.has(node)
        ? absent(request, 'not-found')
        : live.hiddenNodes.has(node)
          ? absent(request, 'forbidden')
          : incomplete(`the page ${node}`, name);
    }
    case 'list-nodes': {
      const listing = live.listings.get(placeKey(request));
      if (listing === undefined)
        throw incomplete(`what lies below ${request.parent ?? `the space ${request.space}`}`, name);
      if (listing.hidden) throw absent(request, 'forbidden');
      return { spaces: [], nodes: nodesAt(live, placeKey(request)), pages: listing.pages };
    }
  }
}

const absent = ({ kind }: ReadRequest, why: 'not-found' | 'forbidden'): ProviderError =>
  new ProviderError({
    kind: why,
    endpoint: kind,
    sent: 'no',
    message: 'so it was when the snapshot was taken',
  });

function incomplete(what: string, name: string): DiagnosticError {
  return new DiagnosticError(
    diagnostic('SNAPSHOT_INCOMPLETE', {
      detail: `${name} does not tell ${what}: nothing named it when the snapshot was taken.`,
      help: 'Take it again with the manifest and the state as they are now: wikiform snapshot --out FILE.',
    }),
  );
}
