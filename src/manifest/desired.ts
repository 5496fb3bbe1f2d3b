// Drafts become the desired tree. Runs only where nothing was wrong, so whatever is missing here is a
// bug and not the user's.

import { assert, present } from '../diagnostic/invariant.ts';
import { sourceOf } from '../schema/located.ts';
import { parseAddress } from '../tree/address.ts';
import type { DesiredNode, DesiredSpace, DesiredTree, Making, OnRemove, Reference } from '../tree/desired.ts';
import { type Address, nodeId, spaceId } from '../tree/identifier.ts';
import { type Draft, draftsIn, type Forest, type SpaceDraft } from './draft.ts';
import { type Link, type Links, linkOf } from './link.ts';
import type { Types } from './type-check.ts';

export function toDesired(forest: Forest, byNode: Links['byNode'], types: Types): DesiredTree {
  const node = (draft: Draft) => toNode(draft, linkOf(byNode, draft), types.typeOf(draft));
  return { spaces: [...forest.spaces.values()].map((space) => toSpace(space, node)) };
}

function toSpace(space: SpaceDraft, node: (draft: Draft) => DesiredNode): DesiredSpace {
  const { written } = space;
  return {
    key: space.key,
    address: space.address,
    name: present(written.name?.value, 'name of a space'),
    description: written.description?.value,
    sharing: oneOf(['open', 'closed'], written.sharing?.value),
    id: written.id && spaceId(written.id.value),
    onRemove: onRemove(written.archive?.value),
    titles: oneOf(['enforce', 'follow'], written.titles?.value) ?? 'enforce',
    source: sourceOf(written.key.key),
    nodes: draftsIn(space).map(node),
  };
}

function oneOf<T extends string>(choices: readonly T[], written: string | undefined): T | undefined {
  return choices.find((choice) => choice === written);
}

function onRemove(archive: string | undefined): OnRemove {
  return archive === undefined ? 'keep' : { archive: addressOf(archive) };
}

function addressOf(written: string): Address {
  return present(parseAddress(written), 'address');
}

function toNode(draft: Draft, target: Link | undefined, type: string | undefined): DesiredNode {
  const { id, movedFrom } = draft.written ?? {};
  return {
    address: draft.address,
    parent: draft.parent.address,
    key: draft.key,
    title: draft.title,
    type,
    kind: draft.kind,
    making: making(draft, target),
    id: id && nodeId(id.value),
    movedFrom: movedFrom && (movedFrom.value === 'none' ? 'none' : addressOf(movedFrom.value)),
    depth: draft.depth,
    source: draft.source,
  };
}

/** How most pages come to be; one value for all of them. */
const fromNothing: Making = { from: 'nothing' };

/** A page whose source copies a live subtree copies the same one: what lies in it is not declared. */
function making(draft: Draft, target: Link | undefined): Making {
  if (target === undefined) {
    assert(draft.kind === 'origin', 'a shortcut without an origin');
    return fromNothing;
  }
  if (draft.kind === 'shortcut') return { from: 'shortcut', of: reference(target) };
  const { liveSubtree } = draft;
  if (liveSubtree !== undefined) return { from: 'copy', of: { id: liveSubtree }, subtree: true };
  return { from: 'copy', of: reference(target), subtree: false };
}

function reference(target: Link): Reference {
  return 'id' in target ? { id: target.id } : { address: target.draft.address };
}
