// Forests as flat lists, and the planner over them, without a wiki.

import { difference } from '../dist/diff/difference.js';
import { match } from '../dist/diff/match.js';
import { feishuCapabilities } from '../dist/provider/feishu/capability.js';
import { schedule } from '../dist/schedule/schedule.js';
import { emptyState } from '../dist/state/state.js';
import { startSightings } from '../dist/survey/sightings.js';
import { childAddress, spaceAddress } from '../dist/tree/address.js';

const space = 'space';
const source = { file: 'wikiform.yaml', line: 1, column: 1 };

/**
 * Plans from one forest to another. `pages` are `{ name, before, after }`: names of parents, `undefined`
 * at the top of the space, and `before: null` for a page that is yet to be made.
 */
export const planForest = (pages) => plannedForest(pages).plan;

/** The plan with what it is made from. */
export function plannedForest(pages) {
  const live = liveTree(pages);
  const desired = { spaces: [desiredSpace(pages)] };
  const state = emptyState('feishu', 'user');
  const matched = match({ desired, state, live, ignoredBy: () => undefined });
  const { limits, pace } = feishuCapabilities;
  const found = difference({
    live,
    match: matched,
    boundSpaces: new Set(),
    capabilities: feishuCapabilities,
    identity: 'user',
    identities: new Set(['user']),
    protect: [],
    allowWiderAudience: false,
  });
  const guard = { maxChanges: undefined, maxAffectedPercent: 100 };
  const settings = {
    provider: 'feishu',
    ways: feishuCapabilities,
    limits,
    pace,
    guard,
    ignoreGuard: true,
    peelUnmanaged: false,
  };
  const made = schedule({ ...settings, difference: found, match: matched, live, state, readCalls: 0 });
  return { ...made, match: matched, live };
}

function liveTree(pages) {
  const sightings = startSightings();
  const described = { id: space, name: space, description: '', sharing: 'closed', visibility: 'private' };
  sightings.addAllSpaces({ spaces: [described], nodes: [], pages: 1 });
  const listed = childrenBy(
    'before',
    pages.filter(({ before }) => before !== null),
  );
  for (const [parent = null, children] of listed) {
    const nodes = children.map(({ name }) => livePage(name, parent, listed.has(name)));
    sightings.addListing({ space, parent }, { spaces: [], nodes, pages: 1 });
  }
  return sightings.tree;
}

const livePage = (id, parent, hasChildren) => ({
  ...{ id, space, parent, title: id, type: 'docx', kind: 'origin', origin: null, hasChildren },
  ...{ createdAt: undefined, creator: undefined },
});

function desiredSpace(pages) {
  const children = childrenBy('after', pages);
  const nodes = [];
  plant(undefined, spaceAddress(space), 1);
  const settings = { description: undefined, sharing: undefined, onRemove: 'keep', titles: 'enforce' };
  return { ...settings, key: space, address: spaceAddress(space), name: space, id: undefined, source, nodes };

  function plant(parent, above, depth) {
    for (const { name, before } of children.get(parent) ?? []) {
      const address = childAddress(above, name);
      const identity = before === null ? { movedFrom: 'none' } : { id: name };
      const making = { from: 'nothing' };
      const page = { address, parent: above, key: name, title: name, type: 'docx', kind: 'origin', making };
      nodes.push({ ...page, id: undefined, movedFrom: undefined, depth, source, ...identity });
      plant(name, address, depth + 1);
    }
  }
}

/** In order of appearance; parents before the children that hang on them. */
function childrenBy(side, pages) {
  const lists = new Map();
  for (const page of pages) {
    const list = lists.get(page[side]);
    if (list === undefined) lists.set(page[side], [page]);
    else list.push(page);
  }
  return lists;
}
