// Written spaces become drafts: titles and keys are settled, siblings told apart.
// A sibling with a key that is taken is left out, with all below it: its addresses belong to the first.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import { type Located, sourceOf } from '../schema/located.ts';
import { quote, verbatim } from '../schema/wording.ts';
import { childAddress, spaceAddress } from '../tree/address.ts';
import { nodeId } from '../tree/identifier.ts';
import { type Draft, type Forest, hang, noChildren, nodePlace, placeOf, type SpaceDraft } from './draft.ts';
import { checkKey, checkTitle } from './title.ts';
import type { WrittenNode, WrittenSpace } from './written.ts';

interface Planted {
  readonly forest: Forest;
  readonly diagnostics: readonly Diagnostic[];
}

interface Planting {
  readonly spaces: Map<string, SpaceDraft>;
  readonly copiers: Draft[];
  readonly diagnostics: Diagnostic[];
}

/** @param partial - whether a file could not be read. */
export function plant(spaces: readonly WrittenSpace[], partial: boolean): Planted {
  const planting: Planting = { spaces: new Map(), copiers: [], diagnostics: [] };
  for (const written of spaces) plantSpace(planting, written);
  const { diagnostics, ...forest } = planting;
  return { forest: { ...forest, partial }, diagnostics };
}

function plantSpace(planting: Planting, written: WrittenSpace): void {
  const key = written.key.value;
  planting.diagnostics.push(...checkKey(written.key, written.key.key, 'A space'));
  const first = planting.spaces.get(key);
  if (first !== undefined) {
    first.partial = true;
    planting.diagnostics.push(duplicateSpace(written, first.written));
    return;
  }
  const address = spaceAddress(key);
  const space: SpaceDraft = {
    kind: 'space',
    key,
    address,
    written,
    depth: 0,
    children: noChildren,
    partial: written.partial,
    count: 0,
    planted: [],
  };
  planting.spaces.set(key, space);
  plantNodes(planting, written.nodes, space, aliased(written.key.at));
}

function duplicateSpace(written: WrittenSpace, first: WrittenSpace): Diagnostic {
  return diagnostic('DUPLICATE_SPACE', {
    detail: `The space ${quote(written.key.value)} is declared in ${first.key.key.text.file} already.`,
    help: 'Declare each space in one file, or give this one another key.',
    source: sourceOf(written.key.key),
    related: [{ message: 'first declared here', source: sourceOf(first.key.key) }],
  });
}

function aliased(at: Located): Located | undefined {
  return at.anchor === undefined ? undefined : at;
}

function plantNodes(
  planting: Planting,
  nodes: WrittenNode['children'],
  parent: Draft | SpaceDraft,
  alias: Located | undefined,
): void {
  if (nodes === undefined) return;
  const inner = aliased(nodes.at) ?? alias;
  for (const node of nodes.value) plantNode(planting, node, parent, aliased(node.at) ?? inner);
}

function plantNode(
  planting: Planting,
  written: WrittenNode,
  parent: Draft | SpaceDraft,
  alias: Located | undefined,
): void {
  planting.diagnostics.push(...checkTitle(written));
  if (written.key !== undefined)
    planting.diagnostics.push(...checkKey(written.key, written.key.at, 'A page'));
  const key = written.key?.value ?? written.title?.value ?? '';
  const twin = parent.children.get(key);
  if (key === '') parent.partial = true;
  else if (twin !== undefined) {
    twin.partial = true;
    planting.diagnostics.push(duplicateKey(written, key, twin, parent));
  } else {
    const draft = draftOf(written, key, parent, alias);
    hang(draft);
    draft.space.planted.push(draft);
    if (draft.expansion === 'waiting') planting.copiers.push(draft);
    plantNodes(planting, written.children, draft, alias);
  }
}

function draftOf(
  written: WrittenNode,
  key: string,
  parent: Draft | SpaceDraft,
  alias: Located | undefined,
): Draft {
  const copy = written.shortcut === undefined ? written.copy?.value : undefined;
  const subtree = copy?.children === true;
  return {
    kind: written.shortcut === undefined ? 'origin' : 'shortcut',
    address: childAddress(parent.address, key),
    depth: parent.depth + 1,
    children: noChildren,
    partial: written.partial,
    parent,
    space: parent.kind === 'space' ? parent : parent.space,
    key,
    title: written.title?.value ?? '',
    source: sourceOf(written.at),
    alias,
    written,
    copied: undefined,
    repeats: undefined,
    liveSubtree: subtree && copy.id !== undefined ? nodeId(copy.id.value) : undefined,
    expansion: subtree && copy.address !== undefined ? 'waiting' : 'none',
    broken: false,
  };
}

function duplicateKey(
  written: WrittenNode,
  key: string,
  twin: Draft,
  parent: Draft | SpaceDraft,
): Diagnostic {
  const first = twin.written?.key?.at ?? (twin.written && nodePlace(twin.written));
  const at = written.key === undefined ? nodePlace(written) : written.key.at;
  const { source, related } = placeOf({ value: key, key: at, at });
  return diagnostic('DUPLICATE_KEY', {
    detail: `${verbatim(parent.address)} has two children with the key ${quote(key)}${written.key === undefined ? ', which is the title where no key is written' : ''}.`,
    help: `Give one of them another key, such as \`key: ${quote(`${key} 2`)}\`.`,
    source,
    related: [
      { message: 'first declared here', source: first === undefined ? twin.source : sourceOf(first) },
      ...related,
    ],
  });
}
